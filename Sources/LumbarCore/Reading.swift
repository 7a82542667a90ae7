/// What a decoder makes of one complete group of frames or one line: a sample in the sensor's own frame.
@frozen
public struct Reading: Sendable, Equatable {
    /// Specific force in g: +1 along the axis that points up, at rest. From a sensor that sends angles only, the
    /// direction of up that they give, of length 1.
    public var acceleration: Vector3<SensorFrame>
    /// Angular rate in rad/s; zero when the sensor has none.
    public var angularRate: Vector3<SensorFrame>
    /// Whether `angularRate` was measured.
    public var hasAngularRate: Bool
    /// Whether `acceleration` was measured; if not, it says which way is up and nothing of how the body moves.
    public var hasAcceleration: Bool
    /// Whether the sensor said that something went wrong before this one, such as `FIFO overflow!`: what came before does
    /// not lead up to it, though no time need have passed.
    public var followsBreak: Bool
    /// Whether bytes, frames or lines were refused between the reading before and this one: the line may be a bad one.
    public var followsDamage = false
    /// Samples that the sensor's own count shows were lost before this one.
    public var lostBefore: UInt16
    /// The direction of up as the sensor's own filter has it, of length 1 within 1e-4; zero when it sends none. A second
    /// opinion to compare with, never a source.
    public var deviceUp: Vector3<SensorFrame>
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
        hasAngularRate: Bool, hasAcceleration: Bool = true, followsBreak: Bool = false,
        lostBefore: UInt16 = 0,
        deviceUp: Vector3<SensorFrame> = .zero, deviceNanoseconds: Int64 = Reading.noDeviceTime,
        arrival: Instant
    ) {
        self.acceleration = acceleration
        self.angularRate = angularRate
        self.hasAngularRate = hasAngularRate
        self.hasAcceleration = hasAcceleration
        self.followsBreak = followsBreak
        followsDamage = false
        self.lostBefore = lostBefore
        self.deviceUp = deviceUp
        self.deviceNanoseconds = deviceNanoseconds
        self.arrival = arrival
    }
}
