import LumbarCore

/// Tells a worn sensor from one that lies about by itself.
///
/// A body is never still: breathing, heartbeat and sway tilt a belt slowly, by a tenth of a degree and more, even
/// asleep. A table leaves only the sensor's own noise, which is white. So in blocks of 10 s the variance of one-second
/// means is compared with what the variation from one 100 ms mean to the next predicts for white noise: near 1 on a
/// table, far above on a body. That needs no noise figure of the sensor and no orientation. Both acceleration and
/// (where there is one) angular rate must look like noise.
///
/// Not worn after `decisionSeconds` of such blocks, and then since the first of them (`lifelessSince`); worn again at
/// once when it is picked up.
/// Weakness: a sensor left in a moving vehicle counts as worn.
struct WearEstimator: Sendable, Equatable {
    private(set) var state = WearState.unknown
    /// Seconds for which the sensor has looked like lying by itself.
    private(set) var stillSeconds = 0.0
    /// When that began.
    private(set) var lifelessSince: Instant?

    private var acceleration = SlowVariation()
    private var rate = SlowVariation()
    private var blockStart: Instant?
    private var blockSeconds = 0.0
    private var liveBlocks = 0
    private var movingFrames = 0
    private var restingUp = Vector3<BodyFrame>(0, 0, 1)
    private let decisionSeconds: Double

    static let blockLength = 10.0

    init(decisionSeconds: Double) { self.decisionSeconds = decisionSeconds }

    /// Takes a frame with its mean acceleration (g) and mean angular rate (deg/s).
    mutating func update(_ frame: Features, acceleration a: Vector3<BodyFrame>, rate w: Vector3<BodyFrame>)
        -> WearState
    {
        if isMoving(frame) {
            movingFrames += 1
            // Three frames: a knock on the table is shorter.
            if movingFrames >= 3 {
                state = .worn
                stillSeconds = 0
                lifelessSince = nil
                restartBlock()
                return state
            }
        } else {
            movingFrames = 0
        }
        if blockStart == nil { blockStart = frame.start }
        acceleration.add(a)
        if frame.hasAngularRate { rate.add(w) }
        blockSeconds += frame.duration
        if blockSeconds >= Self.blockLength { endBlock(frame) }
        return state
    }

    /// After a gap nothing is known.
    mutating func restart() { self = WearEstimator(decisionSeconds: decisionSeconds) }

    private func isMoving(_ frame: Features) -> Bool {
        if frame.hasAngularRate && frame.angularSpeedMeanDps > 20 { return true }
        if state == .notWorn && frame.up.dot(restingUp) < 0.9961946980917455 { return true }  // 5°
        return frame.cadenceHz > 0 || (!frame.hasAngularRate && frame.accelerationDeviation1sG > 0.15)
    }

    private mutating func endBlock(_ frame: Features) {
        // Floors: 0.15 mg and 0.01 deg/s for sensors whose noise is below a count; ceilings: no sensor at rest is noisier.
        let isQuiet =
            acceleration.isNoise(floor: 0.00015, ceiling: 0.002)
            && (!frame.hasAngularRate || rate.isNoise(floor: 0.012, ceiling: 0.2))
        if isQuiet {
            liveBlocks = 0
            stillSeconds += blockSeconds
            lifelessSince = lifelessSince ?? blockStart
            restingUp = frame.up
            if stillSeconds >= decisionSeconds { state = .notWorn }
        } else {
            liveBlocks += 1
            stillSeconds = max(0, stillSeconds - 2 * blockSeconds)
            if stillSeconds == 0 { lifelessSince = nil }
            // Out of doubt one living block is enough; somebody leaning on the table takes three.
            if state == .unknown || liveBlocks >= 3 { state = .worn }
        }
        restartBlock()
    }

    private mutating func restartBlock() {
        blockSeconds = 0
        blockStart = nil
        acceleration = SlowVariation()
        rate = SlowVariation()
    }
}

/// Slow variation of a vector signal against what its fast variation would explain.
struct SlowVariation: Sendable, Equatable {
    private var last = Vector3<BodyFrame>.zero
    private var frames = 0
    private var differences = 0.0
    private var second = Vector3<BodyFrame>.zero
    private var inSecond = 0
    private var sum = Vector3<BodyFrame>.zero
    private var squares = 0.0
    private var origin = Vector3<BodyFrame>.zero
    private var seconds = 0

    /// Adds the mean of one frame.
    mutating func add(_ v: Vector3<BodyFrame>) {
        if frames > 0 { differences += (v - last).lengthSquared } else { origin = v }
        last = v
        frames += 1
        second += v - origin
        inSecond += 1
        if inSecond == 10 {
            let mean = second * 0.1
            sum += mean
            squares += mean.lengthSquared
            seconds += 1
            second = .zero
            inSecond = 0
        }
    }

    /// Whether one-second means vary no more than white noise would make them, or less than `floor`.
    func isNoise(floor: Double, ceiling: Double) -> Bool {
        guard seconds >= 3, frames > 1 else { return false }
        let n = Double(seconds)
        let slow = max(0, squares / n - sum.lengthSquared / (n * n))
        let predicted = differences / (2 * Double(frames - 1)) / 10
        guard slow <= ceiling * ceiling else { return false }
        return slow <= 3 * floor * floor || slow <= 4 * predicted
    }
}
