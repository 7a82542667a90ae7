/// A detected fact about the wearer: what, over which half-open span [start, end), how sure, and when it was known.
public struct Episode: Sendable, Equatable {
    /// What happened, with its own measures.
    public var kind: Kind
    /// When it began.
    public var start: Instant
    /// When it ended, or how far it has come while `isOngoing`.
    public var end: Instant
    /// Stream time at which the program knew.
    public var decided: Instant
    /// How sure the detector is, 0...1.
    public var confidence: Double
    /// Whether it still goes on: a later record with the same `kind` and `start` replaces this one.
    public var isOngoing: Bool
    /// Which sensors it was decided by.
    public var tier: SensorTier

    /// An episode.
    public init(
        _ kind: Kind, start: Instant, end: Instant, decided: Instant, confidence: Double,
        isOngoing: Bool = false, tier: SensorTier = .lumbar
    ) {
        self.tier = tier
        self.kind = kind
        self.start = start
        self.end = end
        self.decided = decided
        self.confidence = confidence
        self.isOngoing = isOngoing
    }

    /// What an episode is about.
    public enum Kind: Sendable, Equatable {
        /// A span in one posture. Complete ones are contiguous and cover the stream.
        case posture(Posture)
        /// A change of posture that was seen happening.
        case transition(Transition)
        /// A forward bend of the trunk.
        case bend(Bend)
        /// Flexion held long enough to use up its ISO 11226 budget.
        case sustainedFlexion(SustainedFlexion)
        /// A bout of sitting, breaks credited.
        case sitting(SittingBout)
        /// A probable lift: bend, rise, return.
        case lift(Lift)
        /// Turning while bent.
        case twist(Twist)
        /// A possible fall.
        case fall(Fall)
        /// Getting up after a long time lying; it has no length.
        case rising(Rising)
        /// On a seat, or standing, in a vehicle that moves.
        case ride(Ride)
    }

    /// Length of the episode.
    public var duration: Elapsed { end - start }
}

/// The changes of posture that are seen happening.
public enum Transition: String, Sendable, CaseIterable {
    /// Sitting down.
    case standToSit = "stand_to_sit"
    /// Rising from a seat.
    case sitToStand = "sit_to_stand"
    /// Lying down.
    case lieDown = "lie_down"
    /// Rising from lying.
    case riseFromLying = "rise_from_lying"
}

/// Measures of a forward bend, from where flexion passed 20 degrees until the bend ended.
public struct Bend: Sendable, Equatable {
    /// Deepest flexion, degrees from the wearer's upright.
    public var peakDegrees: Double
    /// Largest size of the flexion rate, degrees per second.
    public var peakRateDps: Double
    /// Area of flexion above 20 degrees, degree-seconds.
    public var areaAbove20DegreeSeconds: Double
    /// Share of the ISO 11226 holding budget used, 1 = all of it.
    public var budgetUsed: Double
    /// 95th percentile of the size of the flexion rate over 0.1 s, degrees per second.
    public var rate95Dps: Double
    /// Deepest flexion as a share of the deepest this wearer has shown, or nil before that is known.
    public var shareOfMaximum: Double?
    /// Whether it was held for more than 4 s with little variation, as ISO 11226 means static.
    public var isStatic: Bool
    /// Entries per minute into its zone of EN 1005-4 (20 to 60 degrees, or beyond), over the last 5 minutes.
    public var zoneEntriesPerMinute: Double
    /// How EN 1005-4 classes it.
    public var acceptability: Acceptability
    /// Deepest flexion of the spine itself, thorax on lumbar sensor, degrees; nil without a sensor on the thorax.
    public var spineFlexionDegrees: Double?
    /// Time beyond 70 % of the deepest flexion this wearer has shown, seconds; 0 before that is known.
    public var endRangeSeconds: Double

    /// Measures of a bend.
    public init(
        peakDegrees: Double, peakRateDps: Double, areaAbove20DegreeSeconds: Double, budgetUsed: Double,
        rate95Dps: Double = 0, shareOfMaximum: Double? = nil, isStatic: Bool = false,
        zoneEntriesPerMinute: Double = 0, acceptability: Acceptability = .acceptable,
        spineFlexionDegrees: Double? = nil, endRangeSeconds: Double = 0
    ) {
        self.spineFlexionDegrees = spineFlexionDegrees
        self.endRangeSeconds = endRangeSeconds
        self.peakDegrees = peakDegrees
        self.peakRateDps = peakRateDps
        self.areaAbove20DegreeSeconds = areaAbove20DegreeSeconds
        self.budgetUsed = budgetUsed
        self.rate95Dps = rate95Dps
        self.shareOfMaximum = shareOfMaximum
        self.isStatic = isStatic
        self.zoneEntriesPerMinute = zoneEntriesPerMinute
        self.acceptability = acceptability
    }
}

/// How EN 1005-4 (working postures at machinery) classes a trunk posture by angle, holding and frequency.
///
/// The table is from general knowledge of the standard, not checked against the paid text: no conformity is claimed.
///
/// | trunk forward | static | below 2 per minute | 2 per minute and more |
/// |---|---|---|---|
/// | 0...20° | acceptable | acceptable | acceptable |
/// | 20...60° | conditional | acceptable | not acceptable |
/// | beyond 60° | not acceptable | conditional | not acceptable |
public enum Acceptability: String, Sendable, CaseIterable {
    /// Acceptable.
    case acceptable
    /// Acceptable under conditions: full support, limited duration with recovery, or not for long use.
    case conditional
    /// Not acceptable.
    case notAcceptable = "not_acceptable"
}

/// Measures of held flexion.
public struct SustainedFlexion: Sendable, Equatable {
    /// Time-weighted mean flexion while it was held, degrees.
    public var meanDegrees: Double
    /// Deepest flexion, degrees.
    public var peakDegrees: Double
    /// Share of the ISO 11226 holding budget used, 1 = all of it.
    public var budgetUsed: Double

    /// Measures of held flexion.
    public init(meanDegrees: Double, peakDegrees: Double, budgetUsed: Double) {
        self.meanDegrees = meanDegrees
        self.peakDegrees = peakDegrees
        self.budgetUsed = budgetUsed
    }
}

/// Measures of a bout of sitting.
public struct SittingBout: Sendable, Equatable {
    /// Time seated within the bout, short rises taken off, seconds.
    public var seatedSeconds: Double
    /// Shifts of the trunk by at least 5 degrees, held at least 5 s.
    public var posturalShifts: Int
    /// Mean flexion while seated, degrees from the wearer's upright; nil while that, or which way is forward, is not known.
    public var meanFlexionDegrees: Double?

    /// Measures of a bout.
    public init(seatedSeconds: Double, posturalShifts: Int, meanFlexionDegrees: Double? = nil) {
        self.seatedSeconds = seatedSeconds
        self.posturalShifts = posturalShifts
        self.meanFlexionDegrees = meanFlexionDegrees
    }
}

/// Measures of a probable lift.
///
/// There is no load sensor: nothing here knows the weight. No recordings of lifts with loads were at hand either, so
/// all of it is unvalidated on real lifts.
public struct Lift: Sendable, Equatable {
    /// Deepest flexion of the bend it came from, degrees.
    public var peakDegrees: Double
    /// Largest trunk extension rate while rising, degrees per second.
    public var peakExtensionRateDps: Double
    /// Largest upward velocity, m/s.
    public var peakRiseVelocity: Double
    /// Largest jerk while rising, g per second.
    public var peakJerkGps: Double
    /// From the deepest point to upright, seconds.
    public var riseSeconds: Double
    /// Largest turn about the trunk's axis while bent, degrees.
    public var turnWhileBentDegrees: Double
    /// Largest moment on L5/S1 of the unloaded trunk, N·m (a model: no load is known).
    public var peakMomentNm: Double
    /// Whether the rule for strain holds; `strain` says by which of its parts.
    public var isUnderStrain: Bool
    /// What made it a strain.
    public var strain: Strain
    /// More about how it was done.
    public var detail = Detail()

    /// How a lift was done, beyond what the rule for strain looks at.
    public struct Detail: Sendable, Equatable {
        /// Largest trunk flexion rate on the way down, degrees per second.
        public var peakFlexionRateDps = 0.0
        /// How far the sensor rose, m.
        public var riseMetres = 0.0
        /// Root mean square of the jerk while rising, g per second.
        public var rmsJerkGps = 0.0
        /// Largest turn about the trunk's axis within two seconds of the rise, degrees, positive to the left.
        public var turnInRiseDegrees = 0.0
        /// Whether the feet stepped along with that turn, which is how one should turn.
        public var hasSteppedAround = false
        /// Time integral of the moment on L5/S1 of the unloaded trunk over the lift, N·m·s (a model: no load is known).
        public var momentNewtonMetreSeconds = 0.0

        /// Nothing known.
        public init() {}
    }

    /// Stoop index: deepest flexion by how far the sensor rose, degrees per metre; nil when it hardly rose.
    ///
    /// Bending from the hips gives several hundred, bending the knees about a hundred.
    public var stoopIndex: Double? { detail.riseMetres > 0.02 ? peakDegrees / detail.riseMetres : nil }

    /// The parts of the strain rule that held.
    public struct Strain: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int
        /// From bits.
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// Bent deeply.
        public static let deep = Strain(rawValue: 1)
        /// The trunk moved fast.
        public static let fast = Strain(rawValue: 2)
        /// The rise was jerky.
        public static let jerky = Strain(rawValue: 4)
        /// The trunk turned while bent, or right after the rise began with the feet still.
        public static let twisted = Strain(rawValue: 8)
    }

    /// Measures of a lift.
    public init(
        peakDegrees: Double, peakExtensionRateDps: Double, peakRiseVelocity: Double, peakJerkGps: Double,
        riseSeconds: Double, turnWhileBentDegrees: Double, peakMomentNm: Double, isUnderStrain: Bool,
        strain: Strain
    ) {
        self.peakDegrees = peakDegrees
        self.peakExtensionRateDps = peakExtensionRateDps
        self.peakRiseVelocity = peakRiseVelocity
        self.peakJerkGps = peakJerkGps
        self.riseSeconds = riseSeconds
        self.turnWhileBentDegrees = turnWhileBentDegrees
        self.peakMomentNm = peakMomentNm
        self.isUnderStrain = isUnderStrain
        self.strain = strain
    }
}

/// Measures of turning while bent.
public struct Twist: Sendable, Equatable {
    /// Turn about the trunk's axis, degrees, positive to the left.
    public var turnDegrees: Double
    /// Largest size of the axial rate, degrees per second.
    public var peakRateDps: Double
    /// Whether it followed the start of a lift.
    public var isAfterLift: Bool

    /// Measures of a twist.
    public init(turnDegrees: Double, peakRateDps: Double, isAfterLift: Bool) {
        self.turnDegrees = turnDegrees
        self.peakRateDps = peakRateDps
        self.isAfterLift = isAfterLift
    }
}

/// Measures of a possible fall; `Episode.start` is the impact.
///
/// A fall is complete in its first record. While the wearer stays down, ongoing records with the same start follow it.
public struct Fall: Sendable, Equatable {
    /// Largest |a| of the impact, g.
    public var impactG: Double
    /// Inclination at rest after it, degrees.
    public var restInclinationDegrees: Double
    /// For how long the wearer has not got up since, seconds; 0 in the first record, more in the ongoing ones after it.
    public var downSeconds: Double

    /// Measures of a fall.
    public init(impactG: Double, restInclinationDegrees: Double, downSeconds: Double = 0) {
        self.impactG = impactG
        self.restInclinationDegrees = restInclinationDegrees
        self.downSeconds = downSeconds
    }
}

/// Measures of getting up; `Episode.start` is the moment of it.
public struct Rising: Sendable, Equatable {
    /// Time lying before it, interruptions left out, seconds.
    public var lyingSeconds: Double
    /// How long bends count from a smaller angle after it, seconds; 0 when they do not.
    public var guardedSeconds: Double

    /// Measures of getting up.
    public init(lyingSeconds: Double, guardedSeconds: Double) {
        self.lyingSeconds = lyingSeconds
        self.guardedSeconds = guardedSeconds
    }
}

/// Measures of a ride: sitting or standing in a vehicle that moves.
public struct Ride: Sendable, Equatable {
    /// How the vehicle shakes the trunk: root mean square of |a| about its mean, g.
    public var vibrationG: Double

    /// Measures of a ride.
    public init(vibrationG: Double) { self.vibrationG = vibrationG }
}
