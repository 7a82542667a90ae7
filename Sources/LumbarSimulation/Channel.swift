import LumbarCore

/// The degrees of freedom of a simulated trunk; the raw value is a lane of the vectors in `ChannelBank`.
enum Channel: Int {
    /// Forward tilt of the trunk about the wearer's left axis, radians.
    case pitch
    /// Tilt to the right about the forward axis, radians.
    case lateral
    /// Turn about the trunk's own long axis, radians, left positive; feet still.
    case axial
    /// Direction the feet point, radians, left positive.
    case heading
    /// Height of the hip joints above standing, m.
    case height
    /// Hip joints ahead of the feet, m.
    case forward
    /// Hip joints left of the feet, m.
    case left
    /// Walking speed, m/s.
    case speed
    /// Vertical speed on stairs, m/s.
    case climb
    /// How much of the full gait oscillation shows, 0...1.
    case gait
    /// Amplitude of the breathing tilt, radians.
    case breath
    /// How much of the heart beat shows, 0...1.
    case heart
    /// Forward tilt of the thighs, radians: negative when seated, the knees ahead of the hips.
    case thigh
    /// Flexion of the thorax on the lumbar spine beyond what goes with the trunk's tilt, radians.
    case slump
}

/// A scalar with its first and second time derivatives.
struct Motion1D {
    var value = 0.0
    var rate = 0.0
    var acceleration = 0.0
}

/// How a move gets from its start to its end.
enum MoveShape {
    /// Minimum jerk (Flash and Hogan, J Neurosci 1985): a fifth-degree polynomial, at rest at both ends.
    case minimumJerk
    /// A drop that gathers speed with growing acceleration up to `peak`, then is caught within `impact` seconds.
    case drop(peak: Double, impact: Double)
}

/// One submovement of one channel; several may overlap, and their sum is what is seen.
struct Move {
    var channel: Channel
    var start: Double
    var duration: Double
    var delta: Double
    var shape = MoveShape.minimumJerk

    /// When it is over.
    var end: Double { start + duration }

    /// What it adds at `t`, start <= t < end.
    func contribution(at t: Double) -> Motion1D {
        switch shape {
        case .minimumJerk: Self.minimumJerk(u: (t - start) / duration, duration: duration, delta: delta)
        case .drop(let peak, let impact):
            Self.drop(t - start, fall: duration - impact, impact: impact, peak: peak)
        }
    }

    @inline(__always)
    static func minimumJerk(u: Double, duration: Double, delta: Double) -> Motion1D {
        let u2 = u * u
        let k = 1 / duration
        let value = u2 * u * (10 + u * (6 * u - 15))
        let rate = u2 * (30 + u * (30 * u - 60)) * k
        let acceleration = u * (60 + u * (120 * u - 180)) * k * k
        return Motion1D(value: value * delta, rate: rate * delta, acceleration: acceleration * delta)
    }

    /// Falling: acceleration -peak·sin² growing over `fall` s; then a sin² pulse that takes all speed away again.
    private static func drop(_ t: Double, fall: Double, impact: Double, peak: Double) -> Motion1D {
        let pi = Double.pi
        let fallen = min(t, fall)
        let (s, c) = Elementary.sincos(pi * fallen / fall)
        let a = fall / pi
        var motion = Motion1D(
            value: -0.5 * peak * (0.5 * fallen * fallen - a * a * (1 - c)),
            rate: -0.5 * peak * (fallen - a * s), acceleration: -0.5 * peak * (1 - c))
        guard t > fall else { return motion }
        let caught = t - fall
        let push = peak * fall / impact
        let (s2, c2) = Elementary.sincos(2 * pi * caught / impact)
        let b = impact / (2 * pi)
        motion.value += motion.rate * caught + 0.5 * push * (0.5 * caught * caught - b * b * (1 - c2))
        motion.rate += 0.5 * push * (caught - b * s2)
        motion.acceleration = 0.5 * push * (1 - c2)
        return motion
    }

    /// How far a `drop` shape sinks in all.
    static func dropDepth(fall: Double, impact: Double, peak: Double) -> Double {
        peak * fall * (fall * (0.25 - 1 / (Double.pi * Double.pi)) + impact / 4)
    }

    /// How long a `drop` falls before the impact so that it sinks `depth` in all.
    static func fallDuration(depth: Double, impact: Double, peak: Double) -> Double {
        let a = 0.25 - 1 / (Double.pi * Double.pi)
        let b = impact / 4
        return ((b * b + 4 * a * depth / peak).squareRoot() - b) / (2 * a)
    }
}
