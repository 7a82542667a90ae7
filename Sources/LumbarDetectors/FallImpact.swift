import LumbarCore

/// A blow that may be a fall, and what the body did around it.
struct FallImpact: Sendable {
    /// Frame of the newest blow: rest is looked for after it.
    var time: Instant
    /// Largest |a|, g.
    var peak: Double
    /// Frame of the hardest blow.
    var hardest: Instant
    /// Largest angular speed within half a second, degrees per second.
    var angularSpeed: Double
    /// How far the trunk tilted within 0.8 s around it, degrees.
    var tilting: Double
    /// The same until 0.3 s after it.
    var toppling: Double
    /// Whether there is a gyroscope.
    let hasAngularRate: Bool
    /// Where up was from 3 to 1 s before, in the wearer's axes.
    var upBefore: Vector3<BodyFrame>
    /// The stillest second after it.
    var rest: Second?
    /// Inclination of the newest frame after it, degrees.
    var latest = 0.0
    /// Inclination of the most tilted second after it, degrees; both the filter and the accelerometer reach it.
    var furthest = 0.0

    /// Means over a second.
    struct Second: Sendable {
        /// Degrees per second, plus 200 per g of range of |a|.
        var activity: Double
        /// Inclination by the orientation filter, degrees.
        var inclination: Double
        /// Acceleration in the wearer's axes, g.
        var acceleration: Vector3<BodyFrame>

        /// Inclination by the accelerometer alone, degrees.
        var tilt: Double { Self.angle(acceleration, Vector3(0, 0, 1)) }

        /// Angle between two directions, degrees.
        static func angle(_ a: Vector3<BodyFrame>, _ b: Vector3<BodyFrame>) -> Double {
            Elementary.atan2(a.cross(b).length, a.dot(b)) * degreesPerRadian
        }
    }

    /// A sliding second of what the trunk does, ten frames.
    struct Window: Sendable {
        private var ring = RingBuffer<Second>(capacity: 10)

        mutating func add(_ features: Features) {
            let range = features.accelerationMaxG - features.accelerationMinG
            ring.append(
                Second(
                    activity: features.angularSpeedMeanDps + 200 * range,
                    inclination: features.inclinationDegrees, acceleration: features.accelerationInPose))
        }

        mutating func removeAll() { ring.removeAll() }

        /// Means over the second, when it is full.
        var means: Second? {
            guard ring.count == ring.capacity else { return nil }
            var sum = Second(activity: 0, inclination: 0, acceleration: .zero)
            for i in 0..<ring.count {
                sum.activity += ring[i].activity
                sum.inclination += ring[i].inclination
                sum.acceleration += ring[i].acceleration
            }
            let share = 1 / Double(ring.count)
            return Second(
                activity: sum.activity * share, inclination: sum.inclination * share,
                acceleration: sum.acceleration * share)
        }
    }

    /// |a| of an impact that counts after toppling, g.
    static let topplingImpact = 1.8
    /// How far the trunk tilts when it topples, degrees.
    static let topplingAngle = 70.0
    /// How fast it turns then, degrees per second.
    static let topplingSpeed = 200.0
    /// How far the trunk tilts around a softer blow without a gyroscope, degrees: people who let themselves drop onto a
    /// bed have lain down by then (UMAFall: 23, its falls of that size 30 and more).
    static let softTilt = 30.0
    /// Mean activity up to which a second is rest.
    static let restActivity = 40.0
    /// Inclination of a propped or reclined end, degrees, which counts when the trunk has turned that far as well.
    static let proppedAngle = 40.0
    /// Turn between the posture before and the one at rest, degrees: who collapses into a chair turns less than 20
    /// (SisFall D11), who sits down on a low one less than 65 and without such a blow.
    static let proppedTurn = 60.0
    /// Inclination of a second on the ground from which somebody rose at once, degrees.
    static let downAngle = 65.0

    /// How far the trunk of somebody who toppled has come up from where it rested when it is rising again, degrees.
    static let raised = 30.0

    /// Takes what follows the blow: the means of each whole second.
    mutating func note(_ second: Second) {
        furthest = max(furthest, min(second.inclination, second.tilt))
        if second.activity < rest?.activity ?? .infinity { rest = second }
    }

    /// Takes over from a blow before this one that belongs to the same impact.
    mutating func join(_ earlier: FallImpact) {
        angularSpeed = max(angularSpeed, earlier.angularSpeed)
        tilting = max(tilting, earlier.tilting)
        toppling = max(toppling, earlier.toppling)
        upBefore = earlier.upBefore
        if earlier.peak > peak {
            peak = earlier.peak
            hardest = earlier.hardest
        }
    }

    /// Whether the blow is a fall's.
    func isHard(_ settings: FallSettings) -> Bool {
        if toppling >= Self.topplingAngle && angularSpeed >= Self.topplingSpeed { return true }
        return isHardBlow(settings)
    }

    /// Whether it is by itself, without toppling.
    private func isHardBlow(_ settings: FallSettings) -> Bool {
        if peak >= settings.impact { return true }
        guard hasAngularRate else {
            return peak >= settings.impactWithoutGyroscope && tilting >= Self.softTilt
        }
        return peak >= settings.turningImpact && angularSpeed >= settings.turningSpeed
    }

    /// Whether the wearer ended on the ground: lying, propped up, or lying for a moment only.
    func endsDown(_ settings: FallSettings) -> Bool {
        guard let rest else { return false }
        // Who drops onto a bed without a hard blow and sits up again within these seconds has not fallen.
        if !isHardBlow(settings), latest < rest.inclination - Self.raised { return false }
        if rest.activity <= Self.restActivity {
            if rest.inclination >= settings.restAngle { return true }
            let turn = Second.angle(upBefore, rest.acceleration)
            if rest.tilt >= Self.proppedAngle && turn >= Self.proppedTurn { return true }
        }
        return peak >= settings.impact && tilting >= Self.topplingAngle && furthest >= Self.downAngle
    }
}
