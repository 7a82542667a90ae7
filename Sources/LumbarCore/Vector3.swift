/// The frame a sensor reports in: its own axes, however it is stuck to the body.
public enum SensorFrame {}

/// The frame of the mounted sensor: x forward, y left, z up when the wearer stands upright.
///
/// Without a declared mount this equals the sensor's own frame, and `UprightPose` says where up and forward are.
public enum BodyFrame {}

/// A frame fixed to the room: z up, heading arbitrary.
public enum RoomFrame {}

/// Three components in one frame; the frame is part of the type, so that frames cannot be mixed by accident.
@frozen
public struct Vector3<Frame>: Hashable, Sendable {
    /// First component.
    public var x: Double
    /// Second component.
    public var y: Double
    /// Third component.
    public var z: Double

    /// The vector (x, y, z).
    @inlinable
    public init(_ x: Double, _ y: Double, _ z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The null vector.
    @inlinable
    public static var zero: Vector3 { Vector3(0, 0, 0) }

    /// Sum.
    @inlinable
    public static func + (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x + b.x, a.y + b.y, a.z + b.z) }

    /// Difference.
    @inlinable
    public static func - (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x - b.x, a.y - b.y, a.z - b.z) }

    /// Opposite.
    @inlinable
    public static prefix func - (a: Vector3) -> Vector3 { Vector3(-a.x, -a.y, -a.z) }

    /// Scaled by `k`.
    @inlinable
    public static func * (a: Vector3, k: Double) -> Vector3 { Vector3(a.x * k, a.y * k, a.z * k) }

    /// Adds in place.
    @inlinable
    public static func += (a: inout Vector3, b: Vector3) { a = a + b }

    /// Scalar product.
    @inlinable
    public func dot(_ b: Vector3) -> Double { x * b.x + y * b.y + z * b.z }

    /// Vector product.
    @inlinable
    public func cross(_ b: Vector3) -> Vector3 {
        Vector3(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x)
    }

    /// Squared length.
    @inlinable
    public var lengthSquared: Double { dot(self) }

    /// Length.
    @inlinable
    public var length: Double { lengthSquared.squareRoot() }

    /// The unit vector of this direction, or nil when the length is zero or not finite.
    @inlinable
    public var normalized: Vector3? {
        let n = length
        guard n > 0, n.isFinite else { return nil }
        return self * (1 / n)
    }

    /// Whether all three components are finite numbers.
    @inlinable
    public var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }

    /// The same numbers read in another frame; call it only where a frame change is meant.
    @inlinable
    public func reinterpreted<Other>(as frame: Other.Type) -> Vector3<Other> { Vector3<Other>(x, y, z) }
}
