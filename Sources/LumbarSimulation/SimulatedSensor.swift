import LumbarCore

/// A measuring device on a simulated back: from the true motion to the whole numbers its registers hold.
public struct SimulatedSensor: Sendable {
    /// One sample in WitMotion's units: accelerations of 16 g, rates of 2000 degrees/s and angles of 180 degrees at 32768.
    public struct Counts: Sendable, Equatable {
        /// Accelerometer.
        public var acceleration: (x: Int16, y: Int16, z: Int16) = (0, 0, 0)
        /// Gyroscope.
        public var rate: (x: Int16, y: Int16, z: Int16) = (0, 0, 0)
        /// The device's own roll, pitch and yaw.
        public var angle: (roll: Int16, pitch: Int16, yaw: Int16) = (0, 0, 0)

        /// Compares all nine numbers.
        public static func == (a: Counts, b: Counts) -> Bool {
            a.acceleration == b.acceleration && a.rate == b.rate && a.angle == b.angle
        }

        /// The acceleration these counts stand for, g.
        public var accelerationG: Vector3<SensorFrame> {
            Vector3(Double(acceleration.x), Double(acceleration.y), Double(acceleration.z)) * (16.0 / 32768)
        }

        /// The rate these counts stand for, degrees/s.
        public var rateDps: Vector3<SensorFrame> {
            Vector3(Double(rate.x), Double(rate.y), Double(rate.z)) * (2000.0 / 32768)
        }
    }

    /// The sensor's axes in the trunk's frame.
    private var axisX: Vector3<BodyFrame>
    private var axisY: Vector3<BodyFrame>
    private var axisZ: Vector3<BodyFrame>
    /// The slip under way, and the axes it began from.
    private var slip: (slip: SensorSlip, x: Vector3<BodyFrame>, y: Vector3<BodyFrame>, z: Vector3<BodyFrame>)?
    private let model: SensorModel
    private let accelerationDeviation: Double
    private let rateDeviation: Double
    private let restingLimit: Int
    private var random: SeededRandom
    private var resting = 0

    /// A sensor of `model`; its noise follows from `seed`.
    public init(_ model: SensorModel, seed: UInt64) {
        self.model = model
        random = SeededRandom(seed: seed, purpose: 31)
        // White noise up to half the sample rate.
        let bandwidth = (model.rateHz / 2).squareRoot()
        accelerationDeviation = model.accelerationNoise * bandwidth
        rateDeviation = model.rateNoise * bandwidth
        restingLimit = Int(model.rateHz / 2)
        (axisX, axisY, axisZ) = Self.axes(of: model)
    }

    /// The sensor slips, now or soon.
    mutating func begin(_ next: SensorSlip) {
        // One before it is over by then, even if no sample has shown its end yet.
        _ = slide(to: next.start)
        slip = (next, axisX, axisY, axisZ)
    }

    private mutating func slide(to time: Double) -> Vector3<BodyFrame> {
        guard let (slip, x, y, z) = slip else { return .zero }
        let turn = slip.turn(at: time)
        axisX = slip.turned(x, by: turn.angle)
        axisY = slip.turned(y, by: turn.angle)
        axisZ = slip.turned(z, by: turn.angle)
        if time >= slip.start + SensorSlip.seconds { self.slip = nil }
        return slip.axis * turn.rate
    }

    /// What the sensor measures of `motion`.
    public mutating func measure(_ motion: BodyMotion, withAngles: Bool = true) -> Counts {
        var counts = Counts()
        let slipping = slide(to: motion.time)
        let a = feel(
            motion.acceleration, scale: 1 + model.accelerationScaleError, deviation: accelerationDeviation)
        counts.acceleration = Self.whole(a + model.accelerationBias, 32768.0 / 16)
        var w = feel(
            (motion.angularRate + slipping) * degreesPerRadian, scale: 1 + model.rateScaleError,
            deviation: rateDeviation)
        w += model.rateBias
        counts.rate = isRestingAtZero(w) ? (0, 0, 0) : Self.whole(w, 32768.0 / 2000)
        if withAngles { counts.angle = angles(motion) }
        return counts
    }

    private mutating func feel(
        _ v: Vector3<BodyFrame>, scale: Double, deviation: Double
    ) -> Vector3<SensorFrame> {
        let exact = Vector3<SensorFrame>(v.dot(axisX), v.dot(axisY), v.dot(axisZ)) * scale
        guard deviation > 0 else { return exact }
        let noise = Vector3<SensorFrame>(random.normal(), random.normal(), random.normal())
        return exact + noise * deviation
    }

    private mutating func isRestingAtZero(_ w: Vector3<SensorFrame>) -> Bool {
        guard model.zeroesRestingGyro else { return false }
        resting = (w - model.rateBias).lengthSquared < 0.09 ? resting + 1 : 0
        return resting >= restingLimit
    }

    private static func whole(_ v: Vector3<SensorFrame>, _ scale: Double) -> (x: Int16, y: Int16, z: Int16) {
        (clipped(v.x * scale), clipped(v.y * scale), clipped(v.z * scale))
    }

    /// Rounded, and held at the ends of the range: a sensor clips, it does not wrap.
    private static func clipped(_ value: Double) -> Int16 {
        Int16(min(max(value.rounded(), -32768), 32767))
    }

    /// Roll, pitch and yaw of the sensor's axes in the room, as the device's own fusion would give them.
    private func angles(_ motion: BodyMotion) -> (roll: Int16, pitch: Int16, yaw: Int16) {
        func inRoom(_ axis: Vector3<BodyFrame>) -> Vector3<RoomFrame> {
            motion.forwardAxis * axis.x + motion.leftAxis * axis.y + motion.upAxis * axis.z
        }
        let x = inRoom(axisX)
        let up = motion.up
        let (uy, uz) = (up.dot(axisY), up.dot(axisZ))
        let scale = 32768 / Double.pi
        return (
            Self.clipped(Elementary.atan2(uy, uz) * scale),
            Self.clipped(Elementary.atan2(-x.z, (uy * uy + uz * uz).squareRoot()) * scale),
            Self.clipped(Elementary.atan2(x.y, x.x) * scale)
        )
    }

    /// The sensor's three axes in the trunk's frame, mounting error included.
    private static func axes(
        of model: SensorModel
    ) -> (Vector3<BodyFrame>, Vector3<BodyFrame>, Vector3<BodyFrame>) {
        guard let up = model.mount.up?.direction, let forward = model.mount.forward?.direction else {
            preconditionFailure("a simulated sensor needs a mount with up and forward")
        }
        let left = up.cross(forward)
        let p = Elementary.sincos(model.mountErrorDegrees.forward * radiansPerDegree)
        let l = Elementary.sincos(model.mountErrorDegrees.right * radiansPerDegree)
        let a = Elementary.sincos(model.mountErrorDegrees.turned * radiansPerDegree)
        // The box's forward, left and up after the mounting error, seen from the trunk.
        let f = Vector3<BodyFrame>(
            p.cos * a.cos + p.sin * l.sin * a.sin, l.cos * a.sin, -p.sin * a.cos + p.cos * l.sin * a.sin)
        let u = Vector3<BodyFrame>(p.sin * l.cos, -l.sin, p.cos * l.cos)
        let s = u.cross(f)
        return (
            f * forward.x + s * left.x + u * up.x, f * forward.y + s * left.y + u * up.y,
            f * forward.z + s * left.z + u * up.z
        )
    }
}
