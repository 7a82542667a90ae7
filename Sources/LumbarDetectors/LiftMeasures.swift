import LumbarCore

/// What `LiftDetector` measures of a bend that may become a lift.
struct LiftMeasures: Sendable {
    /// When the bend began.
    var start: Instant
    /// When it was deepest.
    var deepest: Instant
    /// When the trunk began to rise: it may stay near its deepest point for a while.
    var rise: Instant
    /// Deepest flexion, degrees.
    var peak = 0.0
    /// Largest extension rate since, degrees per second.
    var extensionRate = 0.0
    /// Largest jerk since, g per second.
    var jerk = 0.0
    /// Largest turn while bent, degrees.
    var largestTurn = 0.0
    /// Whether the feet moved with a turn while bent.
    var feet = TurningFeet()
    /// The turn that goes with the rise.
    var afterRise = TurnAfterRise()
    /// Whether the trunk went on backward past upright: somebody lay down.
    private(set) var leansBack = false
    private var seconds = 0.0
    private var onTheMoveSeconds = 0.0
    private var turn = 0.0
    private var flexionRate = 0.0
    private var moment = 0.0
    private var jerkSquares = 0.0
    private var jerkSeconds = 0.0

    /// The turn in the two seconds after the rise began, and whether the feet took part in it.
    struct TurnAfterRise: Sendable {
        var turn = 0.0
        var largest = 0.0
        var largestRate = 0.0
        var feet = TurningFeet()
    }

    /// How long after the rise began a turn belongs to the lift.
    static let turnWindow = Elapsed.seconds(2)
    /// How far the trunk rises before the rise has begun, degrees.
    static let riseBegins = 3.0
    /// Flexion that nobody reaches who has just lifted something, degrees.
    static let lyingBack = -25.0
    /// How long after the rise began its own acceleration looks like a step.
    static let heave = Elapsed.milliseconds(500)

    /// A bend that began at `start` and has come to `now`.
    init(start: Instant, at now: Instant) {
        self.start = start
        deepest = now
        rise = now
    }

    /// Adds a frame of the bend, down or up, with the moment of the trunk in it, N·m.
    mutating func add(_ features: Features, moment newtonMetres: Double, isTurning isBent: Bool) {
        moment += newtonMetres * features.duration
        flexionRate = max(flexionRate, features.flexionRateDps)
        if features.flexionDegrees > peak {
            peak = features.flexionDegrees
            deepest = features.end
            extensionRate = 0
            jerk = 0
            jerkSquares = 0
            jerkSeconds = 0
        } else {
            extensionRate = max(extensionRate, -features.flexionRateDps)
            jerk = max(jerk, features.jerkPeakGps)
            jerkSquares += features.jerkRMSGps * features.jerkRMSGps * features.duration
            jerkSeconds += features.duration
        }
        if features.flexionDegrees > peak - Self.riseBegins {
            rise = features.end
            afterRise = TurnAfterRise()
        } else {
            addTurnAfterRise(features)
        }
        feet.add(features)
        guard isBent else { return }
        turn += features.trunkTurnDegrees
        largestTurn = Self.larger(largestTurn, turn)
    }

    /// Whether most of it was jogging or hopping: steps that shake harder than those of somebody who picks up and walks on.
    var isOnTheMove: Bool { onTheMoveSeconds > 0.5 * seconds }

    /// Notes how the feet and the trunk move in a frame of it.
    mutating func addMotion(_ features: Features, isStepping: Bool) {
        seconds += features.duration
        if isStepping, features.accelerationDeviation1sG > BendMeasures.shaking {
            onTheMoveSeconds += features.duration
        }
    }

    /// Notes where the trunk goes once it is back upright.
    mutating func noteReturn(_ features: Features) {
        if features.flexionIsSigned, features.flexionDegrees < Self.lyingBack { leansBack = true }
    }

    /// Adds a frame that follows the beginning of the rise, also once the trunk is upright again.
    mutating func addTurnAfterRise(_ features: Features) {
        let since = features.end - rise
        afterRise.feet.add(features, isHeaving: since <= Self.heave)
        guard since <= Self.turnWindow, features.duration > 0 else { return }
        afterRise.turn += features.trunkTurnDegrees
        afterRise.largest = Self.larger(afterRise.largest, afterRise.turn)
        afterRise.largestRate = max(
            afterRise.largestRate, features.trunkTurnDegrees.magnitude / features.duration)
    }

    /// The measures that the rule for strain does not look at; how far it rose is known to the detector.
    var detail: Lift.Detail {
        var detail = Lift.Detail()
        detail.peakFlexionRateDps = flexionRate
        detail.rmsJerkGps = jerkSeconds > 0 ? (jerkSquares / jerkSeconds).squareRoot() : 0
        detail.turnInRiseDegrees = afterRise.largest
        detail.hasSteppedAround = afterRise.feet.haveMoved
        detail.momentNewtonMetreSeconds = moment
        return detail
    }

    private static func larger(_ a: Double, _ b: Double) -> Double { b.magnitude > a.magnitude ? b : a }
}
