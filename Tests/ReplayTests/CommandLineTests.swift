import Glibc
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl, asked for what it cannot do",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct CommandLineTests {
    @Test(
        "what cannot be meant is said on one line or with the usage of that verb, and is 64",
        arguments: [
            (["alerts", "--since", "soon"], "--since \"soon\" is no time; write today"),
            (["alerts", "-n", "x"], "Usage: lumbarctl alerts"),
            (["summary", "--date", "2026-13-01"], "--date \"2026-13-01\" is no day; write today"),
            (["summary", "--days", "0"], "--days is between 1 and 3660."),
            (["forget", "--before", "never"], "--before \"never\" is no day; write today"),
            (["forget"], "Usage: lumbarctl forget"),
            (["simulate", "--scenario", "dance 5 min"], "found \"dance\""),
            (["simulate", "--rate", "0"], "--rate is between 10 and 400 Hz."),
            (["record", "--device", "/dev/null", "--for", "long"], "--for: "),
            (["watch", "--frames"], "--frames goes with --json."),
            (["watch", "--plain", "--json"], "--plain and --json are two forms"),
            (["sniff", "x", "--seconds", "0"], "--seconds is between 0.2 and 3600"),
        ])
    func nonsense(arguments: [String], message: String) throws {
        let ended = try Program.run("lumbarctl", arguments)
        #expect(ended.status == 64)
        #expect(ended.output == "")
        #expect(ended.errors.contains(message), "\(ended.errors)")
        let usage = ended.errors.split(separator: "\n").first { $0.hasPrefix("Usage: ") } ?? ""
        #expect(usage.isEmpty || usage.hasPrefix("Usage: lumbarctl " + arguments[0]))
    }

    @Test(
        "a command that does not exist is 64, with the one that was meant",
        arguments: [
            (["sumary", "--json"], "there is no command sumary; did you mean summary?", "lumbarctl --help"),
            (["help", "Alert"], "there is no command Alert; did you mean alerts?", "lumbarctl --help"),
            (
                ["device", "trsut", "x"], "there is no command trsut; did you mean trust?",
                "lumbarctl device --help"
            ),
            (["xyzzy"], "there is no command xyzzy.", "lumbarctl --help"),
            (["re\u{1B}[2J\u{202E}"], "there is no command re\\u{1b}[2J\\u{202e}.", "lumbarctl --help"),
        ])
    func mistyped(arguments: [String], message: String, help: String) throws {
        let ended = try Program.run("lumbarctl", arguments)
        #expect(ended.status == 64 && ended.output == "")
        #expect(ended.errors == "lumbarctl: \(message) All of them: \(help)\n")
        let listed = try Program.run(
            "lumbarctl", Array(help.split(separator: " ").dropFirst().map(String.init)))
        #expect(listed.status == 0 && listed.output.contains("SUBCOMMANDS:"))
    }

    @Test("every command that the help lists stands in the manual page, with its options")
    func manual() throws {
        let page = try Program.run("lumbarctl", ["manual"])
        #expect(page.status == 0 && page.errors == "")
        let list = try Program.run("lumbarctl", ["--help"]).output.split(separator: "\n")
        let names = list.drop { $0 != "SUBCOMMANDS:" }.dropFirst()
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See") }
            .compactMap { $0.split(separator: " ").first }
        #expect(names.count > 15)
        for name in names { #expect(page.output.contains("\n.Ss \(name)"), "\(name)") }
        #expect(
            page.output.contains(".It Fl \\-since , Fl S Ar \"time\"\nOnly alerts at or after this time.\n"))
    }

    @Test(
        "what is not there, not allowed or in use has the status of sysexits.h",
        arguments: [
            (["record", "--device", "/dev/no-such-line"], 66, "no such device is plugged in"),
            (["record", "--device", "/dev/null"], 74, "it is not a serial line"),
            (["alerts", "--db", "/nonexistent/lumbard.db"], 66, "/nonexistent/lumbard.db"),
            (["alerts", "--db", "/etc/passwd"], 65, "file is not a database"),
            (["config", "check", "/nonexistent.conf"], 66, "/nonexistent.conf"),
        ])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let ended = try Program.run("lumbarctl", arguments)
        #expect(ended.status == status)
        #expect(ended.errors.hasPrefix("lumbarctl: ") && ended.errors.contains(message), "\(ended.errors)")
        #expect(ended.errors.split(separator: "\n").count == 1)
    }

    @Test("a line that another program has open is 69, with the holder's name")
    func busy() throws {
        let sensor = try Program("lumbarctl", ["simulate", "--scenario", "stand 1 min", "--pty"])
        let path = sensor.firstLine()
        let first = try Program(
            "lumbarctl", ["record", "--device", path, "--output", "-", "--note", "the one that has it"])
        // It prints the header once it has the line.
        #expect(first.firstLine() == "lumbar-recording 1")
        let ended = try Program.run("lumbarctl", ["record", "--device", path, "--output", "-"])
        #expect(ended.status == 69)
        #expect(ended.errors.contains("lumbarctl (process ") && ended.errors.contains("has it open"))
        first.terminate()
        #expect(first.end().status == 0)
        sensor.terminate()
        _ = sensor.end()
    }

    @Test("on a terminal the progress of a replay never shares a line with what it found")
    func progressAndFindings() throws {
        let folder = try TemporaryFolder()
        let made = try Program.run(
            "lumbarctl",
            [
                "simulate", "--scenario", "walk 20 s, sit 45 min", "--perfect", "--rate", "20", "-o",
                folder.path + "/sit.rec",
            ])
        #expect(made.status == 0)
        let command = BuiltProgram.path("lumbarctl") + " replay --alerts \(folder.path)/sit.rec"
        let shown = try Program.run(systemProgram: "script", ["-qec", command, "/dev/null"])
        #expect(shown.status == 0)
        #expect(shown.output.contains("sitting for 30 minutes"))
        for piece in shown.output.components(after: " h of the stream") {
            #expect(piece.hasPrefix("\r\u{1B}[K"), "\(piece.prefix(40))")
        }
    }

    @Test(
        "help has no trace of the source it is written in",
        arguments: [
            "alerts", "summary", "replay", "simulate", "record", "devices", "config", "export", "forget",
            "sniff", "doctor",
        ])
    func help(verb: String) throws {
        let ended = try Program.run("lumbarctl", [verb, "--help"])
        #expect(ended.status == 0)
        #expect(!ended.output.contains("\\"))
        #expect(ended.output.split(separator: "\n").allSatisfy { $0.count <= 200 })
        #expect(ended.output.contains("USAGE: lumbarctl \(verb)"))
    }
}

extension String {
    /// What follows each occurrence of `mark`.
    fileprivate func components(after mark: String) -> [Substring] {
        var pieces: [Substring] = []
        var rest = self[...]
        while let found = rest.firstRange(of: mark) {
            rest = rest[found.upperBound...]
            pieces.append(rest)
        }
        return pieces
    }
}
