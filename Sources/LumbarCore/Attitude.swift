/// Where up is, as the orientation filter sees it.
@frozen
public struct Attitude: Sendable, Equatable {
    /// When.
    public var time: Instant
    /// Unit vector that points up, in the mounted sensor's frame.
    public var up: Vector3<BodyFrame>
    /// Acceleration along the vertical with gravity taken off, in m/s², positive upward.
    public var verticalAcceleration: Double
    /// One standard deviation of the inclination error that the filter expects, in degrees.
    public var uncertaintyDegrees: Double

    /// An attitude.
    @inlinable
    public init(
        time: Instant, up: Vector3<BodyFrame>, verticalAcceleration: Double, uncertaintyDegrees: Double
    ) {
        self.time = time
        self.up = up
        self.verticalAcceleration = verticalAcceleration
        self.uncertaintyDegrees = uncertaintyDegrees
    }
}
