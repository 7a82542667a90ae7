import LumbarCore

/// What rules look at besides the fact itself.
struct PolicyView: Sendable {
    /// The numbers in force: the settings, as the profile changes them.
    var numbers: PolicyNumbers
    var body = BodyTimes()
    var day = DayNotes()
    /// The situation of the rule that is asked.
    var known: Situation?
    /// What ties the boot clock to the wall clock, or nil while no clock is known.
    var anchor: WallAnchor?
    /// What is known of the angles.
    var angles = AngleNotes()
    /// Whether the sensors were closed because somebody asked for it.
    var isPaused = false

    /// What goes on is over without a last record. What has ended already, and waits to be told as news, waits on.
    var cutOff: RuleChange { known?.isOngoing == true ? .over : .none }

    /// Minutes since local midnight at `time`, or nil while no clock is known.
    func localMinutes(at time: Instant) -> Double? {
        guard let anchor else { return nil }
        let wall = anchor.wall(at: time)
        let local = wall.unixSeconds + Int64(anchor.zone.offset(at: wall))
        return Double(((local % 86400) + 86400) % 86400) / 60
    }
}

/// How well angles are known, for the reasons of alerts.
public struct AngleNotes: Sendable, Equatable {
    /// Expected error of the inclination, one standard deviation in degrees.
    public var uncertaintyDegrees: Double?
    /// When the upright that they count from was last confirmed or learned.
    public var confirmed: Instant?

    /// Notes.
    public init(uncertaintyDegrees: Double? = nil, confirmed: Instant? = nil) {
        self.uncertaintyDegrees = uncertaintyDegrees
        self.confirmed = confirmed
    }
}
