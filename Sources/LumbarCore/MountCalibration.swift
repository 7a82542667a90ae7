/// How a sensor sits on its wearer, as far as that is known: upright in the sensor's own axes, and where that comes from.
public struct MountCalibration: Sendable, Equatable {
    /// Where up is when the wearer stands upright; unit length.
    public var up: Vector3<SensorFrame>
    /// Where forward is, perpendicular to `up`; nil while only the inclination is known.
    public var forward: Vector3<SensorFrame>?
    /// How upright became known.
    public var source: Source
    /// How well up is known, 0 (assumed) ... 1 (confirmed).
    public var quality: Double
    /// How well forward is known, 0...1.
    public var forwardQuality: Double
    /// Deepest bow of the guided calibration, degrees: the wearer's own end of range; nil without one.
    public var largestFlexionDegrees: Double?
    /// Whether it can be relied on now.
    public var trust: MountTrust
    /// When upright was last learned or set, on the boot clock; nil when that was before this stream began.
    public var established: Instant?

    /// A calibration.
    public init(
        up: Vector3<SensorFrame>, forward: Vector3<SensorFrame>?, source: Source, quality: Double,
        forwardQuality: Double = 0, largestFlexionDegrees: Double? = nil, trust: MountTrust = .trusted,
        established: Instant? = nil
    ) {
        self.up = up
        self.forward = forward
        self.source = source
        self.quality = quality
        self.forwardQuality = forwardQuality
        self.largestFlexionDegrees = largestFlexionDegrees
        self.trust = trust
        self.established = established
    }

    /// How upright became known.
    public enum Source: String, Sendable, CaseIterable {
        /// Not at all: the sensor's own axes stand in for it.
        case assumed
        /// The mount was declared in words.
        case declared
        /// A quiet stand.
        case quietStand = "quiet_stand"
        /// How the wearer walks.
        case walks
        /// The guided gesture: standing still, then three bows.
        case guided
    }

    /// The same with six decimals, as it is written down; `established` is left out.
    public var rounded: MountCalibration {
        let round = { (x: Double) in (x * 1e6).rounded() / 1e6 }
        let vector = { (v: Vector3<SensorFrame>) in Vector3<SensorFrame>(round(v.x), round(v.y), round(v.z)) }
        var copy = self
        copy.up = vector(up)
        copy.forward = forward.map(vector)
        copy.quality = round(quality)
        copy.forwardQuality = round(forwardQuality)
        copy.largestFlexionDegrees = largestFlexionDegrees.map(round)
        copy.established = nil
        return copy
    }

    /// Whether these are directions and figures that can be used: what was stored may be damaged.
    public var isSane: Bool {
        let vectors = [up] + (forward.map { [$0] } ?? [])
        guard vectors.allSatisfy({ $0.isFinite && ($0.length - 1).magnitude < 0.01 }) else { return false }
        if let forward, forward.dot(up).magnitude > 0.05 { return false }
        return (0...1).contains(quality) && (0...1).contains(forwardQuality)
    }
}

/// Whether the learned upright can be relied on.
public enum MountTrust: String, Sendable, CaseIterable {
    /// Nothing speaks against it.
    case trusted
    /// The stream broke off since: the next walk or quiet stand tells whether the sensor still sits as it did.
    case stale
    /// The sensor seems to have moved, and it is not clear yet to where.
    case moved
}

/// News about how a sensor sits, each told once.
public enum MountNews: Sendable, Equatable {
    /// The sensor has moved on the body; with `relearned`, angles count from the upright of the last walks.
    case moved(degrees: Double, relearned: Bool)
    /// The sensor is worn the other way round: forward was turned about.
    case turnedAround
    /// The stream broke off: what is known waits for a walk or a quiet stand to confirm it.
    case stale
    /// A walk or a quiet stand has shown that the sensor sits as it did.
    case confirmed
    /// The calibration gesture was seen.
    case gesture(CalibrationOutcome)
}

/// What became of a calibration gesture.
public enum CalibrationOutcome: String, Sendable, Equatable, CaseIterable {
    /// The pose was taken from it.
    case accepted
    /// A bow stayed above 40 degrees.
    case tooShallow
    /// A bow went past 120 degrees.
    case tooDeep
    /// The bows did not turn about one axis.
    case notOneAxis
    /// A bow leaned more than 10 degrees aside.
    case leanedAside
    /// The trunk did not come back to within 5 degrees.
    case didNotReturn
    /// The three bows took too long.
    case tooSlow
}

/// How far a calibration gesture has come.
public enum GestureProgress: Sendable, Equatable {
    /// Standing still, for so many seconds of the five; 0 while there is movement.
    case standing(seconds: Double)
    /// Stood still long enough: the first bow may begin.
    case ready
    /// In a bow, which has reached so many degrees; `number` counts from 1.
    case bowing(number: Int, degrees: Double)
    /// Upright again after so many bows.
    case between(done: Int)
    /// After the last bow, for the trunk to come to rest.
    case settling
}
