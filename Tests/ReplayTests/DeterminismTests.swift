import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarSimulation
import LumbarTestKit
import Testing

@Suite("The same bytes at the same times give the same lines")
struct DeterminismTests {
    // A few minutes with everything in it, on a line that loses bytes, falls silent and is unplugged.
    private static let busy: [RecordingEvent] = {
        var model = SensorModel.typical(seed: 3)
        model.rateHz = 50
        model.faults.bytesPerLoss = 4000
        model.faults.bytesPerGarbageRun = 9000
        model.faults.silences = [SensorFaults.Window(start: 60, duration: 7)]
        model.faults.disconnections = [SensorFaults.Window(start: 100, duration: 5)]
        let scenario = """
            stand 8 s, walk 15 s, sit 30 s, stand 5 s, bend 60 deg for 4 s, stand 5 s
            lift 70 deg hard then twist 45 deg,
            stand 5 s, walk 20 s, sit 20 s, stand 5 s, squat for 2 s, walk 10 s
            """
        let events = (try? Playing.simulated(scenario, model: model, protocolName: "witmotion")) ?? []
        let monday = WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 1_772_409_540), zone: .utc)
        // A minute before midnight, so that a day ends on the way.
        return [RecordingEvent(.anchor(monday), at: .zero)] + events
    }()

    /// A stream to replay: the busy one when `recording` is nil.
    struct Stream: Sendable, CustomTestStringConvertible {
        let recording: StoredRecording?
        var testDescription: String { recording?.name ?? "a busy simulated wearer" }

        func load() throws -> (events: [RecordingEvent], settings: MonitorSettings) {
            guard let recording else { return (DeterminismTests.busy, MonitorSettings()) }
            return (try recording.events(), try recording.settings())
        }
    }

    private static let streams = [Stream(recording: nil)] + StoredRecording.all.map { Stream(recording: $0) }

    @Test("replayed twice", arguments: Trials.some(of: streams))
    func twice(stream: Stream) throws {
        let (events, settings) = try stream.load()
        #expect(events.count > 300)
        let first = Playing.transcript(events, settings: settings)
        #expect(first.count > 2)
        #expect(Playing.transcript(events, settings: settings) == first)
    }

    @Test("cut into other chunks, each byte arriving when it did", arguments: Trials.some(of: streams))
    func rechunked(stream: Stream) throws {
        let (events, settings) = try stream.load()
        let expected = Playing.transcript(events, settings: settings)
        var random = SplitMix64(seed: UInt64(events.count))
        // Mostly large pieces, and now and then byte by byte.
        let cut = events.flatMap { event in
            pieces(of: event, longest: Int.random(in: 0..<4, using: &random) == 0 ? 1 : 40, &random)
        }
        #expect(cut.count > events.count)
        #expect(Playing.transcript(cut, settings: settings) == expected)
    }

    private func pieces(
        of event: RecordingEvent, longest: Int, _ random: inout SplitMix64
    ) -> [RecordingEvent] {
        guard case .data(let device, let bytes) = event.kind else { return [event] }
        var rest = bytes[...]
        var pieces: [RecordingEvent] = []
        while !rest.isEmpty {
            let count = Int.random(in: 1...longest, using: &random)
            pieces.append(RecordingEvent(.data(device, Array(rest.prefix(count))), at: event.time))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    @Test("split in the middle, the state carried in a copy", arguments: Trials.some(of: streams))
    func split(stream: Stream) throws {
        let (events, settings) = try stream.load()
        var random = SplitMix64(seed: UInt64(events.count))
        let place = Int.random(in: 0...events.count, using: &random)
        var first = Replayer(monitor: Monitor(settings: settings))
        for event in events[..<place] { first.play(event) }
        let before = Playing.lines(&first)
        // Both copies go on by themselves: neither may feel the other.
        var second = first
        for event in events[place...] {
            first.play(event)
            second.play(event)
        }
        first.finish()
        second.finish()
        let expected = Playing.transcript(events, settings: settings)
        #expect(before + Playing.lines(&first) == expected, "split at event \(place)")
        #expect(before + Playing.lines(&second) == expected, "split at event \(place)")
    }

    @Test("read from text in pieces of any size")
    func fromText() throws {
        var writer = RecordingWriter(header: RecordingHeader(isSimulated: true))
        var text: [UInt8] = []
        for event in Self.busy { writer.write(event, to: &text) }
        var reader = RecordingReader()
        var replayer = Replayer(monitor: Monitor())
        var lines: [String] = []
        var random = SplitMix64(seed: 9)
        var rest = text[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 1...3000, using: &random)))
            rest = rest.dropFirst(piece.count)
            try piece.withUnsafeBytes { try reader.push($0, to: &replayer) }
            lines += Playing.lines(&replayer)
        }
        try reader.finish(to: &replayer)
        lines += Playing.lines(&replayer)
        #expect(lines == Playing.transcript(Self.busy))
    }
}
