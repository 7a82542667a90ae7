import LumbarCore

/// Samples of a simulated wearer at a sensor's own pace, before they become bytes: what a CSV file holds.
public struct SampleSource: Sendable {
    /// The wearer; asks it for the truth.
    public private(set) var wearer: SimulatedWearer
    /// The sensor's errors.
    private var sensor: SimulatedSensor
    private let period: Double
    private let nominalNanoseconds: Double
    private let origin: Instant
    private let withAngles: Bool
    private var index = 0

    /// One sample.
    public struct Sample: Sendable {
        /// What the registers hold.
        public var counts: SimulatedSensor.Counts
        /// When it was taken, seconds of true time from the start.
        public var time: Double
        /// When it was taken by the sensor's own clock, nanoseconds from the start.
        public var deviceNanoseconds: Int64
        /// Which it is, from zero.
        public var index: Int
    }

    /// The samples that `model` takes of a wearer who acts out `scenario`.
    public init(
        scenario: Scenario, seed: UInt64, sensor model: SensorModel = SensorModel(), body: WearerBody? = nil,
        origin: Instant = .zero
    ) {
        precondition(model.rateHz >= 1 && model.rateHz <= 1000, "a sensor takes 1 to 1000 samples a second")
        wearer = SimulatedWearer(
            scenario: scenario, seed: seed, site: model.role, body: body, origin: origin)
        // The noise of two sensors on one wearer has nothing in common.
        let own = model.role == .lumbar ? 0 : UInt64(model.role == .thorax ? 1 : 2) << 40
        sensor = SimulatedSensor(model, seed: seed ^ own)
        period = 1 / (model.rateHz * (1 + model.clockErrorPpm * 1e-6))
        nominalNanoseconds = 1e9 / model.rateHz
        self.origin = origin
        withAngles = model.wire.hasDeviceAngles || !model.wire.hasAcceleration
    }

    /// When the next sample will be taken, seconds of true time from the start.
    public var nextTime: Double { Double(index) * period }

    /// The next sample, or nil once the scenario is over.
    public mutating func next() -> Sample? {
        let time = nextTime
        guard let motion = wearer.motion(at: time) else { return nil }
        // It is the belt's sensor that slips.
        for slip in wearer.takeSlips() where wearer.site == .lumbar { sensor.begin(slip) }
        let device = Int64((Double(index) * nominalNanoseconds).rounded())
        index += 1
        return Sample(
            counts: sensor.measure(motion, withAngles: withAngles), time: time, deviceNanoseconds: device,
            index: index - 1)
    }

    /// The next sample as a decoder would give it, arriving when it is taken.
    public mutating func nextReading() -> Reading? {
        guard let sample = next() else { return nil }
        return Reading(
            acceleration: sample.counts.accelerationG, angularRate: sample.counts.rateDps * radiansPerDegree,
            hasAngularRate: true, deviceNanoseconds: sample.deviceNanoseconds,
            arrival: origin + .seconds(sample.time))
    }

    /// The truth so far; complete once `next()` has returned nil.
    public var truth: [TruthSpan] { wearer.truth }
}
