/// One sample in the mounted sensor's frame, timed by index and checked for plausibility.
///
/// Only `Calibration` makes these, so nothing behind it can see a raw axis by mistake.
@frozen
public struct BodySample: Sendable, Equatable {
    /// When the sample was taken.
    public var time: Instant
    /// Seconds since the sample before it; 0 for the first after a gap.
    public var interval: Double
    /// Specific force in g.
    public var acceleration: Vector3<BodyFrame>
    /// Angular rate in rad/s; zero when there is none.
    public var angularRate: Vector3<BodyFrame>
    /// Whether `angularRate` was measured.
    public var hasAngularRate: Bool

    /// A sample.
    @inlinable
    public init(
        time: Instant, interval: Double, acceleration: Vector3<BodyFrame>,
        angularRate: Vector3<BodyFrame>, hasAngularRate: Bool
    ) {
        self.time = time
        self.interval = interval
        self.acceleration = acceleration
        self.angularRate = angularRate
        self.hasAngularRate = hasAngularRate
    }
}
