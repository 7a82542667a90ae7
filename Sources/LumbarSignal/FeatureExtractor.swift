import LumbarCore

/// Makes the 10 Hz feature frames.
///
/// Frames lie on a grid of 100 ms of sample time, anchored at the first sample of the segment; a sample belongs to the
/// frame [start, end) that holds its time, and a frame is complete when a sample at or after its end comes. Where no
/// sample fell in a slot of the grid (below 10 Hz, or a few lost ones) the frame before stretches over it, so that frames
/// cover the segment without holes. A frame cut short by a gap is dropped.
struct FeatureExtractor: Sendable {
    static let frameNanoseconds: Int64 = 100_000_000

    private(set) var sums = FrameSums()
    private var windows = FeatureWindows()
    private var start: Int64 = 0
    private var end: Int64 = 0
    private var isOpen = false
    private var followsGap = true
    private var needsSettling = true
    private var lastVertical = 0.0
    private var lastMagnitude = 1.0
    private var lastInclination = 0.0
    private var lastFlexion = 0.0
    private var lastUp = Vector3<BodyFrame>(0, 0, 1)
    private var jerkState = ButterworthState(settledOn: 1)
    private var jerkCoefficients: ButterworthCoefficients
    private var rateHz: Double

    init(period: Double) {
        jerkCoefficients = ButterworthCoefficients(cutoffHz: 10, period: period)
        rateHz = 1 / period
    }

    mutating func follow(period: Double) {
        jerkCoefficients = ButterworthCoefficients(cutoffHz: 10, period: period)
        rateHz = 1 / period
    }

    /// A new segment begins at `time`.
    mutating func restart(at time: Instant) {
        sums = FrameSums()
        windows.removeAll()
        start = time.nanoseconds
        end = start &+ Self.frameNanoseconds
        isOpen = false
        followsGap = true
        needsSettling = true
    }

    /// Whether a sample at `time` completes the open frame.
    @inline(__always)
    func isComplete(by time: Instant) -> Bool { time.nanoseconds >= end && isOpen }

    /// Adds a sample: acceleration in g, bias-corrected rate in rad/s, up, vertical acceleration in m/s².
    @inline(__always)
    mutating func add(
        acceleration a: Vector3<BodyFrame>, rate w: Vector3<BodyFrame>, up: Vector3<BodyFrame>,
        vertical: Double,
        interval: Double, hasAngularRate: Bool, pose: UprightPose
    ) {
        let squared = a.lengthSquared
        let magnitude = squared.squareRoot()
        if needsSettling { settle(magnitude, vertical, up) }
        isOpen = true
        sums.samples += 1
        sums.seconds += interval
        sums.acceleration += magnitude
        sums.accelerationSquared += squared
        if magnitude < sums.accelerationMin { sums.accelerationMin = magnitude }
        if magnitude > sums.accelerationMax { sums.accelerationMax = magnitude }
        sums.accelerationVector += a
        let rateSquared = w.lengthSquared
        sums.rate += rateSquared.squareRoot()
        sums.rateSquared += rateSquared
        if rateSquared > sums.ratePeakSquared { sums.ratePeakSquared = rateSquared }
        sums.turn += w * interval
        sums.heading += w.dot(up) * interval
        // Trapezium: the acceleration is taken as linear between samples.
        let gain = 0.5 * (vertical + lastVertical) * interval
        sums.height += (sums.velocity + 0.5 * gain) * interval
        sums.velocity += gain
        sums.verticalSquared += vertical * vertical
        lastVertical = vertical
        let smooth = jerkState.lowPass(magnitude, jerkCoefficients)
        let jerk = (smooth - lastMagnitude).magnitude
        lastMagnitude = smooth
        if jerk > sums.jerkPeak { sums.jerkPeak = jerk }
        sums.jerkSquared += jerk * jerk
        let ahead = a.dot(pose.forward)
        let aside = a.dot(pose.left)
        sums.ahead += ahead
        sums.aheadSquared += ahead * ahead
        sums.aside += aside
        sums.asideSquared += aside * aside
        sums.up = up
        sums.hasAngularRate = hasAngularRate
    }

    @inline(never)
    private mutating func settle(_ magnitude: Double, _ vertical: Double, _ up: Vector3<BodyFrame>) {
        needsSettling = false
        jerkState = ButterworthState(settledOn: magnitude)
        lastMagnitude = magnitude
        lastVertical = vertical
        lastUp = up
        lastInclination = .nan
    }

    /// Closes the open frame, which a sample at `time` completed, into `frame`, and starts the next on the grid.
    mutating func close(by time: Instant, pose: UprightPose, into frame: inout Features) {
        // Slots without a sample belong to the frame before them.
        let late = (time.nanoseconds &- end) / Self.frameNanoseconds
        end &+= late &* Self.frameNanoseconds
        frame.start = Instant(nanoseconds: start)
        frame.end = Instant(nanoseconds: end)
        frame.sampleCount = sums.samples
        frame.followsGap = followsGap
        describeAttitude(&frame, pose)
        describeMotion(&frame, pose)
        describeWindows(&frame)
        sums = FrameSums()
        start = end
        end = start &+ Self.frameNanoseconds
        isOpen = false
        followsGap = false
    }

    private func describeAttitude(_ frame: inout Features, _ pose: UprightPose) {
        let angles = pose.angles(of: sums.up)
        frame.inclinationDegrees = angles.inclination
        frame.flexionDegrees = angles.flexion
        frame.lateralDegrees = angles.lateral
        frame.flexionIsSigned = pose.isSigned
        frame.up = sums.up
        frame.upInPose = Vector3(sums.up.dot(pose.forward), sums.up.dot(pose.left), sums.up.dot(pose.up))
        // Not the angle to an axis of the sensor: whoever sees 90 degrees would take a wearer at the desk for one in bed.
        if pose.quality == 0 {
            frame.inclinationDegrees = 0
            frame.flexionDegrees = 0
            frame.lateralDegrees = 0
            frame.upInPose = Vector3(0, 0, 1)
        }
        frame.poseQuality = pose.quality
        frame.poseRevision = pose.revision
    }

    private mutating func describeMotion(_ frame: inout Features, _ pose: UprightPose) {
        let n = Double(max(1, sums.samples))
        let seconds = sums.seconds > 0 ? sums.seconds : frame.duration
        frame.hasAngularRate = sums.hasAngularRate
        let isFirst = lastInclination.isNaN
        let flexionChange = isFirst ? 0 : frame.flexionDegrees - lastFlexion
        if sums.hasAngularRate {
            frame.angularSpeedMeanDps = sums.rate / n * degreesPerRadian
            frame.angularSpeedPeakDps = sums.ratePeakSquared.squareRoot() * degreesPerRadian
            frame.headingChangeDegrees = sums.heading * degreesPerRadian
            frame.axialRotationDegrees = sums.turn.dot(pose.up) * degreesPerRadian
            frame.rotationInPose =
                Vector3(sums.turn.dot(pose.forward), sums.turn.dot(pose.left), sums.turn.dot(pose.up))
                * degreesPerRadian
        } else if !isFirst {
            let turn = Elementary.atan2(lastUp.cross(sums.up).length, lastUp.dot(sums.up)) * degreesPerRadian
            frame.angularSpeedMeanDps = turn / seconds
            frame.angularSpeedPeakDps = frame.angularSpeedMeanDps
            sums.rateSquared = n * (turn / seconds * radiansPerDegree) * (turn / seconds * radiansPerDegree)
        }
        frame.flexionRateDps =
            sums.hasAngularRate && pose.isSigned
            ? sums.turn.dot(pose.left) * degreesPerRadian / seconds : flexionChange / seconds
        lastInclination = frame.inclinationDegrees
        lastFlexion = frame.flexionDegrees
        lastUp = sums.up
        let mean = sums.accelerationVector * (1 / n)
        frame.accelerationInPose = Vector3(mean.dot(pose.forward), mean.dot(pose.left), mean.dot(pose.up))
        frame.accelerationMeanG = sums.acceleration / n
        frame.accelerationMinG = sums.accelerationMin
        frame.accelerationMaxG = sums.accelerationMax
        frame.verticalVelocityGain = sums.velocity
        frame.verticalHeightGain = sums.height
        frame.jerkPeakGps = sums.jerkPeak * rateHz
        frame.jerkRMSGps = (sums.jerkSquared / n).squareRoot() * rateHz
    }

    private mutating func describeWindows(_ frame: inout Features) {
        typealias Lane = FeatureWindows.Lane
        var bucket = FeatureWindows.Bucket.zero
        bucket[Lane.samples] = Double(sums.samples)
        bucket[Lane.acceleration] = sums.acceleration
        bucket[Lane.accelerationSquared] = sums.accelerationSquared
        bucket[Lane.verticalSquared] = sums.verticalSquared
        bucket[Lane.rateSquared] = sums.rateSquared
        bucket[Lane.ahead] = sums.ahead
        bucket[Lane.aheadSquared] = sums.aheadSquared
        bucket[Lane.aside] = sums.aside
        bucket[Lane.asideSquared] = sums.asideSquared
        bucket[Lane.inclination] = frame.inclinationDegrees
        bucket[Lane.inclinationSquared] = frame.inclinationDegrees * frame.inclinationDegrees
        bucket[Lane.upX] = frame.up.x
        bucket[Lane.upY] = frame.up.y
        bucket[Lane.upZ] = frame.up.z
        bucket[Lane.heading] = frame.headingChangeDegrees
        bucket[Lane.frames] = 1
        windows.append(bucket)
        let one = windows.second
        let five = windows.fiveSeconds
        let samples = max(1, one[Lane.samples])
        frame.accelerationDeviation1sG =
            FeatureWindows.deviation(one, Lane.samples, Lane.acceleration, Lane.accelerationSquared)
        frame.accelerationDeviation5sG =
            FeatureWindows.deviation(five, Lane.samples, Lane.acceleration, Lane.accelerationSquared)
        frame.verticalRMS1sG =
            max(0, one[Lane.verticalSquared] / samples).squareRoot() / standardGravityMetresPerSecondSquared
        frame.angularSpeedRMS1sDps = max(0, one[Lane.rateSquared] / samples).squareRoot() * degreesPerRadian
        frame.forwardDeviation1sG = FeatureWindows.deviation(one, Lane.samples, Lane.ahead, Lane.aheadSquared)
        frame.lateralDeviation1sG = FeatureWindows.deviation(one, Lane.samples, Lane.aside, Lane.asideSquared)
        frame.inclinationDeviation1sDegrees =
            FeatureWindows.deviation(one, Lane.frames, Lane.inclination, Lane.inclinationSquared)
        frame.inclinationMean5sDegrees = five[Lane.inclination] / max(1, five[Lane.frames])
        frame.upMean5s =
            Vector3<BodyFrame>(five[Lane.upX], five[Lane.upY], five[Lane.upZ]).normalized ?? frame.up
        frame.headingChange1sDegrees = one[Lane.heading]
    }
}
