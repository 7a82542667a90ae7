import CLinux
import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// The commands that ask the daemon, with a daemon that reads a simulated wearer, and without one.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct LiveCommandTests {
    private func withDaemon(
        _ body: (DaemonProcess, SimulatedSensor, _ folder: String, _ socket: String) throws -> Void
    )
        throws
    {
        try withFolder { folder in
            let sensor = try SimulatedSensor(scenario: "walk 5 s, sit 5 min", speed: 1)
            let socket = folder + "/live.sock"
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path, "--socket", socket])
            #expect(daemon.waits(for: "locked", in: "transcript"))
            try body(daemon, sensor, folder, socket)
            _ = daemon.stop()
        }
    }

    @Test func statusIsAskedOfTheDaemonAndWithoutItReadFromTheHistory() throws {
        let schema = try JSONSchema(file: "docs/schema/live.schema.json")
        try withDaemon { daemon, sensor, folder, socket in
            #expect(
                daemon.waits(for: "ongoing", in: "transcript")
                    || daemon.waits(for: "posture", in: "transcript"))
            let options = ["--socket", socket, "--db", folder + "/state/lumbard.db"]
            let asked = try CommandProcess.run(folder: folder, ["status"] + options)
            #expect(asked.status == 0 && asked.errors == "")
            #expect(
                asked.output.hasPrefix("me\n  now       ") && asked.output.contains("\n  today     worn "))
            #expect(asked.output.contains("\ndaemon    lumbard \(ReleaseName.version), up "))
            #expect(asked.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(asked.output)")
            let json = try CommandProcess.run(folder: folder, ["status", "--json"] + options)
            #expect(schema.complaint(about: json.output) == nil)

            #expect(daemon.stop() == 0)
            let read = try CommandProcess.run(folder: folder, ["status"] + options)
            #expect(read.status == 0 && !read.output.contains("  now  "))
            #expect(read.output.hasPrefix("me\n  today     worn "), "\(read.output)")
            #expect(read.output.contains("daemon    not asked: it is not running at \(socket)"))
            let again = try CommandProcess.run(folder: folder, ["status", "--json"] + options)
            #expect(schema.complaint(about: again.output) == nil && again.output.contains(#""daemon":null"#))
            #expect(again.errors == "lumbarctl: the daemon was not asked: it is not running at \(socket)\n")
        }
    }

    @Test func withoutDaemonAndHistoryItIsOneLineAndAStatus() throws {
        try withFolder { folder in
            let nowhere = ["--socket", folder + "/no.sock"]
            for arguments in [["watch"], ["status", "--db", folder + "/no.db"]] {
                let ended = try CommandProcess.run(folder: folder, arguments + nowhere)
                #expect(ended.status == 69 && ended.output == "")
                #expect(ended.errors.hasPrefix("lumbarctl: lumbard cannot be asked: it is not running"))
                #expect(ended.errors.split(separator: "\n").count == 1)
            }
            // A socket without the right to it; root has every right.
            let socket = try ListeningSocket.bind(folder + "/closed.sock")
            chmod(folder + "/closed.sock", 0)
            if geteuid() != 0 {
                let ended = try CommandProcess.run(
                    folder: folder, ["watch", "--socket", folder + "/closed.sock"])
                #expect(ended.status == 77 && ended.errors.contains("usermod -aG lumbard"))
            }
            _ = socket.descriptor
        }
    }

    @Test func devicesTellWhatTheDaemonReadsAndGoOnWithoutIt() throws {
        try withDaemon { daemon, sensor, folder, socket in
            let asked = try CommandProcess.run(folder: folder, ["devices", "--socket", socket])
            #expect(asked.status == 0 && asked.errors == "", "\(asked.errors)")
            #expect(asked.output.contains("state     read\n"), "\(asked.output)")
            #expect(asked.output.contains("data      witmotion, "), "\(asked.output)")
            let json = try CommandProcess.run(folder: folder, ["devices", "--json", "--socket", socket])
            let line = json.output.split(separator: "\n").first { $0.contains(sensor.path) }
            let value = try JSONReader.read(String(line ?? ""), limits: .reply)
            #expect(value["live"].flatMap { LiveDevice($0) }?.protocolName == "witmotion")
            #expect(daemon.stop() == 0)
            let without = try CommandProcess.run(folder: folder, ["devices", "--socket", socket])
            #expect(without.status == 0 && !without.output.contains("state     "))
            #expect(
                without.errors
                    == "lumbarctl: what the daemon reads is not known: it is not running at \(socket)\n")
        }
    }

    @Test func watchPrintsLinesWhereThereIsNoTerminal() throws {
        let schema = try JSONSchema(file: "docs/schema/live.schema.json")
        try withDaemon { daemon, _, folder, socket in
            let plain = try CommandProcess(folder: folder, ["watch", "--socket", socket])
            #expect(daemon.waits { plain.text(of: "out").contains("  now     ") })
            plain.terminate(SIGINT)
            #expect(plain.end() == 0 && !plain.text(of: "out").contains("\u{1B}"))
            let json = try CommandProcess(
                folder: folder, ["watch", "--json", "--frames", "--socket", socket])
            #expect(daemon.waits { json.text(of: "out").split(separator: "\n").count > 5 })
            json.terminate()
            #expect(json.end() == 0)
            for line in json.text(of: "out").split(separator: "\n") {
                #expect(schema.complaint(about: String(line)) == nil)
            }
            // The daemon ends first: that is said.
            let last = try CommandProcess(folder: folder, ["watch", "--plain", "--socket", socket])
            #expect(daemon.waits { last.text(of: "out").contains("  now     ") })
            #expect(daemon.stop() == 0)
            #expect(last.end() == 69 && last.text(of: "err").contains("lumbard has closed the connection"))
        }
    }

    /// On a terminal: a page of its own, and in the end the terminal is as it was, however it ends.
    @Test(arguments: [nil, SIGINT, SIGTERM, SIGHUP])
    func watchLeavesTheTerminalAsItWas(signal: Int32?) throws {
        try withDaemon { daemon, _, folder, socket in
            let terminal = try PseudoTerminal.open()
            let near = open(terminal.path, O_RDWR | O_NOCTTY)
            defer { close(near) }
            var before = termios()
            var after = termios()
            tcgetattr(near, &before)
            var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
            _ = ioctl(near, UInt(TIOCSWINSZ), &size)
            let watch = try CommandProcess(
                folder: folder, ["watch", "--socket", socket], terminal: terminal.path)
            var shown = ""
            let far = terminal.master.number
            func show() -> Bool {
                var part = [UInt8](repeating: 0, count: 65_536)
                let count = read(far, &part, part.count)
                if count > 0 { shown += String(decoding: part[..<count], as: UTF8.self) }
                return shown.contains("trunk     ") && shown.contains("today     worn ")
            }
            #expect(daemon.waits(until: show), "\(shown)")
            if let signal { watch.terminate(signal) } else { try terminal.send([UInt8(ascii: "q")]) }
            #expect(
                daemon.waits {
                    _ = show(); return shown.hasSuffix("\u{1B}[?25h\u{1B}[?1049l")
                })
            #expect(watch.end() == 0 && watch.text(of: "err") == "")
            tcgetattr(near, &after)
            #expect(
                before.c_lflag == after.c_lflag && before.c_iflag == after.c_iflag
                    && before.c_oflag == after.c_oflag)
            #expect(shown.hasPrefix("\u{1B}[?1049h\u{1B}[?25l"))
        }
    }
}
