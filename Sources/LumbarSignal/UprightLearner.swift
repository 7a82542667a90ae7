import LumbarCore

/// Learns the wearer's upright from how they walk and stand; `SagittalLearner` learns forward.
///
/// People walk upright: the mean of up over a walking bout is strong evidence (quiet standing lies a median of 6 degrees
/// from it). A bout of 5 s and more moves the pose to the weighted mean of all recent evidence, the declared mount
/// counting as two seconds of it. Quiet standing right after a walk counts a third as much. A bout more than 35 degrees
/// from a pose that was learned before is held back until three bouts agree: then the sensor has moved on the body.
///
/// Weakness: a wearer who never walks 5 s keeps the declared pose; one who always walks bent is given that as upright.
struct UprightLearner: Sendable, Equatable {
    private var evidence = Vector3<BodyFrame>.zero
    private var evidenceSeconds: Double
    private var bout = Vector3<BodyFrame>.zero
    private var boutSeconds = 0.0
    private var sinceWalking = 1000.0
    private var strays = Vector3<BodyFrame>.zero
    private var strayCount = 0

    /// Seconds of walking that make a bout count.
    static let shortestBout = 5.0
    /// A bout is committed after this many seconds, even while walking goes on.
    static let longestBout = 10.0
    /// Seconds of evidence that are remembered.
    static let memory = 300.0
    /// Weight of the declared mount, seconds.
    static let declaredWeight = 2.0
    /// cos 35°: a bout further off than this is a stray once the pose is learned.
    static let strayCosine = 0.8191520442889918

    init(mount: Mount) {
        evidenceSeconds = mount.up == nil ? 0 : Self.declaredWeight
        if mount.up != nil { evidence = Vector3(0, 0, Self.declaredWeight) }
    }

    /// Takes a frame; `pose` moves when the evidence says so.
    mutating func update(_ frame: Features, pose: inout UprightPose) {
        let seconds = frame.duration
        if frame.cadenceHz > 0 && frame.stepRegularity > 0.4 {
            bout += frame.up * seconds
            boutSeconds += seconds
            sinceWalking = 0
            if boutSeconds >= Self.longestBout { commitBout(&pose) }
        } else {
            sinceWalking += seconds
            if sinceWalking > 2 { commitBout(&pose) }
            takeQuietStanding(frame, pose: pose)
        }
    }

    /// The stream broke off for long: the sensor may sit differently now.
    mutating func growStale() {
        let keep = min(1, Self.declaredWeight * 5 / max(evidenceSeconds, 1e-9))
        evidence = evidence * keep
        evidenceSeconds *= keep
        dropBout()
        sinceWalking = 1000
    }

    /// The pose was confirmed by functional calibration, or taken from so many seconds of walking after a move; a
    /// calibration is worth as much as a long walk.
    mutating func confirm(_ pose: UprightPose, seconds: Double = UprightLearner.memory / 2) {
        evidenceSeconds = seconds
        evidence = pose.up * evidenceSeconds
        dropBout()
    }

    private mutating func dropBout() {
        bout = .zero
        boutSeconds = 0
    }

    private mutating func commitBout(_ pose: inout UprightPose) {
        defer { dropBout() }
        guard boutSeconds >= Self.shortestBout, let mean = bout.normalized else { return }
        // Directions that wander this much are no steady walk.
        guard bout.length > 0.95 * boutSeconds else { return }
        if pose.quality > 0.5 && mean.dot(pose.up) < Self.strayCosine {
            takeStray(mean)
            guard strayCount >= 3 else { return }
            evidence = strays * Self.longestBout
            evidenceSeconds = Self.longestBout * 3
            strayCount = 0
            pose.quality = 0.5
        } else {
            strayCount = 0
            add(bout, seconds: boutSeconds)
        }
        pose.move(up: evidence, forward: pose.forward)
        pose.quality = max(pose.quality, min(0.9, 1 - 14 / (evidenceSeconds + 14)))
    }

    private mutating func takeStray(_ mean: Vector3<BodyFrame>) {
        if strayCount > 0, let held = strays.normalized, held.dot(mean) < Self.strayCosine { strayCount = 0 }
        if strayCount == 0 { strays = .zero }
        strays += mean
        strayCount += 1
    }

    private mutating func takeQuietStanding(_ frame: Features, pose: UprightPose) {
        guard sinceWalking > 2, sinceWalking < 12, evidenceSeconds >= Self.shortestBout else { return }
        guard frame.accelerationDeviation1sG < 0.03, frame.angularSpeedRMS1sDps < 8 else { return }
        guard frame.up.dot(pose.up) > 0.9396926207859084 else { return }  // cos 20°
        add(frame.up * (frame.duration * 0.3), seconds: frame.duration * 0.3)
    }

    private mutating func add(_ sum: Vector3<BodyFrame>, seconds: Double) {
        evidence += sum
        evidenceSeconds += seconds
        if evidenceSeconds > Self.memory {
            evidence = evidence * (Self.memory / evidenceSeconds)
            evidenceSeconds = Self.memory
        }
    }
}
