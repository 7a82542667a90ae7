import LumbarCore

/// Writes feature frames as a body would: "still 10 s, move 2 s down 0.4 m, walk 5 s".
struct FeatureScript {
    static let frameSeconds = 0.1

    private(set) var frames: [Features] = []
    private(set) var now = Instant(nanoseconds: 1_000_000_000)
    private(set) var flexion = 0.0
    private var phase = 0.0
    private var nextFollowsGap = true
    var isSigned = true
    /// Of the calibration, degrees.
    var deepestBow = 0.0

    /// Rest for `seconds`.
    mutating func still(_ seconds: Double) {
        repeatFrames(seconds) { _, _ in }
    }

    /// Move for `seconds` until the trunk is at `flexion`, while the hips rise by `height` metres, with a jerk.
    mutating func move(
        _ seconds: Double, to target: Double? = nil, lean: Double = 0, height: Double = 0, jerkGps: Double = 0
    ) {
        let from = flexion
        let goal = target ?? flexion
        var before = 0.0
        repeatFrames(seconds) { script, frame in
            let count = (seconds / Self.frameSeconds).rounded()
            before += 1
            let share = before / count
            let earlier = (before - 1) / count
            let velocity = { (s: Double) in height / seconds * (1 - Elementary.cos(2 * Elementary.pi * s)) }
            let place = { (s: Double) in
                height * (s - Elementary.sin(2 * Elementary.pi * s) / (2 * Elementary.pi))
            }
            let old = script.flexion
            script.flexion = from + (goal - from) * share + lean * Elementary.sin(Elementary.pi * share)
            frame.verticalVelocityGain = velocity(share) - velocity(earlier)
            frame.verticalHeightGain = place(share) - place(earlier) - velocity(earlier) * Self.frameSeconds
            frame.flexionRateDps = (script.flexion - old) / Self.frameSeconds
            frame.angularSpeedMeanDps = max(18, frame.flexionRateDps.magnitude)
            frame.angularSpeedPeakDps = frame.angularSpeedMeanDps * 1.2
            frame.angularSpeedRMS1sDps = frame.angularSpeedMeanDps
            frame.jerkPeakGps = jerkGps
            frame.accelerationMinG = 0.9
            frame.accelerationMaxG = 1.1
            frame.accelerationDeviation1sG = 0.06
            frame.inclinationDeviation1sDegrees = 5
        }
        flexion = goal
    }

    /// Walk for `seconds` at two steps a second.
    mutating func walk(_ seconds: Double) {
        var count = 0
        repeatFrames(seconds) { _, frame in
            count += 1
            let bounce = Elementary.sin(2 * Elementary.pi * Double(count) / 5)
            frame.verticalVelocityGain = 0.2 * bounce
            frame.steps = count % 5 == 0 ? 1 : 0
            frame.cadenceHz = count >= 20 ? 2 : 0
            frame.stepRegularity = count >= 20 ? 0.9 : 0
            frame.angularSpeedMeanDps = 40
            frame.angularSpeedPeakDps = 70
            frame.angularSpeedRMS1sDps = 45
            frame.accelerationMinG = 0.8
            frame.accelerationMaxG = 1.3
            frame.accelerationDeviation1sG = 0.2
            frame.verticalRMS1sG = 0.2
        }
    }

    /// Turn about the trunk's axis by `degrees` over `seconds`.
    mutating func turn(_ seconds: Double, degrees: Double) {
        repeatFrames(seconds) { _, frame in
            frame.axialRotationDegrees = degrees / seconds * Self.frameSeconds
            frame.angularSpeedMeanDps = (degrees / seconds).magnitude
            frame.angularSpeedPeakDps = frame.angularSpeedMeanDps
        }
    }

    /// One frame with a blow of `peak` g.
    mutating func blow(_ peak: Double, turning: Double = 300) {
        repeatFrames(Self.frameSeconds) { _, frame in
            frame.accelerationMaxG = peak
            frame.angularSpeedPeakDps = turning
            frame.angularSpeedMeanDps = 100
        }
    }

    /// Sit or stand in a vehicle that shakes the trunk by `vibration` g, for `seconds`.
    mutating func ride(_ seconds: Double, vibration: Double = 0.05, turning: Double = 6) {
        repeatFrames(seconds) { _, frame in
            frame.accelerationDeviation1sG = vibration
            frame.angularSpeedMeanDps = turning
            frame.angularSpeedPeakDps = turning * 1.5
            frame.angularSpeedRMS1sDps = turning
            frame.accelerationMinG = 1 - 2 * vibration
            frame.accelerationMaxG = 1 + 2 * vibration
        }
    }

    /// The sensor lies on a table for `seconds`.
    mutating func takenOff(_ seconds: Double) {
        repeatFrames(seconds) { _, frame in frame.wear = .notWorn }
    }

    /// No data for `seconds`.
    mutating func gap(_ seconds: Double) {
        now = now + .seconds(seconds)
        nextFollowsGap = true
    }

    /// Frames as `edit` makes them.
    mutating func repeatFrames(_ seconds: Double, _ edit: (inout FeatureScript, inout Features) -> Void) {
        for _ in 0..<Int((seconds / Self.frameSeconds).rounded()) {
            var frame = Features()
            frame.start = now
            frame.end = now + .seconds(Self.frameSeconds)
            frame.sampleCount = 10
            frame.followsGap = nextFollowsGap
            frame.wear = .worn
            frame.hasAngularRate = true
            frame.poseQuality = 1
            frame.deepestBowDegrees = deepestBow
            frame.angularSpeedMeanDps = 1
            frame.angularSpeedPeakDps = 2
            frame.angularSpeedRMS1sDps = 1
            frame.accelerationMinG = 0.998
            frame.accelerationMaxG = 1.002
            edit(&self, &frame)
            frame.flexionIsSigned = isSigned
            frame.flexionDegrees = isSigned ? flexion : flexion.magnitude
            frame.inclinationDegrees = flexion.magnitude
            let angle = flexion * radiansPerDegree
            frame.up = Vector3(-Elementary.sin(angle), 0, Elementary.cos(angle))
            frame.upInPose = frame.up
            frame.accelerationInPose = frame.up
            frame.upMean5s = frame.up
            frame.inclinationMean5sDegrees = frame.inclinationDegrees
            frames.append(frame)
            now = frame.end
            nextFollowsGap = false
        }
    }
}

/// What a bank of detectors says about a script.
struct Findings {
    private(set) var episodes: [Episode] = []
    private(set) var bank: DetectorBankUnderTest

    init(_ script: FeatureScript) {
        bank = DetectorBankUnderTest()
        episodes = bank.run(script.frames)
    }

    var complete: [Episode] { episodes.filter { !$0.isOngoing } }

    var postures: [(posture: Posture, episode: Episode)] {
        complete.compactMap { if case .posture(let p) = $0.kind { (p, $0) } else { nil } }
    }

    var postureNames: [Posture] { postures.map(\.posture) }

    var transitions: [Transition] {
        complete.compactMap { if case .transition(let t) = $0.kind { t } else { nil } }
    }

    var bends: [Bend] { complete.compactMap { if case .bend(let b) = $0.kind { b } else { nil } } }
    var lifts: [Lift] { complete.compactMap { if case .lift(let l) = $0.kind { l } else { nil } } }
    var twists: [Twist] { complete.compactMap { if case .twist(let t) = $0.kind { t } else { nil } } }
    var falls: [Fall] { complete.compactMap { if case .fall(let f) = $0.kind { f } else { nil } } }

    var sitting: [Episode] {
        episodes.filter { if case .sitting = $0.kind { true } else { false } }
    }

    var sustained: [Episode] {
        episodes.filter { if case .sustainedFlexion = $0.kind { true } else { false } }
    }
}
