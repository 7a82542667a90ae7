import LumbarCore

/// Watches whether the sensor still sits as it did when upright was learned.
///
/// Every walk shows where up is on an upright wearer (quiet standing starts lie a median of 6 degrees from a wearer's
/// walking average). Three walks of 30 s and more in a row that lie more than 15 degrees off the reference and agree with
/// each other mean that the sensor has moved; upright is then taken from them. One such walk alone is a rucksack or a
/// hill. Nobody walks more than 120 degrees off: a sensor that was flipped is recognised after 10 s of the next walk.
///
/// ```
///            gap, detach                  walk or quiet stand within 15 / 10 degrees
/// trusted ----------------> stale --------------------------------------------> trusted
///    |                         | first 10 s of a walk farther off: taken at once --^
///    | two walks astray        +
///    v
///  moved --- a walk as before, or a third that agrees with the two ---> trusted
/// ```
///
/// After a move, forward is taken as the same axis of the sensor, made perpendicular to the new up: a clip keeps its face
/// outward. Walking and bending then check it. Where that axis now points up or down, forward is unknown.
struct MountWatch: Sendable, Equatable {
    private(set) var trust = MountTrust.trusted
    /// When a walk or a quiet stand last showed that the sensor sits as it did.
    private(set) var confirmed: Instant?
    /// Upright as it was established; nil until it was.
    private(set) var reference: Vector3<BodyFrame>?
    private var walk = Vector3<BodyFrame>.zero
    private var walkSeconds = 0.0
    private var pause = 0.0
    private var wasChecked = false
    private var strays = Vector3<BodyFrame>.zero
    /// Walks in a row off the reference, and how many of the last of them agree.
    private var astray = 0
    private var agreeing = 0
    private var saidLoose = false
    private var stillSeconds = 0.0
    /// Quality before the gap.
    private(set) var qualityBefore = 0.0

    /// Seconds of walking that make a walk.
    static let longWalk = 30.0
    /// Seconds of walking that tell a flip, or confirm.
    static let shortWalk = 10.0
    /// cos 15°: a walk farther off is astray.
    static let astrayCosine = 0.9659258262890683
    /// cos 10°: a quiet stand within it confirms.
    static let standingCosine = 0.984807753012208
    /// cos 120°: nobody walks beyond.
    static let flippedCosine = -0.5
    /// cos 20°: upright that the learner has moved beyond was not a drift.
    static let relearnedCosine = 0.9396926207859084
    /// Quality from which upright is a reference: 20 s of walking.
    static let referenceQuality = 0.58

    /// What a frame may lead to.
    enum Finding: Sendable, Equatable {
        /// Tell it.
        case news(MountNews)
        /// Upright is this now, from so many seconds of walking.
        case moved(to: Vector3<BodyFrame>, seconds: Double, degrees: Double)
    }

    /// Takes a frame after the learner has.
    mutating func update(_ frame: Features, pose: inout UprightPose) -> Finding? {
        if reference == nil, pose.quality >= Self.referenceQuality { reference = pose.up }
        guard let reference else { return nil }
        if frame.cadenceHz > 0 && frame.stepRegularity > 0.4 {
            stillSeconds = 0
            return step(frame, reference, &pose)
        }
        pause += frame.duration
        if pause > 3, walkSeconds > 0 { return endWalk(reference, pose, frame.end) }
        return trust == .stale ? stand(frame, reference, &pose) : nil
    }

    /// Upright was set by calibration, restored, or taken from walks after a move.
    mutating func establish(_ up: Vector3<BodyFrame>, trust: MountTrust = .trusted) {
        self = MountWatch()
        reference = up
        self.trust = trust
    }

    /// The stream broke off for long; returns news when there is something to lose, once.
    mutating func growStale(_ pose: inout UprightPose) -> MountNews? {
        dropWalk()
        stillSeconds = 0
        guard reference != nil, trust != .stale else { return nil }
        qualityBefore = pose.quality
        trust = .stale
        return .stale
    }

    // MARK: Walking

    private mutating func step(
        _ frame: Features, _ reference: Vector3<BodyFrame>, _ pose: inout UprightPose
    ) -> Finding? {
        walk += frame.up * frame.duration
        walkSeconds += frame.duration
        pause = 0
        guard !wasChecked, walkSeconds >= Self.shortWalk, let mean = walk.normalized else { return nil }
        wasChecked = true
        let cosine = mean.dot(reference)
        if cosine < Self.flippedCosine || (trust == .stale && cosine < Self.astrayCosine) {
            return .moved(to: mean, seconds: walkSeconds, degrees: Self.degrees(mean, reference))
        }
        return trust == .stale ? confirm(&pose, frame.end) : nil
    }

    private mutating func endWalk(
        _ reference: Vector3<BodyFrame>, _ pose: UprightPose, _ now: Instant
    ) -> Finding? {
        defer { dropWalk() }
        guard walkSeconds >= Self.longWalk, let mean = walk.normalized else { return nil }
        guard mean.dot(reference) < Self.astrayCosine else { return agree(mean, reference, now) }
        let fits = agreeing > 0 && (strays.normalized?.dot(mean) ?? -1) > Self.astrayCosine
        strays = fits ? strays + mean : mean
        agreeing = fits ? agreeing + 1 : 1
        astray += 1
        if astray >= 2 { trust = .moved }
        if agreeing >= 3, let up = strays.normalized {
            return .moved(to: up, seconds: 90, degrees: Self.degrees(up, reference))
        }
        guard astray == 3, !saidLoose else { return nil }
        saidLoose = true
        return .news(.moved(degrees: Self.degrees(mean, reference), relearned: false))
    }

    /// A walk as always: the reference follows what belts do over a day.
    private mutating func agree(
        _ mean: Vector3<BodyFrame>, _ reference: Vector3<BodyFrame>, _ now: Instant
    ) -> Finding? {
        confirmed = now
        let wasMoved = trust == .moved
        astray = 0
        agreeing = 0
        strays = .zero
        trust = .trusted
        let told = saidLoose
        saidLoose = false
        self.reference = (reference * 0.7 + mean * 0.3).normalized
        return wasMoved && told ? .news(.confirmed) : nil
    }

    private mutating func dropWalk() {
        walk = .zero
        walkSeconds = 0
        pause = 0
        wasChecked = false
    }

    // MARK: Standing

    private mutating func stand(
        _ frame: Features, _ reference: Vector3<BodyFrame>, _ pose: inout UprightPose
    ) -> Finding? {
        let isStill = frame.accelerationDeviation1sG < 0.03 && frame.angularSpeedRMS1sDps < 8
        guard isStill, frame.up.dot(reference) > Self.standingCosine else {
            stillSeconds = 0
            return nil
        }
        stillSeconds += frame.duration
        return stillSeconds >= 5 ? confirm(&pose, frame.end) : nil
    }

    private mutating func confirm(_ pose: inout UprightPose, _ now: Instant) -> Finding {
        confirmed = now
        trust = .trusted
        stillSeconds = 0
        pose.quality = max(pose.quality, qualityBefore)
        return .news(.confirmed)
    }

    private static func degrees(_ a: Vector3<BodyFrame>, _ b: Vector3<BodyFrame>) -> Double {
        Elementary.atan2(a.cross(b).length, a.dot(b)) * degreesPerRadian
    }
}
