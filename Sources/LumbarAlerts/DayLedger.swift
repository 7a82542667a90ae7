import LumbarCore

/// Adds up one wearer's local day, minute by minute.
///
/// Minutes are closed `lag` after they end, because a posture is often known only seconds later.
public struct DayLedger: Sendable {
    /// A ledger that begins at `start`, on `date` if the wall clock is known.
    public init(wearer: WearerID, start: Instant, date: CivilDate?) {
    }

    /// Takes the feature frame, for steps and for time in flexion.
    public mutating func receive(_ features: Features) {
    }

    /// Takes an episode, ongoing or complete.
    public mutating func receive(_ episode: Episode) {
    }

    /// Counts an alert.
    public mutating func receive(_ alert: Alert) {
    }

    /// Lets time pass and appends the minutes that can be closed.
    public mutating func advance(to now: Instant, into epochs: inout [MinuteEpoch]) {
    }

    /// When `advance` next has something to do.
    public var nextDeadline: Instant? { nil }

    /// The wall clock became known or was set: the day is `date`.
    public mutating func setDate(_ date: CivilDate?) {
    }

    /// The day so far.
    public func summary(at now: Instant) -> DailySummary {
        DailySummary(wearer: .sole, date: nil, start: now, end: now, isComplete: false)
    }

    /// Closes the day at `now` (its midnight, or the end of the stream), appends its last minutes, and begins the next.
    public mutating func closeDay(
        at now: Instant, next date: CivilDate?, into epochs: inout [MinuteEpoch]
    ) -> DailySummary {
        summary(at: now)
    }

    /// Puts back what was stored of this day before a restart.
    public mutating func restore(epochs: [MinuteEpoch], episodes: [Episode]) {
    }
}
