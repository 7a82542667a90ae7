/// What the detectors' settings say about when they report something that goes on.
public struct ReportPace: Sendable, Equatable {
    /// Length from which a bout of sitting is reported, seconds.
    public var sittingAfter = AlertSettings().sittingHeardFrom
    /// Time between two reports of it, seconds.
    public var sittingEvery = 60.0
    /// Share of the holding time at which a held bend is reported first.
    public var flexionWarning = 0.8
    /// Time to recover from a held bend, in multiples of the time held.
    public var flexionRecovery = 2.0
    /// How long the trunk is shaken before that is a ride, seconds.
    public var rideAfter = 60.0

    /// The built-in pace.
    public init() {}
}
