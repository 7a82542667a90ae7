import Glibc
import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl calibrate, as a person or a script runs it",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct CalibrateCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func calibrate(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["calibrate"] + arguments)
    }

    private func recording(_ scenario: String, seed: Int = 2) throws -> String {
        let path = folder.path + "/\(abs(scenario.hashValue)).rec"
        let made = try Program.run(
            "lumbarctl",
            [
                "simulate", "--scenario", scenario, "--seed", "\(seed)", "--rate", "50", "--undeclared",
                "--mount", "up=-y,forward=+z", "-o", path,
            ])
        #expect(made.status == 0, "\(made.errors)")
        return path
    }

    /// A history that the daemon has made, without a daemon.
    private func history() throws -> String {
        let path = folder.path + "/lumbard.db"
        let daemon = try Program(
            "lumbard",
            [
                "--no-udev", "--no-journal", "--socket", "none", "--state-directory", folder.path,
                "--transcript",
                folder.path + "/said",
            ])
        try daemon.waitUntilItTells("Watching")
        daemon.terminate()
        #expect(daemon.end().status == 0)
        return path
    }

    @Test func aGestureInARecordingIsStoredShownAndUsed() throws {
        let gesture = try recording("stand 10 s, 3x(bend 70 deg for 0.5 s), stand 6 s")
        let db = try history()
        let made = try calibrate("--from", gesture, "--db", db)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.hasPrefix("Calibrated: up is the sensor's -y, "))
        #expect(made.output.contains("Stored for simulated-2."))

        let shown = try calibrate("--show", "--db", db)
        #expect(shown.status == 0)
        #expect(shown.output.contains("forward   the sensor's +z, "))
        #expect(shown.output.contains("guided calibration, "))
        let json = try calibrate("--show", "--json", "--db", db)
        #expect(json.output.contains("\"type\":\"calibration\",\"device\":\"simulated-2\""))
        #expect(json.output.contains("\"source\":\"guided\""))
        let schema = try JSONSchema(file: "docs/schema/calibrate.schema.json")
        #expect(schema.complaint(about: json.output) == nil)

        // A wearer of whom nothing else is known bends at once: with what is stored the angle is there.
        let bends = try recording("stand 8 s, bend 60 deg for 2 s, stand 5 s")
        let without = try Program.run("lumbarctl", ["replay", "--json", bends])
        let with = try Program.run("lumbarctl", ["replay", "--json", "--calibration", db, bends])
        #expect(!without.output.contains("\"type\":\"bend\""))
        #expect(with.output.contains("\"type\":\"bend\""), "\(with.output)")
    }

    @Test func aRefusalSaysWhyAndStoresNothing() throws {
        let db = try history()
        let shallow = try calibrate(
            "--from", try recording("stand 10 s, 3x(bend 31 deg for 0.5 s), stand 6 s"), "--db", db)
        #expect(shallow.status == 65)
        #expect(shallow.errors.contains("above 40 degrees"), "\(shallow.errors)")
        let none = try calibrate("--from", try recording("stand 20 s"), "--db", db)
        #expect(none.status == 65)
        #expect(none.errors.contains("no calibration was seen"))
        #expect(try Store(reading: db).calibrations().isEmpty)
    }

    @Test func aDryRunNeedsNoHistory() throws {
        let gesture = try recording("stand 10 s, 3x(bend 70 deg for 0.5 s), stand 6 s")
        let made = try calibrate("--from", gesture, "--dry-run", "--json")
        #expect(made.status == 0)
        #expect(made.output.contains("\"largest_flexion_deg\":"))
        #expect(
            try JSONSchema(file: "docs/schema/calibrate.schema.json").complaint(about: made.output) == nil)
        #expect(try calibrate("--from", gesture, "--db", folder.path + "/none.db").status == 66)
        #expect(try calibrate("--show", "--dry-run").status == 64)
    }

    @Test func aDaemonThatRunsIsNamedWithTheWayOut() throws {
        let db = try history()
        let gesture = try recording("stand 10 s, 3x(bend 70 deg for 0.5 s), stand 6 s")
        // As the daemon holds it.
        let lock = open(db + ".lock", O_RDWR | O_CLOEXEC)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let refused = try calibrate("--from", gesture, "--db", db)
        #expect(refused.status == 69)
        #expect(refused.errors.contains("systemctl stop lumbard"), "\(refused.errors)")
        // Reading goes on.
        #expect(try calibrate("--show", "--db", db).status == 0)
    }

    @Test func onALineItListensPromptsAndStores() throws {
        let db = try history()
        let sensor = try Program(
            "lumbarctl",
            [
                "simulate", "--pty", "--speed", "8", "--rate", "50", "--protocol", "text", "--undeclared",
                "--scenario", "stand 12 s, 3x(bend 70 deg for 0.5 s), stand 60 s",
            ])
        // Its lines carry the sensor's own time, so that eight times as fast is as good.
        let made = try calibrate("--device", sensor.firstLine(), "--identity", "belt", "--db", db)
        sensor.terminate()
        _ = sensor.end()
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.hasPrefix("Stand upright and still for five seconds.\n"), "\(made.errors)")
        #expect(made.errors.contains("Bow 3 of 3."))
        let stored = try #require(try Store(reading: db).calibrations().first)
        #expect(stored.device.text == "belt" && stored.calibration.source == .guided)
    }

    @Test func theDaemonBeginsFromWhatIsStoredAndConfirmsIt() throws {
        let db = try history()
        let gesture = try recording("stand 10 s, 3x(bend 70 deg for 0.5 s), stand 6 s")
        let sensor = try Program(
            "lumbarctl",
            [
                "simulate", "--pty", "--speed", "10", "--rate", "50", "--protocol", "text", "--seed", "2",
                "--undeclared", "--mount", "up=-y,forward=+z", "--scenario", "stand 20 s",
            ])
        // It waits until somebody opens its line.
        let line = sensor.firstLine()
        #expect(try calibrate("--from", gesture, "--identity", line, "--db", db).status == 0)
        let daemon = try Program(
            "lumbard",
            [
                "--no-udev", "--no-journal", "--socket", "none", "--state-directory", folder.path, "--device",
                line, "--record",
                folder.path + "/recording", "--transcript", folder.path + "/said-2",
            ])
        #expect(sensor.end().status == 0)
        daemon.terminate()
        #expect(daemon.end().status == 0)
        let recorded = String(decoding: try Files.read(folder.path + "/recording"), as: UTF8.self)
        #expect(recorded.contains("\ncalibration: guided trusted 1.000000 "))
        let transcript = String(decoding: try Files.read(folder.path + "/said-2"), as: UTF8.self)
        #expect(transcript.contains(" mount confirmed"), "\(transcript)")
        let stored = try #require(try Store(reading: db).calibrations().first)
        #expect(stored.calibration.source == .guided && stored.calibration.trust != .moved)
        // The recording begins from the same, and says the same.
        let again = try Program.run("lumbarctl", ["replay", "--transcript", folder.path + "/recording"])
        #expect(again.output.contains(" mount confirmed"), "\(again.output)")
    }
}
