import LumbarCore

extension SimulatedHistory {
    /// What really happened on a local day, noted where it is played and not from what the program makes of it.
    public struct Truth: Sendable, Equatable {
        /// Which day.
        public var date: CivilDate
        /// Its length, seconds: 23, 24 or 25 hours.
        public var length: Double
        /// Seconds in each posture, by `Posture.index`; the rest of `length` is without data.
        public var postureSeconds = Array(repeating: 0.0, count: Posture.allCases.count)
        /// Bouts of sitting in their order, seconds.
        public var bouts: [Double] = []
        /// How many of them the wearer broke.
        public var breaks = 0
        /// Shifts of the trunk while seated.
        public var shifts = 0
        /// Bends, those past 60 degrees, probable lifts, and turns with one.
        public var bends = 0
        /// Those past 60 degrees.
        public var deepBends = 0
        /// Bends held past their holding time.
        public var heldBends = 0
        /// Probable lifts.
        public var lifts = 0
        /// Those under strain.
        public var strainedLifts = 0
        /// Turns while bent.
        public var twists = 0
        /// Steps.
        public var steps = 0
        /// What the wearer was told, by the place of its rule in `AlertRule.allCases`.
        public var alerts = Array(repeating: 0, count: AlertRule.allCases.count)
        /// Seconds past 30, 45 and 60 degrees while worn and not lying.
        public var secondsPast = [0, 0, 0]
        /// Seconds at each whole degree of flexion while seated, rounded down; `lowestDegrees` is the first.
        public var seated = Array(repeating: 0, count: degrees)
        /// The same on the feet.
        public var onFeet = Array(repeating: 0, count: degrees)
        /// Seconds at each whole degree per second of flexion rate; the last has all that are faster.
        public var rates = Array(repeating: 0, count: 64)
        /// Seconds of walking at each whole number of steps a minute.
        public var cadences = Array(repeating: 0, count: 256)
        /// The moment on the low back of the upper body alone, N·m·s, of somebody of the built-in size.
        public var moment = 0.0
        /// The part of it on the feet.
        public var momentOnFeet = 0.0
        /// Its square, N²·m²·s.
        public var squaredMoment = 0.0

        /// How often the trunk went back past 5 degrees, forward past 20 and past 60, each anew only after it had come back
        /// by 5 degrees.
        public var entries = [0, 0, 0]
        private var isPast = [false, false, false]

        /// Where `seated` and `onFeet` begin.
        public static let lowestDegrees = -60
        static let degrees = 181

        /// A day on which nothing is known.
        init(date: CivilDate, length: Double) {
            self.date = date
            self.length = length
        }

        /// A second of being upright, or of a posture that is not known.
        mutating func see(_ frame: Features, in posture: Posture) {
            steps += frame.steps
            let degrees = frame.flexionDegrees
            for (place, limit) in [30.0, 45, 60].enumerated() where degrees > limit {
                secondsPast[place] += 1
            }
            guard posture != .unknown else { return }
            let isSeated = posture == .sitting
            let size = BodySize()
            let moment = TrunkMoment.newtonMetres(
                flexionDegrees: degrees, bodyMass: size.mass, bodyHeight: size.height)
            self.moment += moment
            squaredMoment += moment * moment
            if !isSeated { momentOnFeet += moment }
            let place = Int(degrees.rounded(.down)) - Self.lowestDegrees
            if isSeated { seated[place] += 1 } else { onFeet[place] += 1 }
            rates[min(Int(frame.flexionRateDps.magnitude), rates.count - 1)] += 1
            if posture == .walking { cadences[Int(60 * frame.cadenceHz)] += 1 }
            for (place, beyond) in [-5 - degrees, degrees - 20, degrees - 60].enumerated() {
                if !isPast[place], beyond > 0 { entries[place] += 1 }
                isPast[place] = beyond > (isPast[place] ? -5 : 0)
            }
        }
    }
}
