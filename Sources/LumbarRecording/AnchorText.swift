import LumbarCore

/// The words of an `anchor` event; see `RecordingFormat`.
struct AnchorText {
    private var words: ArraySlice<Substring>

    init(_ text: String) { words = text.split(separator: " ")[...] }

    /// The anchor these words spell, for an event at `time`; nil when they spell none.
    func anchor(at time: Instant) -> WallAnchor? {
        var rest = self
        guard let wall = rest.wall(), let offset = rest.offset(), let word = rest.words.popFirst(),
            let name = RecordingText.unescapedWord(word)
        else { return nil }
        var zone = ZoneRule(name: name, offsetSeconds: offset)
        if rest.takes("until") {
            guard let change = rest.wall(), rest.takes("then"), let after = rest.offset() else { return nil }
            zone = ZoneRule(name: name, offsetSeconds: offset, change: change, offsetAfterSeconds: after)
        }
        var instant = time
        if rest.takes("at") {
            guard let word = rest.words.popFirst(),
                let nanoseconds = DecimalText.nanoseconds(fromSeconds: String(word))
            else { return nil }
            instant = Instant(nanoseconds: nanoseconds)
        }
        return rest.words.isEmpty ? WallAnchor(instant: instant, wall: wall, zone: zone) : nil
    }

    private mutating func takes(_ keyword: Substring) -> Bool {
        guard words.first == keyword else { return false }
        words.removeFirst()
        return true
    }

    private mutating func wall() -> WallTime? {
        guard let time = words.popFirst().flatMap(RecordingText.wallTime),
            RecordingFormat.wallTimes.contains(time)
        else { return nil }
        return time
    }

    // No zone was ever further than 16 hours from UTC; a day bounds what a hostile file can ask for.
    private mutating func offset() -> Int? {
        guard let word = words.popFirst(), let seconds = Int(word), (-86_400...86_400).contains(seconds)
        else {
            return nil
        }
        return seconds
    }
}
