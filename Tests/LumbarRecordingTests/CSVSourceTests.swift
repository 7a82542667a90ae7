import LumbarCore
import LumbarMonitor
import LumbarRecording
import Testing

@Suite("A CSV file as a stream")
struct CSVSourceTests {
    private let device = Device(id: DeviceID("csv"))
    private let header = "t_s,ax_g,ay_g,az_g\n"

    private struct Played {
        var source: CSVSource
        var replayer: Replayer
        var error: RecordingError?
        /// What arrived in the last minute, with its time in the stream.
        var chunks: [(seconds: Double, text: String)]
        var events: [DeviceEvent]
    }

    private func play(_ text: String, chunk: Int = 1 << 20) -> Played {
        var source = CSVSource(device: device)
        var replayer = Replayer(monitor: Monitor())
        let bytes = Array(text.utf8)
        var failure: RecordingError?
        bytes.withUnsafeBytes { raw in
            do throws(RecordingError) {
                var start = 0
                while start < raw.count {
                    let end = min(raw.count, start + chunk)
                    try source.push(UnsafeRawBufferPointer(rebasing: raw[start..<end]), to: &replayer)
                    start = end
                }
                try source.finish(to: &replayer)
            } catch { failure = error }
        }
        let chunks = replayer.monitor.recentChunks(at: replayer.now ?? .zero)
            .map {
                (Elapsed(nanoseconds: $0.time.nanoseconds).seconds, String(decoding: $0.bytes, as: UTF8.self))
            }
        var events: [DeviceEvent] = []
        replayer.drain { if case .device(let event) = $0 { events.append(event) } }
        return Played(source: source, replayer: replayer, error: failure, chunks: chunks, events: events)
    }

    @Test(
        "each line arrives whole, at its own time, however the file is cut", arguments: [1, 2, 7, 19, 4096])
    func arrivals(chunk: Int) {
        let played = play(header + "5.00,0,0,1\n5.01,0,0,1\r\n5.02,0,0,1", chunk: chunk)
        #expect(played.error == nil)
        #expect(played.chunks.map(\.seconds) == [5, 5, 5.01, 5.02])
        #expect(played.chunks.map(\.text) == [header, "5.00,0,0,1\n", "5.01,0,0,1\r\n", "5.02,0,0,1\n"])
        #expect(played.events.first?.kind == .attached)
        #expect(played.events.first?.time == Instant(nanoseconds: 5_000_000_000))
    }

    @Test("the time column may be anywhere, and in other units")
    func columns() {
        #expect(play("ax_g,t_ms\n1,250\n1,260\n").chunks.map(\.seconds) == [0.25, 0.25, 0.26])
        #expect(play("\"T_us\" , ax_g\n250000,1\n").chunks.map(\.seconds) == [0.25, 0.25])
        #expect(play("# a note\n\nt_ns,ax_g\n250000000,1\n").chunks.map(\.seconds) == [0.25, 0.25])
    }

    @Test("a time that falls back begins a new trial, whole minutes later")
    func trials() {
        let played = play(header + "0,0,0,1\n14.99,0,0,1\n0,0,0,1\n0.01,0,0,1\n")
        #expect(played.source.trials == 2)
        #expect(played.source.shift == .minutes(2))
        #expect(played.chunks.map(\.seconds).suffix(3) == [120, 120, 120.01])
        #expect(played.chunks.suffix(3).first?.text == header)
        let attached = played.events.filter { $0.kind == .attached }.map(\.time)
        #expect(attached == [.zero, Instant(nanoseconds: 120_000_000_000)])
    }

    @Test("a line a little out of order arrives with the one before it")
    func outOfOrder() {
        let played = play(header + "1.00,0,0,1\n1.02,0,0,1\n1.01,0,0,1\n1.03,0,0,1\n")
        #expect(played.source.linesOutOfOrder == 1)
        #expect(played.source.trials == 1)
        #expect(played.chunks.map(\.seconds) == [1, 1, 1.02, 1.02, 1.03])
    }

    @Test("lines without a time are counted and handed on")
    func untimed() {
        let played = play(header + "1.00,0,0,1\nnan,0,0,1\noops\n1.03,0,0,1\n")
        #expect(played.error == nil)
        #expect(played.source.untimedLines == 2)
        #expect(played.source.firstUntimedLine == 3)
        #expect(played.source.timedLines == 2)
        #expect(played.chunks.map(\.seconds) == [1, 1, 1, 1, 1.03])
    }

    @Test(
        "what cannot be played is named with its line",
        arguments: [
            ("", 1, "empty"), ("\n\n", 1, "empty"), ("ax_g,ay_g\n1,2\n", 1, "no column is the time"),
            ("t_s,ax_g\n", 2, "no line has"), ("t_s,ax_g\nx,1\n", 2, "no line has"),
            ("t_s,ax_g\n0,1\n3000000,1\n", 3, "too far"),
        ])
    func mistakes(text: String, line: Int, reason: String) {
        let error = play(text).error
        #expect(error?.line == line)
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test("times at the ends of what fits never trap")
    func extremes() {
        let times = [
            "-9223372036.8", "9223372036.8", "-3999999999", "3999999999", "1e9", "-1e9", "1e18", "0",
        ]
        for a in times {
            for b in times {
                let played = play(header + "\(a),0,0,1\n\(b),0,0,1\n\(a),0,0,1\n")
                #expect(played.source.timedLines + played.source.untimedLines >= 1)
            }
        }
    }
}
