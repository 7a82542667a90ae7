import LumbarCore

/// Nudges that were not said because of a cooldown or the budget, until a digest tells them in one.
struct HeldNudges: Sendable {
    /// One that was held back.
    struct Held: Sendable {
        var rule: AlertRule
        var time: Instant
        var degrees: Int
    }

    /// The newest ones, oldest first. A digest that says "32" instead of more loses nothing.
    private(set) var all: [Held] = []
    private let window: Elapsed
    static let capacity = 32

    init(window: Elapsed) {
        self.window = window
        all.reserveCapacity(HeldNudges.capacity + 1)
    }

    mutating func append(_ rule: AlertRule, at time: Instant, degrees: Int) {
        all.append(Held(rule: rule, time: time, degrees: degrees))
        if all.count > HeldNudges.capacity { all.removeFirst() }
    }

    /// How many are still worth telling at `time`.
    func count(at time: Instant) -> Int {
        all.reduce(0) { $0 + (time - $1.time < window ? 1 : 0) }
    }

    /// Forgets those that are no longer worth telling at `time`.
    mutating func prune(at time: Instant) {
        let window = self.window
        all.removeAll { time - $0.time >= window }
    }

    mutating func removeAll() { all.removeAll(keepingCapacity: true) }
}
