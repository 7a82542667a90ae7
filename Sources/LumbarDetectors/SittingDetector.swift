import LumbarCore

/// Bouts of sitting, with breaks credited.
///
/// ```text
///   1) sit ───── sit               one bout
///   2) sit ── up 20 s ── sit       one bout: the rise is credited (not counted as seated) but breaks nothing
///   3) sit ── up ≥ 60 s            the bout ended when the wearer rose
///   4) sit ── ≥ 20 steps ── sit    the bout ended when the wearer rose
///   5) sit ── lying ≥ 60 s         as 3
///   6) sit ── not worn             the bout ended there
/// ```
///
/// Sixty seconds or twenty steps as the least break is a choice within the published range: ActiPASS
/// tolerates 20 s, GGIR up to a minute; trials prompted breaks of three minutes (B-MOBILE, PLoS ONE
/// 9:e100821). While a bout goes on it is told again at every full minute from `reportAfter` on, and once
/// complete at its end. An unknown posture neither counts nor breaks. A loss of the sensor closes the bout.
///
/// Known weakness: inherits the errors of posture; a missed rise of a minute joins two bouts.
public struct SittingDetector: Detector {
    private let settings: SittingSettings
    private var state = State.idle
    private var shifts: ShiftCounter
    private var lastEnd: Instant?

    private enum State: Sendable {
        /// No bout.
        case idle
        /// A bout, seated.
        case seated(Bout)
        /// A bout, off the seat since.
        case away(Bout, since: Instant, steps: Int)
    }

    private struct Bout: Sendable {
        var start: Instant
        var seatedSeconds: Double
        var reports: Int
        var confidence: Double
        /// Flexion over the seconds in which it was known.
        var flexionSum = 0.0
        var flexionSeconds = 0.0

        /// Adds a frame in the seat.
        mutating func add(_ features: Features) {
            seatedSeconds += features.duration
            guard features.flexionIsSigned, features.mountTrust == .trusted else { return }
            flexionSum += features.flexionDegrees * features.duration
            flexionSeconds += features.duration
        }

        /// Mean flexion, degrees, when it was known most of the time.
        var meanFlexion: Double? {
            flexionSeconds > 0 && flexionSeconds >= 0.5 * seatedSeconds ? flexionSum / flexionSeconds : nil
        }
    }

    /// A detector with these settings.
    public init(settings: SittingSettings) {
        self.settings = settings
        shifts = ShiftCounter(angleDegrees: settings.shiftAngle, hold: .seconds(settings.shiftTime))
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        let isSeated = body.posture == .sitting
        switch state {
        case .idle:
            if isSeated { begin(features, body) }
        case .seated(var bout):
            if isSeated {
                bout.add(features)
                state = .seated(bout)
            } else if body.posture != .unknown {
                // The posture reaches back: what was counted since then was not seated.
                bout.seatedSeconds = max(
                    0, bout.seatedSeconds - (features.start - body.postureStart).seconds)
                state = .away(bout, since: max(body.postureStart, bout.start), steps: features.steps)
                shifts.leaveSeat()
            }
        case .away(let bout, let since, let steps):
            let seen = steps + features.steps
            if isSeated {
                resume(bout, features, body)
            } else if body.posture == .notWorn || features.end - since >= .seconds(settings.breakTime)
                || seen >= settings.breakSteps
            {
                finish(bout, at: since, features.end, into: &episodes)
            } else {
                state = .away(bout, since: since, steps: seen)
            }
        }
        if case .seated(let bout) = state {
            shifts.update(features)
            report(bout, features, into: &episodes)
        }
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        switch state {
        case .idle: break
        case .seated(let bout): finish(bout, at: max(time, bout.start), time, into: &episodes)
        case .away(let bout, let since, _): finish(bout, at: since, time, into: &episodes)
        }
    }

    private mutating func begin(_ features: Features, _ body: BodyState) {
        let start = max(body.postureStart, lastEnd ?? body.postureStart)
        shifts.reset()
        state = .seated(
            Bout(
                start: start, seatedSeconds: max(0, (features.end - start).seconds), reports: 0,
                confidence: body.postureConfidence))
    }

    private mutating func resume(_ bout: Bout, _ features: Features, _ body: BodyState) {
        var bout = bout
        bout.seatedSeconds += max(0, (features.end - max(body.postureStart, bout.start)).seconds)
        bout.seatedSeconds = min(bout.seatedSeconds, (features.end - bout.start).seconds)
        state = .seated(bout)
    }

    private mutating func report(_ bout: Bout, _ features: Features, into episodes: inout EpisodeQueue) {
        let length = (features.end - bout.start).seconds
        guard length >= settings.reportAfter else { return }
        let due = Int(length / settings.reportEvery)
        guard due > bout.reports else { return }
        var told = bout
        told.reports = due
        state = .seated(told)
        episodes.append(
            Episode(
                measures(bout), start: bout.start, end: features.end, decided: features.end,
                confidence: bout.confidence, isOngoing: true))
    }

    private mutating func finish(
        _ bout: Bout, at end: Instant, _ decided: Instant, into episodes: inout EpisodeQueue
    ) {
        state = .idle
        lastEnd = end
        // What was told while it went on is closed, however short it turned out.
        guard bout.reports > 0 || (end - bout.start).seconds >= settings.shortestBout else { return }
        episodes.append(
            Episode(
                measures(bout), start: bout.start, end: end, decided: decided, confidence: bout.confidence))
    }

    private func measures(_ bout: Bout) -> Episode.Kind {
        .sitting(
            SittingBout(
                seatedSeconds: bout.seatedSeconds, posturalShifts: shifts.count,
                meanFlexionDegrees: bout.meanFlexion))
    }
}
