import LumbarCore

/// Decides when to speak: episodes in, alerts out.
public struct AlertPolicy: Sendable {
    /// A policy for one wearer.
    public init(settings: AlertSettings, wearer: WearerID) {
    }

    /// A sensor of the wearer was connected, or came back: two silent minutes begin.
    public mutating func connected(at now: Instant) {
    }

    /// Takes an episode at `now` and appends the alerts it leads to.
    public mutating func receive(_ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
    }

    /// Lets time pass: held-back nudges and ladders that are due.
    public mutating func advance(to now: Instant, into alerts: inout [Alert]) {
    }

    /// When `advance` next has something to do.
    public var nextDeadline: Instant? { nil }

    /// A local day begins: the day's budget is new.
    public mutating func beginDay(at now: Instant) {
    }

    /// Counts alerts of today from before a restart against the budget.
    public mutating func restore(_ alerts: [Alert], at now: Instant) {
    }
}
