import LumbarCore

/// Probable lifts: the trunk bends, the hips rise with speed, the trunk returns upright.
///
/// ```text
///   flexion 42° ┄┄┄┄╭─╲──╮┄┄┄┄┄┄┄┄     bent from 42°; the deepest point starts the rise
///           20° ┄┄┄╭╯┄┄┄┄╰─╮┄┄┄┄┄┄     returned below 20° within 10 s
///   height      ───╲____╱‾‾‾‾‾‾‾       upward velocity above 0.3 m/s on the way
///                      |rise|told when the body is still or steps, at most 3 s later
/// ```
///
/// There is no load sensor. What is told apart is how the hips move: picking up with bent knees or heaving
/// raises the hips at more than 0.3 m/s; an unhurried straight-legged stoop raises them at 0.1...0.2 m/s and
/// is told as a bend only. Squats to pick up nothing lean by a median of 34° at a belt sensor, and lifts from the
/// floor by more: 42° lies between. So a deep empty squat looks like a lift, picking up with an upright trunk like a
/// squat, and a slow straight-legged lift like a bend.
///
/// No recordings of lifts with loads were at hand: all of this is unvalidated on real lifts.
/// Trunk motion without the load correlates with true low-back risk at r = 0.20...0.56 only (Nurse 2023,
/// Sensors 23:2064): this says "probable lift", never a risk.
///
/// "Under strain" is a rule over kinematics: twisting while bent, or two of deep (≥ 60°), fast (extension ≥
/// 90 °/s) and jerky (≥ 15 g/s). Twisting counts by itself because lifting while twisted carried the highest
/// odds in Kelsey 1984, while speed and depth come with the many harmless ways of bending.
///
/// Vetoes: a change of posture (rising from a chair leans and rises too), lying and lying down (the trunk goes on
/// backward past upright), jogging and hopping with the trunk forward, a foot that strikes (a stumble, a jump), hands
/// that turn the sensor about or further than a trunk bends.
public struct LiftDetector: Detector {
    private let settings: LiftSettings
    private var state = State.upright
    /// A bend that is not deep enough yet.
    private var shallow: LiftMeasures?
    private var handledUntil: Instant?

    private enum State: Sendable {
        /// Not bent.
        case upright
        /// Bent, rising or not.
        case bent(LiftMeasures)
        /// Back upright; waits for the move to end and for a change of posture to show.
        case returned(LiftMeasures, at: Instant)
    }

    /// No trunk turns faster on its feet, degrees per second: hands turn the sensor.
    static let fastestTurn = 200.0
    /// How long hands turn a sensor about while it is put on.
    static let handling = Elapsed.seconds(10)
    /// Jerk that only feet striking the ground give, g/s.
    ///
    /// The false lifts of recorded stumbles and jogs jerked at 71 to 82 (SisFall D18, UMAFall jogging), people who bent
    /// and rose at under 8, the hardest simulated heaves at 45.
    static let strikingJerk = 60.0
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
        // How the hips rise is not known without acceleration.
        let isBlind = features.followsGap || !features.hasAcceleration
        if isBlind || body.posture == .lying || body.posture == .notWorn || isInHands {
            state = .upright
            shallow = nil
            return
        }
        handledUntil = nil
        switch state {
        case .upright:
            follow(features)
        case .bent(var measures):
            add(features, to: &measures)
            measures.addMotion(features, isStepping: body.gaitStart != nil)
            let isBack = features.flexionDegrees < settings.returnAngle
            state = isBack ? .returned(measures, at: features.end) : .bent(measures)
            if features.end - measures.deepest > .seconds(settings.longestRise + 5) { state = .upright }
        case .returned(var measures, let time):
            measures.addTurnAfterRise(features)
            measures.noteReturn(features)
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
        shallow = nil
    }

    private mutating func follow(_ features: Features) {
        guard features.flexionDegrees >= settings.returnAngle else {
            shallow = nil
            return
        }
        var measures = shallow ?? LiftMeasures(start: features.start, at: features.end)
        add(features, to: &measures)
        let isBent = features.flexionDegrees >= settings.bendAngle
        shallow = isBent ? nil : measures
        if isBent { state = .bent(measures) }
    }

    private func add(_ features: Features, to measures: inout LiftMeasures) {
        let moment = TrunkMoment.newtonMetres(
            flexionDegrees: features.flexionDegrees, bodyMass: settings.bodyMass,
            bodyHeight: settings.bodyHeight)
        measures.add(features, moment: moment, isTurning: features.inclinationDegrees >= settings.turnAngle)
    }

    private mutating func resolve(
        _ measures: LiftMeasures, returned: Instant, _ features: Features, _ body: inout BodyState,
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
        _ measures: LiftMeasures, returned: Instant, decided: Instant, _ body: inout BodyState,
        into episodes: inout EpisodeQueue
    ) {
        let riseSeconds = (returned - measures.deepest).seconds
        guard riseSeconds <= settings.longestRise, measures.afterRise.largestRate < Self.fastestTurn,
            measures.peak <= OwnMaximum.mostDegrees, measures.jerk < Self.strikingJerk,
            !measures.isOnTheMove, !measures.leansBack,
            !body.changesPosture(from: measures.start, to: returned),
            let profile = body.vertical.profile(
                from: measures.deepest, to: min(returned + Self.afterReturn, decided)),
            let rise = profile.rise, rise.height >= Self.leastRise,
            rise.peakVelocity >= settings.riseVelocity
        else { return }
        body.liftRise = measures.deepest
        episodes.append(
            Episode(
                .lift(lift(measures, riseSeconds: riseSeconds, rise: rise)),
                start: measures.start, end: returned, decided: decided, confidence: 0.6))
        report(measures.afterRise, from: measures.rise, decided: decided, into: &episodes)
    }

    private func lift(_ measures: LiftMeasures, riseSeconds: Double, rise: HeightProfile.Run) -> Lift {
        let strain = strain(of: measures)
        let parts = [Lift.Strain.deep, .fast, .jerky].reduce(0) { strain.contains($1) ? $0 + 1 : $0 }
        var lift = Lift(
            peakDegrees: measures.peak, peakExtensionRateDps: measures.extensionRate,
            peakRiseVelocity: rise.peakVelocity, peakJerkGps: measures.jerk, riseSeconds: riseSeconds,
            turnWhileBentDegrees: measures.largestTurn,
            peakMomentNm: TrunkMoment.newtonMetres(
                flexionDegrees: measures.peak, bodyMass: settings.bodyMass, bodyHeight: settings.bodyHeight),
            isUnderStrain: strain.contains(.twisted) || parts >= 2, strain: strain)
        lift.detail = measures.detail
        lift.detail.riseMetres = rise.height
        return lift
    }

    private func strain(of measures: LiftMeasures) -> Lift.Strain {
        var strain: Lift.Strain = []
        if measures.peak >= settings.deepAngle { strain.insert(.deep) }
        if measures.extensionRate >= settings.fastRate { strain.insert(.fast) }
        if measures.jerk >= settings.jerkyRate { strain.insert(.jerky) }
        let isTurnedWhileBent =
            measures.largestTurn.magnitude >= settings.twistAngle && !measures.feet.haveMoved
        if isTurnedWhileBent || isTwist(measures.afterRise) { strain.insert(.twisted) }
        return strain
    }

    /// Turned right after the rise began, with the feet still.
    private func isTwist(_ turn: LiftMeasures.TurnAfterRise) -> Bool {
        !turn.feet.haveMoved
            && (turn.largest.magnitude >= settings.twistAngle || turn.largestRate >= settings.twistRate)
    }

    private func report(
        _ turn: LiftMeasures.TurnAfterRise, from start: Instant, decided: Instant,
        into episodes: inout EpisodeQueue
    ) {
        guard isTwist(turn) else { return }
        episodes.append(
            Episode(
                .twist(
                    Twist(turnDegrees: turn.largest, peakRateDps: turn.largestRate, isAfterLift: true)),
                start: start, end: min(start + LiftMeasures.turnWindow, decided), decided: decided,
                confidence: 0.5))
    }
}
