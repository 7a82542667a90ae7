import LumbarCore

/// What readings say about the sensor that sends them: how many a second, how evenly, and whether they can be true.
public struct ReadingSurvey: Sendable {
    /// Readings so far.
    public private(set) var count = 0
    /// The first ones, for a table.
    public private(set) var first: [Reading] = []
    /// The longest time between two arrivals, seconds.
    public private(set) var longestPause = 0.0
    /// Samples lost by the sensor's own count.
    public private(set) var lost = 0

    // Means and sums of products of index and arrival, for a straight line through them.
    private var meanTime = 0.0
    private var sumIndexSquared = 0.0
    private var sumIndexTime = 0.0
    private var sumTimeSquared = 0.0
    private var firstArrival = Instant.zero
    private var lastArrival = Instant.zero
    private var firstDevice = Reading.noDeviceTime
    private var lastDevice = Reading.noDeviceTime
    private var block = RestBlock()
    private var rest = (blocks: 0, g: 0.0, degrees: 0.0, withAngles: 0)

    private static let shown = 5
    /// Fewer readings than this cannot show whether the sensor lies still.
    public static let fewest = RestBlock.length

    /// No readings yet.
    public init() {}

    /// Takes the next reading.
    public mutating func push(_ reading: Reading) {
        if first.count < Self.shown { first.append(reading) }
        if count == 0 {
            firstArrival = reading.arrival
            firstDevice = reading.deviceNanoseconds
        } else {
            longestPause = max(longestPause, (reading.arrival - lastArrival).seconds)
        }
        lastArrival = reading.arrival
        lastDevice = reading.deviceNanoseconds
        lost += Int(reading.lostBefore)
        fit(index: Double(count), time: (reading.arrival - firstArrival).seconds)
        count += 1
        guard block.push(reading) else { return }
        if let still = block.still {
            rest.blocks += 1
            rest.g += still.g
            if let degrees = still.degreesFromDevice {
                rest.degrees += degrees
                rest.withAngles += 1
            }
        }
        block = RestBlock()
    }

    private mutating func fit(index: Double, time: Double) {
        // Welford's recurrence for two variables; the index before this one had the mean (index - 1) / 2.
        let n = index + 1
        let fromIndexMean = index - max(0, index - 1) / 2
        let fromTimeMean = time - meanTime
        meanTime += fromTimeMean / n
        sumIndexSquared += fromIndexMean * (index - index / 2)
        sumIndexTime += fromIndexMean * (time - meanTime)
        sumTimeSquared += fromTimeMean * (time - meanTime)
    }

    /// Seconds from the first arrival to the last; 0 for a file, which has no times.
    public var seconds: Double { (lastArrival - firstArrival).seconds }

    /// Samples a second by arrival, or nil without times.
    public var rateHz: Double? {
        guard count >= 3, sumIndexTime > 0 else { return nil }
        return sumIndexSquared / sumIndexTime
    }

    /// Samples a second by the sensor's own clock, or nil when it sends no time.
    public var deviceRateHz: Double? {
        guard count >= 3, firstDevice != Reading.noDeviceTime, lastDevice > firstDevice else { return nil }
        return Double(count - 1 + lost) * 1e9 / Double(lastDevice - firstDevice)
    }

    /// How far arrivals stray from even spacing, root mean square in milliseconds.
    public var jitterMs: Double? {
        guard rateHz != nil, sumIndexSquared > 0 else { return nil }
        let slope = sumIndexTime / sumIndexSquared
        return (max(0, sumTimeSquared - slope * sumIndexTime) / Double(count)).squareRoot() * 1000
    }

    /// Mean |a| while it lay still, g; nil when it never did.
    public var restG: Double? { rest.blocks > 0 ? rest.g / Double(rest.blocks) : nil }

    /// Mean angle between up by the accelerometer and by the sensor's own angles while still; nil when it sends none.
    public var degreesFromDevice: Double? {
        rest.withAngles > 0 ? rest.degrees / Double(rest.withAngles) : nil
    }

    /// Whether |a| at rest is what it must be: a sensor outside is not believed by the daemon either.
    public var hasScaleFault: Bool { restG.map { !(0.8...1.2).contains($0) } ?? false }

    /// Whether the sensor's own angles and its accelerometer tell different stories, by the limit that the daemon has.
    ///
    /// Where they agree at all they do so within half a degree; where not they are off by tens.
    public var hasAngleFault: Bool { degreesFromDevice.map { $0 > 10 } ?? false }

    /// The angle of the sensor's z axis from the vertical, degrees.
    public static func tilt(_ up: Vector3<SensorFrame>) -> Double {
        Elementary.atan2((up.x * up.x + up.y * up.y).squareRoot(), up.z) * degreesPerRadian
    }
}

/// A few readings in a row, and whether the sensor lay still in them.
private struct RestBlock {
    private var count = 0
    private var sum = Vector3<SensorFrame>.zero
    private var sumOfSquares = 0.0
    private var fastest = 0.0
    private var device = Vector3<SensorFrame>.zero
    private var measures = true

    static let length = 10
    /// Strays of the acceleration about its mean, g: above what cheap sensors make of themselves, below any movement.
    private static let stillG = 0.02
    private static let stillDps = 5.0

    /// Takes a reading; true when the block is full.
    mutating func push(_ reading: Reading) -> Bool {
        count += 1
        sum += reading.acceleration
        sumOfSquares += reading.acceleration.lengthSquared
        fastest = max(fastest, reading.angularRate.lengthSquared)
        device += reading.deviceUp
        if !reading.hasAcceleration { measures = false }
        return count == Self.length
    }

    /// Mean |a| and the angle to the device's own up, when it lay still.
    var still: (g: Double, degreesFromDevice: Double?)? {
        guard measures else { return nil }
        let n = Double(count)
        let mean = sum * (1 / n)
        let g = mean.lengthSquared.squareRoot()
        let limit = Self.stillG * max(g, 1)
        guard sumOfSquares / n - mean.lengthSquared < limit * limit,
            fastest.squareRoot() * degreesPerRadian < Self.stillDps
        else { return nil }
        guard device.lengthSquared > 0.25 * n * n, g > 0.01 else { return (g, nil) }
        let across = mean.cross(device).lengthSquared.squareRoot()
        return (g, Elementary.atan2(across, mean.dot(device)) * degreesPerRadian)
    }
}
