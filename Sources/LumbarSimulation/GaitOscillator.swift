import LumbarCore

/// The swinging and bouncing of a walking trunk, as harmonics of the stride.
///
/// The stride is two steps: what both legs do alike repeats with every step (even harmonics: up and down, fore and
/// aft, pitch), what they do as mirror images with every stride (odd harmonics: sideways, list, pelvic rotation).
/// Amplitudes are those a belt sensor shows on level ground at about 1.8 steps a second.
struct GaitOscillator {
    /// One way of going.
    struct Style: Equatable {
        var stepsPerSecond: Double
        /// First step harmonic of the vertical acceleration, m/s².
        var bounce: Double
        /// Size of the rotations relative to level walking.
        var swing: Double
        /// Metres a second.
        var speed: Double
        /// Vertical metres a second.
        var climb: Double
        /// Extra forward lean, radians.
        var lean: Double
    }

    /// What the gait adds at one moment: angles in radians, accelerations in m/s² along forward, left, up.
    struct Sample {
        var pitch = Motion1D()
        var lateral = Motion1D()
        var axial = Motion1D()
        /// Of one thigh.
        var thigh = Motion1D()
        var forward = 0.0
        var left = 0.0
        var up = 0.0
    }

    private(set) var style = Style(stepsPerSecond: 1.85, bounce: 2, swing: 1, speed: 1.25, climb: 0, lean: 0)
    private var begun = 0.0
    private var unevenness: Wander
    private var strength: Wander

    init(seed: UInt64) {
        unevenness = Wander(random: SeededRandom(seed: seed, purpose: 21), shortest: 1.5, longest: 4)
        strength = Wander(random: SeededRandom(seed: seed, purpose: 22), shortest: 1, longest: 3)
    }

    /// Begins anew in `style` at `time`; only while the envelope is zero.
    mutating func begin(_ style: Style, at time: Double) {
        self.style = style
        begun = time
    }

    mutating func advance(to t: Double, envelope: Motion1D) -> Sample {
        let jitter = unevenness.advance(to: t, scale: 0.18)
        let vigour = strength.advance(to: t, scale: 0.06)
        guard envelope.value != 0 || envelope.rate != 0 else { return Sample() }
        let frequency = Double.pi * style.stepsPerSecond
        let stride = Elementary.sincos(frequency * (t - begun) + jitter.value)
        let uneven = Motion1D(value: 1 + vigour.value, rate: vigour.rate, acceleration: vigour.acceleration)
        return sample(
            stride, frequency: frequency + jitter.rate, second: jitter.acceleration,
            envelope: envelope * uneven)
    }

    private func sample(
        _ h1: (sin: Double, cos: Double), frequency w: Double, second: Double, envelope e: Motion1D
    ) -> Sample {
        let h2 = Self.sum(h1, h1)
        let h3 = Self.sum(h2, h1)
        let h4 = Self.sum(h2, h2)
        let h5 = Self.sum(h3, h2)
        let h6 = Self.sum(h3, h3)
        let h8 = Self.sum(h4, h4)
        let h10 = Self.sum(h5, h5)
        let swing = e * style.swing
        let bounce = e.value * style.bounce
        func wave(_ size: Double, _ h: (sin: Double, cos: Double), _ n: Double) -> Motion1D {
            (swing * size).modulating(h, frequency: n * w, second: n * second)
        }
        func cosine(_ h: (sin: Double, cos: Double)) -> (sin: Double, cos: Double) { (h.cos, -h.sin) }
        var out = Sample()
        out.pitch = wave(0.014, h2, 2) + wave(0.012, cosine(h4), 4) + wave(0.005, h8, 8)
        out.lateral = wave(0.055, h1, 1) + wave(0.028, cosine(h3), 3) + wave(0.006, h5, 5)
        out.axial = wave(0.065, cosine(h1), 1) + wave(0.022, h3, 3) + wave(0.006, h5, 5)
        // The leg swings from 20 degrees behind the hip to 25 ahead of it.
        out.thigh = wave(-0.39, h1, 1) + wave(0.03, cosine(h2), 2)
        // The cosines meet when the heel strikes.
        out.up = bounce * (h2.cos + 0.25 * h4.cos + 0.45 * h6.cos + 0.40 * h8.cos + 0.25 * h10.cos)
        out.forward = bounce * (-1.0 * h2.sin + 0.35 * h4.cos - 0.26 * h6.sin + 0.26 * h8.cos)
        out.left = bounce * (0.18 * h1.cos + 0.28 * h3.sin + 0.30 * h5.cos)
        return out
    }

    /// Sine and cosine of the sum of two angles.
    private static func sum(
        _ a: (sin: Double, cos: Double), _ b: (sin: Double, cos: Double)
    ) -> (sin: Double, cos: Double) {
        (a.sin * b.cos + a.cos * b.sin, a.cos * b.cos - a.sin * b.sin)
    }

    /// Steps made from `start` to `end`, the envelope's ramps counted half.
    func steps(from start: Double, to end: Double) -> Int {
        max(0, Int(((end - start) * style.stepsPerSecond).rounded()))
    }
}

extension Motion1D {
    /// The product of two changing quantities.
    static func * (a: Motion1D, b: Motion1D) -> Motion1D {
        Motion1D(
            value: a.value * b.value, rate: a.rate * b.value + a.value * b.rate,
            acceleration: a.acceleration * b.value + 2 * a.rate * b.rate + a.value * b.acceleration)
    }
}
