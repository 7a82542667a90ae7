import LumbarCore
import LumbarDecoders
import LumbarRecording
import LumbarSimulation
import LumbarTestKit
import Testing

@Suite("A stream is claimed by exactly one decoder")
struct CrossDecoderTests {
    private func claims(_ events: [RecordingEvent]) -> [String] {
        var decoders = DecoderCatalog.builtIn.names.compactMap(DecoderCatalog.builtIn.make)
        // What a sensor says of itself makes a decoder more, whatever its protocol is called.
        let device = events.lazy.compactMap { if case .attach(let device) = $0.kind { device } else { nil } }
            .first
        if var device, !device.descriptor.isEmpty {
            device.protocolName = nil
            decoders += [DecoderCatalog.builtIn.make(for: device)].compactMap { $0 }
        }
        return decoders.filter { decoder in
            var decoder = decoder
            var readings = ReadingBuffer()
            for event in events {
                guard case .data(_, let bytes) = event.kind else { continue }
                bytes.withUnsafeBytes { decoder.push($0, at: event.time, into: &readings) }
                readings.removeAll()
            }
            return decoder.isLocked
        }
        .map { $0.protocolName }
    }

    @Test("every recording, by the one it was made with", arguments: Trials.some(of: StoredRecording.all))
    func recordings(recording: StoredRecording) throws {
        #expect(claims(try recording.events()) == [recording.protocolName])
    }

    @Test("every recording is recognised without being told", arguments: Trials.some(of: StoredRecording.all))
    func detection(recording: StoredRecording) throws {
        // A profile without a prefix has to be declared.
        let catalog = DecoderCatalog.builtIn
        guard catalog.profile(recording.protocolName)?.isSniffed ?? true else { return }
        let events = try recording.events().map { event in
            guard case .attach(var device) = event.kind else { return event }
            device.protocolName = nil
            return RecordingEvent(.attach(device), at: event.time)
        }
        let lines = Playing.transcript(events, settings: try recording.settings())
        #expect(lines.contains { $0.hasSuffix(" locked protocol=" + recording.protocolName) })
    }

    @Test(
        "simulated sensors, with faults on the line too",
        arguments: SensorModel.Wire.allCases)
    func simulated(wire: SensorModel.Wire) throws {
        var model = SensorModel.typical(seed: 5)
        model.wire = wire
        model.rateHz = 50
        model.faults.bytesPerLoss = 3000
        model.faults.bytesPerGarbageRun = 5000
        let events = try Playing.simulated("stand 5 s, walk 10 s, sit 10 s", model: model, protocolName: nil)
        #expect(claims(events) == [wire.rawValue])
    }
}
