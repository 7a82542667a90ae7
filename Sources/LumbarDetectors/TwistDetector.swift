import LumbarCore

/// Turning while bent: 30 degrees or more about the trunk's own axis while inclined by 30 degrees or more.
///
/// With a sensor on the thorax the turn of the spine is measured, and what the feet do does not matter. One sensor
/// cannot tell a trunk that turns on the pelvis from a whole body that turns, so this is the turn that can be seen, ψ =
/// ∫ω·axis dt from the start of the bend, and steps taken meanwhile veto it: the feet moved, which is how one should
/// turn. Turning right after the start of a lift is told by `LiftDetector`.
///
/// Data needed: angular rate. Known weakness: turning on a swivel chair while leaning counts.
public struct TwistDetector: Detector {
    private let twistAngle: Double
    private var bent: Hysteresis
    private var turn = 0.0
    private var largest = 0.0
    private var rate = 0.0
    private var feet = TurningFeet()
    /// Whether the turn is that of the spine, and not of the whole body.
    private var isMeasured = false
    private var handledUntil: Instant?

    /// How far the inclination falls before the bend is over, degrees.
    static let slack = 8.0
    /// A turn fades within this time, so that only what is done at once adds up.
    static let memorySeconds = 30.0
    /// How long hands turn a sensor about while it is put on.
    static let handling = LiftDetector.handling

    /// A detector with these settings.
    public init(settings: LiftSettings) {
        twistAngle = settings.twistAngle
        bent = Hysteresis(
            enter: settings.turnAngle, leave: max(5, settings.turnAngle - Self.slack),
            enterDwell: .milliseconds(200), leaveDwell: .milliseconds(300))
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if body.posture == .notWorn { handledUntil = features.end + Self.handling }
        guard features.hasAngularRate, body.posture != .lying, body.posture != .notWorn else {
            reset()
            return
        }
        if let until = handledUntil {
            guard features.end >= until || body.gaitStart != nil else { return }
            handledUntil = nil
        }
        let change = bent.update(Self.bend(features, body), from: features.start, to: features.end)
        if case .left(let entered, let end) = change {
            report(from: entered, to: end, features.end, body, into: &episodes)
        }
        switch bent.state {
        case .outside: clear()
        case .entering, .inside, .leaving: add(features)
        }
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if let since = bent.insideSince, time > since {
            report(from: since, to: time, time, body, into: &episodes)
        }
        reset()
    }

    /// How far the trunk is bent forward or aside, degrees: who leans back in a seat is not bent, and where forward is not
    /// known a seated tilt is most often that.
    private static func bend(_ features: Features, _ body: BodyState) -> Double {
        guard features.flexionIsSigned else {
            return body.posture == .sitting ? 0 : features.inclinationDegrees
        }
        return max(features.flexionDegrees, features.lateralDegrees.magnitude)
    }

    private mutating func add(_ features: Features) {
        // What is left of the gyroscope's zero would add up to a turn within minutes.
        turn *= 1 - features.duration / Self.memorySeconds
        turn += features.trunkTurnDegrees
        if turn.magnitude > largest.magnitude { largest = turn }
        if features.duration > 0 {
            rate = max(rate, features.trunkTurnDegrees.magnitude / features.duration)
        }
        feet.add(features)
        isMeasured = features.companions.spine != nil
    }

    private func report(
        from start: Instant, to end: Instant, _ decided: Instant, _ body: BodyState,
        into episodes: inout EpisodeQueue
    ) {
        guard largest.magnitude >= twistAngle, rate < LiftDetector.fastestTurn, !feet.haveMoved,
            body.gaitStart == nil,
            !body.changesPosture(from: start, to: end)
        else { return }
        episodes.append(
            Episode(
                .twist(Twist(turnDegrees: largest, peakRateDps: rate, isAfterLift: false)), start: start,
                end: end, decided: decided, confidence: isMeasured ? 0.9 : 0.5))
    }

    private mutating func clear() {
        turn = 0
        largest = 0
        rate = 0
        feet = TurningFeet()
    }

    private mutating func reset() {
        bent.reset()
        clear()
    }
}
