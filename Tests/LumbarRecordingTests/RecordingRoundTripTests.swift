import LumbarCore
import LumbarRecording
import LumbarTestKit
import Testing

@Suite("A recording is read back as it was written")
struct RecordingRoundTripTests {
    @Test("any events, in chunks of any size", arguments: 0..<Trials.count(200))
    func roundTrip(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let events = RecordingSamples.events(&random)
        let text = RecordingSamples.text(events)
        var sizes = random
        let read = RecordingSamples.read(text) { Int.random(in: 1...97, using: &sizes) }
        #expect(read.error == nil)
        #expect(read.events == events)
        #expect(RecordingSamples.text(read.events) == text)
    }

    @Test("what needs nothing of version 2 is written as version 1, which older programs read")
    func versions() {
        let end = RecordingEvent(.end, at: .zero)
        let plain = RecordingSamples.text([end], header: RecordingHeader(isSimulated: true))
        #expect(plain.starts(with: "lumbar-recording 1\n".utf8))
        let control = RecordingEvent(.control(.wake, .sole), at: .zero)
        #expect(RecordingSamples.text([control, end]).starts(with: "lumbar-recording 2\n".utf8))
    }

    @Test("a chunk longer than any line")
    func longestChunk() {
        var random = SplitMix64(seed: 7)
        let bytes = (0..<RecordingFormat.longestChunk).map { _ in UInt8.random(in: 0...255, using: &random) }
        let event = RecordingEvent(.data(DeviceID("a"), bytes), at: .zero)
        let read = RecordingSamples.read(RecordingSamples.text([event, RecordingEvent(.end, at: .zero)]))
        #expect(read.error == nil)
        #expect(read.events.first == event)
    }

    @Test("a chunk longer than the longest allowed becomes two at the same instant")
    func tooLongChunk() {
        let bytes = [UInt8](repeating: 0xAA, count: RecordingFormat.longestChunk + 5)
        let event = RecordingEvent(.data(DeviceID("a"), bytes), at: .zero)
        let read = RecordingSamples.read(RecordingSamples.text([event, RecordingEvent(.end, at: .zero)]))
        #expect(read.error == nil)
        let chunks = read.events.compactMap { event -> [UInt8]? in
            if case .data(_, let bytes) = event.kind { return bytes }
            return nil
        }
        #expect(chunks.count == 2)
        #expect(chunks.flatMap { $0 } == bytes)
    }

    @Test("the header")
    func header() throws {
        var random = SplitMix64(seed: 3)
        let header = RecordingHeader(
            isSimulated: true, recorded: "2026-11-21, at the bench", recordedBy: "a\\b \u{7} c", rateHz: 12.5,
            notes: ["first", "n" + RecordingSamples.word(&random)])
        let text = RecordingSamples.text([RecordingEvent(.end, at: .zero)], header: header)
        var reader = RecordingReader()
        try text.withUnsafeBytes { try reader.push($0) { _ in } }
        #expect(reader.header == header)
    }

    @Test("the text is what the format's description shows")
    func golden() {
        let device = Device(
            id: DeviceID("usb-1a86-if00"), name: "Belt sensor", protocolName: "witmotion",
            mount: Mount("up=-y,forward=+z") ?? .undeclared)
        let wall = WallTime(nanoseconds: 1_795_248_840_000_000_000)
        let zone = ZoneRule(name: "Europe/Amsterdam", offsetSeconds: 3600)
        let start = Instant(nanoseconds: 100_000_000_000)
        let events = [
            RecordingEvent(.anchor(WallAnchor(instant: start, wall: wall, zone: zone)), at: start),
            RecordingEvent(.attach(device), at: start),
            RecordingEvent(.data(device.id, [0x55, 0x51, 0, 0xFF]), at: start + .milliseconds(20)),
            RecordingEvent(.data(device.id, Array("0.04,\"a\"\r\n".utf8)), at: start + .milliseconds(40)),
            RecordingEvent(
                .control(.snooze(until: start + .minutes(30), endsUpright: true), .sole),
                at: start + .milliseconds(50)),
            RecordingEvent(.detach(device.id), at: start + .seconds(60)),
            RecordingEvent(.end, at: start + .seconds(60)),
        ]
        let expected = #"""
            lumbar-recording 2
            simulated: yes
            100.000000000 anchor 2026-11-21T08:14:00.000000000Z +3600 Europe/Amsterdam

            device: 1 usb-1a86-if00
            name: Belt sensor
            protocol: witmotion
            mount: up=-y,forward=+z
            role: lumbar

            100.000000000 attach 1
            100.020000000 data 1 555100ff
            100.040000000 text 1 "0.04,\"a\"\r\n"
            100.050000000 control me snooze 1900.000000000 upright
            160.000000000 detach 1
            160.000000000 end

            """#
        #expect(String(decoding: RecordingSamples.text(events), as: UTF8.self) == expected)
    }
}
