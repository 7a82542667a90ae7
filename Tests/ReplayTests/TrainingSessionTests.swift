import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor
import LumbarRecording
import LumbarReport
import LumbarSimulation
import LumbarStore
import LumbarTestKit
import Testing

/// A session of a training, from the question over the socket to its result in the history and back into the daemon.
///
/// The daemon goes by the real clock, and forty-five minutes on the feet cannot be hurried. So the real daemon is asked, with
/// samples of a simulated sensor from a pseudo-terminal; what it recorded is played on through its Monitor, with what the
/// sensor sends for the rest of the session; what comes of that is stored in the daemon's own history, as the daemon stores
/// it; and the real daemon is started again on it.
@Suite(
    "A session of a training through the daemon",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct TrainingSessionTests {
    /// A zone in which it is between ten and eleven in the morning, whenever this runs: no session is cut by a midnight.
    private static let morning: String = {
        let hour = Int(WallClockReader.anchor().wall.unixSeconds / 3600 % 24)
        // POSIX counts west of Greenwich.
        return "TZ=<TEST>\(hour - 10)"
    }()

    private static let boot = "aboot"

    /// One daemon on one history, for as long as it takes to hear its sensor.
    private func run(
        _ folder: TemporaryFolder, recording: String, while body: (String) throws -> Void = { _ in }
    ) throws -> [RecordingEvent] {
        let sensor = try Program(
            "lumbarctl",
            ["simulate", "--pty", "--scenario", "stand 5 min", "--rate", "20", "--seed", "4", "--perfect"])
        defer {
            sensor.killNow()
            _ = sensor.end()
        }
        let socket = folder.path + "/live.sock"
        let daemon = try Program(
            "lumbard",
            [
                "--no-udev", "--device", sensor.firstLine() + ",protocol=witmotion,mount=up=+z,forward=+x",
                "--state-directory", folder.path + "/state", "--socket", socket, "--record", recording,
            ], environment: [Self.morning, "LUMBARD_BOOT_ID=" + Self.boot])
        try daemon.waitUntilItTells("witmotion")
        try body(socket)
        daemon.terminate()
        let ended = daemon.end()
        #expect(ended.status == 0, "\(ended.errors)")
        return try StoredRecording.events(of: Files.read(recording))
    }

    private func ask(_ words: [String]) throws -> Program.Ended {
        let ended = try Program("lumbarctl", words, environment: [Self.morning]).end()
        #expect(ended.status == 0, "\(ended)")
        return ended
    }

    @Test("is asked for, begins, tells each deep bend at once, and is kept")
    func session() throws {
        let folder = try TemporaryFolder()
        let database = folder.path + "/state/lumbard.db"
        let events = try run(folder, recording: folder.path + "/first.rec") { socket in
            let asked = try ask(
                ["training", "start", "--target", "20%", "--db", database, "--socket", socket])
            #expect(asked.output.contains("Training: fewer bends past 60 degrees, 20 % at most."))
        }
        #expect(logs(events).map(\.sessions.count) == [0])

        let played = try playOn(events)
        let told = played.alerts.filter { $0.rule == .training }
        #expect(
            told.compactMap { $0.reason?.clause } == [
                "session_begin", "bend_past_limit", "bend_past_limit", "bend_past_limit", "session_end",
            ])
        #expect(told.allSatisfy { $0.delivery == .told })
        // At once: with the bytes that say that the bend is over.
        let deep = played.bends.filter { $0.episode.decided > (told.first?.time ?? .zero) && $0.peak > 60 }
        #expect(deep.count == 3)
        for (alert, bend) in zip(told.dropFirst(), deep) {
            #expect(alert.time - bend.episode.decided < .seconds(0.2))
            #expect(alert.time - bend.episode.end < .seconds(1))
            #expect(alert.reason?.measured == bend.peak && alert.episodeStart == bend.episode.start)
        }
        #expect(told.last?.count == 5 && told.last?.reason?.measured == 0.6)

        let store = try Store(writing: database, bootID: Self.boot, host: FolderHost())
        var rows = played.rows
        try store.append(&rows)
        store.close()
        try check(database)

        // The daemon takes it up again: what it tells its Monitor is in its recording.
        let again = try run(folder, recording: folder.path + "/second.rec") { socket in
            let stopped = try ask(["training", "stop", "--socket", socket])
            #expect(stopped.output == "Nothing is trained.\n")
        }
        let sessions = try #require(logs(again).last?.sessions)
        #expect(sessions.map(\.count) == [BendCount(bends: 5, deep: 3)] && sessions[0].seconds == 2400)
        // Stopped, it is shown still.
        let shown = try ask(["training", "--db", database]).output
        #expect(shown.contains("40 min") && shown.contains("60 %  above"), "\(shown)")
        #expect(shown.contains("\nStopped on ") && shown.contains(", before the last session.\n"), "\(shown)")
        let objects = try ask(["training", "--json", "--db", database]).output.split(separator: "\n")
        #expect(objects.count == 2 && objects[0].contains(#""state":"stopped""#), "\(objects)")
    }

    /// What commands tell of it.
    private func check(_ database: String) throws {
        let status = try ask(["training", "status", "--json", "--db", database]).output
            .split(separator: "\n").map { try JSONReader.read(String($0), limits: .reply) }
        #expect(status.count == 2 && status[0]["next_min"]?.double == 40, "\(status)")
        #expect(status.last?["minutes"]?.double == 40 && status.last?["verdict"]?.text == "above")
        #expect(status.last?["bends"]?.double == 5 && status.last?["deep_bends"]?.double == 3)

        let day = try ask(["summary", "--json", "--db", database]).output
        let schema = try JSONSchema(file: "docs/schema/summary.schema.json")
        #expect(schema.complaint(about: String(day.dropLast())) == nil)
        #expect(
            day.contains(#""training":{"sessions":1,"time_s":2400.0,"bends":5,"deep_bends":3}"#), "\(day)")
        let words = try ask(["summary", "--db", database]).output
        #expect(words.contains("40 min  in 1 session, 3 of 5 bends past 60 degrees"), "\(words)")
    }

    /// The trainings that the Monitor was told of.
    private func logs(_ events: [RecordingEvent]) -> [TrainingLog] {
        events.compactMap { event in
            if case .control(.training(let log), _) = event.kind { log } else { nil }
        }
    }

    /// What comes of the session.
    private struct Played {
        var alerts: [Alert] = []
        var bends: [(episode: Episode, peak: Double)] = []
        var rows = PendingRows()

        mutating func take(_ output: Output) {
            switch output {
            case .alert(let alert):
                alerts.append(alert)
                rows.append(.alert(alert))
            case .episode(let episode, let wearer):
                if case .bend(let bend) = episode.kind, !episode.isOngoing {
                    bends.append((episode, bend.peakDegrees))
                }
                rows.append(.episode(episode, wearer))
            case .epoch(let epoch): rows.append(.epoch(epoch))
            case .summary, .trace, .device, .trust, .attitude: break
            }
        }
    }

    /// Plays what the daemon recorded, and then what its sensor sends while five bends are made in the session.
    private func playOn(_ events: [RecordingEvent]) throws -> Played {
        var replayer = Replayer(monitor: Monitor())
        var device: DeviceID?
        for event in events {
            switch event.kind {
            case .attach(let attached): device = attached.id
            case .detach, .end: continue
            case .data, .anchor, .control: break
            }
            replayer.play(event)
        }
        var sensor = SensorModel()
        sensor.rateHz = 20
        let scenario = try Scenario(
            parsing:
                "stand 1 min, bend 80 deg for 3 s, stand 6 min, 3x(bend 80 deg for 3 s then stand 30 s), "
                + "2x(bend 52 deg for 3 s then stand 30 s), stand 40 min")
        let end = try #require(replayer.now)
        var stream = SimulatedStream(
            scenario: scenario, seed: 4, sensor: sensor, origin: end + .seconds(0.05))
        var played = Played()
        var bytes: [UInt8] = []
        let heard = try #require(device)
        while let time = stream.nextChunk(into: &bytes) {
            bytes.withUnsafeBytes { replayer.receive($0, from: heard, at: time) }
            replayer.drain { played.take($0) }
        }
        replayer.finish()
        replayer.drain { played.take($0) }
        return played
    }
}
