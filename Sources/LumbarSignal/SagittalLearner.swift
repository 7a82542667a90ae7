import LumbarCore

/// Learns which way is forward, from how the wearer walks and bends.
///
/// Walking: the trunk is braked when a foot lands and pushed on when the other leg takes over, so its forward
/// acceleration leads the vertical one by a quarter of a step (Zijlstra & Hof 2003, Gait & Posture 18:1; Kunze et al.
/// 2009, ISWC, find the axis of walking the same way). The covariance of the horizontal acceleration with the rate of
/// change of the vertical one therefore points forward, with its sign. On belt recordings of eight people who walked
/// slowly and quickly it lay within 20 degrees of the declared axis in each of 160 stretches of 10 s, and within 3 in
/// the median. In jogging the phase is the opposite, and on stairs it is unclear: stretches with more than 0.38 g,
/// 2.4 steps a second, or a coherence below 0.4 say nothing.
///
/// Bending: short excursions from upright go forward, since people bend forward much more than backward or aside. Four
/// that agree are worth more than any walk.
///
/// Where forward is declared or known it stays as it is, unless the evidence agrees that it is the other way round. The
/// guided gesture is not overruled by walks that never agreed with it: some people's gait may be another.
///
/// Weakness: somebody who neither walks 20 s on the level nor bends four times keeps an unknown forward, and inclination
/// stands in for flexion.
struct SagittalLearner: Sendable, Equatable {
    /// What the evidence says of forward.
    enum Finding: Sendable, Equatable {
        /// Forward, perpendicular to upright or nearly so.
        case forward(Vector3<BodyFrame>)
        /// Forward as known points backward; this is forward.
        case turnedAround(Vector3<BodyFrame>)
    }

    private var stride = StrideCovariance()
    private var bends = BendDirections()
    /// Directions of walked stretches, weighed by their coherence; old ones fade.
    private var walked = Vector3<BodyFrame>.zero
    private var walkedWeight = 0.0
    private var walkedCount = 0.0
    private var usedCount = 0.0
    /// Whether forward is still to be found; otherwise it is only watched.
    private(set) var isSearching: Bool
    /// How well forward is known, 0...1.
    private(set) var quality: Double
    /// Whether walks alone may turn a known forward about.
    private var trustsWalks = true

    /// cos 8°: smaller corrections of a forward already found are not worth angles that do not compare.
    private static let noteworthyCosine = 0.9902680687415704

    init(mount: Mount) {
        isSearching = mount.forward == nil
        quality = mount.forward == nil ? 0 : UprightPose.declaredQuality
    }

    /// Takes a frame and the mean acceleration over it in g; says what it means for forward when that has changed.
    mutating func update(
        _ frame: Features, acceleration: Vector3<BodyFrame>, pose: UprightPose
    ) -> Finding? {
        var isNew = false
        if let stretch = stride.update(frame, acceleration: acceleration) {
            // One that says the opposite of those before is an odd one, or the first since the sensor was turned about:
            // either way the ones that follow decide.
            if walked.dot(stretch.direction) < 0 { forgetWalks() }
            walked = walked * 0.8 + stretch.direction * stretch.coherence
            walkedWeight = walkedWeight * 0.8 + stretch.coherence
            walkedCount = walkedCount * 0.8 + 1
            isNew = true
        }
        // Without an upright there is nothing an excursion could start from.
        if pose.quality >= UprightPose.declaredQuality, bends.update(frame, pose: pose) { isNew = true }
        return isNew ? weigh(pose) : nil
    }

    /// Upright has jumped, or the sensor may sit differently: what was found says nothing any more.
    mutating func forget(searching: Bool) {
        stride.interrupt()
        bends = BendDirections()
        forgetWalks()
        usedCount = 0
        isSearching = searching
        quality = searching ? 0 : min(quality, UprightPose.declaredQuality)
    }

    private mutating func forgetWalks() {
        walked = .zero
        walkedWeight = 0
        walkedCount = 0
    }

    /// Forward is known from elsewhere, as well as `quality` says.
    mutating func accept(quality: Double, isGuided: Bool) {
        forget(searching: false)
        trustsWalks = !isGuided
        self.quality = quality
    }

    /// The stream broke off.
    mutating func interrupt() {
        stride.interrupt()
        bends.interrupt()
    }

    private mutating func weigh(_ pose: UprightPose) -> Finding? {
        guard pose.quality >= UprightPose.declaredQuality else { return nil }
        let walk = walkedCount > 1.7 && walked.length > 0.9 * walkedWeight ? walked.normalized : nil
        // Bends outweigh walks where they disagree: everybody bends forward, not everybody walks by the book.
        guard let found = bends.direction ?? walk else { return nil }
        var direction = found
        if let walk, walk.dot(found) > 0 { direction = (found + walk).normalized ?? found }
        let count = walkedCount + bends.count
        if isSearching {
            quality = max(quality, min(0.9, 1 - 1.5 / (count + 1.5)))
            // Once found it is refined when there is half as much evidence again.
            let isRefined = direction.dot(pose.forward) < Self.noteworthyCosine && count > 1.5 * usedCount
            guard !pose.isSigned || isRefined else { return nil }
            usedCount = count
            return .forward(direction)
        }
        // Three stretches or four bends that say "the other way round", and nothing that says otherwise.
        let opposes = { (d: Vector3<BodyFrame>?) in d.map { $0.dot(pose.forward) < -0.5 } }
        let byBends = opposes(bends.direction)
        if let walk, walk.dot(pose.forward) > 0.5 { trustsWalks = true }
        let byWalks = walkedCount > 2.4 && trustsWalks ? opposes(walk) : nil
        guard byBends ?? byWalks ?? false, byWalks != false else { return nil }
        isSearching = true
        quality = 0.5
        usedCount = count
        return .turnedAround(direction)
    }
}

/// The phase between the horizontal and the vertical acceleration over stretches of level walking.
private struct StrideCovariance: Sendable, Equatable {
    private var slow = Vector3<BodyFrame>.zero
    private var isOpen = false
    // The last two frames with the slow mean taken off: the vertical of both, the vector of the later.
    private var before = Vector3<BodyFrame>.zero
    private var verticalBefore = 0.0
    private var verticalTwoBefore = 0.0
    private var warmUp = 0
    private var covariance = Vector3<BodyFrame>.zero
    private var up = Vector3<BodyFrame>.zero
    private var changes = 0.0
    private var horizontal = 0.0
    private var vertical = 0.0
    private var frames = 0.0

    /// Frames of a stretch: ten seconds.
    static let length = 100.0
    static let fastestCadence = 2.4
    static let largestVerticalG = 0.38
    static let leastCoherence = 0.4

    /// Takes a frame; returns the direction of a stretch that is complete and clear.
    mutating func update(
        _ frame: Features, acceleration a: Vector3<BodyFrame>
    ) -> (direction: Vector3<BodyFrame>, coherence: Double)? {
        guard frame.cadenceHz > 0, frame.cadenceHz < Self.fastestCadence, frame.duration < 0.15 else {
            interrupt()
            return nil
        }
        if !isOpen { open(a) }
        slow += (a - slow) * 0.1
        let moved = a - slow
        let rise = moved.dot(frame.up)
        if warmUp > 0 {
            warmUp -= 1
        } else {
            let change = rise - verticalTwoBefore
            let flat = before - frame.up * before.dot(frame.up)
            covariance += flat * change
            changes += change * change
            horizontal += flat.lengthSquared
            vertical += verticalBefore * verticalBefore
            up += frame.up
            frames += 1
        }
        verticalTwoBefore = verticalBefore
        verticalBefore = rise
        before = moved
        guard frames >= Self.length else { return nil }
        defer { open(slow) }
        return direction
    }

    mutating func interrupt() { isOpen = false }

    private mutating func open(_ mean: Vector3<BodyFrame>) {
        self = StrideCovariance()
        isOpen = true
        slow = mean
        warmUp = 10
    }

    private var direction: (direction: Vector3<BodyFrame>, coherence: Double)? {
        guard let mean = up.normalized, changes > 0, horizontal > 0,
            vertical < frames * Self.largestVerticalG * Self.largestVerticalG
        else { return nil }
        let flat = covariance - mean * covariance.dot(mean)
        let coherence = flat.length / (changes * horizontal).squareRoot()
        guard coherence >= Self.leastCoherence, let unit = flat.normalized else { return nil }
        return (unit, coherence)
    }
}

/// The directions of short excursions from upright.
private struct BendDirections: Sendable, Equatable {
    private var isOut = false
    private var seconds = 0.0
    private var deepest = 0.0
    private var towards = Vector3<BodyFrame>.zero
    private var sum = Vector3<BodyFrame>.zero
    /// Excursions so far; old ones fade.
    private(set) var count = 0.0

    /// Where at least four excursions that agree went.
    var direction: Vector3<BodyFrame>? {
        count > 3.4 && sum.length > 0.85 * count ? sum.normalized : nil
    }

    /// Takes a frame; true when an excursion that counts has just ended.
    mutating func update(_ frame: Features, pose: UprightPose) -> Bool {
        let inclination = frame.inclinationDegrees
        guard isOut else {
            if inclination > 30 {
                isOut = true
                seconds = 0
                deepest = 0
            }
            return false
        }
        seconds += frame.duration
        if inclination > deepest {
            deepest = inclination
            towards = -(frame.up - pose.up * frame.up.dot(pose.up))
        }
        guard inclination < 15 else { return false }
        isOut = false
        guard seconds <= 12, deepest >= 35, deepest <= 110, let unit = towards.normalized else {
            return false
        }
        sum = sum * 0.9 + unit
        count = count * 0.9 + 1
        return true
    }

    /// What was under way is not an excursion any more.
    mutating func interrupt() { isOut = false }
}
