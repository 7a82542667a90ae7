/// A scalar that drifts about zero: minimum-jerk moves from one random target to the next.
///
/// Sway, tremor and the unevenness of gait are made of these. Knots fall at random times that do not depend on
/// the sample rate, so that one seed moves alike at every rate.
struct Wander {
    private var random: SeededRandom
    private let shortest: Double
    private let longest: Double
    private var start: Double
    private var duration: Double
    private var origin = 0.0
    private var delta = 0.0

    /// A drift whose moves last from `shortest` to `longest` seconds.
    init(random: SeededRandom, shortest: Double, longest: Double) {
        self.random = random
        self.shortest = shortest
        self.longest = longest
        start = 0
        duration = shortest
    }

    /// The drift at `t`, which never goes back; new targets have deviation `scale`.
    mutating func advance(to t: Double, scale: Double) -> Motion1D {
        while t >= start + duration {
            start += duration
            origin += delta
            duration = random.uniform(shortest, longest)
            delta = random.normal() * scale - origin
        }
        guard delta != 0 else { return Motion1D(value: origin) }
        var motion = Move.minimumJerk(u: (t - start) / duration, duration: duration, delta: delta)
        motion.value += origin
        return motion
    }
}
