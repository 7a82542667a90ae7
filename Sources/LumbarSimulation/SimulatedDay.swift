import LumbarCore

/// A condensed day of somebody with some sensor: all of it follows from one number.
///
/// Two hours hold what a day holds: sitting with shifts of posture, breaks, standing, walks, stairs, stoops, squats,
/// lifts, turns, a ride, lying, and the sensor off for a while. Body, habits, sensor, rate, mount and faults of the
/// link differ from day to day, and so does what is done. Days are ordinary and hold what looks like a thing and is
/// none: leaning that is taken back, squats to pick up nothing, turns with the feet, a sensor in a drawer, on a desk at
/// which somebody types, or carried away in a bag.
///
/// No two of the first 24 days have the same mount.
public struct SimulatedDay: Sendable {
    /// The number it follows from.
    public let seed: UInt64
    /// What for a life it is.
    public let kind: Kind
    /// What the wearer does.
    public let scenario: Scenario
    /// The sensor, its mount and its link.
    public let sensor: SensorModel
    /// Whether the program is told how the sensor is mounted.
    public let declaresMount: Bool

    /// What the days are filled with.
    public enum Kind: String, Sendable, CaseIterable {
        /// At a desk, with breaks.
        case office
        /// On the feet, handling things.
        case warehouse
        /// On a sofa, in bed, in the kitchen.
        case home
        /// A bit of everything.
        case mixed
    }

    /// Length that days are filled up to, seconds.
    public static let length = 7200.0

    /// The day that follows from `seed`; `length` is about how long it gets, seconds.
    public init(seed: UInt64, length: Double = SimulatedDay.length) {
        self.seed = seed
        var random = SeededRandom(seed: seed, purpose: 61)
        kind = Kind.allCases[random.whole(0...Kind.allCases.count - 1)]
        sensor = Self.sensor(seed: seed, &random)
        declaresMount = random.chance(0.75)
        var author = DayAuthor(seed: seed)
        scenario = Scenario(author.write(kind, length: length))
    }

    /// A second sensor of the same make, elsewhere on the body.
    public func companion(_ role: SensorRole) -> SensorModel {
        var model = sensor
        model.role = role
        return model
    }

    /// Rates that sensors are set to; the usual ones more often.
    static let rates = [10.0, 20, 20, 25, 50, 50, 50, 100, 100, 100, 200, 400]

    private static func sensor(seed: UInt64, _ random: inout SeededRandom) -> SensorModel {
        var model = SensorModel.typical(seed: seed)
        model.rateHz = rates[random.whole(0...rates.count - 1)]
        model.mount = SensorModel.squareMounts[Int(seed % UInt64(SensorModel.squareMounts.count))]
        // On a belt, over a belly, in a pocket: nobody looks for a spirit level.
        model.mountErrorDegrees = (
            random.normal(0, 6, in: -15...15), random.normal(0, 3, in: -8...8),
            random.normal(0, 5, in: -12...12)
        )
        let quality = random.uniform(0.5, 3)
        model.accelerationNoise *= quality
        model.rateNoise *= quality
        model.accelerationBias = model.accelerationBias * random.uniform(0, 3)
        model.rateBias = model.rateBias * random.uniform(0, 3)
        model.zeroesRestingGyro = random.chance(0.15)
        // Text lines of 400 samples a second are more than a usual line carries.
        let wires: [SensorModel.Wire] =
            model.rateHz > 200 ? [.witMotion, .witMotionCombined] : SensorModel.Wire.ofDays
        model.wire = wires[random.whole(0...wires.count - 1)]
        model.delivery = random.chance(0.3) ? .bluetooth : .serial
        model.faults = faults(&random)
        return model
    }

    /// Most links are good; some lose bytes, and some fall silent for a moment now and then.
    private static func faults(_ random: inout SeededRandom) -> SensorFaults {
        var faults = SensorFaults()
        if random.chance(0.3) { faults.bytesPerLoss = random.whole(20_000...200_000) }
        if random.chance(0.2) {
            for _ in 0..<random.whole(1...6) {
                faults.silences.append(
                    .init(start: random.uniform(60, 7000), duration: random.uniform(0.1, 1.5)))
            }
        }
        return faults
    }
}
