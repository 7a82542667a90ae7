import LumbarCore
import LumbarDecoders
import LumbarMonitor
import LumbarRecording
import LumbarSimulation
import Testing

@Suite("A simulated wearer, recorded by other makers' recorders")
struct RecorderRoundTripTests {
    private static let start: Int64 = 1_795_258_800_000_000_000
    private static let scenario =
        "stand 20 s, walk 30 s, sit 60 s, stand 10 s, bend 60 deg for 3 s, stand 10 s, sit 40 s, lie 30 s, stand 10 s"
    private static let place: @Sendable (Int64) -> (wall: WallTime, zone: ZoneRule) = {
        (WallTime(nanoseconds: $0), .utc)
    }

    private struct Sample {
        var nanoseconds: Int64
        var acceleration: (Double, Double, Double)
        var rate: (Double, Double, Double)
    }

    private let device = Device(id: DeviceID("worn"), mount: SensorModel().mount)

    /// The samples of a sensor on the wearer, at `rate` Hz.
    private func samples(rate: Double) throws -> [Sample] {
        var model = SensorModel()
        model.rateHz = rate
        let scenario = try Scenario(parsing: Self.scenario)
        var source = SampleSource(scenario: scenario, seed: 3, sensor: model)
        var out: [Sample] = []
        while let sample = source.next() {
            let (a, w) = (sample.counts.accelerationG, sample.counts.rateDps)
            let time = Int64((Double(out.count) * 1e9 / rate).rounded())
            out.append(Sample(nanoseconds: time, acceleration: (a.x, a.y, a.z), rate: (w.x, w.y, w.z)))
        }
        return out
    }

    private func play(_ source: inout some StreamSource, _ bytes: [UInt8]) throws -> [String] {
        var replayer = Replayer(monitor: Monitor())
        try bytes.withUnsafeBytes { try source.push($0, to: &replayer) }
        try source.finish(to: &replayer)
        let transcript = Transcript(origin: .zero)
        var lines: [String] = []
        replayer.drain { output in
            if case .episode = output, let line = transcript.line(output) { lines.append(line) }
        }
        return lines
    }

    /// What a CSV of the same samples gives; the instants are those that the recorder's file leads to.
    private func csv(_ samples: [Sample], withRate: Bool) throws -> [String] {
        var text = withRate ? "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n" : "t_s,ax_g,ay_g,az_g\n"
        for sample in samples {
            let (a, w) = (sample.acceleration, sample.rate)
            let micro = (sample.nanoseconds + 500) / 1000
            text += DecimalText.fixed(Double(micro) / 1e6, 6)
            for value in [a.0, a.1, a.2] + (withRate ? [w.0, w.1, w.2] : []) {
                text += "," + DecimalText.fixed(value, 6)
            }
            text += "\n"
        }
        var source = CSVSource(device: device)
        return try play(&source, Array(text.utf8))
    }

    private func isLike(_ lines: [String], _ others: [String]) -> Bool {
        // The same kinds of episodes in the same order: their measures differ by what the recorder rounds away.
        func kinds(_ lines: [String]) -> [String] {
            lines.map { line in
                let words = line.split(separator: " ")
                return words.dropFirst().prefix { !$0.contains("..") }.joined(separator: " ")
            }
        }
        return kinds(lines) == kinds(others)
    }

    @Test(
        "an AX3 and an AX6 give the episodes of a CSV of the same samples", arguments: CWAWriter.Form.allCases
    )
    func axivity(form: CWAWriter.Form) throws {
        let samples = try samples(rate: 100)
        var writer = CWAWriter(form)
        var bytes = writer.header
        var stored: [Sample] = []
        for first in stride(from: 0, to: samples.count, by: form.samplesPerBlock) {
            let block = samples[first..<min(samples.count, first + form.samplesPerBlock)]
            bytes += writer.block(
                block.map { ($0.acceleration, $0.rate) }, at: Self.start + block[first].nanoseconds)
            for sample in block {
                let kept = writer.stored((sample.acceleration, sample.rate))
                stored.append(
                    Sample(nanoseconds: sample.nanoseconds, acceleration: kept.acceleration, rate: kept.rate))
            }
        }
        var source = CWASource(device: device, place: Self.place)
        let lines = try play(&source, bytes)
        #expect(source.findings.samples == samples.count)
        #expect(source.findings.remarks.isEmpty)
        #expect(lines.contains { $0.contains(" sitting ") })
        #expect(lines.contains { $0.contains(" bend ") })
        // Blocks' times are rounded to 1/32768 s, which may move what is decided by a frame.
        let hasGyroscope = form == .withGyroscope
        #expect(isLike(lines, try csv(stored, withRate: hasGyroscope)), "\(lines)")
        #expect(isLike(lines, try csv(samples, withRate: hasGyroscope)))
    }

    @Test(
        "an ActiGraph gives exactly the episodes of a CSV of what it stored",
        arguments: GT3XWriter.Form.allCases)
    func actigraph(form: GT3XWriter.Form) throws {
        let rate = 50
        let samples = try samples(rate: Double(rate))
        var writer = GT3XWriter(form, rate: rate)
        var stored: [Sample] = []
        for first in stride(from: 0, to: samples.count / rate * rate, by: rate) {
            let second = samples[first..<(first + rate)]
            writer.append(
                second: (Self.start + second[first].nanoseconds) / 1_000_000_000, second.map(\.acceleration))
            for sample in second {
                let a = sample.acceleration
                let kept = (writer.stored(a.0), writer.stored(a.1), writer.stored(a.2))
                stored.append(Sample(nanoseconds: sample.nanoseconds, acceleration: kept, rate: (0, 0, 0)))
            }
        }
        for packing in [ZIPWriter.Packing.stored, .deflatedWithDescriptor] {
            var source = GT3XSource(device: device, place: Self.place)
            let lines = try play(&source, writer.file(packing))
            #expect(source.findings.samples == stored.count)
            #expect(source.findings.remarks.isEmpty)
            #expect(lines.contains { $0.contains(" sitting ") })
            let expected = try csv(stored, withRate: false)
            #expect(lines == expected)
        }
    }
}
