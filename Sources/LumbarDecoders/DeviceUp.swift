import LumbarCore

/// Where up is in the sensor's axes, by what the device itself believes its attitude is: for `Reading.deviceUp`.
///
/// A rotation from the sensor to the room takes the sensor's axes to the rows' images; its third row is the room's
/// vertical axis seen from the sensor. Heading does not matter to it. Where the room's third axis points down (NED), the
/// result is turned round by the caller.
enum DeviceUp {
    /// Rotations about z, then y (pitch), then x (roll), radians; zero when they are no angles.
    @inline(__always)
    static func from(roll: Double, pitch: Double) -> Vector3<SensorFrame> {
        guard roll.magnitude <= 7, pitch.magnitude <= 7 else { return .zero }
        let r = Elementary.sincos(roll)
        let p = Elementary.sincos(pitch)
        return Vector3(-p.sin, p.cos * r.sin, p.cos * r.cos)
    }

    /// Rotations about z, then y (pitch), then x (roll), in 180/32768 degrees: `from(roll:pitch:)` at a third of its
    /// cost, for the sensors whose every sample counts. Each component is right within 2e-5, a fifth of a count.
    @inline(__always)
    static func from(rollCount: Int16, pitchCount: Int16) -> Vector3<SensorFrame> {
        let r = sincos(rollCount)
        let p = sincos(pitchCount)
        return Vector3(-p.sin, p.cos * r.sin, p.cos * r.cos)
    }

    /// Least squares over Chebyshev nodes, from the nearest quarter turn, which whole numbers find exactly.
    @inline(__always)
    private static func sincos(_ count: Int16) -> (sin: Double, cos: Double) {
        let quarters = (Int32(count) &+ 8192) >> 14
        let angle = Double(Int32(count) &- quarters &* 16384) * (Elementary.pi / 32768)
        let t = angle * angle
        let s = angle * (0.99999498882 + t * (-0.16660156091 + t * 0.00812147844))
        let c = 0.99999000492 + t * (-0.49970773452 + t * 0.04039785181)
        let isOdd = quarters & 1 != 0
        let sine = isOdd ? c : s
        let cosine = isOdd ? s : c
        return (quarters & 2 != 0 ? -sine : sine, (quarters &+ 1) & 2 != 0 ? -cosine : cosine)
    }

    /// The third row of the rotation that the quaternion stands for; zero when its length is not 1 within 2 %.
    static func from(w: Double, x: Double, y: Double, z: Double) -> Vector3<SensorFrame> {
        let row = Vector3<SensorFrame>(
            2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z)
        return unit(row, within: 0.04)
    }

    /// The third row of a rotation matrix; zero when its length is not 1 within 2 %.
    static func from(row: Vector3<SensorFrame>) -> Vector3<SensorFrame> { unit(row, within: 0.02) }

    private static func unit(_ v: Vector3<SensorFrame>, within tolerance: Double) -> Vector3<SensorFrame> {
        let length = v.length
        guard (length - 1).magnitude <= tolerance else { return .zero }
        return v * (1 / length)
    }
}
