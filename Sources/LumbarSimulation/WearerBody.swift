import LumbarCore

/// The person a simulation moves: size, habits and how the sensor sits on the back; drawn from a seed.
///
/// Ranges follow what a belt sensor shows on real people: seated minus standing tilt has median -7 degrees and
/// quartiles -18 and +2, lean in a chair transition peaks at 28-36 degrees of inclination.
public struct WearerBody: Sendable, Equatable {
    /// Body mass, kg.
    public var massKilograms: Double
    /// Body height, m.
    public var heightMetres: Double
    /// How far the pelvis sinks from standing to the seat, m.
    public var seatDropMetres: Double
    /// Forward tilt of the sensor when the wearer stands upright, degrees.
    public var standingTiltDegrees: Double
    /// Sideways tilt of the sensor when the wearer stands upright, degrees, positive to the right.
    public var standingLateralDegrees: Double
    /// Tilt when seated minus tilt when standing, degrees; mostly negative: the pelvis rolls backward.
    public var seatedTiltDegrees: Double
    /// Forward lean while sitting down or rising, degrees beyond the standing tilt.
    public var chairLeanDegrees: Double
    /// Duration of movements relative to the average person's.
    public var tempo: Double
    /// Size of walking movements relative to the average person's.
    public var gaitVigour: Double
    /// Step rate relative to the average person's.
    public var cadenceScale: Double
    /// Size of sway and fidgeting relative to the average person's.
    public var restlessness: Double
    /// Breaths a second.
    public var breathsPerSecond: Double
    /// Heart beats a second.
    public var beatsPerSecond: Double
    /// Where the sensor is seen from the hip joints, m: x forward, z up.
    public var sensorForwardOfHip = -0.09
    /// Height of the sensor above the hip joints, m.
    public var sensorAboveHip = 0.14

    /// From the hip joints to where a sensor of that role is worn, m: x forward, z along the part of the body.
    func arm(of role: SensorRole) -> Vector3<BodyFrame> {
        switch role {
        case .lumbar: Vector3(sensorForwardOfHip, 0, sensorAboveHip)
        case .thorax: Vector3(sensorForwardOfHip, 0, 0.22 * heightMetres)
        case .thigh: Vector3(0.07, 0, -0.12 * heightMetres)
        }
    }

    /// The average person.
    public static let average = WearerBody(
        massKilograms: 75, heightMetres: 1.75, seatDropMetres: 0.32, standingTiltDegrees: 4,
        standingLateralDegrees: 0, seatedTiltDegrees: -8, chairLeanDegrees: 25, tempo: 1, gaitVigour: 1,
        cadenceScale: 1, restlessness: 1, breathsPerSecond: 0.24, beatsPerSecond: 1.12)

    /// A person drawn from `seed`.
    public init(seed: UInt64) {
        var random = SeededRandom(seed: seed, purpose: 1)
        self = .average
        heightMetres = random.normal(1.72, 0.09, in: 1.50...1.98)
        massKilograms = random.normal(24.5, 3, in: 18...36) * heightMetres * heightMetres
        seatDropMetres = random.normal(0.18, 0.025, in: 0.12...0.23) * heightMetres
        standingTiltDegrees = random.normal(5, 4, in: -6...16)
        standingLateralDegrees = random.normal(0, 1.5, in: -4...4)
        seatedTiltDegrees = random.normal(-8, 12, in: -30...10)
        chairLeanDegrees = random.normal(25, 5, in: 16...38)
        tempo = random.normal(1, 0.14, in: 0.75...1.4)
        gaitVigour = random.normal(1, 0.18, in: 0.6...1.5)
        cadenceScale = random.normal(1, 0.05, in: 0.88...1.12)
        restlessness = random.normal(1, 0.25, in: 0.5...1.7)
        breathsPerSecond = random.uniform(0.19, 0.29)
        beatsPerSecond = random.uniform(0.95, 1.35)
    }

    private init(
        massKilograms: Double, heightMetres: Double, seatDropMetres: Double, standingTiltDegrees: Double,
        standingLateralDegrees: Double, seatedTiltDegrees: Double, chairLeanDegrees: Double, tempo: Double,
        gaitVigour: Double, cadenceScale: Double, restlessness: Double, breathsPerSecond: Double,
        beatsPerSecond: Double
    ) {
        self.massKilograms = massKilograms
        self.heightMetres = heightMetres
        self.seatDropMetres = seatDropMetres
        self.standingTiltDegrees = standingTiltDegrees
        self.standingLateralDegrees = standingLateralDegrees
        self.seatedTiltDegrees = seatedTiltDegrees
        self.chairLeanDegrees = chairLeanDegrees
        self.tempo = tempo
        self.gaitVigour = gaitVigour
        self.cadenceScale = cadenceScale
        self.restlessness = restlessness
        self.breathsPerSecond = breathsPerSecond
        self.beatsPerSecond = beatsPerSecond
    }
}
