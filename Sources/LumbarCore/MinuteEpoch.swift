/// One minute of the wearer's day, the unit that is stored and from which a day can be rebuilt.
public struct MinuteEpoch: Sendable, Equatable {
    /// Who.
    public var wearer: WearerID
    /// Boot time at which the minute began.
    public var start: Instant
    /// How much of it this epoch covers; less than a minute at the ends of a stream and at midnight.
    public var length: Elapsed
    /// Seconds in each posture, by `Posture.index`; the rest of `length` is time without data.
    public var postureSeconds: [Double]
    /// Seconds with flexion over 30 degrees while on the feet or seated.
    public var over30Seconds = 0.0
    /// Seconds over 45 degrees.
    public var over45Seconds = 0.0
    /// Seconds over 60 degrees.
    public var over60Seconds = 0.0
    /// Bends that ended in it.
    public var bends = 0
    /// Bends deeper than 60 degrees that ended in it.
    public var deepBends = 0
    /// Probable lifts that ended in it.
    public var lifts = 0
    /// Those under strain.
    public var strainedLifts = 0
    /// Steps.
    public var steps = 0
    /// Shifts of the trunk while seated.
    public var posturalShifts = 0
    /// Alerts raised.
    public var alerts = 0
    /// How the trunk was held and moved.
    public var exposure = PackedExposure()
    /// Which sensors measured it.
    public var sensors = SensorTime()

    /// An empty epoch.
    public init(wearer: WearerID, start: Instant, length: Elapsed) {
        self.wearer = wearer
        self.start = start
        self.length = length
        postureSeconds = Array(repeating: 0, count: Posture.allCases.count)
    }
}
