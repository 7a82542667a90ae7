import LumbarCore
import LumbarDecoders
import Testing

@testable import LumbarSimulation

/// What a simulated sensor sends, the program's own decoders read back.
@Suite struct DecodingTests {
    private let scenario = Scenario([
        .stand(seconds: 4), .walk(seconds: 8, pace: .quick), .lift(degrees: 65, style: .hard, twist: 40),
        .fall(.forward, stay: 5),
    ])

    private func decode(_ model: SensorModel) throws -> (readings: [Reading], outcomes: DecodeOutcomes) {
        var decoder = try #require(DecoderCatalog.builtIn.make(model.wire.rawValue))
        var stream = SimulatedStream(scenario: scenario, seed: 5, sensor: model)
        var chunk: [UInt8] = []
        var buffer = ReadingBuffer()
        while let instant = stream.nextChunk(into: &chunk) {
            chunk.withUnsafeBytes { decoder.push($0, at: instant, into: &buffer) }
        }
        return (buffer.readings, decoder.outcomes)
    }

    private func samples(_ model: SensorModel) -> [SimulatedSensor.Counts] {
        var source = SampleSource(scenario: scenario, seed: 5, sensor: model)
        var out: [SimulatedSensor.Counts] = []
        while let sample = source.next() { out.append(sample.counts) }
        return out
    }

    @Test(arguments: SensorModel.Wire.allCases)
    func decodersGiveTheSamplesBack(_ wire: SensorModel.Wire) throws {
        var model = SensorModel.typical(seed: 5)
        model.wire = wire
        let (readings, outcomes) = try decode(model)
        let sent = samples(model)
        #expect(outcomes.rejects == 0)
        // The first frames go into getting locked, the last group has nothing after it that would close it.
        #expect(readings.count <= sent.count && readings.count > sent.count - 8)
        let first = try #require(firstMatch(of: readings, in: sent))
        for (reading, counts) in zip(readings, sent[first...]) {
            #expect((reading.acceleration - counts.accelerationG).length < 0.0002)
            let rate = counts.rateDps * radiansPerDegree
            #expect((reading.angularRate - rate).length < 0.00003)
        }
    }

    private func firstMatch(of readings: [Reading], in sent: [SimulatedSensor.Counts]) -> Int? {
        guard readings.count > 10 else { return nil }
        return (0..<10).first { start in
            (0..<5).allSatisfy {
                (readings[$0].acceleration - sent[start + $0].accelerationG).length < 0.0002
            }
        }
    }

    /// Lost and changed bytes cost samples, but invent none that a sensor could not have sent.
    @Test(arguments: SensorModel.Wire.allCases)
    func faultsCostSamplesAndNoMore(_ wire: SensorModel.Wire) throws {
        var model = SensorModel()
        model.wire = wire
        model.faults.bytesPerLoss = 3000
        let (readings, outcomes) = try decode(model)
        let sent = samples(model).count
        #expect(readings.count < sent && readings.count > sent * 9 / 10)
        #expect(outcomes.rejects + outcomes.skippedBytes > 0)
    }
}
