import LumbarCore

/// Lying, sitting, standing, walking, unknown and not worn, from how the body moves between rests.
///
/// Steps:
///
/// 1. `LyingTracker`: a trunk near horizontal and at rest lies.
/// 2. `GaitTracker`: regular steps walk.
/// 3. `MotionTracker` and `HeightProfile`: each other move is integrated to the height it changed, with the
///    sensor's vertical error learned by `GravityResidual`. More than 0.12 m at more than 0.2 m/s is a
///    chair's worth (thresholds of SKDH, Adamowicz 2020, after Pham 2018: 85 % of home-like transitions).
/// 4. `PostureBelief`: a two-state hidden Markov model over those moves; what follows decides: steps mean on
///    the feet, a drop undone within the settling time was a squat, height changed while stepping is a stair.
///    Published rules wait 10 s below before they call it sitting; people leave chairs sooner than that and are
///    rarely still at the bottom of a squat, so here 0.8 s of rest before the opposite move tells them apart.
/// 5. `RestingPoses`: the wearer's own seated tilt as weak evidence.
/// 6. `FirstStance`: how far forward the belt tilts in standing, until a walk teaches it.
/// 7. `ThighTracker`: where a sensor on a thigh is heard, it decides instead of 3 to 5.
/// 8. `PostureLog`: contiguous episodes, dated back to when the posture began, each with the moment it was
///    known.
///
/// Before anything is seen, the tilt at rest and a prior give a guess of honest, low confidence; the first
/// transition that contradicts it renames the episode from its start. After a walk the wearer stands. Rising
/// from lying ends seated on the edge until a rise or steps are seen.
///
/// Data needed: acceleration and angular rate at 20 Hz or more; without a gyroscope transitions are less
/// certain, and from a sensor that sends angles only lying alone is told. Known weakness: a transition hidden in other
/// movement (dropping into a car seat while turning, sitting on the floor) is missed until steps or another transition
/// correct it; kneeling counts as sitting.
public struct PostureDetector: Detector {
    private let settings: PostureSettings
    private var gait: GaitTracker
    var walk = WalkingBout()
    var lying: LyingTracker
    var moves: MotionTracker
    var belief: PostureBelief
    private var poses = RestingPoses()
    private var stance = FirstStance()
    var log = PostureLog()
    var pending: Pending?
    var roseAt: Instant?
    private var doubt = SeatDoubt()
    var lyingSince: Instant?
    var restingSince: Instant?
    var tiltEvidence = 0.0
    private var last: Features?
    var restIsWeighed = false
    var thigh = ThighTracker()

    /// A change that waits for what follows it.
    struct Pending: Sendable {
        var change: PostureChange
        var due: Instant
    }

    /// A detector with these settings.
    public init(settings: PostureSettings) {
        self.settings = settings
        gait = GaitTracker(settings: settings)
        lying = LyingTracker(settings: settings)
        moves = MotionTracker(settings: settings)
        belief = PostureBelief(settings: settings)
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if features.followsGap { restart() }
        body.change = nil
        body.motion = nil
        last = features
        body.vertical.append(features)
        log.begin(at: features.start, decided: features.end)
        if features.wear == .notWorn {
            let since = features.lifelessSince ?? features.start
            claim(.notWorn, from: since, features, 0.9, isSeen: true, &episodes)
            restart()
            publish(&body)
            return
        }
        guard features.hasAcceleration else {
            followAngles(features, &episodes)
            publish(&body)
            return
        }
        let turned = thigh.update(features)
        gait.update(features)
        walk.update(features, stepping: gait.start, isUpright: gait.isUpright(features))
        if lying.isLying { walk.finish(before: features.start) }
        follow(lying.update(features, fell: body.fellAt), features, &body, &episodes)
        let motion = moves.update(
            features, gaitStart: lying.isLying ? nil : gait.start, gaitEnd: gait.end, history: &body.vertical)
        body.motion = motion
        stance.update(features, isStill: isSteady(features) && lying.state == .up)
        if !lying.isLying {
            if let motion, thigh.position == nil { weigh(motion, features, &body, &episodes) }
            weighRest(features)
            conclude(turned, features, &body, &episodes)
        }
        publish(&body)
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        body.change = nil
        if let last, !lying.isLying, let motion = moves.finish(last, history: &body.vertical) {
            body.motion = motion
            weigh(motion, last, &body, &episodes)
        }
        if let waiting = pending { settle(waiting.change, decided: time, &body, &episodes) }
        if walk.isHalting(at: time), log.open?.posture == .walking {
            walk.finish(before: time)
            log.claim(
                .standing, from: walk.end ?? time, decided: time, confidence: 0.9, isSeen: true,
                into: &episodes)
        }
        log.close(at: time, into: &episodes)
        restart()
        belief.forget(0.3)
        body.vertical.removeFrames()
        body.motion = nil
        body.posture = .unknown
        body.postureConfidence = 0
        publish(&body)
    }

    /// Whether the trunk keeps its tilt, if not still: people fidget while they stand.
    private func isSteady(_ features: Features) -> Bool {
        moves.state == .still
            || (gait.start == nil && features.inclinationDeviation1sDegrees < Self.steadyVariation
                && features.angularSpeedRMS1sDps < Self.steadySpeed)
    }

    private mutating func restart() {
        gait.reset()
        walk.reset()
        lying.reset()
        moves.reset()
        stance.reset()
        pending = nil
        roseAt = nil
        doubt.clear()
        restingSince = nil
        restIsWeighed = false
        tiltEvidence = 0
        last = nil
        thigh = ThighTracker()
    }
}

// MARK: Sitting and standing

extension PostureDetector {
    /// A finished move steps the model, and may be a change of posture.
    private mutating func weigh(
        _ motion: Motion, _ features: Features, _ body: inout BodyState,
        _ episodes: inout EpisodeQueue
    ) {
        if let rose = roseAt, motion.start <= rose {
            // The trunk turned upright within this move, so only what rose after that can be a rise from the
            // edge.
            roseAt = nil
            if let rise = motion.profile.rise, rise.start >= rose, rise.height > 0.15,
                rise.peakVelocity > settings.transitionVelocity + 0.1
            {
                belief.set(0.3)
            }
            return
        }
        // From or to near horizontal: lying down, getting up, or the sensor being put on.
        let steepest = max(motion.inclinationBeforeDegrees, motion.inclinationAfterDegrees)
        guard steepest < settings.lyingAngle + Self.lyingMargin,
            motion.turnDegrees < Self.largestTurn || motion.peakInclinationDegrees < Self.steepAngle
        else { return }
        let evidence =
            motion.endsAt == .still
            ? poses.evidence(
                features.up, inclination: features.inclinationDegrees,
                flexion: features.flexionIsSigned ? features.flexionDegrees : nil) : tiltEvidence
        let reading = belief.observe(
            PostureBelief.Move(
                profile: motion.profile, tilt: evidence, tiltBefore: tiltEvidence,
                bend: forwardTurn(motion, features),
                isDescent: isDescent(motion),
                endsStepping: motion.endsAt == .stepping))
        tiltEvidence = evidence
        if motion.startsAt == .stepping, reading.down <= 0.5 { doubt.walkEnded(chance: reading.down) }
        if reading.down > 0.5 {
            propose(.standToSit, motion.profile.drop, motion, reading.down, features, &body, &episodes)
        } else if reading.up > 0.5 {
            propose(.sitToStand, motion.profile.rise, motion, reading.up, features, &body, &episodes)
        }
    }

    private func isDescent(_ motion: Motion) -> Bool {
        motion.steps >= Self.stepsOfWalk
            || (motion.startsAt == .stepping && motion.turnDegrees < Self.leastLean)
    }

    /// How much further forward the trunk rests after a move than before it, degrees; 0 unless one of the
    /// two is clearly bent.
    private func forwardTurn(_ motion: Motion, _ features: Features) -> Double {
        guard features.flexionIsSigned, motion.endsAt == .still else { return 0 }
        // People walk upright, and a walk teaches where that is.
        let before = motion.startsAt == .still ? motion.flexionBeforeDegrees : 0
        let after = motion.flexionAfterDegrees
        guard max(before, after) > Self.bentAngle else { return 0 }
        return after - before
    }

    private mutating func propose(
        _ transition: Transition, _ run: HeightProfile.Run?, _ motion: Motion, _ chance: Double,
        _ features: Features, _ body: inout BodyState, _ episodes: inout EpisodeQueue
    ) {
        if let waiting = pending {
            pending = nil
            if motion.start < waiting.due {
                // Down and up again before it settled: a squat, or a rise thought better of.
                if waiting.change.transition != transition { return }
            } else {
                settle(waiting.change, decided: features.end, &body, &episodes)
            }
        }
        pending = Pending(
            change: PostureChange(
                transition: transition, start: run?.start ?? motion.start, end: run?.end ?? motion.end,
                chance: chance),
            due: motion.end + .seconds(settings.settleTime))
    }

    /// A new resting pose is weak evidence, once.
    private mutating func weighRest(_ features: Features) {
        guard moves.state == .still else {
            restingSince = nil
            restIsWeighed = false
            if moves.state == .stepping {
                poses.learn(features.upMean5s, seconds: 0.3 * features.duration, seatedChance: 0)
            }
            return
        }
        let since = restingSince ?? features.start
        restingSince = since
        // A bend that is held is no resting pose: learned as one, it would make upright look like a seat.
        guard features.end - since >= Self.restDwell, features.inclinationDegrees < settings.risenAngle
        else { return }
        if !restIsWeighed {
            restIsWeighed = true
            let evidence = poses.evidence(
                features.up, inclination: features.inclinationDegrees,
                flexion: features.flexionIsSigned ? features.flexionDegrees : nil)
            belief.weigh(evidence - tiltEvidence)
            tiltEvidence = evidence
        }
        poses.learn(features.up, seconds: features.duration, seatedChance: belief.seated)
    }

    private mutating func conclude(
        _ turned: ThighTracker.Change?, _ features: Features, _ body: inout BodyState,
        _ episodes: inout EpisodeQueue
    ) {
        if let start = gait.start, allowsSteps() {
            doubt.clear()
            if let waiting = pending, waiting.change.transition == .sitToStand {
                settle(waiting.change, decided: features.end, &body, &episodes)
            }
            pending = nil
            belief.set(Self.seatedChance(afterWalk: features.end - start))
            tiltEvidence = 0
            claim(.walking, from: walk.start ?? start, features, 0.95, isSeen: true, &episodes)
            return
        }
        if thigh.position != nil { return followThigh(turned, features, &body, &episodes) }
        // At rest and probably seated: the walk ended with a chair that no single move showed.
        if walk.start != nil, moves.state == .still, belief.seated > 0.6 {
            walk.finish(before: restingSince ?? features.start)
        }
        if let start = walk.start {
            if pending == nil, log.open?.posture == .walking || isOnFeet {
                claim(.walking, from: start, features, 0.8, isSeen: true, &episodes)
                return
            }
        } else if log.open?.posture == .walking {
            claim(
                .standing, from: walk.end ?? features.start, features, 0.9, isSeen: true, &episodes)
        }
        if let waiting = pending {
            let isBusy =
                (moves.movingSince != nil || lying.state != .up)
                && features.end - waiting.due < Self.patience
            if features.end >= waiting.due, !isBusy {
                pending = nil
                settle(waiting.change, decided: features.end, &body, &episodes)
            }
            return
        }
        if doubt.becomesCertain(at: features.end), log.open?.posture == .sitting, belief.seated > 0.5 {
            belief.set(max(belief.seated, Self.surelySeated))
        }
        if log.open?.posture == .standing, let evidence = doubt.evidence(standing: features.duration) {
            belief.weigh(evidence)
        }
        followBelief(features, &body, &episodes)
    }

    /// Chance of sitting after stepping for that long: a few regular steps may have been something else.
    private static func seatedChance(afterWalk length: Elapsed) -> Double {
        max(0.002, 0.05 - 0.005 * length.seconds)
    }

    /// Whether a walk may begin without a regular beat: who sits rises before walking, and a guess is no knowledge.
    private var isOnFeet: Bool { belief.seated < 0.5 && log.open?.isSeen ?? false }

    /// A change has settled: it happened, and says what was before.
    mutating func settle(
        _ change: PostureChange, decided: Instant, _ body: inout BodyState,
        _ episodes: inout EpisodeQueue
    ) {
        let isDown = change.transition == .standToSit
        if isDown, walk.start != nil {
            walk.finish(before: change.start)
            log.claim(
                .standing, from: walk.end ?? change.start, decided: decided, confidence: change.chance,
                isSeen: true,
                into: &episodes)
        }
        let before: Posture = isDown ? .standing : .sitting
        let after: Posture = isDown ? .sitting : .standing
        if let open = log.open, open.posture == after || open.posture == .unknown {
            log.rename(before, decided: decided, confidence: change.chance, into: &episodes)
        }
        note(change, &body)
        doubt.changed(satDown: isDown ? change.end : nil)
        let middle = change.start + Elapsed(nanoseconds: (change.end - change.start).nanoseconds / 2)
        log.claim(
            after, from: middle, decided: decided, confidence: change.chance, isSeen: true, into: &episodes)
    }

    /// Without a change that was seen, the belief speaks when it is clear.
    private mutating func followBelief(
        _ features: Features, _ body: inout BodyState, _ episodes: inout EpisodeQueue
    ) {
        guard let open = log.open else { return }
        let seated = belief.seated
        let isFirst = open.posture == .unknown || open.posture == .notWorn
        if isFirst, !restIsWeighed, features.end - open.start < Self.firstGuess { return }
        // A trunk near horizontal neither sits nor stands; whether it lies shows in seconds.
        if isFirst, lying.state != .up { return }
        let margin = isFirst ? 0.03 : 0.1
        let start = isFirst ? open.start : (restingSince ?? features.start)
        let from = open.posture == .notWorn ? features.start : start
        if seated > 0.5 + margin, open.posture != .sitting {
            claim(.sitting, from: from, features, seated, isSeen: false, &episodes)
        } else if seated < 0.5 - margin, open.posture != .standing {
            claim(.standing, from: from, features, 1 - seated, isSeen: false, &episodes)
        }
    }

    mutating func note(_ change: PostureChange, _ body: inout BodyState) {
        body.change = change
        body.lastChange = change
        if change.transition == .sitToStand { walk.begin(after: change.end) }
    }

    mutating func claim(
        _ posture: Posture, from start: Instant, _ features: Features, _ confidence: Double, isSeen: Bool,
        _ episodes: inout EpisodeQueue
    ) {
        log.claim(
            posture, from: start, decided: features.end, confidence: confidence, isSeen: isSeen,
            into: &episodes)
    }

    private func publish(_ body: inout BodyState) {
        if let open = log.open {
            body.posture = open.posture
            body.postureStart = open.start
            body.postureConfidence = open.confidence
        }
        body.seatedChance = belief.seated
        body.stanceFlexionDegrees = stance.flexionDegrees
        body.gaitStart = gait.start
        body.walkStart = walk.start
        body.walk = walk.measures
        body.lastStep = gait.lastStep
        body.movingSince = moves.movingSince
        body.movesFromRest = moves.movesFromRest
        body.pendingChange = pending?.change
    }
}
