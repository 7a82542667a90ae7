import LumbarCore

/// A sample of a recording, for programs that work on motion itself.
public struct MotionSample: Sendable {
    /// When it was taken, on the boot clock of the recording machine.
    public var time: Instant
    /// Acceleration in the sensor's own axes, g, +1 on an axis that points up at rest.
    public var acceleration: Vector3<SensorFrame>
    /// Angular rate about them, rad/s, right-handed.
    public var rate: Vector3<SensorFrame>

    /// A sample.
    public init(time: Instant, acceleration: Vector3<SensorFrame>, rate: Vector3<SensorFrame>) {
        self.time = time
        self.acceleration = acceleration
        self.rate = rate
    }
}

/// Writes samples as lines of text.
public enum MotionLine {
    /// The first line of a table: seconds from the first sample and since 1970, g, degrees per second.
    public static func tableHeader(hasRate: Bool) -> String {
        "t_s,epoch_s,ax_g,ay_g,az_g" + (hasRate ? ",gx_dps,gy_dps,gz_dps" : "")
    }

    /// A line of such a table; GGIR's read.myacc.csv takes columns 2 to 5.
    public static func table(
        _ sample: MotionSample, since start: Instant, wall: WallTime?, hasRate: Bool
    ) -> String {
        var line = DecimalText.fixed((sample.time - start).seconds, 6) + ","
        // Six decimals: at 100 Hz the milliseconds of other formats are too coarse.
        line += wall.map { String(DecimalText.seconds(nanoseconds: $0.nanoseconds).dropLast(3)) } ?? ""
        line += fields(sample.acceleration, ",", decimals: 6)
        return line + (hasRate ? fields(sample.rate * degreesPerRadian, ",", decimals: 4) : "")
    }

    /// A line of BIDS' `_motion.tsv`: seconds from the first sample, m/s^2, rad/s.
    public static func bids(_ sample: MotionSample, since start: Instant, hasRate: Bool) -> String {
        let line = DecimalText.fixed((sample.time - start).seconds, 6)
        return line + fields(sample.acceleration * standardGravity, "\t", decimals: 5)
            + (hasRate ? fields(sample.rate, "\t", decimals: 6) : "")
    }

    private static func fields(_ v: Vector3<SensorFrame>, _ separator: String, decimals: Int) -> String {
        [v.x, v.y, v.z].map { separator + ($0.isFinite ? DecimalText.fixed($0, decimals) : "n/a") }.joined()
    }

    private static var standardGravity: Double { 9.80665 }
}
