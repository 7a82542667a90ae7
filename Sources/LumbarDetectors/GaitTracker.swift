import LumbarCore

/// Since when the wearer is on the move on foot.
///
/// ```text
///   1) · · | | | | | | | · ·     a cadence for 0.6 s (four regular steps and one more): gait, from the first of them
///   2) · · ≈≈≈≈≈≈≈≈ · ·          no cadence, but shaken as hard as walking shakes for 3 s, and turning
///                                with it: gait too (stairs, turns, running starts)
///   3) | | | ≈≈≈ | | |           within a walk, shaking bridges steps that are not regular
///   4) | | | · · ·               ends 0.4 s after the last step, known 1.2 s after it
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
    static let afterLastStep = Elapsed.milliseconds(400)
    /// Steps that pass before there is a cadence.
    static let stepsBeforeCadence = 3.5
    /// Standard deviation of |a| over a second of walking exceeds this, g (97 % of walking frames on waist
    /// data).
    static let shaking = 0.12
    /// Angular speed over a second of walking exceeds this, degrees per second.
    static let turning = 15.0

    /// Start of the present walk.
    private(set) var start: Instant?
    /// End of the last walk.
    private(set) var end: Instant?
    /// The last step.
    private(set) var lastStep: Instant?
    private var regularSince: Instant?
    private var shakingSince: Instant?
    private var lastActive: Instant?
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
        if isRegular || isShaking { lastActive = features.end }
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
    }

    private mutating func begin(_ features: Features) {
        if let since = regularSince, features.end - since >= Self.cadenceDwell {
            start = since - .seconds(Self.stepsBeforeCadence / max(0.5, features.cadenceHz))
        } else if let since = shakingSince, features.end - since >= Self.shakingDwell {
            start = since
        }
    }

    private mutating func stop(_ last: Instant) {
        start = nil
        end = lastStep.map { max($0 + Self.afterLastStep, last - .milliseconds(600)) } ?? last
    }
}
