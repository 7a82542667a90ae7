import LumbarCore

/// Forward bends of the trunk: how deep, how fast, how long.
///
/// ```text
///   1) flexion  45° ┄┄┄╭────╮┄┄┄┄┄┄     begins after 0.5 s above 45°
///               30° ┄┄╭╯┄┄┄┄╰─╮┄┄┄┄     ends after 0.3 s below 30°
///               ──────╯       ╰────
///   2)          20° ┄╭───────────╮┄     standing, held for more than 4 s: a bend however shallow,
///               15° ┄╯┄┄┄┄┄┄┄┄┄┄┄╰─     from 20° until it is below 15° for 0.3 s
/// ```
///
/// Enter 45 degrees, leave 30: the rule sketched in the code of the Danish Motus project, and the one that
/// keeps apart on belt-sensor data what 30 degrees for half a second does not (23...53 % of chair trials pass
/// 30 degrees, 3...17 % pass 45 for a second, 75 % of straight-leg stoops do). Some people bend from the back
/// and hips above the belt and turn it by 20 to 30 degrees only: what they hold is a static forward posture in
/// the sense of ISO 11226 (beyond 20 degrees for more than 4 s with little variation), and is told by that.
///
/// Angles are from the wearer's own upright: what walking taught, and until then how they first stood still
/// (`FirstStance`).
///
/// A bend is no bend when it is part of a change of posture that was seen (leaning into or out of a chair,
/// going to bed), while lying, while stepping, or while shaken as in jogging; nor is what the stream begins
/// with. To know that, a bend waits after its end until the move it was part of is over or shows that the hips
/// are where they were: at most 1 s, or 3 s when the hips are a chair's height off.
///
/// Data needed: flexion; without a known forward axis the inclination stands in and sideways or backward
/// leans count too. Known weakness: a slow sit-down whose transition is missed shows as a bend.
public struct BendDetector: Detector {
    private var angle: Hysteresis
    private var zone: Hysteresis
    private var open: BendMeasures?
    private var isBend = false
    private var wasAbove = false
    private var wasUpright = false
    private var waiting: Finished?
    private var entries = ZoneEntries()
    private var maximum = OwnMaximum()
    private var deepestBow = 0.0
    /// For how long beyond the end range the open bend was told, seconds.
    private var endRangeTold = 0.0

    /// How far a change of posture may be from the bend and still own it.
    static let changeMargin = Elapsed.milliseconds(300)
    /// How long a finished bend waits for the move it was part of.
    static let patience = Elapsed.seconds(1)
    /// How long when the hips have moved as onto or off a chair.
    static let chairPatience = Elapsed.seconds(3)

    /// The trunk is looked at again this long after a bend.
    static let settling = Elapsed.milliseconds(200)
    /// Moves longer than this are not integrated before they end.
    static let sureTime = Elapsed.seconds(4)
    /// Flexion rate below which the trunk has nearly stopped, degrees per second.
    static let settledRate = 40.0
    /// Height below which the hips are where they were, m: half a high stool's.
    static let sameHeight = 0.1
    /// No trunk bends or rises so fast, degrees per second: hard lifts stay below half of it. Hands turn the sensor.
    static let fastest = 400.0
    /// Share of the own maximum at which the end range begins: the passive tissues carry more and more from there on.
    static let endRangeShare = 0.7
    /// How often a bend that goes on beyond it is told, seconds.
    static let endRangeReport = 10.0

    private struct Finished: Sendable {
        var measures: BendMeasures
        var start: Instant
        var end: Instant
        var isShallow = false
        /// Whether it was told while it went on; then its end is told whatever it turns out to be.
        var wasTold = false
    }

    /// A detector with these settings.
    public init(settings: BendSettings) {
        angle = Hysteresis(
            enter: settings.enterAngle, leave: settings.leaveAngle, enterDwell: .seconds(settings.enterTime),
            leaveDwell: .seconds(settings.leaveTime))
        zone = Hysteresis(
            enter: BendMeasures.zoneAngle, leave: BendMeasures.zoneAngle - ZoneEntries.hysteresis,
            leaveDwell: .seconds(settings.leaveTime))
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        deepestBow = features.deepestBowDegrees
        resolve(features, body, into: &episodes)
        guard body.posture != .lying, body.posture != .notWorn else {
            close()
            return
        }
        let flexion = features.flexionDegrees - body.stanceFlexionDegrees
        // A trunk that leans back in an unsigned frame is in no zone.
        if features.flexionIsSigned || body.posture != .sitting {
            entries.update(flexion, at: features.end)
        }
        // What the stream begins with is a mount that is off as likely as a bend: nobody saw it bend.
        if flexion < angle.enter { wasAbove = true }
        if flexion < zone.enter { wasUpright = true }
        guard wasAbove else { return }
        let change = angle.update(flexion * body.flexionScale, from: features.start, to: features.end)
        let left = zone.update(flexion, from: features.start, to: features.end)
        if zone.insideSince != nil || angle.state != .outside {
            var measures = open ?? BendMeasures()
            let endRange = maximum.known(bow: deepestBow).map { $0 * Self.endRangeShare }
            measures.add(features, flexion: flexion, endRange: endRange, body: body)
            open = measures
            tellEndRange(measures, features, body, into: &episodes)
        }
        if case .left(let entered, let end) = change, let measures = open {
            isBend = true
            finish(
                Finished(measures: measures, start: entered, end: end, wasTold: endRangeTold > 0), features,
                body, into: &episodes)
        } else if case .left(let entered, let end) = left, let measures = open, !isBend,
            isHeldStanding(measures)
        {
            finish(
                Finished(measures: measures, start: entered, end: end, isShallow: true), features, body,
                into: &episodes)
        }
        if zone.insideSince == nil, angle.state == .outside {
            open = nil
            isBend = false
            endRangeTold = 0
        }
    }

    /// A bend that stays near the end of what its wearer can do is told while it goes on, every ten seconds of that.
    ///
    /// Lying or taking the sensor off ends it without a record: then it was none, but a sensor put down.
    private mutating func tellEndRange(
        _ measures: BendMeasures, _ features: Features, _ body: BodyState, into episodes: inout EpisodeQueue
    ) {
        let now = features.end
        guard measures.endRangeSeconds >= endRangeTold + Self.endRangeReport,
            measures.peak <= OwnMaximum.mostDegrees, let since = angle.insideSince,
            !isArtefact(Finished(measures: measures, start: since, end: now), body)
        else { return }
        endRangeTold += Self.endRangeReport
        // Deeper than ever before is all of it.
        let share = maximum.known(bow: deepestBow).map { min(1, measures.peak / $0) }
        episodes.append(
            Episode(
                .bend(bend(measures, share: share, at: now)), start: since, end: now, decided: now,
                confidence: measures.isSigned ? 0.9 : 0.7,
                isOngoing: true))
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if let finished = waiting, !isArtefact(finished, body) {
            emit(finished, decided: time, into: &episodes)
        }
        waiting = nil
        if let measures = open, let since = angle.insideSince ?? heldSince(measures), time > since {
            let finished = Finished(
                measures: measures, start: since, end: time, isShallow: angle.insideSince == nil,
                wasTold: endRangeTold > 0)
            if !isArtefact(finished, body) { emit(finished, decided: time, into: &episodes) }
        }
        close()
    }

    private mutating func close() {
        angle.reset()
        zone.reset()
        entries.leave()
        open = nil
        isBend = false
        endRangeTold = 0
    }

    private func isHeldStanding(_ measures: BendMeasures) -> Bool {
        // People walk upright: a tilt that they walk with is the belt's.
        measures.isStatic && measures.isSigned && wasUpright && measures.steppingSeconds == 0
            && measures.seatedSeconds < 0.5 * measures.seconds
    }

    private func heldSince(_ measures: BendMeasures) -> Instant? {
        isHeldStanding(measures) && !isBend ? zone.insideSince : nil
    }

    private mutating func finish(
        _ finished: Finished, _ features: Features, _ body: BodyState, into episodes: inout EpisodeQueue
    ) {
        if let earlier = waiting { emit(earlier, decided: features.end, into: &episodes) }
        waiting = isArtefact(finished, body) ? nil : finished
        resolve(features, body, into: &episodes)
    }

    /// Decides about the bend that waits, once the move it was part of is over.
    private mutating func resolve(
        _ features: Features, _ body: BodyState, into episodes: inout EpisodeQueue
    ) {
        guard let finished = waiting else { return }
        if isArtefact(finished, body) {
            waiting = nil
            return
        }
        if let pending = body.pendingChange, overlaps(finished, pending) { return }
        if body.movingSince.map({ $0 < finished.end }) ?? false {
            guard features.end - finished.end >= wait(for: finished, features, body) else { return }
        }
        waiting = nil
        emit(finished, decided: features.end, into: &episodes)
    }

    /// How long to wait for the end of the move that a bend was part of.
    ///
    /// When the trunk is up again with the hips where they were, no chair follows; when they are a chair's height off, a
    /// change of posture most likely shows once the body rests.
    private func wait(for finished: Finished, _ features: Features, _ body: BodyState) -> Elapsed {
        guard let start = body.movingSince, body.movesFromRest, features.end - start <= Self.sureTime,
            let profile = body.vertical.profile(from: start, to: features.end)
        else { return Self.patience }
        if profile.net.magnitude >= Self.sameHeight { return Self.chairPatience }
        let isUp =
            features.flexionDegrees - body.stanceFlexionDegrees < BendMeasures.zoneAngle
            && features.flexionRateDps.magnitude < Self.settledRate
        return isUp ? Self.settling : Self.patience
    }

    private func isArtefact(_ finished: Finished, _ body: BodyState) -> Bool {
        if finished.wasTold { return false }
        let measures = finished.measures
        if measures.rate > Self.fastest { return true }
        if max(measures.steppingSeconds, measures.shakenSeconds) > 0.5 * measures.seconds { return true }
        if let change = body.lastChange, overlaps(finished, change) { return true }
        return false
    }

    private func overlaps(_ finished: Finished, _ change: PostureChange) -> Bool {
        change.overlaps(finished.start - Self.changeMargin, finished.end + Self.changeMargin)
    }

    private mutating func emit(_ finished: Finished, decided: Instant, into episodes: inout EpisodeQueue) {
        let measures = finished.measures
        let share = maximum.share(of: measures.peak, bow: deepestBow)
        let bend = bend(measures, share: share, at: finished.end)
        let confidence = measures.isSigned ? 0.9 : 0.7
        episodes.append(
            Episode(
                .bend(bend), start: finished.start, end: finished.end, decided: decided,
                confidence: finished.isShallow ? 0.6 : confidence))
    }

    private func bend(_ measures: BendMeasures, share: Double?, at time: Instant) -> Bend {
        let perMinute = entries.perMinute(peak: measures.peak, at: time)
        return Bend(
            peakDegrees: measures.peak, peakRateDps: measures.rate,
            areaAbove20DegreeSeconds: measures.area, budgetUsed: measures.budget,
            rate95Dps: measures.rate95, shareOfMaximum: share, isStatic: measures.isStatic,
            zoneEntriesPerMinute: perMinute,
            acceptability: ZoneEntries.acceptability(
                peak: measures.peak, isStatic: measures.isStatic, perMinute: perMinute),
            spineFlexionDegrees: measures.spineFlexion, endRangeSeconds: measures.endRangeSeconds)
    }
}
