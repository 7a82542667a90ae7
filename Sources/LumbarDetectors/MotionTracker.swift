import LumbarCore

/// Cuts the stream into still moments, stepping, and the moves between them.
///
/// ```text
///   1) still────move────still            sit, rise, bend, shift: both ends still
///   2) still────move────step step step   rise and go: ends at the first of the regular steps
///   3) step step────move────still        come and sit: begins where regular stepping ends
///   4) still────move──────────── ≥ 10 s  restless: cut at its calmest half second, treated as still there
///   5) still─m─still                     shorter than 0.3 s: nothing
///   6) ┄┄move┄~┄move┄┄                   restless from the start: from the calmest moment of a second and more
/// ```
///
/// Still: 0.5 s with mean angular speed and range of |a| below the settings. Between moves of case 1 the
/// sensor's vertical error is learned (see `GravityResidual`), then the height of the move is computed with
/// the velocity forced to zero at its ends (the method of the simple detector in Pham 2018 and SKDH, which
/// integrate between still moments too; here with the learned error instead of a high-pass filter).
struct MotionTracker: Sendable {
    /// What the body does now.
    enum State: Sendable, Equatable {
        /// Nothing known yet, or after a gap.
        case unanchored
        /// Still.
        case still
        /// Moving since `start`, which was anchored like that.
        case moving(start: Instant, from: VerticalHistory.Anchor)
        /// Stepping regularly.
        case stepping
    }

    /// Still moments shorter than this are not anchors.
    static let stillDwell = Elapsed.milliseconds(500)
    /// Moves shorter than this are not reported.
    static let shortestMove = Elapsed.milliseconds(300)
    /// A move is cut when it gets this long.
    static let longestMove = Elapsed.seconds(10)
    /// Part of a long move in which its calmest moment is looked for.
    static let calmestAfter = Elapsed.seconds(2)

    /// Activity up to which a moment is calm enough to be an anchor, degrees per second; see `noteCalm`.
    static let calm = 25.0
    /// Time without an anchor after which the calmest moment becomes one.
    static let restlessTime = Elapsed.seconds(1)

    private(set) var state = State.unanchored
    private var restlessSince: Instant?
    private let settings: PostureSettings
    private var quietSince: Instant?
    private var upAtStart = Vector3<BodyFrame>(0, 0, 1)
    private var inclinationAtStart = 0.0
    private var flexionAtStart = 0.0
    private var peakInclination = 0.0
    private var leastCosine = 1.0
    private var steps = 0
    private var calmest: Calmest?

    private struct Calmest: Sendable {
        var time: Instant
        var activity: Double
        var up: Vector3<BodyFrame>
        var inclination: Double
        var flexion: Double
    }

    init(settings: PostureSettings) { self.settings = settings }

    /// Since when the body moves, or nil while it is still or steps.
    var movingSince: Instant? {
        if case .moving(let start, _) = state { start } else { nil }
    }

    private var turnDegrees: Double { Elementary.acos(leastCosine) * degreesPerRadian }

    /// Whether the body moves out of rest.
    var movesFromRest: Bool {
        if case .moving(_, .still) = state { true } else { false }
    }

    /// Takes a frame that `history` already holds; returns the move that it ended, if it did.
    mutating func update(
        _ features: Features, gaitStart: Instant?, gaitEnd: Instant? = nil, history: inout VerticalHistory
    ) -> Motion? {
        let isQuiet = gaitStart == nil && Self.isQuiet(features, settings)
        if isQuiet { quietSince = quietSince ?? features.start } else { quietSince = nil }
        let stillSince = quietSince.flatMap { features.end - $0 >= Self.stillDwell ? $0 : nil }
        peakInclination = max(peakInclination, features.inclinationDegrees)
        leastCosine = min(leastCosine, features.up.dot(upAtStart))
        steps += features.steps

        var ended: Motion?
        switch state {
        case .unanchored:
            if gaitStart != nil {
                state = .stepping
            } else if stillSince != nil {
                state = .still
            } else {
                anchorRestless(features)
            }
        case .still:
            if gaitStart != nil {
                state = .stepping
            } else if !isQuiet {
                begin(at: features.start, from: .still, features)
            }
        case .stepping:
            // That the walk is over is known a second later, when the wearer may have sat down already.
            if gaitStart == nil {
                begin(at: min(gaitEnd ?? features.start, features.start), from: .stepping, features)
            }
        case .moving(let start, let anchor):
            if let gaitStart {
                ended = close(
                    start, anchor, end: max(gaitStart, start), as: .stepping, features, &history)
                state = .stepping
            } else if let stillSince {
                ended = close(start, anchor, end: stillSince, as: .still, features, &history)
                state = .still
            } else {
                if features.end - start >= Self.calmestAfter { noteCalm(features) }
                ended = cutIfLong(start, anchor, features, &history)
            }
        }
        if state == .still, ended == nil, isQuiet, stillSince != nil { history.learnFromStillness() }
        return ended
    }

    /// The stream ends with `features`: closes the move that is under way, as if the body stayed where it is.
    mutating func finish(_ features: Features, history: inout VerticalHistory) -> Motion? {
        guard case .moving(let start, let anchor) = state else { return nil }
        state = .unanchored
        if let quietSince {
            return close(start, anchor, end: quietSince, as: .still, features, &history)
        }
        // Still on the move: good for a height from rest, but no moment to learn the sensor's error from.
        guard anchor == .still else { return nil }
        return motion(start, anchor, end: features.end, as: .still, features, history)
    }

    /// Starts afresh after a gap.
    mutating func reset() {
        state = .unanchored
        quietSince = nil
        restlessSince = nil
        calmest = nil
    }

    static func isQuiet(_ features: Features, _ settings: PostureSettings) -> Bool {
        features.angularSpeedMeanDps < settings.stillAngularSpeed
            && features.accelerationMaxG - features.accelerationMinG < settings.stillAccelerationRange
    }

    private mutating func begin(
        at start: Instant, from anchor: VerticalHistory.Anchor, _ features: Features
    ) {
        state = .moving(start: start, from: anchor)
        upAtStart = features.up
        inclinationAtStart = features.inclinationDegrees
        flexionAtStart = features.flexionDegrees
        peakInclination = features.inclinationDegrees
        leastCosine = 1
        steps = features.steps
        calmest = nil
    }

    private mutating func close(
        _ start: Instant, _ anchor: VerticalHistory.Anchor, end: Instant, as last: VerticalHistory.Anchor,
        _ features: Features, _ history: inout VerticalHistory
    ) -> Motion? {
        guard end - start >= Self.shortestMove else { return nil }
        // The still moment that ends the move says what the sensor reads too much in its new attitude.
        if last == .still { history.learnFromStillness(since: end) }
        if anchor == .still, last == .still { history.learnFromReturnToRest(from: start, to: end) }
        return motion(start, anchor, end: end, as: last, features, history)
    }

    private func motion(
        _ start: Instant, _ anchor: VerticalHistory.Anchor, end: Instant, as last: VerticalHistory.Anchor,
        _ features: Features, _ history: VerticalHistory
    ) -> Motion? {
        guard end - start >= Self.shortestMove,
            let profile = history.profile(from: start, to: end, startsAt: anchor, endsAt: last)
        else { return nil }
        return Motion(
            start: start, end: end, decided: features.end, upBefore: upAtStart, upAfter: features.up,
            inclinationBeforeDegrees: inclinationAtStart,
            inclinationAfterDegrees: features.inclinationDegrees, flexionBeforeDegrees: flexionAtStart,
            flexionAfterDegrees: features.flexionDegrees, peakInclinationDegrees: peakInclination,
            turnDegrees: turnDegrees, profile: profile, startsAt: anchor, endsAt: last,
            steps: steps)
    }

    /// Somebody who does not keep still from the start is anchored at their calmest moment.
    private mutating func anchorRestless(_ features: Features) {
        let since = restlessSince ?? features.start
        restlessSince = since
        guard features.end - since >= Self.restlessTime else { return }
        noteCalm(features)
        guard let calm = calmest, features.end - calm.time >= Self.restlessTime, calm.activity < Self.calm
        else { return }
        begin(at: calm, features)
    }

    private mutating func begin(at calm: Calmest, _ features: Features) {
        state = .moving(start: calm.time, from: .still)
        upAtStart = calm.up
        inclinationAtStart = calm.inclination
        flexionAtStart = calm.flexion
        peakInclination = features.inclinationDegrees
        leastCosine = features.up.dot(calm.up)
        steps = 0
        calmest = nil
    }

    private mutating func noteCalm(_ features: Features) {
        // 0.1 g of range weighs as much as 20 degrees per second.
        let activity =
            features.angularSpeedRMS1sDps + 200 * features.accelerationDeviation1sG
        if activity < calmest?.activity ?? .infinity {
            // The windows look one second back: their middle is half a second ago.
            calmest = Calmest(
                time: features.end - .milliseconds(500), activity: activity, up: features.up,
                inclination: features.inclinationDegrees, flexion: features.flexionDegrees)
        }
    }

    private mutating func cutIfLong(
        _ start: Instant, _ anchor: VerticalHistory.Anchor, _ features: Features,
        _ history: inout VerticalHistory
    ) -> Motion? {
        guard features.end - start >= Self.longestMove, let calm = calmest else { return nil }
        var ended: Motion?
        if let profile = history.profile(from: start, to: calm.time, startsAt: anchor, endsAt: .still) {
            ended = Motion(
                start: start, end: calm.time, decided: features.end, upBefore: upAtStart,
                upAfter: calm.up,
                inclinationBeforeDegrees: inclinationAtStart, inclinationAfterDegrees: calm.inclination,
                flexionBeforeDegrees: flexionAtStart, flexionAfterDegrees: calm.flexion,
                peakInclinationDegrees: peakInclination, turnDegrees: turnDegrees, profile: profile,
                startsAt: anchor, endsAt: .still, steps: steps)
        }
        begin(at: calm, features)
        return ended
    }
}
