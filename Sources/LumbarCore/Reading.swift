/// What a decoder makes of one complete group of frames or one line: a sample in the sensor's own frame.
@frozen
public struct Reading: Sendable, Equatable {
    /// Specific force in g: +1 along the axis that points up, at rest.
    public var acceleration: Vector3<SensorFrame>
    /// Angular rate in rad/s; zero when the sensor has none.
    public var angularRate: Vector3<SensorFrame>
    /// Whether `angularRate` was measured.
    public var hasAngularRate: Bool
    /// The sensor's own time stamp in nanoseconds, or `noDeviceTime` when it sends none.
    public var deviceNanoseconds: Int64
    /// When the bytes that completed this reading were read.
    public var arrival: Instant

    /// Stands for a missing device time stamp.
    @inlinable
    public static var noDeviceTime: Int64 { .min }

    /// A reading.
    @inlinable
    public init(
        acceleration: Vector3<SensorFrame>, angularRate: Vector3<SensorFrame> = .zero,
        hasAngularRate: Bool, deviceNanoseconds: Int64 = Reading.noDeviceTime, arrival: Instant
    ) {
        self.acceleration = acceleration
        self.angularRate = angularRate
        self.hasAngularRate = hasAngularRate
        self.deviceNanoseconds = deviceNanoseconds
        self.arrival = arrival
    }
}
