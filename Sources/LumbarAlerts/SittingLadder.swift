import LumbarCore

/// How far a bout of sitting has climbed the ladder notice, first, second, third nudge.
///
///     no bout --ongoing record--> open --step due--> open, one step up --complete record--> no bout
///
/// The detector tells about a bout from time to time only; between records the bout is taken to go on, so the moment
/// at which it reaches a step is known in advance and can be a deadline.
struct SittingLadder: Sendable {
    /// Sitting time of each step, seconds: the notice, then three nudges.
    let steps: [Double]
    private var isOpen = false
    private var record: Record?
    /// The highest step told or skipped in the present bout, -1 for none.
    private(set) var told = -1
    /// Times this bout was spoken about, and how many of these were nudges.
    private(set) var timesTold = 0
    private(set) var nudgesTold = 0

    private struct Record: Sendable {
        var start: Instant
        var end: Instant
        var seated: Double
    }

    init(settings: AlertSettings) {
        steps = [
            settings.sittingNotice, settings.sittingFirst, settings.sittingSecond, settings.sittingThird,
        ].map { $0 * 60 }
    }

    /// Start of the bout that goes on, or nil.
    var start: Instant? { isOpen ? record?.start : nil }

    /// How far the bout's last record reached.
    var toldUntil: Instant? { record?.end }

    /// Takes a record; a bout that has ended does not open again.
    mutating func receive(_ bout: SittingBout, _ episode: Episode) {
        let next = Record(start: episode.start, end: episode.end, seated: bout.seatedSeconds)
        if let known = record, known.start == episode.start {
            guard isOpen else { return }
            isOpen = episode.isOngoing
            if next.end >= known.end { record = next }
            return
        }
        // A complete record about some other bout says nothing about the present one.
        guard episode.isOngoing else { return }
        record = next
        isOpen = true
        told = -1
        timesTold = 0
        nudgesTold = 0
    }

    /// Seconds seated at `time`, if the bout goes on until then.
    func seated(at time: Instant) -> Double {
        guard let record else { return 0 }
        return record.seated + (time - record.end).seconds
    }

    /// When the bout reaches a step that was not told yet, or nil when none is left.
    var nextReach: Instant? {
        guard isOpen else { return nil }
        var first: Instant?
        for step in steps.indices where step > told {
            if let moment = reach(step), first.map({ moment < $0 }) ?? true { first = moment }
        }
        return first
    }

    /// The highest step reached at `time` and not told yet.
    func due(at time: Instant) -> Int? {
        steps.indices.last { step in step > told && (reach(step).map { $0 <= time } ?? false) }
    }

    /// Shortest time between the nudge before `step` and `step`: ten minutes, or less on a ladder of short steps.
    func spacing(before step: Int) -> Elapsed {
        guard step > 1 else { return .zero }
        return min(.minutes(10), .seconds(max(0, steps[step] - steps[step - 1])))
    }

    /// Notes that `step` was told; lower ones are past.
    mutating func tell(_ step: Int) {
        told = step
        timesTold += 1
        if step > 0 { nudgesTold += 1 }
    }

    private func reach(_ step: Int) -> Instant? {
        guard let record else { return nil }
        return record.end + .seconds(steps[step] - record.seated)
    }
}
