import LumbarCore
import LumbarSettings

/// From the angles or the quaternion that a device sends to the direction of up in its own axes.
///
/// Only up is wanted: heading does not matter, and a turn about the vertical drops out by itself. Roll is a rotation about
/// the device's x axis, pitch about y, yaw about z, each right-handed.
struct UpDirection: Sendable, Equatable {
    /// In which order the rotations are made that take a level device to where it is.
    enum Order: String, SettingChoice {
        case zyx, zxy, xyz, xzy, yxz, yzx

        var axes: (Int, Int, Int) {
            switch self {
            case .zyx: (2, 1, 0)
            case .zxy: (2, 0, 1)
            case .xyz: (0, 1, 2)
            case .xzy: (0, 2, 1)
            case .yxz: (1, 0, 2)
            case .yzx: (1, 2, 0)
            }
        }
    }

    /// Which axis of a level device points up.
    enum LevelAxis: String, SettingChoice {
        case plusX = "+x"
        case minusX = "-x"
        case plusY = "+y"
        case minusY = "-y"
        case plusZ = "+z"
        case minusZ = "-z"

        var direction: Vector3<SensorFrame> {
            switch self {
            case .plusX: Vector3(1, 0, 0)
            case .minusX: Vector3(-1, 0, 0)
            case .plusY: Vector3(0, 1, 0)
            case .minusY: Vector3(0, -1, 0)
            case .plusZ: Vector3(0, 0, 1)
            case .minusZ: Vector3(0, 0, -1)
            }
        }
    }

    var order = Order.zyx
    var levelUp = LevelAxis.plusZ
    /// Whether a pitch beyond 90 degrees only says again what roll says already, as i2cdevlib prints it.
    var foldsPitch = false
    /// Whether the quaternion turns vectors of the room into the device's axes, and not the other way.
    var isToSensor = false

    /// Up, from angles in radians.
    func up(roll: Double, pitch: Double, yaw: Double) -> Vector3<SensorFrame> {
        var folded = pitch
        if foldsPitch, pitch.magnitude > Elementary.pi / 2 {
            folded = (pitch < 0 ? -Elementary.pi : Elementary.pi) - pitch
        }
        let (first, second, third) = order.axes
        var v = levelUp.direction
        // The room's up as the device sees it: each rotation is undone in the order in which it was made.
        let angles = SIMD3(roll, folded, yaw)
        v = Self.turnBack(v, first, by: angles[first])
        v = Self.turnBack(v, second, by: angles[second])
        return Self.turnBack(v, third, by: angles[third])
    }

    /// Up, from a quaternion of length 1.
    func up(w: Double, x: Double, y: Double, z: Double) -> Vector3<SensorFrame> {
        let s = isToSensor ? -w : w
        let u = levelUp.direction
        // Rotates by the conjugate: the room's axis seen from the device.
        let q = Vector3<SensorFrame>(-x, -y, -z)
        let t = q.cross(u) * 2
        return u + t * s + q.cross(t)
    }

    private static func turnBack(
        _ v: Vector3<SensorFrame>, _ axis: Int, by angle: Double
    ) -> Vector3<SensorFrame> {
        let (s, c) = Elementary.sincos(angle)
        switch axis {
        case 0: return Vector3(v.x, c * v.y + s * v.z, c * v.z - s * v.y)
        case 1: return Vector3(c * v.x - s * v.z, v.y, s * v.x + c * v.z)
        default: return Vector3(c * v.x + s * v.y, c * v.y - s * v.x, v.z)
        }
    }
}
