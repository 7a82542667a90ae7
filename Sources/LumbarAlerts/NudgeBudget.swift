import LumbarCore

/// How many nudges still fit: so many in any sliding hour, so many in a local day.
struct NudgeBudget: Sendable {
    private let perHour: Int
    private let perDay: Int
    /// The newest `perHour` nudges, oldest first.
    private var recent: [Instant] = []
    private var today = 0

    init(perHour: Int, perDay: Int) {
        self.perHour = perHour
        self.perDay = perDay
        recent.reserveCapacity(perHour + 1)
    }

    /// The first moment from `time` on at which one more fits, or nil when none does before the next day.
    func available(from time: Instant) -> Instant? {
        guard perHour > 0, today < perDay else { return nil }
        guard recent.count >= perHour else { return time }
        return max(time, recent[0] + .hours(1))
    }

    /// Counts a nudge at `time`; after a restart they need not come in order.
    mutating func spend(at time: Instant) {
        today += 1
        guard perHour > 0 else { return }
        let place = recent.firstIndex { $0 > time } ?? recent.count
        recent.insert(time, at: place)
        if recent.count > perHour { recent.removeFirst() }
    }

    /// Nudges within the hour before `now`, and of today.
    func used(at now: Instant) -> (lastHour: Int, today: Int) {
        (recent.count { now - $0 < .hours(1) }, today)
    }

    /// A local day begins.
    mutating func beginDay() { today = 0 }
}
