import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarTestKit
import Testing

@Suite(
    "The daemon and the replayer come to the same conclusions",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct LiveEqualsReplayTests {
    @Test("the same bytes through a serial line and from the daemon's own recording")
    func pty() throws {
        let folder = try TemporaryFolder()
        // Ten times faster than life: a minute of movement, and a hang-up at its end.
        let scenario = "stand 6 s, walk 12 s, sit 15 s, stand 4 s, bend 60 deg for 4 s, stand 5 s, walk 10 s"
        let sensor = try Program(
            "lumbarctl",
            ["simulate", "--pty", "--scenario", scenario, "--rate", "20", "--speed", "10", "--seed", "4"])
        let line = sensor.firstLine()
        let daemon = try Program(
            "lumbard",
            [
                "--no-udev", "--device", line + ",protocol=witmotion", "--state-directory",
                folder.path + "/state",
                "--record", folder.path + "/live.rec", "--transcript", folder.path + "/live.txt",
            ])
        let fed = sensor.end()
        #expect(fed.status == 0, "\(fed.errors)")
        daemon.terminate()
        let ended = daemon.end()
        #expect(ended.status == 0, "\(ended.errors)")

        let live = String(decoding: try Files.read(folder.path + "/live.txt"), as: UTF8.self)
        let events = try StoredRecording.events(of: Files.read(folder.path + "/live.rec"))
        let chunks = events.filter { if case .data = $0.kind { true } else { false } }
        #expect(chunks.count > 100)
        #expect(replayed(events) == live)
        #expect(live.contains(" locked protocol=witmotion"))
        #expect(live.contains(" summary "))
    }

    private func replayed(_ events: [RecordingEvent]) -> String {
        var replayer = Replayer(monitor: Monitor())
        for event in events { replayer.play(event) }
        replayer.finish()
        let transcript = Transcript(origin: replayer.start ?? .zero)
        var text = ""
        replayer.drain { output in
            if let line = transcript.line(output) { text += line + "\n" }
        }
        return text
    }
}
