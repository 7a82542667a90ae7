import LumbarCore

/// What a simulated sensor sends, one sample at a time and before any line has touched it: for trials that need to know
/// which bytes are whose.
public struct SimulatedFrames: Sendable {
    private var source: SampleSource
    private let wire: SensorModel.Wire

    /// The frames of a sensor on a wearer who acts out `scenario`.
    public init(scenario: Scenario, seed: UInt64, sensor: SensorModel) {
        source = SampleSource(scenario: scenario, seed: seed, sensor: sensor)
        wire = sensor.wire
    }

    /// What comes before the first sample; empty for most.
    public var greeting: [UInt8] {
        var bytes: [UInt8] = []
        FrameWriter.appendGreeting(wire, to: &bytes)
        return bytes
    }

    /// Appends the bytes of the next sample; false when the scenario is over.
    public mutating func next(to bytes: inout [UInt8]) -> Bool {
        guard let sample = source.next() else { return false }
        FrameWriter.append(
            sample.counts, microseconds: sample.deviceNanoseconds / 1000, index: sample.index, wire: wire,
            to: &bytes)
        return true
    }
}
