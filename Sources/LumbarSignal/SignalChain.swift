import LumbarCore

/// The stages from a reading to features, in order, and nothing else.
///
/// A plain value: a copy is a saved state, and continues exactly like the original.
public struct SignalChain: Sendable {
    private var timing = SampleTiming()
    let calibration: Calibration
    private var orientation: OrientationFilter
    private var tilt = TiltFilter()
    private var steps: StepDetector
    private var extractor: FeatureExtractor
    private var scale: ScaleGate
    private var wear: WearEstimator
    var trust = SensorTrust()
    /// Samples that the sensor counted and that never came, since the last frame.
    var lostSamples = 0
    /// How far the device's clock was ahead of ours at the last frame, nanoseconds.
    var lastClockLead: Int64?
    var pose: UprightPose
    var learner: UprightLearner
    var gesture = FunctionalCalibration()
    var sagittal: SagittalLearner
    var watch = MountWatch()
    var source: MountCalibration.Source
    var established: Instant?
    var largestFlexion: Double?
    /// The pose's revision that `calibrationRevision` last counted.
    var countedRevision = 0

    let learnsUpright: Bool
    let recognisesGesture: Bool

    private var lastTime: Int64 = 0
    private var needsRestart = true
    private var settling = 0
    private var period = 0.01
    private var lostTrackAt: Int64 = .min
    private var gravity = 1.0
    /// Of the last frame; at the start, what an accelerometer alone tells within the first tenth of a second.
    private var uncertainty = 5.0
    private var hasAngularRate = false
    private var hasAcceleration = true
    private var samples = 0
    private var implausible = 0
    private var outliers = OutlierGate()
    private var outlierCount = 0
    var lastOutcome: CalibrationOutcome?

    /// When true, `attitudes` collects one entry per sample until it is taken.
    public var collectsAttitudes = false

    /// News about the mount, the oldest first, until they are taken; empty nearly always.
    public internal(set) var mountNews: [MountNews] = []

    /// Counts up when `mountCalibration` has changed in a way worth keeping.
    public internal(set) var calibrationRevision = 0

    /// The attitudes since the last `takeAttitudes()`.
    public private(set) var attitudes: [AttitudeReport] = []

    /// A chain for a sensor mounted like `mount`; what was known of it before waits for a walk or a quiet stand to
    /// confirm it.
    public init(mount: Mount, settings: SignalSettings, known: MountCalibration? = nil) {
        calibration = Calibration(
            mount: mount, largestAccelerationG: settings.largestAcceleration,
            largestRateDps: settings.largestRate)
        var parameters = OrientationFilter.Parameters()
        parameters.accelerationTime = settings.accelerationTime
        parameters.restSeconds = settings.restTime
        parameters.restRateDps = settings.restRate
        parameters.restAccelerationG = settings.restAcceleration
        orientation = OrientationFilter(parameters: parameters, period: period)
        steps = StepDetector(
            period: period, smallestPeak: settings.smallestStep * standardGravityMetresPerSecondSquared)
        extractor = FeatureExtractor(period: period)
        scale = ScaleGate(lowest: settings.lowestAtRest, highest: settings.highestAtRest)
        wear = WearEstimator(decisionSeconds: settings.notWornAfter * 60)
        pose = UprightPose(mount: mount)
        learner = UprightLearner(mount: mount)
        learnsUpright = settings.learnUpright
        recognisesGesture = settings.recogniseGesture
        sagittal = SagittalLearner(mount: mount)
        source = mount.up == nil ? .assumed : .declared
        if let known { restore(known) }
    }

    /// Takes the readings of a chunk in order and appends the feature frames they complete.
    public mutating func process(_ readings: ReadingBuffer, into frames: inout [Features]) {
        for reading in readings.readings {
            if outliers.passes(reading) { take(reading, &frames) } else { sift(reading, &frames) }
        }
    }

    /// A line that shows damage: a reading may wait for the next, and one that stands alone is refused.
    @inline(never)
    private mutating func sift(_ reading: Reading, _ frames: inout [Features]) {
        let sifted = outliers.sift(reading)
        if let refused = sifted.refused {
            outlierCount += 1
            // It was taken, though not as it arrived: the ones after it come that much later.
            if !timing.isAhead(of: refused.arrival), stamp(refused).startsSegment { needsRestart = true }
        }
        if let first = sifted.first { take(first, &frames) }
        if let second = sifted.second { take(second, &frames) }
    }

    /// The line fell silent or was closed: the next reading starts afresh, the learned pose goes stale.
    public mutating func interrupt(at time: Instant) {
        timing.interrupt()
        outliers.interrupt()
        trust.interrupt()
        lastClockLead = nil
        needsRestart = true
        growStale()
    }

    /// Hands out the attitudes collected and forgets them.
    public mutating func takeAttitudes() -> [AttitudeReport] {
        defer { attitudes.removeAll(keepingCapacity: true) }
        return attitudes
    }

    /// What the chain knows about its sensor.
    public var status: SignalStatus {
        var status = SignalStatus()
        status.sampleRateHz = timing.sampleRateHz
        status.hasAngularRate = hasAngularRate
        status.hasAcceleration = hasAcceleration
        status.samples = samples
        status.implausible = implausible
        status.outliers = outlierCount
        status.hasScaleFault = scale.hasFault
        status.gaps = timing.gaps
        status.troubles = trust.all
        status.poseQuality = pose.quality
        status.uprightUp = calibration.toSensor(pose.up)
        status.calibration = mountCalibration
        status.gyroBiasDps = calibration.toSensor(orientation.bias * degreesPerRadian)
        status.gyroBiasDpsPerCelsius = biasByTemperature.slope.map(calibration.toSensor)
        return status
    }

    /// The sensor's temperature by the last message that told it.
    public var temperatureCelsius: Double?
    var biasByTemperature = BiasByTemperature()

    /// Whether |a| at rest says that the sensor's scale is wrong: no frames come out while it does.
    ///
    /// Stored beside the gate, since a computed property would copy the chain for whoever asks from another module.
    public private(set) var hasScaleFault = false
    /// Whether frames are held back, as angles made from such data would be wrong.
    private var isWithheld = false
    /// Whether `takeTrustChanges()` has something; stored for the same reason.
    public internal(set) var hasTrustNews = false

    /// The wearer's upright as known now, and what became of the last calibration gesture.
    public var upright: (pose: UprightPose, lastGesture: CalibrationOutcome?) { (pose, lastOutcome) }

    // MARK: One sample

    @inline(__always)
    private mutating func stamp(_ reading: Reading) -> SampleTiming.Stamp {
        lostSamples &+= Int(reading.lostBefore)
        return timing.stamp(
            arrival: reading.arrival, deviceNanoseconds: reading.deviceNanoseconds, lost: reading.lostBefore)
    }

    @inline(__always)
    private mutating func take(_ reading: Reading, _ frames: inout [Features]) {
        guard !timing.isAhead(of: reading.arrival) else {
            implausible += 1
            return
        }
        let stamp = stamp(reading)
        if stamp.startsSegment || reading.followsBreak || reading.hasAcceleration != hasAcceleration {
            needsRestart = true
        }
        guard calibration.isPlausible(reading) else {
            implausible += 1
            return
        }
        if needsRestart { restart(at: stamp.time, reading) }
        let interval = Double(stamp.time.nanoseconds &- lastTime) * 1e-9
        lastTime = stamp.time.nanoseconds
        samples += 1
        if extractor.isComplete(by: stamp.time) { closeFrame(at: stamp.time, before: reading, &frames) }
        if settling > 0 { settle() }

        let acceleration = calibration.toBody(reading.acceleration)
        var rate = Vector3<BodyFrame>.zero
        let up: Vector3<BodyFrame>
        if !reading.hasAcceleration {
            // Its own filter has been at work: no second one, and nothing to find steps or blows in.
            up = acceleration
            if reading.hasAngularRate { rate = calibration.toBody(reading.angularRate) }
        } else if reading.hasAngularRate {
            rate = calibration.toBody(reading.angularRate)
            up = orientation.update(acceleration: acceleration, rate: &rate, interval: interval)
        } else {
            up = tilt.update(acceleration: acceleration, interval: interval)
        }
        var vertical = 0.0
        if reading.hasAcceleration {
            vertical = (acceleration.dot(up) - gravity) * standardGravityMetresPerSecondSquared
            steps.update(vertical, interval: interval)
        }
        extractor.add(
            acceleration: acceleration, rate: rate, up: up, vertical: vertical, interval: interval,
            hasAngularRate: reading.hasAngularRate, pose: pose)
        if collectsAttitudes { collect(up, at: stamp.time) }
    }

    @inline(never)
    private mutating func collect(_ up: Vector3<BodyFrame>, at time: Instant) {
        guard !scale.hasFault else { return }
        let angles = pose.angles(of: up)
        attitudes.append(
            AttitudeReport(
                time: time, up: calibration.toSensor(up), flexionDegrees: angles.flexion,
                lateralDegrees: angles.lateral, uncertaintyDegrees: uncertainty))
    }

    // MARK: Segments

    @inline(never)
    private mutating func restart(at time: Instant, _ reading: Reading) {
        needsRestart = false
        hasAngularRate = reading.hasAngularRate
        hasAcceleration = reading.hasAcceleration
        if samples > 0 && time.nanoseconds &- lastTime > 10_000_000_000 { growStale() }
        lastTime = time.nanoseconds
        lostTrackAt = .min
        orientation.restart()
        tilt.restart()
        steps.restart()
        wear.restart()
        gesture.interrupt()
        sagittal.interrupt()
        extractor.restart(at: time)
        settling = 16
    }

    /// The pose was known for the sensor as it sat before; once per silence.
    private mutating func growStale() {
        guard lostTrackAt != lastTime, samples > 0 else { return }
        lostTrackAt = lastTime
        if let news = watch.growStale(&pose) { tell(news) }
        pose.quality *= 0.5
        learner.growStale()
    }

    /// The first samples of a segment settle the rate, so they are looked at one by one.
    @inline(never)
    private mutating func settle() {
        settling -= 1
        followPeriod()
    }

    private mutating func followPeriod() {
        let fitted = timing.periodSeconds
        guard fitted > period * 1.02 || fitted < period * 0.98 else { return }
        period = fitted
        orientation.follow(period: fitted)
        steps.follow(period: fitted)
        extractor.follow(period: fitted)
    }

    // MARK: One frame

    @inline(never)
    private mutating func closeFrame(
        at time: Instant, before reading: Reading, _ frames: inout [Features]
    ) {
        let sums = extractor.sums
        let meanRate = sums.turn * (degreesPerRadian / max(sums.seconds, 1e-3))
        // A constant from here on: a variable would be copied for every call that reads it.
        let frame = describe(sums, meanRate, at: time)
        let wasWithheld = isWithheld
        weigh(frame)
        learn(
            frame, rate: meanRate, acceleration: sums.accelerationVector * (1 / Double(max(1, sums.samples))))
        judge(
            frame, reading, biasDps: orientation.bias * degreesPerRadian, rateHz: timing.sampleRateHz
        )
        hasTrustNews = trust.hasChanges
        isWithheld = hasScaleFault || trust.forbidsUse
        if isWithheld { return }
        frames.append(frame)
        // What was handed out before the fault says nothing about this frame.
        if wasWithheld { frames[frames.count - 1].followsGap = true }
    }

    private mutating func describe(
        _ sums: FrameSums, _ meanRate: Vector3<BodyFrame>, at time: Instant
    ) -> Features {
        var frame = Features()
        extractor.close(by: time, pose: pose, into: &frame)
        followPeriod()
        let taken = steps.take()
        frame.steps = taken.steps
        frame.stepCandidates = taken.candidates
        frame.cadenceHz = steps.cadenceHz
        frame.stepRegularity = steps.regularity
        frame.gravityG = gravity
        frame.hasAcceleration = hasAcceleration
        frame.isAtRest = frame.hasAngularRate && hasAcceleration && orientation.isAtRest
        frame.mountTrust = watch.trust
        frame.uprightConfirmed = watch.confirmed ?? established
        frame.deepestBowDegrees = largestFlexion ?? 0
        setUncertainty(of: &frame)
        uncertainty = frame.uncertaintyDegrees
        let perSample = 1 / Double(max(1, sums.samples))
        frame.wear = wear.update(
            frame, acceleration: sums.accelerationVector * perSample, rate: meanRate)
        frame.lifelessSince = wear.lifelessSince
        return frame
    }

    /// Checks |a| at rest against 1 g and learns how long this sensor's g is.
    private mutating func weigh(_ frame: Features) {
        // A direction of length 1 says nothing of the scale of anything.
        guard frame.hasAcceleration else { return }
        let mean = frame.accelerationMeanG
        let isStill = frame.accelerationDeviation1sG < 0.03 * mean && frame.angularSpeedRMS1sDps < 10
        scale.update(meanG: mean, isStill: isStill, seconds: frame.duration)
        hasScaleFault = scale.hasFault
        if frame.isAtRest && !scale.hasFault && mean > 0.95 && mean < 1.05 {
            gravity += (mean - gravity) * 0.02
        }
    }

    /// What filters on such devices are off by while a body moves, degrees; two are usual in data sheets.
    private static let uncertaintyOfDeviceAngles = 2.0

    /// Expected error of the inclination, one standard deviation in degrees.
    ///
    /// A plain model of what was measured on optical truth: half a degree at rest, growing with the size of movement to
    /// 2.5, and larger in the first seconds, before the accelerometer has been averaged.
    private func setUncertainty(of frame: inout Features) {
        guard frame.hasAcceleration else {
            frame.uncertaintyDegrees = Self.uncertaintyOfDeviceAngles
            return
        }
        guard frame.hasAngularRate else {
            frame.uncertaintyDegrees = tilt.uncertaintyDegrees
            return
        }
        let moving = min(2, frame.angularSpeedRMS1sDps / 150 + 4 * frame.accelerationDeviation1sG)
        let young = max(0, 1 - orientation.age / 3)
        // What happens between two samples is not seen: turned by 13 degrees from one to the next, 2 degrees are lost, by 26
        // degrees 18.
        let turn = frame.angularSpeedRMS1sDps * frame.duration / Double(max(1, frame.sampleCount))
        let unseen = min(45, turn * turn * turn * 0.001)
        frame.uncertaintyDegrees =
            0.5 + moving + unseen + 4 * young * min(1, 10 * frame.accelerationDeviation1sG + 0.1)
    }
}
