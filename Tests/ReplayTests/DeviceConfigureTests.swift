import Glibc
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl device configure, on a simulated sensor that obeys",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct DeviceConfigureTests {
    /// A sensor on a line of its own.
    private final class Sensor {
        let program: Program
        let path: String

        init(_ arguments: [String]) throws {
            program = try Program(
                "lumbarctl",
                ["simulate", "--pty", "--configurable", "--perfect", "--scenario", "stand 3 min"] + arguments)
            path = program.firstLine()
        }

        deinit {
            program.terminate()
            _ = program.end()
        }

        func configure(_ arguments: [String]) throws -> Program.Ended {
            try Program.run("lumbarctl", ["device", "configure", path] + arguments)
        }
    }

    @Test("everything at once: the baud is found, followed and kept, and the rest takes effect")
    func everything() throws {
        let sensor = try Sensor(["--baud", "9600", "--rate", "10"])
        let ended = try sensor.configure([
            "--rate", "100", "--output", "acc,gyro,angle", "--baud", "115200", "--bandwidth", "44", "--yes",
        ])
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
        for line in [
            "output     acc,gyro,angle, was acc,gyro,angle,mag: took effect",
            "rate       100 Hz, was 10 Hz: took effect", "baud       115200, was 9600: took effect",
            "bandwidth  44 Hz, was 21 Hz: took effect",
        ] {
            #expect(ended.output.contains(line), "\(ended.output)")
        }
        // A faster line comes before the samples that need it.
        let baud = ended.output.firstRange(of: "FF AA 04 06 00  baud: 115200")
        let rate = ended.output.firstRange(of: "FF AA 03 09 00  rate: 100 Hz")
        #expect(try #require(baud).lowerBound < #require(rate).lowerBound)
        let after = try Program.run(
            "lumbarctl", ["sniff", sensor.path, "--baud", "115200", "--seconds", "1"])
        #expect(after.status == 0, "\(after.output)")
    }

    @Test("a slower line comes after the samples that would not fit it")
    func slowerLine() throws {
        let sensor = try Sensor(["--rate", "100"])
        let ended = try sensor.configure([
            "--rate", "10", "--baud", "9600", "--at", "115200", "--yes", "--json",
        ])
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
        #expect(ended.output.hasPrefix("{\"type\":\"configure\""))
        #expect(try JSONSchema(file: "docs/schema/device.schema.json").complaint(about: ended.output) == nil)
        #expect(ended.output.contains("\"complete\":true,\"line_baud\":9600"))
        #expect(
            ended.output.contains("\"rate\":{\"asked\":\"10 Hz\",\"before\":\"100 Hz\",\"now\":\"10 Hz\""))
    }

    @Test("the combined frame is read back by its own reply")
    func combined() throws {
        let sensor = try Sensor(["--protocol", "witmotion-ble", "--rate", "20"])
        let ended = try sensor.configure(["--rate", "100", "--at", "115200", "--yes"])
        #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("rate       100 Hz, was 20 Hz: took effect"))
        let frames = try sensor.configure(["--output", "acc", "--at", "115200", "--yes"])
        #expect(frames.status == 64)
        #expect(frames.errors.contains("--output is for others; nothing was changed"), "\(frames.errors)")
    }

    @Test("a setting that the sensor ignores is said to have had no effect, and is status 1")
    func ignored() throws {
        let sensor = try Sensor(["--rate", "20", "--ignores", "rate,baud"])
        let ended = try sensor.configure(["--rate", "50", "--baud", "230400", "--at", "115200", "--yes"])
        #expect(ended.status == 1, "\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("rate       20 Hz, was 20 Hz: 50 Hz did not take effect"))
        #expect(ended.output.contains("baud       115200, was 115200: 230400 did not take effect"))
        #expect(ended.output.contains("It still answers at 115200 baud"))
    }

    @Test("what the line cannot carry is refused with the arithmetic, and nothing is changed")
    func overload() throws {
        let sensor = try Sensor(["--baud", "9600", "--rate", "10"])
        let ended = try sensor.configure(["--rate", "100", "--at", "9600", "--yes"])
        #expect(ended.status == 64)
        #expect(
            ended.errors.contains(
                "4 frames of 11 bytes at 100 Hz are 4400 bytes per second, and 9600 baud carry 960; "
                    + "at most --rate 20, or --baud 57600 or more; nothing was changed"), "\(ended.errors)")
        let again = try sensor.configure(["--rate", "20", "--at", "9600", "--yes"])
        #expect(again.output.contains("rate       20 Hz, was 10 Hz: took effect"), "\(again.output)")
    }

    @Test("a dry run shows the manual's bytes in order and opens nothing")
    func dryRun() throws {
        let ended = try Program.run(
            "lumbarctl", ["device", "configure", "/dev/no-such-line", "--rate", "50", "--dry-run"])
        #expect(ended.status == 0)
        #expect(
            ended.output.split(separator: "\n").dropFirst().map { String($0.dropFirst(2).prefix(14)) } == [
                "FF AA 69 88 B5", "FF AA 27 02 00", "FF AA 27 03 00", "FF AA 27 04 00", "FF AA 27 1F 00",
                "FF AA 69 88 B5", "FF AA 03 08 00", "FF AA 00 00 00", "FF AA 27 02 00", "FF AA 27 03 00",
                "FF AA 27 04 00", "FF AA 27 1F 00",
            ])
        let over = try Program.run(
            "lumbarctl",
            ["device", "configure", "/dev/x", "--rate", "50", "--baud", "9600", "--dry-run"])
        #expect(over.status == 64 && over.errors.contains("2200 bytes per second"), "\(over.errors)")
    }

    @Test("nobody to ask, somebody else on the line, no sensor: nothing is sent")
    func refusals() throws {
        let sensor = try Sensor(["--rate", "20"])
        let unasked = try Program.run(
            systemProgram: "sh",
            [
                "-c",
                "\(BuiltProgram.path("lumbarctl")) device configure \(sensor.path) --rate 50 < /dev/null",
            ])
        #expect(
            unasked.status == 64 && unasked.errors.contains("--yes sends it unasked"), "\(unasked.errors)")
        let other = try Program("lumbarctl", ["record", "--device", sensor.path, "--output", "-"])
        #expect(other.firstLine() == "lumbar-recording 1")
        let busy = try sensor.configure(["--rate", "50", "--yes"])
        #expect(busy.status == 69 && busy.errors.contains("has it open"), "\(busy.errors)")
        other.terminate()
        _ = other.end()
        let text = try Program(
            "lumbarctl", ["simulate", "--pty", "--protocol", "text", "--scenario", "stand 1 min"])
        let none = try Program.run(
            "lumbarctl", ["device", "configure", text.firstLine(), "--rate", "50", "--at", "115200", "--yes"])
        #expect(none.status == 65)
        #expect(none.errors.contains("does not answer when its settings are read, and nothing was changed"))
        text.terminate()
        _ = text.end()
    }

    @Test("a line that the daemon reads is refused, with the way to stop it")
    func daemonHolds() throws {
        let folder = try TemporaryFolder()
        let sensor = try Sensor(["--rate", "20"])
        let daemon = try Program(
            "lumbard",
            [
                "--no-udev", "--no-journal", "--socket", "none", "--state-directory", folder.path,
                "--transcript",
                folder.path + "/said", "--device", sensor.path + ",baud=115200",
            ])
        try daemon.waitUntilItTells("Watching")
        let refused = try sensor.configure(["--rate", "50", "--yes"])
        daemon.terminate()
        _ = daemon.end()
        #expect(refused.status == 69, "\(refused.errors)")
        #expect(refused.errors.contains("stop it first: sudo systemctl stop lumbard"), "\(refused.errors)")
    }

    @Test("on a terminal it asks, and no is no")
    func asking() throws {
        let sensor = try Sensor(["--rate", "20"])
        let command = BuiltProgram.path("lumbarctl") + " device configure \(sensor.path) --rate 50"
        let asked = try Program.run(
            systemProgram: "sh", ["-c", "echo n | script -qec '\(command)' /dev/null"])
        #expect(asked.output.contains("Send it? [y/N]"), "\(asked.output)")
        #expect(asked.output.contains("nothing was sent"))
        let after = try sensor.configure(["--rate", "20", "--at", "115200", "--yes"])
        #expect(after.output.contains("rate       20 Hz, was 20 Hz") || after.output.contains(", as it was"))
    }

    @Test(
        "what cannot be meant is 64",
        arguments: [
            ([], "nothing to set"), (["--rate", "33"], "--rate: a sensor knows 0.2, 0.5, 1"),
            (["--output", "gyro"], "without acc there is nothing to measure with"),
            (["--output", "acc,gyros"], "--output: the frames are time, acc"),
            (["--baud", "115201"], "a sensor knows 4800"), (["--bandwidth", "100"], "a sensor knows 256"),
        ])
    func nonsense(arguments: [String], message: String) throws {
        let ended = try Program.run("lumbarctl", ["device", "configure", "/dev/x"] + arguments)
        #expect(ended.status == 64 && ended.errors.contains(message), "\(ended.errors)")
    }
}
