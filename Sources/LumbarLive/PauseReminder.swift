import LumbarCore

/// When it is said again that a pause holds: once a day, so that nobody wonders for long why nothing is measured.
public struct PauseReminder: Sendable, Equatable {
    /// How often.
    public static let interval = Elapsed.hours(24)
    /// When it is said next; nil while no pause holds.
    public private(set) var due: Instant?

    /// Nothing is paused.
    public init() {}

    /// Whether any pause holds from `now` on. One that holds already is reminded of when it was going to be.
    public mutating func arrange(isPaused: Bool, at now: Instant) {
        due = isPaused ? due ?? now + PauseReminder.interval : nil
    }

    /// Whether it is to be said at `now`; the next time is a day later then.
    public mutating func isDue(at now: Instant) -> Bool {
        guard let time = due, now >= time else { return false }
        due = now + PauseReminder.interval
        return true
    }
}
