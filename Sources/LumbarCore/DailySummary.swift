/// What one local day looked like. Durations are seconds of boot time; a day lasts 23, 24 or 25 hours.
public struct DailySummary: Sendable, Equatable {
    /// Who.
    public var wearer: WearerID
    /// The local day, or nil when no wall clock was known (a replay without anchors).
    public var date: CivilDate?
    /// First moment covered.
    public var start: Instant
    /// Last moment covered.
    public var end: Instant
    /// Whether the day is over; false for "so far".
    public var isComplete: Bool
    /// Seconds in each posture, by `Posture.index`.
    public var postureSeconds: [Double]
    /// Seconds without data.
    public var noDataSeconds: Double
    /// Which sensors measured it.
    public var sensors: SensorTime
    /// Bouts of sitting.
    public var sittingBouts: Int
    /// Those of 30 minutes and longer.
    public var sittingBoutsOver30Minutes: Int
    /// The longest, seconds.
    public var longestSittingSeconds: Double
    /// Times sitting was broken.
    public var sittingBreaks: Int
    /// Shifts of the trunk while seated.
    public var posturalShifts: Int
    /// Bends.
    public var bends: Int
    /// Bends deeper than 60 degrees.
    public var deepBends: Int
    /// Seconds with flexion over 30, 45 and 60 degrees.
    public var over30Seconds: Double
    /// Seconds over 45 degrees.
    public var over45Seconds: Double
    /// Seconds over 60 degrees.
    public var over60Seconds: Double
    /// Probable lifts.
    public var lifts: Int
    /// Those under strain.
    public var strainedLifts: Int
    /// Steps.
    public var steps: Int
    /// Alerts.
    public var alerts: Int
    /// Length of each bout of sitting in the order they ended, seconds; of one across midnight, this day's part.
    public var boutSeconds: [Double]
    /// How the trunk was held and moved.
    public var exposure: ExposureTable
    /// Rules that are on trial for how their alerts were answered; known while the program runs, not stored.
    public var setAside: [RuleAnswers]
    /// What a training came to on this day; not stored with the day, since the alerts that ended its sessions tell it.
    public var training: DayTraining?
    /// Whose trunk, for models of the load on the low back.
    public var body: BodySize

    /// An empty summary.
    public init(wearer: WearerID, date: CivilDate?, start: Instant, end: Instant, isComplete: Bool) {
        self.wearer = wearer
        self.date = date
        self.start = start
        self.end = end
        self.isComplete = isComplete
        postureSeconds = Array(repeating: 0, count: Posture.allCases.count)
        noDataSeconds = 0
        sensors = SensorTime()
        sittingBouts = 0
        sittingBoutsOver30Minutes = 0
        longestSittingSeconds = 0
        sittingBreaks = 0
        posturalShifts = 0
        bends = 0
        deepBends = 0
        over30Seconds = 0
        over45Seconds = 0
        over60Seconds = 0
        lifts = 0
        strainedLifts = 0
        steps = 0
        alerts = 0
        boutSeconds = []
        exposure = ExposureTable()
        setAside = []
        body = BodySize()
    }

    /// Seconds in `posture`.
    public func seconds(_ posture: Posture) -> Double { postureSeconds[posture.index] }

    /// Seconds the sensor was worn, unknown posture included.
    public var wornSeconds: Double {
        seconds(.lying) + seconds(.sitting) + seconds(.standing) + seconds(.walking) + seconds(.unknown)
    }
}
