import LumbarCore

/// A time of pain, from what one person noted about it.
public struct PainEpisode: Sendable, Equatable {
    /// Whose.
    public var wearer: WearerID
    /// When it began.
    public var onset: WallTime
    /// When it was over; nil while it is not, or when that was not said.
    public var end: WallTime?
    /// The numbers of the diary entries it is made of, in the order of time; never empty.
    public var entries: [Int64]
    /// What its first entry was like.
    public var kind: DiaryEntry.Kind
    /// The largest of the numbers given for it, 0...10.
    public var worstPain: Int?
    /// When its latest entry began.
    public var lastEntry: WallTime

    /// Entries less than this after the last of them, or after its end, are about the same episode.
    ///
    /// A night's sleep and the morning after it belong to what began the day before.
    public static let sameEpisode = Elapsed.hours(24)

    /// The episodes in `entries` of one wearer, in the order of time; entries that tell of no pain are passed over.
    public static func episodes(in entries: [DiaryEntry]) -> [PainEpisode] {
        var found: [PainEpisode] = []
        for entry in entries.filter(\.isPain).sorted(by: { ($0.time, $0.id) < ($1.time, $1.id) }) {
            if let last = found.indices.last, entry.time < found[last].latest + sameEpisode {
                found[last].take(entry)
            } else {
                found.append(PainEpisode(entry))
            }
        }
        return found
    }

    /// The last moment that is known to be of it.
    public var latest: WallTime { max(lastEntry, end ?? lastEntry) }

    /// How long it was, or has been at `now` while nobody said that it is over.
    public func length(at now: WallTime) -> Elapsed { (end ?? max(now, onset)) - onset }

    private init(_ entry: DiaryEntry) {
        wearer = entry.wearer
        onset = entry.time
        end = entry.end
        entries = [entry.id]
        kind = entry.kind
        worstPain = entry.pain
        lastEntry = entry.time
    }

    private mutating func take(_ entry: DiaryEntry) {
        entries.append(entry.id)
        if let pain = entry.pain { worstPain = max(pain, worstPain ?? 0) }
        lastEntry = entry.time
        // What was over goes on when more is noted: until that is said to be over, or was over before.
        if let known = end, known < entry.time { end = nil }
        if let over = entry.end { end = max(over, end ?? over) }
    }
}
