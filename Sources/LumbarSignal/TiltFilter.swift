import LumbarCore

/// Where up is, from an accelerometer alone: for sensors without a gyroscope.
///
/// The acceleration is low-passed at 2.5 Hz (lower cut-offs lag behind the trunk and are worse, not better), and each
/// sample counts by how quasi-static it is: weight 1/(1 + ((|a| − 1)/0.1)²). Expect 5 degrees when quiet and tens while
/// moving; `uncertaintyDegrees` says so.
public struct TiltFilter: Sendable, Equatable {
    private var gravity = Vector3<BodyFrame>(0, 0, 1)
    private var isSettled = false
    private var strain = 0.0

    /// Cut-off for quasi-static samples, Hz.
    static let cutoffHz = 2.5
    /// Departure of |a| from 1 g at which a sample counts half.
    static let quasiStaticG = 0.1

    /// A filter that takes its first sample as gravity.
    public init() {}

    /// Starts again after a gap.
    public mutating func restart() { self = TiltFilter() }

    /// Takes a sample and returns up in the mounted frame, unit length.
    public mutating func update(acceleration a: Vector3<BodyFrame>, interval: Double) -> Vector3<BodyFrame> {
        let departure = (a.length - 1) / Self.quasiStaticG
        if isSettled {
            let k = 2 * Elementary.pi * Self.cutoffHz * min(interval, 0.2)
            let weight = 1 / (1 + departure * departure)
            gravity += (a - gravity) * (weight * k / (1 + k))
            strain += (departure.magnitude - strain) * min(1, interval)
        } else {
            gravity = a
            isSettled = true
            strain = departure.magnitude
        }
        return gravity.normalized ?? Vector3(0, 0, 1)
    }

    /// Expected error of the inclination, one standard deviation in degrees.
    ///
    /// A line through what was measured on optical truth (BROAD, without its gyroscope): 4 degrees where |a| stays within
    /// 0.03 g of 1, 16 at 0.09 g, 40 at 0.23 g, 80 from 0.4 g on, where next to nothing is known.
    public var uncertaintyDegrees: Double { min(90, 5 + 14 * strain) }
}
