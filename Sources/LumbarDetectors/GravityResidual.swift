import LumbarCore

/// What the accelerometer reads too much along the vertical, learned while the body is still.
///
/// Cheap sensors are off by some hundredths of g, differently on each axis, so the error along the vertical
/// changes as the trunk leans; integrated twice over a two-second move it would swamp the height of a chair.
/// The error is modelled as a constant vector b in the mounted frame: the vertical acceleration at rest with
/// up vector s is b·s. A Kalman filter with three states learns b from two kinds of evidence:
///
/// - a still moment: the vertical acceleration itself must be zero (the zero-acceleration update);
/// - a move between two still moments: its integral must be zero (the zero-velocity update of pedestrian
///   navigation, e.g. Foxlin 2005, IEEE CG&A 25(6):38). The mean up vector of the move differs from that at
///   its ends, so this observes the directions that a chair transition leans through.
///
/// Known weakness: scale errors are absorbed only as far as they look like a bias.
public struct GravityResidual: Sendable {
    /// The learned error, m/s² per unit of up.
    public private(set) var bias = Vector3<BodyFrame>.zero
    // Upper triangle of the covariance, (m/s²)².
    private var xx = Self.initialVariance
    private var xy = 0.0
    private var xz = 0.0
    private var yy = Self.initialVariance
    private var yz = 0.0
    private var zz = Self.initialVariance

    /// Variance before anything is known: zero errors of up to 0.08 g are within the data sheets of common
    /// accelerometers (ADXL345), so one standard deviation is taken as 0.08 g.
    static let initialVariance = 0.6
    /// Growth of the variance per second: the error wanders with temperature by some hundredths of m/s² in an
    /// hour.
    static let drift = 1e-5
    static let largestVariance = 1.0

    /// Nothing known.
    public init() {}

    /// Variance of b·`direction`.
    func variance(along direction: Vector3<BodyFrame>) -> Double {
        let x = direction.x
        let y = direction.y
        let z = direction.z
        return max(0, xx * x * x + yy * y * y + zz * z * z + 2 * (xy * x * y + xz * x * z + yz * y * z))
    }

    /// Lets `seconds` pass.
    mutating func age(seconds: Double) {
        let growth = Self.drift * max(0, min(seconds, 1000))
        xx = min(xx + growth, Self.largestVariance)
        yy = min(yy + growth, Self.largestVariance)
        zz = min(zz + growth, Self.largestVariance)
    }

    /// Learns that `value` = b·`direction`, give or take the standard deviation `deviation`.
    mutating func learn(_ value: Double, along direction: Vector3<BodyFrame>, deviation: Double) {
        let gainX = xx * direction.x + xy * direction.y + xz * direction.z
        let gainY = xy * direction.x + yy * direction.y + yz * direction.z
        let gainZ = xz * direction.x + yz * direction.y + zz * direction.z
        let spread =
            gainX * direction.x + gainY * direction.y + gainZ * direction.z + deviation * deviation
        guard spread > 0, spread.isFinite, value.isFinite else { return }
        let error = (value - bias.dot(direction)) / spread
        bias += Vector3(gainX * error, gainY * error, gainZ * error)
        xx -= gainX * gainX / spread
        xy -= gainX * gainY / spread
        xz -= gainX * gainZ / spread
        yy -= gainY * gainY / spread
        yz -= gainY * gainZ / spread
        zz -= gainZ * gainZ / spread
    }
}
