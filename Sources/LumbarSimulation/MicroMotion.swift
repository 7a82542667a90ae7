import LumbarCore

/// What a living body does even at rest: sway, small muscle tremor, breathing, the heart beat.
struct MicroMotion {
    /// How large the parts are in one situation.
    struct Scale: Equatable {
        /// Slow sway of the trunk, radians.
        var sway: Double
        /// Quick sway of the trunk, radians.
        var quickSway: Double
        /// Tremor, or the shaking of a vehicle, m/s².
        var tremor: Double

        static let standing = Scale(sway: 0.010, quickSway: 0.0035, tremor: 0.035)
        static let seated = Scale(sway: 0.005, quickSway: 0.0016, tremor: 0.022)
        static let riding = Scale(sway: 0.012, quickSway: 0.006, tremor: 0.55)
        static let lying = Scale(sway: 0.0012, quickSway: 0.0004, tremor: 0.012)
        /// A desk at which somebody types: a trembling without any tilt.
        static let desk = Scale(sway: 0, quickSway: 0, tremor: 0.02)
        static let none = Scale(sway: 0, quickSway: 0, tremor: 0)
    }

    /// Everything at one moment.
    struct Sample {
        var pitch = Motion1D()
        var lateral = Motion1D()
        var axial = Motion1D()
        var tremorForward = 0.0
        var tremorLeft = 0.0
        var tremorUp = 0.0
        /// Acceleration along the trunk from the heart, m/s².
        var heart = 0.0
    }

    /// Metres of displacement for a tremor of 1 m/s²: moves of 0.05...0.12 s accelerate 1000 times their size.
    ///
    /// Tremor is a displacement, of which the sensor feels the second derivative: it leaves no speed behind.
    private static let tremorReach = 0.001

    var scale = Scale.none
    private var pitchSlow: Wander
    private var pitchQuick: Wander
    private var lateralSlow: Wander
    private var lateralQuick: Wander
    private var axialSlow: Wander
    private var forward: Wander
    private var left: Wander
    private var up: Wander
    private let restlessness: Double
    private let breathFrequency: Double
    private let heartFrequency: Double

    init(seed: UInt64, body: WearerBody) {
        func wander(_ use: UInt64, _ shortest: Double, _ longest: Double) -> Wander {
            Wander(random: SeededRandom(seed: seed, purpose: use), shortest: shortest, longest: longest)
        }
        pitchSlow = wander(11, 1.5, 4)
        pitchQuick = wander(12, 0.4, 1)
        lateralSlow = wander(13, 1.5, 4)
        lateralQuick = wander(14, 0.4, 1)
        axialSlow = wander(15, 1.5, 4)
        forward = wander(16, 0.05, 0.12)
        left = wander(17, 0.05, 0.12)
        up = wander(18, 0.05, 0.12)
        restlessness = body.restlessness
        breathFrequency = 2 * Double.pi * body.breathsPerSecond
        heartFrequency = 2 * Double.pi * body.beatsPerSecond
    }

    mutating func advance(to t: Double, breath: Motion1D, heart: Double) -> Sample {
        let sway = scale.sway * restlessness
        let quick = scale.quickSway * restlessness
        var sample = Sample()
        sample.pitch = pitchSlow.advance(to: t, scale: sway) + pitchQuick.advance(to: t, scale: quick)
        sample.lateral =
            lateralSlow.advance(to: t, scale: 0.7 * sway) + lateralQuick.advance(to: t, scale: 0.7 * quick)
        sample.axial = axialSlow.advance(to: t, scale: 0.7 * sway)
        let tremor = scale.tremor * Self.tremorReach
        sample.tremorForward = forward.advance(to: t, scale: 0.6 * tremor).acceleration
        sample.tremorLeft = left.advance(to: t, scale: 0.6 * tremor).acceleration
        sample.tremorUp = up.advance(to: t, scale: tremor).acceleration
        guard heart != 0 || breath.value != 0 || breath.rate != 0 else { return sample }
        let lungs = Elementary.sincos(breathFrequency * t)
        sample.pitch = sample.pitch + breath.modulating(lungs, frequency: breathFrequency, second: 0)
        let beat = Elementary.sincos(heartFrequency * t)
        sample.heart = heart * 0.022 * (beat.sin + 2 * beat.sin * beat.cos)
        return sample
    }
}

extension Motion1D {
    static func + (a: Motion1D, b: Motion1D) -> Motion1D {
        Motion1D(
            value: a.value + b.value, rate: a.rate + b.rate, acceleration: a.acceleration + b.acceleration)
    }

    static func * (a: Motion1D, k: Double) -> Motion1D {
        Motion1D(value: a.value * k, rate: a.rate * k, acceleration: a.acceleration * k)
    }

    /// This envelope times a sine whose phase runs at `frequency` rad/s and `second` rad/s².
    @inline(__always)
    func modulating(_ wave: (sin: Double, cos: Double), frequency: Double, second: Double) -> Motion1D {
        let slope = frequency * wave.cos
        let curve = second * wave.cos - frequency * frequency * wave.sin
        return Motion1D(
            value: value * wave.sin, rate: rate * wave.sin + value * slope,
            acceleration: acceleration * wave.sin + 2 * rate * slope + value * curve)
    }
}
