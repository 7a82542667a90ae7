import LumbarCore

/// What no sensor worn on a body sends, whatever its frame's checksum says.
enum SampleGate {
    /// Why a sample is refused.
    enum Fault {
        /// The accelerometer reads zero on all axes: a working one always carries the sensor's weight.
        case deadAccelerometer
        /// Not a number, or beyond what such sensors can measure.
        case impossible
    }

    /// Twice the widest accelerometer range of the devices read here (40 g), per axis.
    static let largestG = 80.0
    /// Twice the widest gyroscope range (2000 degrees/s), per axis, rad/s.
    static let largestRate = 4000 * radiansPerDegree

    /// What is wrong with a sample, if anything; `g` in g, `rate` in rad/s.
    static func fault(
        _ g: Vector3<SensorFrame>, rate: Vector3<SensorFrame> = .zero
    ) -> Fault? {
        guard isWithin(g, largestG), isWithin(rate, largestRate) else { return .impossible }
        // A tenth of a count of any of them.
        return g.lengthSquared < 1e-10 ? .deadAccelerometer : nil
    }

    /// Whether all three are numbers, and none is larger than `limit`.
    static func isWithin(_ v: Vector3<SensorFrame>, _ limit: Double) -> Bool {
        v.x.magnitude <= limit && v.y.magnitude <= limit && v.z.magnitude <= limit
    }
}
