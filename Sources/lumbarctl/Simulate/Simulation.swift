import LumbarCore
import LumbarDecoders
import LumbarRecording
import LumbarSimulation

/// A simulated wearer with a sensor, and the forms it can be written in.
struct Simulation {
    let scenario: Scenario
    let scenarioText: String
    let seed: UInt64
    let model: SensorModel
    let protocolName: String
    let declaresMount: Bool
    /// Local time at which it begins, seconds after midnight.
    let startOfDay: Int64
    /// Where further sensors are worn.
    let companions: [SensorRole]

    /// The sensor on the lower back, and the others.
    private var models: [SensorModel] {
        [model]
            + companions.map { role in
                var other = model
                other.role = role
                return other
            }
    }

    /// A sensor as a program would find it.
    private func device(_ model: SensorModel) -> Device {
        let isLumbar = model.role == .lumbar
        var device = Device(
            id: DeviceID("simulated-\(seed)" + (isLumbar ? "" : "-" + model.role.rawValue)),
            name: isLumbar ? "Simulated sensor" : "Simulated sensor on the " + model.role.rawValue,
            protocolName: protocolName, mount: declaresMount ? model.mount : .undeclared, role: model.role,
            descriptor: model.wire.descriptor)
        device.profiles = DecoderCatalog.builtIn.sources(declared: protocolName)
        return device
    }

    /// The bytes, as they are read.
    var stream: SimulatedStream { SimulatedStream(scenario: scenario, seed: seed, sensor: model) }

    // MARK: Forms

    /// Writes a recording of everything that is read.
    func writeRecording(to output: StandardOutput) throws {
        let header = RecordingHeader(
            isSimulated: true, recordedBy: "lumbarctl simulate", rateHz: model.rateHz,
            notes: ["scenario: " + scenarioText, "seed: \(seed)"])
        var writer = RecordingWriter(header: header)
        var text: [UInt8] = []
        var bytes: [UInt8] = []
        var ensemble = SimulatedEnsemble(scenario: scenario, seed: seed, sensors: models)
        let devices = models.map(device)
        var last = Instant.zero
        writer.write(RecordingEvent(.anchor(anchor), at: .zero), to: &text)
        while let (sensor, event) = ensemble.next(into: &bytes) {
            let device = devices[sensor]
            switch event {
            case .attached(let time):
                last = time
                writer.write(RecordingEvent(.attach(device), at: time), to: &text)
            case .bytes(let time):
                last = time
                bytes.withUnsafeBytes { writer.write($0, from: device.id, at: time, to: &text) }
            case .detached(let time):
                last = time
                writer.write(RecordingEvent(.detach(device.id), at: time), to: &text)
            }
            try output.write(bytes: text)
            text.removeAll(keepingCapacity: true)
        }
        writer.write(RecordingEvent(.end, at: last), to: &text)
        try output.write(bytes: text)
    }

    /// Writes the bytes that are read, without their times.
    func writeBytes(to output: StandardOutput) throws {
        var bytes: [UInt8] = []
        var stream = stream
        while stream.nextChunk(into: &bytes) != nil { try output.write(bytes: bytes) }
    }

    /// Writes the samples as a CSV.
    func writeCSV(to output: StandardOutput) throws {
        var source = SampleSource(scenario: scenario, seed: seed, sensor: model)
        try output.write(line: "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps")
        while let sample = source.next() {
            let a = sample.counts.accelerationG
            let w = sample.counts.rateDps
            var line = DecimalText.fixed(sample.time, 4)
            for value in [a.x, a.y, a.z] { line += "," + DecimalText.fixed(value, 5) }
            for value in [w.x, w.y, w.z] { line += "," + DecimalText.fixed(value, 3) }
            try output.write(line: line)
        }
    }

    /// Writes what the wearer really did, one JSON object per line.
    func writeTruth(to output: StandardOutput) throws {
        var source = SampleSource(scenario: scenario, seed: seed, sensor: model)
        while source.next() != nil {}
        for span in source.truth { try output.write(line: TruthJSON.line(span)) }
    }

    /// The made-up wall clock: a Monday in UTC, so that the same bytes come out everywhere.
    private var anchor: WallAnchor {
        let day = CivilDate(year: 2026, month: 3, day: 2).daysSinceEpoch * 86_400
        return WallAnchor(instant: .zero, wall: WallTime(unixSeconds: day + startOfDay), zone: .utc)
    }
}
