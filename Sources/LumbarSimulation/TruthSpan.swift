import LumbarCore

/// Something a simulated wearer really did, over the half-open span [start, end).
public struct TruthSpan: Sendable, Equatable {
    /// What.
    public var kind: Kind
    /// When it began.
    public var start: Instant
    /// When it ended.
    public var end: Instant

    /// A span.
    public init(_ kind: Kind, start: Instant, end: Instant) {
        self.kind = kind
        self.start = start
        self.end = end
    }

    /// What can be true.
    public enum Kind: Sendable, Equatable {
        /// A posture; posture spans are contiguous and cover the scenario. Steps made in it, when walking.
        case posture(Posture, steps: Int)
        /// A change of posture, from the first movement to the last; the posture changes near its middle.
        case transition(Transition)
        /// A forward bend; the deepest flexion from the wearer's upright, degrees.
        case bend(peakDegrees: Double, seated: Bool)
        /// A squat without a load.
        case squat(dropMetres: Double)
        /// A lift, from the beginning of the bend to upright; comes with a `bend` over the same span.
        case lift(Lift)
        /// A turn of the trunk with the feet still, degrees, left positive.
        case twist(degrees: Double, afterLift: Bool)
        /// A turn of the whole body with steps, degrees, left positive.
        case turn(degrees: Double, steps: Int)
        /// A shift in the seat (or from leg to leg), kept until the next one; change of trunk angle, degrees.
        case shift(degrees: Double, seated: Bool)
        /// A fall; `end` is the end of the impact.
        case fall(Activity.Direction, impactG: Double)
        /// The sensor is in somebody's hands, being taken off or put on.
        case handling
        /// In a vehicle that moves.
        case ride
    }

    /// The truth about a lift.
    public struct Lift: Sendable, Equatable {
        /// Deepest flexion from the wearer's upright, degrees.
        public var peakDegrees: Double
        /// How far the hips sank, m.
        public var dropMetres: Double
        /// Largest trunk extension rate of the rise, degrees per second.
        public var peakExtensionRateDps: Double
        /// From the deepest point to upright, seconds.
        public var riseSeconds: Double
        /// Turn of the trunk during the rise with the feet still, degrees, left positive; 0 for none.
        public var twistDegrees: Double
        /// How it was done.
        public var style: Activity.LiftStyle

        /// Whether it strains: done hard, twisted by 30 degrees or more, or from 60 degrees and deeper, not gently.
        public var isStrained: Bool {
            style == .hard || twistDegrees.magnitude >= 30 || (style == .plain && peakDegrees >= 60)
        }
    }
}

/// Collects what a simulated wearer did.
struct TruthLog {
    private(set) var spans: [TruthSpan] = []
    private let origin: Instant
    private var posture: Posture
    private var postureStart = 0.0
    private var steps = 0

    init(origin: Instant, posture: Posture) {
        self.origin = origin
        self.posture = posture
        spans.reserveCapacity(256)
    }

    private func instant(_ t: Double) -> Instant { origin + .seconds(t) }

    /// Notes something that happens from `start` to `end`, seconds.
    mutating func add(_ kind: TruthSpan.Kind, _ start: Double, _ end: Double) {
        spans.append(TruthSpan(kind, start: instant(start), end: instant(end)))
    }

    /// The posture is `next` from `t` on.
    mutating func enter(_ next: Posture, at t: Double) {
        guard next != posture else { return }
        closePosture(at: t)
        posture = next
    }

    /// Counts steps of the walk that goes on.
    mutating func addSteps(_ count: Int) { steps += count }

    /// Ends the posture that goes on.
    mutating func closePosture(at t: Double) {
        if t > postureStart {
            add(.posture(posture, steps: posture == .walking ? steps : 0), postureStart, t)
        }
        postureStart = t
        steps = 0
    }
}
