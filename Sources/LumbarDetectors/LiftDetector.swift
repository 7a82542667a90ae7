import LumbarCore

/// Probable lifts: the trunk bends, the hips rise with speed, the trunk returns upright.
///
/// ```text
///   flexion 30° ┄┄┄┄╭─╲──╮┄┄┄┄┄┄┄┄     bent from 30°; the deepest point starts the rise
///           20° ┄┄┄╭╯┄┄┄┄╰─╮┄┄┄┄┄┄     returned below 20° within 10 s
///   height      ───╲____╱‾‾‾‾‾‾‾       upward velocity above 0.3 m/s on the way
///                      |rise|told when the body is still or steps, at most 3 s later
/// ```
///
/// There is no load sensor. What is told apart is how the hips move: picking up with bent knees or heaving
/// raises the hips at more than 0.3 m/s; an unhurried straight-legged stoop raises them at 0.1...0.2 m/s and
/// is told as a bend only. So an empty squat looks like a lift and a slow straight-legged lift like a bend.
/// Trunk motion without the load correlates with true low-back risk at r = 0.20...0.56 only (Nurse 2023,
/// Sensors 23:2064): this says "probable lift", never a risk.
///
/// "Under strain" is a rule over kinematics: twisting while bent, or two of deep (≥ 60°), fast (extension ≥
/// 90 °/s) and jerky (≥ 15 g/s). Twisting counts by itself because lifting while twisted carried the highest
/// odds in Kelsey 1984, while speed and depth come with the many harmless ways of bending.
///
/// Vetoes: a change of posture (rising from a chair leans and rises too), lying, hands that turn the sensor about.
public struct LiftDetector: Detector {
    private let settings: LiftSettings
    private var state = State.upright
    private var startedToBend: Instant?
    private var handledUntil: Instant?

    private enum State: Sendable {
        /// Not bent.
        case upright
        /// Bent, rising or not.
        case bent(Measures)
        /// Back upright; waits for the move to end and for a change of posture to show.
        case returned(Measures, at: Instant)
    }

    struct Measures: Sendable {
        var start: Instant
        var deepest: Instant
        /// When the trunk began to rise: it may stay near its deepest point for a while.
        var rise: Instant
        var peak = 0.0
        var peakInclination = 0.0
        var extensionRate = 0.0
        var jerk = 0.0
        var turn = 0.0
        var largestTurn = 0.0
        var feet = TurningFeet()
        var afterRise = TurnAfterRise()
    }

    /// The turn in the two seconds after the rise began, and whether the feet took part in it.
    struct TurnAfterRise: Sendable {
        var turn = 0.0
        var largestTurn = 0.0
        var largestRate = 0.0
        var feet = TurningFeet()
    }

    /// How long after the rise began a turn belongs to the lift.
    static let turnWindow = Elapsed.seconds(2)
    /// How far the trunk rises before the rise has begun, degrees.
    static let riseBegins = 3.0
    /// No trunk turns faster on its feet, degrees per second: hands turn the sensor.
    static let fastestTurn = 200.0
    /// How long hands turn a sensor about while it is put on.
    static let handling = Elapsed.seconds(10)
    /// How long after the rise began its own acceleration looks like a step.
    static let heave = Elapsed.milliseconds(500)
    /// Height that the hips rise at least, m.
    static let leastRise = 0.05
    /// How long a lift waits for the end of its move.
    static let patience = Elapsed.seconds(3)
    /// What follows the return and still belongs to the rise.
    static let afterReturn = Elapsed.milliseconds(400)

    /// A detector with these settings.
    public init(settings: LiftSettings) { self.settings = settings }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if body.posture == .notWorn { handledUntil = features.end + Self.handling }
        let isInHands = handledUntil.map { features.end < $0 && body.gaitStart == nil } ?? false
        if features.followsGap || body.posture == .lying || body.posture == .notWorn || isInHands {
            state = .upright
            startedToBend = nil
            return
        }
        handledUntil = nil
        let flexion = features.flexionDegrees
        switch state {
        case .upright:
            follow(flexion, features, body)
        case .bent(var measures):
            add(features, body, to: &measures)
            let isBack = flexion < settings.returnAngle
            state = isBack ? .returned(measures, at: features.end) : .bent(measures)
            if features.end - measures.deepest > .seconds(settings.longestRise + 5) { state = .upright }
        case .returned(var measures, let time):
            addTurnAfterRise(features, to: &measures)
            state = .returned(measures, at: time)
            resolve(measures, returned: time, features, &body, into: &episodes)
        }
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if case .returned(let measures, let returned) = state {
            decide(measures, returned: returned, decided: time, &body, into: &episodes)
        }
        state = .upright
        startedToBend = nil
    }

    private mutating func follow(_ flexion: Double, _ features: Features, _ body: BodyState) {
        if flexion < settings.returnAngle {
            startedToBend = nil
            return
        }
        let start = startedToBend ?? features.start
        startedToBend = start
        guard flexion >= settings.bendAngle else { return }
        var measures = Measures(start: start, deepest: features.end, rise: features.end)
        add(features, body, to: &measures)
        state = .bent(measures)
        startedToBend = nil
    }

    private func add(_ features: Features, _ body: BodyState, to measures: inout Measures) {
        if features.flexionDegrees > measures.peak {
            measures.peak = features.flexionDegrees
            measures.deepest = features.end
            measures.extensionRate = 0
            measures.jerk = 0
        } else {
            measures.extensionRate = max(measures.extensionRate, -features.flexionRateDps)
            measures.jerk = max(measures.jerk, features.jerkPeakGps)
        }
        if features.flexionDegrees > measures.peak - Self.riseBegins {
            measures.rise = features.end
            measures.afterRise = TurnAfterRise()
        } else {
            addTurnAfterRise(features, to: &measures)
        }
        measures.peakInclination = max(measures.peakInclination, features.inclinationDegrees)
        measures.feet.add(features)
        if features.inclinationDegrees >= settings.turnAngle {
            measures.turn += features.axialRotationDegrees
            measures.largestTurn = larger(measures.largestTurn, measures.turn)
        }
    }

    private func addTurnAfterRise(_ features: Features, to measures: inout Measures) {
        let since = features.end - measures.rise
        measures.afterRise.feet.add(features, isHeaving: since <= Self.heave)
        guard since <= Self.turnWindow, features.duration > 0 else { return }
        measures.afterRise.turn += features.axialRotationDegrees
        measures.afterRise.largestTurn = larger(measures.afterRise.largestTurn, measures.afterRise.turn)
        measures.afterRise.largestRate = max(
            measures.afterRise.largestRate, features.axialRotationDegrees.magnitude / features.duration)
    }

    private func larger(_ a: Double, _ b: Double) -> Double { b.magnitude > a.magnitude ? b : a }

    private mutating func resolve(
        _ measures: Measures, returned: Instant, _ features: Features, _ body: inout BodyState,
        into episodes: inout EpisodeQueue
    ) {
        let waited = features.end - returned
        guard waited >= Self.afterReturn else { return }
        if let pending = body.pendingChange, pending.overlaps(measures.start, returned) { return }
        let isMoving = body.movingSince.map { $0 < returned } ?? false
        let isBentAgain = features.flexionDegrees >= settings.bendAngle
        // Whether the feet moved shows only when the turn is over.
        let isOpen = isMoving || measures.afterRise.feet.isTurning
        guard !isOpen || isBentAgain || waited >= Self.patience else { return }
        decide(measures, returned: returned, decided: features.end, &body, into: &episodes)
        state = .upright
    }

    private func decide(
        _ measures: Measures, returned: Instant, decided: Instant, _ body: inout BodyState,
        into episodes: inout EpisodeQueue
    ) {
        let riseSeconds = (returned - measures.deepest).seconds
        guard riseSeconds <= settings.longestRise, measures.afterRise.largestRate < Self.fastestTurn,
            !body.changesPosture(from: measures.start, to: returned),
            let profile = body.vertical.profile(
                from: measures.deepest, to: min(returned + Self.afterReturn, decided)),
            let rise = profile.rise, rise.height >= Self.leastRise,
            rise.peakVelocity >= settings.riseVelocity
        else { return }
        body.liftRise = measures.deepest
        episodes.append(
            Episode(
                .lift(lift(measures, riseSeconds: riseSeconds, riseVelocity: rise.peakVelocity)),
                start: measures.start, end: returned, decided: decided, confidence: 0.6))
        report(measures.afterRise, from: measures.rise, decided: decided, into: &episodes)
    }

    private func lift(_ measures: Measures, riseSeconds: Double, riseVelocity: Double) -> Lift {
        var strain: Lift.Strain = []
        if measures.peak >= settings.deepAngle { strain.insert(.deep) }
        if measures.extensionRate >= settings.fastRate { strain.insert(.fast) }
        if measures.jerk >= settings.jerkyRate { strain.insert(.jerky) }
        let isTurnedWhileBent =
            measures.largestTurn.magnitude >= settings.twistAngle && !measures.feet.haveMoved
        if isTurnedWhileBent || isTwist(measures.afterRise) { strain.insert(.twisted) }
        let parts = [Lift.Strain.deep, .fast, .jerky].reduce(0) { strain.contains($1) ? $0 + 1 : $0 }
        return Lift(
            peakDegrees: measures.peak, peakExtensionRateDps: measures.extensionRate,
            peakRiseVelocity: riseVelocity, peakJerkGps: measures.jerk, riseSeconds: riseSeconds,
            turnWhileBentDegrees: measures.largestTurn,
            peakMomentNm: TrunkMoment.newtonMetres(
                flexionDegrees: measures.peak, bodyMass: settings.bodyMass, bodyHeight: settings.bodyHeight),
            isUnderStrain: strain.contains(.twisted) || parts >= 2, strain: strain)
    }

    /// Turned right after the rise began, with the feet still.
    private func isTwist(_ turn: TurnAfterRise) -> Bool {
        !turn.feet.haveMoved
            && (turn.largestTurn.magnitude >= settings.twistAngle || turn.largestRate >= settings.twistRate)
    }

    private func report(
        _ turn: TurnAfterRise, from start: Instant, decided: Instant, into episodes: inout EpisodeQueue
    ) {
        guard isTwist(turn) else { return }
        episodes.append(
            Episode(
                .twist(
                    Twist(
                        turnDegrees: turn.largestTurn, peakRateDps: turn.largestRate, isAfterLift: true)),
                start: start, end: min(start + Self.turnWindow, decided), decided: decided, confidence: 0.5))
    }
}
