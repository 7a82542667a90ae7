import LumbarCore
import LumbarSignal

/// SplitMix64: the tests' own seeded noise.
struct SplitMix {
    var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Even in 0..<1.
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// Roughly normal, standard deviation 1.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }
}

/// A trunk whose angles and vertical movement are given as functions of time, with a sensor on it.
///
/// Room from body is Rz(heading) · Ry(flexion) · Rx(lateral), degrees; the sensor frame is reached through the axes of
/// `mount` (sensor axis that shows each body axis).
struct TrunkMotion {
    var flexion: (Double) -> Double = { _ in 0 }
    var lateral: (Double) -> Double = { _ in 0 }
    var heading: (Double) -> Double = { _ in 0 }
    /// Vertical acceleration, m/s².
    var vertical: (Double) -> Double = { _ in 0 }
    /// Acceleration toward the body's front, m/s².
    var ahead: (Double) -> Double = { _ in 0 }
    var rate = 100.0
    var accelerationNoise = 0.0
    var gyroNoise = 0.0
    /// Degrees per second.
    var bias = Vector3<BodyFrame>.zero
    var hasGyro = true
    /// Directions of the body axes in the sensor frame.
    var forward = Vector3<SensorFrame>(1, 0, 0)
    var up = Vector3<SensorFrame>(0, 0, 1)
    var seed: UInt64 = 1
    /// Boot time of the first sample.
    var start = Instant(nanoseconds: 5_000_000_000)

    typealias Matrix = (Vector3<RoomFrame>, Vector3<RoomFrame>, Vector3<RoomFrame>)

    /// Columns: the body axes in the room.
    func axes(_ t: Double) -> Matrix {
        let (sf, cf) = Elementary.sincos(flexion(t) * radiansPerDegree)
        let (sl, cl) = Elementary.sincos(lateral(t) * radiansPerDegree)
        let (sh, ch) = Elementary.sincos(heading(t) * radiansPerDegree)
        return (
            Vector3(ch * cf, sh * cf, -sf),
            Vector3(ch * sf * sl - sh * cl, sh * sf * sl + ch * cl, cf * sl),
            Vector3(ch * sf * cl + sh * sl, sh * sf * cl - ch * sl, cf * cl)
        )
    }

    /// Up in the body frame at `t`.
    func upInBody(_ t: Double) -> Vector3<BodyFrame> {
        let m = axes(t)
        return Vector3(m.0.z, m.1.z, m.2.z)
    }

    /// Mean angular rate between `t0` and `t1` in the body frame, rad/s, from the rotation between them.
    func bodyRate(_ t0: Double, _ t1: Double) -> Vector3<BodyFrame> {
        let a = axes(t0)
        let b = axes(t1)
        // Delta = Aᵀ B; its rotation vector.
        let d01 = a.0.dot(b.1)
        let d02 = a.0.dot(b.2)
        let d10 = a.1.dot(b.0)
        let d12 = a.1.dot(b.2)
        let d20 = a.2.dot(b.0)
        let d21 = a.2.dot(b.1)
        let v = Vector3<BodyFrame>(d21 - d12, d02 - d20, d10 - d01) * 0.5
        let sine = v.length
        guard sine > 1e-12 else { return .zero }
        let angle = Elementary.asin(min(1, sine))
        return v * (angle / sine / (t1 - t0))
    }

    func toSensor(_ v: Vector3<BodyFrame>) -> Vector3<SensorFrame> {
        forward * v.x + up.cross(forward) * v.y + up * v.z
    }

    /// The readings of [from, to) seconds, with exact device time stamps.
    func readings(from: Double = 0, to: Double) -> [Reading] {
        var random = SplitMix(seed)
        let first = Int((from * rate).rounded(.up))
        let last = Int((to * rate).rounded(.up))
        var out: [Reading] = []
        for i in first..<max(first, last) {
            let t = Double(i) / rate
            let m = axes(t)
            let force = Vector3<RoomFrame>(0, 0, 1 + vertical(t) / standardGravityMetresPerSecondSquared)
            let a =
                Vector3<BodyFrame>(m.0.dot(force), m.1.dot(force), m.2.dot(force))
                + Vector3(ahead(t) / standardGravityMetresPerSecondSquared, 0, 0)
                + noise(&random, accelerationNoise)
            let w =
                bodyRate(t - min(1 / rate, 0.012), t) + bias * radiansPerDegree
                + noise(&random, gyroNoise * radiansPerDegree)
            let ns = Int64((t * 1e9).rounded())
            out.append(
                Reading(
                    acceleration: toSensor(a), angularRate: hasGyro ? toSensor(w) : .zero,
                    hasAngularRate: hasGyro, deviceNanoseconds: ns,
                    arrival: Instant(nanoseconds: start.nanoseconds + ns)))
        }
        return out
    }

    private func noise(_ random: inout SplitMix, _ size: Double) -> Vector3<BodyFrame> {
        guard size > 0 else { return .zero }
        return Vector3(random.normal() * size, random.normal() * size, random.normal() * size)
    }
}

extension SignalChain {
    /// Processes readings as one chunk and returns the frames.
    mutating func frames(_ readings: [Reading]) -> [Features] {
        var buffer = ReadingBuffer(capacity: readings.count)
        for reading in readings { buffer.append(reading) }
        var frames: [Features] = []
        process(buffer, into: &frames)
        return frames
    }
}

/// A smooth bend: 0 before `at`, `peak` degrees halfway through `seconds`, 0 after.
func bump(_ t: Double, at: Double, seconds: Double, peak: Double) -> Double {
    let x = (t - at) / seconds
    guard x > 0, x < 1 else { return 0 }
    return peak * 0.5 * (1 - Elementary.cos(2 * Elementary.pi * x))
}

/// Vertical acceleration of walking at `cadence` steps per second, m/s².
func gait(_ t: Double, cadence: Double, size: Double = 2.5) -> Double {
    let phase = 2 * Elementary.pi * cadence * t
    return size * (Elementary.sin(phase) + 0.3 * Elementary.sin(2 * phase + 0.7))
}

/// All 24 ways to put a box on a belt.
let orientations: [(forward: SensorAxis, up: SensorAxis)] = {
    let axes = (0..<3).flatMap {
        [SensorAxis(index: $0, isNegative: false), SensorAxis(index: $0, isNegative: true)]
    }
    return axes.flatMap { up in axes.filter { $0.index != up.index }.map { ($0, up) } }
}()
