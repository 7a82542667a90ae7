import Glibc
import LumbarCore
import LumbarLinux
import LumbarSimulation
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "the history of a household", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct SeveralWearersTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }

    init() throws { folder = try TemporaryFolder() }

    /// A history with a minute and an alert of today for each of `names`.
    private func write(_ names: String...) throws {
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        let anchor = WallClockReader.anchor()
        try store.append(anchor: anchor)
        let midnight = anchor.instant(at: anchor.zone.start(of: anchor.date(at: anchor.instant)))
        for (number, name) in names.enumerated() {
            var minute = MinuteEpoch(wearer: WearerID(name), start: midnight, length: .seconds(60))
            minute.postureSeconds[Posture.standing.index] = 60 - Double(20 * number)
            try store.append(epochs: [minute])
            try store.append(
                alert: Alert(
                    rule: .sitting, tier: .nudge, time: midnight + .seconds(30), episodeStart: midnight,
                    duration: .minutes(30), step: 1, message: "for \(name)", flexionDegrees: nil, count: 1,
                    wearer: WearerID(name)))
        }
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", words + ["--db", path])
    }

    @Test("with one wearer nothing has to be said, whatever the name")
    func one() throws {
        try write("anna")
        let summary = try run("summary")
        #expect(summary.status == 0 && !summary.output.contains("anna"), "\(summary)")
        #expect(summary.output.contains("stood") || summary.output.contains("Stand"), "\(summary)")
        #expect(!(try run("alerts").output.contains("WEARER")))
        #expect(try run("load", "12kg", "--reach", "45cm", "--at", "today").status == 0)
        #expect(try run("load", "--list", "--json").output.contains(#""wearer":"anna""#))
        #expect(try run("forget", "--before", "tomorrow", "--yes").errors.contains("rows were deleted"))
    }

    @Test("with several, each is shown under the own name")
    func several() throws {
        try write("anna", "ben\u{202E}x")
        let summary = try run("summary")
        let heads = summary.output.split(separator: "\n").filter { $0.hasSuffix(":") && !$0.hasPrefix(" ") }
        #expect(heads == ["anna:", "ben\\u{202e}x:"], "\(summary)")
        #expect(!(try run("summary", "--wearer", "anna").output.contains("ben")))
        #expect(try run("summary", "--days", "2").output.contains("anna:\nDAY"))
        let days = try run("summary", "--json").output.split(separator: "\n")
        #expect(days.count == 2 && days[0].contains(#""wearer":"anna""#))
        let alerts = try run("alerts", "-n", "1").output
        #expect(alerts.contains("WEARER"))
        #expect(!(try run("alerts", "--wearer", "anna").output.contains("for ben")))
        let export = try run("export", "--wearer", "anna").output
        #expect(export.contains(#""wearer":"anna""#) && !export.contains(#""wearer":"ben"#))
        #expect(try run("export").output.contains(#""wearer":"ben"#))
    }

    @Test("what would be a guess is asked")
    func asking() throws {
        try write("anna", "ben")
        let load = try run("load", "12kg", "--reach", "45cm")
        #expect(load.status == 64)
        #expect(
            load.errors.contains("there are several wearers: anna, ben; say who lifted it with --wearer NAME")
        )
        #expect(access(path + ".entries", F_OK) != 0)
        let forget = try run("forget", "--before", "tomorrow", "--yes")
        #expect(forget.status == 64 && forget.errors.contains("whose with --wearer NAME, or --everyone"))
        let nobody = try run("summary", "--wearer", "bne")
        #expect(nobody.status == 64 && nobody.errors.contains("did you mean ben?"))
    }

    @Test("one wearer's history is forgotten and the other's is not")
    func forgetting() throws {
        try write("anna", "ben")
        #expect(try run("load", "12kg", "--reach", "45cm", "--wearer", "anna", "--at", "today").status == 0)
        #expect(try run("load", "8kg", "--reach", "45cm", "--wearer", "ben", "--at", "today").status == 0)
        let ended = try run("forget", "--before", "tomorrow", "--wearer", "anna", "--yes")
        #expect(ended.status == 0 && ended.errors.contains("3 rows were deleted"), "\(ended)")
        let left = try run("export").output
        #expect(!left.contains("anna") && left.contains(#""wearer":"ben""#), "\(left)")
        #expect(left.contains(#""load_kg":8"#))
        // The one that is left needs no name.
        #expect(!(try run("summary").output.contains("ben:")))
        #expect(try run("forget", "--before", "tomorrow", "--everyone", "--yes").status == 0)
        #expect(!(try run("export").output.contains("ben")))
    }

    /// Two lines, two wearers: two days, each from what its own sensor sent.
    @Test("two sensors of two wearers make two days")
    func live() throws {
        let config = folder.path + "/lumbard.conf"
        let sitter = try Program(
            "lumbarctl",
            ["simulate", "--scenario", "sit 60 s", "--seed", "1", "--rate", "50", "--pty", "--speed", "20"])
        let stander = try Program(
            "lumbarctl",
            ["simulate", "--scenario", "stand 60 s", "--seed", "2", "--rate", "50", "--pty", "--speed", "20"])
        let lines = [sitter.firstLine(), stander.firstLine()]
        try replaceFile(
            config,
            with: Array("[sensor \(lines[0])]\nwearer=anna\n[sensor \(lines[1])]\nwearer=ben\n".utf8))
        let daemon = try Program(
            "lumbard", ["--no-udev", "--no-journal", "--config", config, "--state-directory", folder.path])
        try daemon.waitUntilItTells("worn by")
        _ = (sitter.end(), stander.end())
        daemon.terminate()
        let ended = daemon.end()
        #expect(ended.status == 0)
        // The day so far, to each under the own name.
        for name in ["anna: ", "ben: "] {
            #expect(ended.errors.contains("lumbard: " + name), "\(ended.errors)")
        }
        let export = try run("export").output.split(separator: "\n")
        for name in ["anna", "ben"] {
            let minutes = export.filter {
                $0.contains(#""type":"epoch""#) && $0.contains("\"wearer\":\"\(name)\"")
            }
            #expect(!minutes.isEmpty, "\(export)")
        }
        #expect(!export.contains { $0.contains(#""wearer":"me""#) })
        let said = try run("summary").output
        #expect(said.contains("anna:\n") && said.contains("ben:\n"), "\(said)")
    }
}
