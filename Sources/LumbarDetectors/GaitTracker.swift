import LumbarCore

/// Since when the wearer is on the move on foot.
///
/// ```text
///   1) · · | | | | | | | · ·     a cadence for 0.6 s (four regular steps and one more): gait, from the first of them
///   2) · · ≈≈≈≈≈≈≈≈ · ·          no cadence, but shaken as hard as walking shakes for 3 s, and turning
///                                with it: gait too (stairs, turns, running starts)
///   3) | | | ≈≈≈ | | |           within a walk, shaking bridges steps that are not regular
///   4) | | | · · ·               ends 0.3 s after the last step, known 1.2 s after it; what shakes while the trunk
///                                leans over at the end is no step (sitting down, bending)
///   5) |  || |  |  |              steps that keep no beat, five within 3 s, the body shaken all along: a few steps about a
///                                room, with turns; laboratory walks are regular, most walking at home is not
/// ```
///
/// Gait needs an upright trunk: turning over in bed is no walk. A rocking vehicle shakes but hardly turns the
/// trunk.
struct GaitTracker: Sendable {
    /// How long a cadence lasts before it is gait.
    static let cadenceDwell = Elapsed.milliseconds(600)
    /// How long shaking lasts before it is gait.
    static let shakingDwell = Elapsed.seconds(3)
    /// How long without steps or shaking ends a walk.
    static let pause = Elapsed.milliseconds(1200)
    /// What a walk lasts past its last step.
    static let afterLastStep = Elapsed.milliseconds(300)
    /// Steps that pass before there is a cadence.
    static let stepsBeforeCadence = 3.5
    /// Standard deviation of |a| over a second of walking exceeds this, g (97 % of walking frames on waist
    /// data).
    static let shaking = 0.12
    /// Angular speed over a second of walking exceeds this, degrees per second.
    static let turning = 15.0

    /// Deviation of the inclination over a second beyond which the trunk leans over, degrees: walking tilts it by a
    /// degree or two, sitting down by eight and more.
    static let leaning = 6.5
    /// How long before its end a walk may have turned into leaning over.
    static let longestLean = Elapsed.seconds(4)

    /// Start of the present walk.
    private(set) var start: Instant?
    /// End of the last walk.
    private(set) var end: Instant?
    /// The last step.
    private(set) var lastStep: Instant?
    private var regularSince: Instant?
    private var shakingSince: Instant?
    private var lastActive: Instant?
    /// The last of those moments in which the trunk did not lean over.
    private var lastSteady: Instant?
    private var loose = LooseSteps()
    private let lyingAngle: Double

    init(settings: PostureSettings) { lyingAngle = settings.lyingAngle }

    /// Takes a frame.
    mutating func update(_ features: Features) {
        let isUpright = features.inclinationDegrees < lyingAngle - 10
        let isRegular = features.cadenceHz > 0 && isUpright
        let isShaking =
            isUpright && features.accelerationDeviation1sG > Self.shaking
            && features.angularSpeedRMS1sDps > Self.turning
        if features.steps > 0 { lastStep = features.end }
        regularSince = isRegular ? regularSince ?? features.start : nil
        shakingSince = isShaking ? shakingSince ?? features.start : nil
        loose.update(features, isUpright: isUpright)
        // A cadence is remembered for a second after the last step; the last step itself ends the walk.
        let hasStepped = features.steps > 0 || features.stepCandidates > 0
        if isShaking || (hasStepped && (isRegular || loose.since != nil)) {
            lastActive = features.end
            if features.inclinationDeviation1sDegrees < Self.leaning { lastSteady = features.end }
        }
        if start != nil {
            let last = lastActive ?? features.start
            if !isUpright || features.end - last >= Self.pause { stop(last) }
        } else {
            begin(features)
        }
    }

    /// Starts afresh after a gap.
    mutating func reset() {
        start = nil
        regularSince = nil
        shakingSince = nil
        lastActive = nil
        lastSteady = nil
        loose = LooseSteps()
    }

    private mutating func begin(_ features: Features) {
        if let since = regularSince, features.end - since >= Self.cadenceDwell {
            start = since - .seconds(Self.stepsBeforeCadence / max(0.5, features.cadenceHz))
        } else if let since = shakingSince, features.end - since >= Self.shakingDwell {
            start = since
        } else if let since = loose.since {
            start = since
        }
    }

    private mutating func stop(_ last: Instant) {
        // Sitting down or bending at the end of a walk shakes the body like steps do.
        let steady = lastSteady.map { last - $0 <= Self.longestLean ? $0 : last } ?? last
        end = max(start ?? steady, steady) + Self.afterLastStep
        start = nil
    }
}

/// Possible steps that follow each other closely, regular or not.
struct LooseSteps: Sendable {
    /// Steps that make walking.
    static let count = 5
    /// Within this time.
    static let span = 3.0
    /// Standard deviation of |a| over a second that every step exceeds, g.
    static let shaking = 0.07
    /// What a walk began before its first step, seconds.
    static let beforeFirst = 0.3

    private var times = SIMD8<Double>(repeating: -1000)
    private var held = 0
    private var clock = 0.0
    private var quiet = 0.0
    /// Since when steps have followed each other closely, or nil.
    private(set) var since: Instant?

    /// Takes a frame.
    mutating func update(_ features: Features, isUpright: Bool) {
        clock += features.duration
        quiet = features.accelerationDeviation1sG > Self.shaking ? 0 : quiet + features.duration
        if !isUpright || quiet > 0.5 { held = 0 }
        if features.stepCandidates > 0, isUpright, quiet == 0 {
            for i in (1..<8).reversed() { times[i] = times[i - 1] }
            times[0] = clock
            held = min(held + 1, 8)
        }
        let first = times[Self.count - 1]
        let isDense = held >= Self.count && clock - first <= Self.span
        since = isDense ? since ?? (features.end - .seconds(clock - first + Self.beforeFirst)) : nil
    }
}
