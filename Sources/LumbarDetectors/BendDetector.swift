import LumbarCore

/// Forward bends of the trunk: how deep, how fast, how long.
///
/// ```text
///   flexion  45° ┄┄┄╭────╮┄┄┄┄┄┄     begins after 0.5 s above 45°
///            30° ┄┄╭╯┄┄┄┄╰─╮┄┄┄┄     ends after 0.3 s below 30°
///            ──────╯       ╰────
/// ```
///
/// Enter 45 degrees, leave 30: the rule sketched in the code of the Danish Motus project, and the one that
/// keeps apart on belt-sensor data what 30 degrees for half a second does not (23...53 % of chair trials pass
/// 30 degrees, 3...17 % pass 45 for a second, 75 % of straight-leg stoops do).
///
/// A bend is no bend when it is part of a change of posture that was seen (leaning into or out of a chair,
/// going to bed), while lying, or while stepping. To know that, a bend waits after its end until the move it
/// was part of is over, at most 3 s.
///
/// Data needed: flexion; without a known forward axis the inclination stands in and sideways or backward
/// leans count too. Known weakness: a slow sit-down whose transition is missed shows as a bend.
public struct BendDetector: Detector {
    private var angle: Hysteresis
    private var open: Measures?
    private var waiting: Finished?

    /// How far a change of posture may be from the bend and still own it.
    static let changeMargin = Elapsed.milliseconds(300)
    /// How long a finished bend waits for the move it was part of.
    static let patience = Elapsed.seconds(3)

    private struct Measures: Sendable {
        var peak = 0.0
        var peakTime = Instant.zero
        var rate = 0.0
        var area = 0.0
        var budget = 0.0
        var steppingSeconds = 0.0
        var seconds = 0.0
        var isSigned = false

        mutating func add(_ features: Features, stepping: Bool) {
            let flexion = features.flexionDegrees
            if flexion > peak {
                peak = flexion
                peakTime = features.end
            }
            rate = max(rate, features.flexionRateDps.magnitude)
            area += max(0, flexion - 20) * features.duration
            budget += HoldingBudget.perSecond(at: flexion) * features.duration
            seconds += features.duration
            if stepping { steppingSeconds += features.duration }
            isSigned = features.flexionIsSigned
        }
    }

    private struct Finished: Sendable {
        var measures: Measures
        var start: Instant
        var end: Instant
    }

    /// A detector with these settings.
    public init(settings: BendSettings) {
        angle = Hysteresis(
            enter: settings.enterAngle, leave: settings.leaveAngle, enterDwell: .seconds(settings.enterTime),
            leaveDwell: .seconds(settings.leaveTime))
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        resolve(features, body, into: &episodes)
        guard body.posture != .lying, body.posture != .notWorn else {
            angle.reset()
            open = nil
            return
        }
        let isStepping = body.gaitStart != nil
        let change = angle.update(
            features.flexionDegrees * body.flexionScale, from: features.start, to: features.end)
        switch change {
        case .none: break
        case .entered: break
        case .left(let entered, let end):
            if let measures = open {
                finish(measures, from: entered, to: end, features, body, into: &episodes)
            }
        }
        switch angle.state {
        case .outside: open = nil
        case .entering, .inside, .leaving:
            var measures = open ?? Measures()
            measures.add(features, stepping: isStepping)
            open = measures
        }
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if let finished = waiting { emit(finished, decided: time, into: &episodes) }
        waiting = nil
        if let since = angle.insideSince, let measures = open, time > since {
            let finished = Finished(measures: measures, start: since, end: time)
            if !isArtefact(finished, body) { emit(finished, decided: time, into: &episodes) }
        }
        angle.reset()
        open = nil
    }

    private mutating func finish(
        _ measures: Measures, from start: Instant, to end: Instant, _ features: Features, _ body: BodyState,
        into episodes: inout EpisodeQueue
    ) {
        if let finished = waiting { emit(finished, decided: features.end, into: &episodes) }
        let finished = Finished(measures: measures, start: start, end: end)
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
        let isMoving = body.movingSince.map { $0 < finished.end } ?? false
        guard !isMoving || features.end - finished.end >= Self.patience else { return }
        waiting = nil
        emit(finished, decided: features.end, into: &episodes)
    }

    private func isArtefact(_ finished: Finished, _ body: BodyState) -> Bool {
        if finished.measures.steppingSeconds > 0.5 * finished.measures.seconds { return true }
        if let change = body.lastChange, overlaps(finished, change) { return true }
        return false
    }

    private func overlaps(_ finished: Finished, _ change: PostureChange) -> Bool {
        change.overlaps(finished.start - Self.changeMargin, finished.end + Self.changeMargin)
    }

    private func emit(_ finished: Finished, decided: Instant, into episodes: inout EpisodeQueue) {
        let measures = finished.measures
        episodes.append(
            Episode(
                .bend(
                    Bend(
                        peakDegrees: measures.peak, peakRateDps: measures.rate,
                        areaAbove20DegreeSeconds: measures.area, budgetUsed: measures.budget)),
                start: finished.start, end: finished.end, decided: decided,
                confidence: measures.isSigned ? 0.9 : 0.7))
    }
}
