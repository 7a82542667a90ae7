import Glibc
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl sniff, on files and lines",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct SniffCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func sniff(_ bytes: [UInt8], _ options: [String] = []) throws -> Program.Ended {
        let path = folder.path + "/capture.bin"
        unlink(path)
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(file) }
        _ = write(file, bytes, bytes.count)
        return try Program.run("lumbarctl", ["sniff", path] + options)
    }

    private func simulated(_ arguments: [String]) throws -> Program.Ended {
        let path = folder.path + "/made.bytes"
        let made = try Program.run("lumbarctl", ["simulate", "--format", "bytes", "-o", path] + arguments)
        #expect(made.status == 0, "\(made.errors)")
        return try Program.run("lumbarctl", ["sniff", path])
    }

    /// A frame `55 5x` of a sensor that lies flat, by its length.
    private func frame(_ type: UInt8, length: Int = 11, noise: UInt8 = 0) -> [UInt8] {
        var bytes: [UInt8] = [0x55, type, noise, 0, 0, 0, 0, 8, 0, 0]
        bytes.append(bytes.reduce(0, &+))
        return length < 11 ? Array(bytes.prefix(length)) : bytes
    }

    @Test(
        "every protocol that can be simulated is named, with its first samples",
        arguments: ["witmotion", "witmotion-ble", "text"])
    func knownProtocols(name: String) throws {
        let ended = try simulated(["--protocol", name, "--scenario", "stand 20 s", "--perfect"])
        #expect(ended.status == 0, "\(ended.output)")
        #expect(ended.output.contains("made.bytes: \(name)\n"))
        #expect(ended.output.contains("|a| is 1.0"), "\(ended.output)")
        #expect(ended.output.contains("z_tilt_deg"))
        // Losses and five rows of samples.
        #expect(ended.output.split(separator: "\n").count == 11)
    }

    @Test("the numbers are there for programs")
    func json() throws {
        let path = folder.path + "/made.bytes"
        _ = try Program.run(
            "lumbarctl",
            ["simulate", "--scenario", "stand 20 s", "--perfect", "--format", "bytes", "-o", path])
        let ended = try Program.run("lumbarctl", ["sniff", "--json", path])
        #expect(ended.output.hasPrefix("{\"type\":\"sniff\""))
        #expect(try JSONSchema(file: "docs/schema/sniff.schema.json").complaint(about: ended.output) == nil)
        for part in [
            "\"understood\":true", "\"protocol\":\"witmotion\"", "\"bad_checksum\":0", "\"rest_g\":1.0",
        ] {
            #expect(ended.output.contains(part), "\(ended.output)")
        }
    }

    @Test("a scale ten times too large is named")
    func scaleFault() throws {
        var bytes = Array("t_s,ax_g,ay_g,az_g\n".utf8)
        for index in 0..<100 { bytes += Array("0.\(index + 100),0.1,0.0,9.81\n".utf8) }
        let ended = try sniff(bytes)
        #expect(ended.status == 0)
        #expect(
            ended.output.contains("|a| is 9.811 g: scale fault, it seems to send m/s^2"), "\(ended.output)")
    }

    @Test("an accelerometer that reads nothing but zeros is named")
    func deadAccelerometer() throws {
        func zeros(_ type: UInt8) -> [UInt8] {
            [0x55, type, 0, 0, 0, 0, 0, 0, 1, 0, 0x56 &+ type]
        }
        let ended = try sniff((0..<20).flatMap { _ in zeros(0x51) + zeros(0x52) })
        #expect(ended.status == 0)
        #expect(
            ended.output.contains("samples   none that can be true; an accelerometer that reads 0"),
            "\(ended.output)")
        #expect(!ended.output.contains("z_tilt_deg"))
    }

    @Test("a clone's frames of 8 bytes are told from those of 11")
    func clone() throws {
        let ended = try sniff((0..<20).flatMap { frame(0x51 + UInt8($0 % 3), length: 8) })
        #expect(ended.status == 1)
        #expect(ended.output.contains("frames 55 5x come every 8 bytes: a clone"), "\(ended.output)")
        #expect(ended.output.contains("first bytes\n  55 51 00 00 00 00 00 08 55 52"))
    }

    @Test("combined frames of another length are refused with their length")
    func otherCombined() throws {
        let one: [UInt8] = [0x55, 0x61] + [UInt8](repeating: 3, count: 26)
        let ended = try sniff((0..<10).flatMap { _ in one })
        #expect(ended.status == 1)
        #expect(ended.output.contains("frames 55 61 come every 28 bytes"), "\(ended.output)")
    }

    @Test("bytes that a cooked line swallows are missed")
    func cooked() throws {
        var random = SplitMix64(seed: 5)
        let bytes = (0..<4000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let cooked = bytes.filter { ![0x04, 0x11, 0x13, 0x16, 0x1A].contains($0) }
        #expect(
            try sniff(cooked).output.contains("a cooked line: the bytes 04, 11, 13, 16 and 1A never come"))
        #expect(try !sniff(bytes).output.contains("cooked"))
    }

    @Test(
        "text says what is missing",
        arguments: [
            ("1.0,0.1,0.2,9.8\n", "text without a header"),
            ("login: \nPassword: \n", "text, but no lines of numbers"),
            ("aX,aY,aZ,gX,gY,gZ\n1,2,3,4,5,6\n", "column aX has no unit"),
            ("55 51 00 00 ff ff 07 08 7a 03 30\n", "a hex dump, and not the bytes themselves: xxd -r -p"),
        ])
    func text(line: String, reason: String) throws {
        let ended = try sniff((0..<10).flatMap { _ in Array(line.utf8) })
        #expect(ended.status == 1)
        #expect(ended.output.contains(", 100 % printable"))
        #expect(ended.output.contains(reason), "\(ended.output)")
    }

    @Test("a decoder's own words come before a guess")
    func complaint() throws {
        let ended = try sniff((0..<30).flatMap { _ in Array("1.0,0.1,0.2,9.8\n".utf8) })
        #expect(ended.output.contains("  no header line names the columns: begin with one like"))
    }

    @Test("an empty file, and what comes in through a pipe")
    func nothing() throws {
        let ended = try sniff([])
        #expect(ended.status == 1)
        #expect(ended.output.contains("nothing came: the sensor is off"))
        let piped = try Program.run(
            systemProgram: "sh", ["-c", "echo hello | \(BuiltProgram.path("lumbarctl")) sniff -"])
        #expect(piped.status == 1)
        #expect(piped.output.hasPrefix("standard input: no known sensor\n"))
    }

    @Test("control characters from outside reach no terminal")
    func printable() throws {
        let ended = try sniff(Array("\u{1B}[2J\u{1B}]0;x\u{07}".utf8))
        #expect(!ended.output.contains("\u{1B}") && !ended.output.contains("\u{07}"))
        #expect(ended.output.contains(".[2J.]0;x."))
    }

    @Test(
        "what cannot be sniffed has the status of sysexits.h",
        arguments: [
            (["/dev/no-such-line"], 66, "no such device is plugged in"),
            (["/dev/null"], 74, "not a serial line"),
            (["/tmp"], 66, "this is a folder"),
        ])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let ended = try Program.run("lumbarctl", ["sniff"] + arguments)
        #expect(ended.status == status)
        #expect(ended.errors.contains(message) && ended.output.isEmpty, "\(ended.errors)")
    }

    @Test("a recording is for replay")
    func recording() throws {
        let ended = try sniff(Array("lumbar-recording 1\n".utf8))
        #expect(ended.status == 65)
        #expect(ended.errors.contains("this is a recording; lumbarctl replay plays it"))
    }

    @Test("on a terminal it says what it waits for, and leaves no trace of that")
    func progress() throws {
        let sensor = try Program(
            "lumbarctl", ["simulate", "--pty", "--rate", "20", "--scenario", "stand 1 min"])
        let command =
            BuiltProgram.path("lumbarctl") + " sniff \(sensor.firstLine()) --baud 115200 --seconds 1"
        let shown = try Program.run(systemProgram: "script", ["-qec", command, "/dev/null"])
        sensor.terminate()
        _ = sensor.end()
        #expect(shown.status == 0)
        #expect(shown.output.contains("\r\u{1B}[KListening at 115200 baud, 1 s more: "), "\(shown.output)")
        #expect(shown.output.contains("\r\u{1B}[K/dev/pts/"))
    }

    @Test("on a line the rates are tried until the sensor's own is found")
    func line() throws {
        let sensor = try Program(
            "lumbarctl",
            [
                "simulate", "--pty", "--configurable", "--baud", "9600", "--rate", "20", "--perfect",
                "--scenario", "stand 1 min",
            ])
        defer {
            sensor.terminate()
            _ = sensor.end()
        }
        let path = sensor.firstLine()
        let wrong = try Program.run("lumbarctl", ["sniff", path, "--baud", "115200", "--seconds", "2"])
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("wrong baud"), "\(wrong.output)")
        let config = folder.path + "/two-rates.conf"
        let file = open(config, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        let text = Array("[device]\nbaud=115200,9600\n".utf8)
        _ = write(file, text, text.count)
        close(file)
        let right = try Program.run("lumbarctl", ["sniff", path, "--config", config, "--seconds", "2"])
        #expect(right.status == 0, "\(right.output)\(right.errors)")
        #expect(right.output.hasPrefix("\(path): witmotion at 9600 baud\n"))
        #expect(right.output.contains(" per second, arrival jitter "))
    }
}
