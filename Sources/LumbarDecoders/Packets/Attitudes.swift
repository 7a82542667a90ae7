import LumbarCore

/// Where up is, from the ways in which devices say how they lie.
enum Attitudes {
    /// The direction of up in the axes of a body turned by `tiltX` about its x axis and then by `tiltY` about its own y
    /// axis, radians; nil for angles that are none.
    static func up(tiltX: Double, tiltY: Double) -> Vector3<SensorFrame>? {
        // Sines lose their meaning long before this; no device counts turns.
        guard tiltX.magnitude < 1000, tiltY.magnitude < 1000 else { return nil }
        let (sinX, cosX) = Elementary.sincos(tiltX)
        let (sinY, cosY) = Elementary.sincos(tiltY)
        return Vector3(-cosX * sinY, sinX, cosX * cosY).normalized
    }

    /// The direction of up in the axes of a body whose quaternion turns them into the room's; any length but none will
    /// do.
    static func up(x: Double, y: Double, z: Double, w: Double) -> Vector3<SensorFrame>? {
        let square = x * x + y * y + z * z + w * w
        guard square.isFinite, square > 1e-12 else { return nil }
        let up = Vector3<SensorFrame>(2 * (x * z - w * y), 2 * (y * z + w * x), square - 2 * (x * x + y * y))
        return up.normalized
    }
}

/// What no sensor that people wear can measure: a wrong unit, or bits that are not what they are said to be.
enum MotionLimits {
    /// Not exactly zero, which is a dead accelerometer, and within 256 g.
    static func isCredible(acceleration: Vector3<SensorFrame>) -> Bool {
        acceleration != .zero && isWithin(TextHeader.largestAcceleration, acceleration)
    }

    /// Within 100 rad/s.
    static func isCredible(rate: Vector3<SensorFrame>) -> Bool { isWithin(TextHeader.largestRate, rate) }

    /// False for NaN too.
    private static func isWithin(_ limit: Double, _ vector: Vector3<SensorFrame>) -> Bool {
        vector.x.magnitude <= limit && vector.y.magnitude <= limit && vector.z.magnitude <= limit
    }
}

/// What a sensor measures, in words.
enum MotionSummary {
    static func text(_ hasAcceleration: Bool, _ hasAngularRate: Bool, _ hasOrientation: Bool) -> String {
        [
            hasAcceleration ? "acceleration" : "", hasAngularRate ? "angular rate" : "",
            hasOrientation ? "orientation" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
