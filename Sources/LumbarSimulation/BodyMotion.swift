import LumbarCore

/// What is true of a simulated wearer's lumbar spine at one moment; the sensor is a separate matter.
public struct BodyMotion: Sendable {
    /// Seconds since the start of the scenario.
    public var time: Double
    /// Specific force at the sensor's place, g, in the trunk's frame: x forward, y left, z up along the trunk.
    public var acceleration: Vector3<BodyFrame>
    /// Angular rate of the trunk, rad/s.
    public var angularRate: Vector3<BodyFrame>
    /// Forward tilt of the trunk, radians; rotations apply in the order heading, pitch, lateral, axial.
    public var pitch: Double
    /// Tilt to the right, radians.
    public var lateral: Double
    /// Turn about the trunk's long axis, radians.
    public var axial: Double
    /// Direction of the feet, radians, left positive.
    public var heading: Double
    /// The trunk's axes seen from the room: columns forward, left, up.
    public var forwardAxis: Vector3<RoomFrame>
    /// The trunk's left axis seen from the room.
    public var leftAxis: Vector3<RoomFrame>
    /// The trunk's up axis seen from the room.
    public var upAxis: Vector3<RoomFrame>
    /// Height of the sensor above the hip joints of the standing wearer, m.
    public var sensorHeight: Double

    /// The room's up direction seen from the trunk.
    public var up: Vector3<BodyFrame> { Vector3(forwardAxis.z, leftAxis.z, upAxis.z) }
}

/// From angles and displacements to what a sensor on the trunk feels, without any finite difference.
struct Kinematics {
    var pitch = Motion1D()
    var lateral = Motion1D()
    var axial = Motion1D()
    var heading = Motion1D()
    /// Acceleration of the hip joints along the feet's direction, to the left, and up, m/s².
    var hipForward = 0.0
    var hipLeft = 0.0
    var hipUp = 0.0
    /// Acceleration along the trunk's own long axis, m/s².
    var alongTrunk = 0.0
    /// Height of the hip joints above standing, m.
    var hipHeight = 0.0
    /// Forward tilt of a thigh.
    var thigh = Motion1D()
    /// Flexion of the thorax beyond what goes with the trunk's tilt.
    var slump = Motion1D()

    /// The motion of a sensor at `arm` (x forward, z up; m) from the hip joints.
    func motion(at time: Double, arm: Vector3<BodyFrame>) -> BodyMotion {
        let p = Elementary.sincos(pitch.value)
        let l = Elementary.sincos(lateral.value)
        let a = Elementary.sincos(axial.value)
        let h = Elementary.sincos(heading.value)
        // Rows of Ry(pitch)·Rx(lateral)·Rz(axial): the trunk's axes seen from the feet.
        let forward = Vector3<RoomFrame>(
            p.cos * a.cos + p.sin * l.sin * a.sin, l.cos * a.sin, -p.sin * a.cos + p.cos * l.sin * a.sin)
        let left = Vector3<RoomFrame>(
            -p.cos * a.sin + p.sin * l.sin * a.cos, l.cos * a.cos, p.sin * a.sin + p.cos * l.sin * a.cos)
        let up = Vector3<RoomFrame>(p.sin * l.cos, -l.sin, p.cos * l.cos)
        let rates = bodyRates(p, l, a)
        let force = Vector3<RoomFrame>(hipForward, hipLeft, hipUp + standardGravityMetresPerSecondSquared)
        var felt = Vector3<BodyFrame>(force.dot(forward), force.dot(left), force.dot(up) + alongTrunk)
        felt += rates.second.cross(arm) + rates.first.cross(rates.first.cross(arm))
        func turned(_ v: Vector3<RoomFrame>) -> Vector3<RoomFrame> {
            Vector3(v.x * h.cos - v.y * h.sin, v.x * h.sin + v.y * h.cos, v.z)
        }
        return BodyMotion(
            time: time, acceleration: felt * (1 / standardGravityMetresPerSecondSquared),
            angularRate: rates.first, pitch: pitch.value, lateral: lateral.value, axial: axial.value,
            heading: heading.value, forwardAxis: turned(forward), leftAxis: turned(left), upAxis: turned(up),
            sensorHeight: hipHeight + arm.x * forward.z + arm.z * up.z)
    }

    /// Angular rate and angular acceleration in the trunk's frame, from the Euler angles' derivatives.
    private func bodyRates(
        _ p: (sin: Double, cos: Double), _ l: (sin: Double, cos: Double), _ a: (sin: Double, cos: Double)
    ) -> (first: Vector3<BodyFrame>, second: Vector3<BodyFrame>) {
        let (dh, dp, dl) = (heading.rate, pitch.rate, lateral.rate)
        let (ddh, ddp, ddl) = (heading.acceleration, pitch.acceleration, lateral.acceleration)
        // Before the axial turn: heading about the vertical, pitch about the left axis, lateral about the forward.
        let x = dl - dh * p.sin
        let y = dp * l.cos + dh * p.cos * l.sin
        let z = -dp * l.sin + dh * p.cos * l.cos
        let dx = ddl - ddh * p.sin - dh * dp * p.cos
        let dy =
            ddp * l.cos - dp * dl * l.sin + ddh * p.cos * l.sin
            + dh * (dl * p.cos * l.cos - dp * p.sin * l.sin)
        let dz =
            -ddp * l.sin - dp * dl * l.cos + ddh * p.cos * l.cos
            - dh * (dp * p.sin * l.cos + dl * p.cos * l.sin)
        // After it, the same vectors seen from axes that have turned by `axial` about z.
        let first = Vector3<BodyFrame>(x * a.cos + y * a.sin, -x * a.sin + y * a.cos, z + axial.rate)
        let second = Vector3<BodyFrame>(
            dx * a.cos + dy * a.sin + axial.rate * first.y, -dx * a.sin + dy * a.cos - axial.rate * first.x,
            dz + axial.acceleration)
        return (first, second)
    }
}
