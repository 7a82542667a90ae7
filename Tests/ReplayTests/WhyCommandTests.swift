import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

@Suite("lumbarctl why", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct WhyCommandTests {
    private let folder: TemporaryFolder
    private let old: String
    private let new: String
    private var path: String { folder.path + "/lumbard.db" }

    /// An alert of before reasons were kept, and one with everything, told to nobody.
    init() throws {
        folder = try TemporaryFolder()
        let store = try Store.new(in: folder)
        let first = Alert(
            rule: .sitting, tier: .nudge, time: .zero + .minutes(31), episodeStart: .zero + .minutes(1),
            duration: .minutes(30), message: "first", wearer: .sole)
        var second = first
        second.time = .zero + .minutes(91)
        second.message = "second\u{1B}[2J"
        second.delivery = .shadow
        second.reason = AlertReason(
            clause: "seated_time", measured: 1801, threshold: 1800, unit: .seconds, uncertainty: 2,
            confidence: 0.75, algorithm: "sitting/2\u{202E}")
        try store.append(alert: first)
        let trace = AlertTrace(
            start: .zero + .minutes(60), interval: .seconds(30),
            flexionDegrees: (0..<64).map { $0 == 5 ? nil : $0 / 2 },
            postures: Array(repeating: .sitting, count: 64))
        var pending = PendingRows()
        pending.append(.alert(second))
        pending.append(.trace(trace, AlertKey(second, bootID: "boot-1")))
        try store.append(&pending)
        (old, new) = (
            AlertID(of: first, bootID: "boot-1").text, AlertID(of: second, bootID: "boot-1").text
        )
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", words + ["--db", path])
    }

    @Test("an alert that was told to nobody is found by its name, with its plot and its answer")
    func named() throws {
        #expect(try run("ack", new, "useful").status == 0)
        let ended = try run("why", String(new.prefix(5)).uppercased())
        #expect(ended.status == 0 && ended.errors == "", "\(ended.errors)")
        let lines = ended.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("\(new)  2026-11-21 11:31:00  nudge: sitting") == true)
        #expect(lines[1] == "You had been sitting for 30 min; the rule speaks from 30 min on.")
        #expect(lines[2] == "\"second\\u{1b}[2J\"")
        #expect(
            ended.output.contains("answer       useful") && ended.output.contains("no: its rule is on trial"))
        #expect(ended.output.contains("flexion\n") && ended.output.contains("the alert, 11:31"))
        #expect(lines.allSatisfy { $0.count <= 80 })
        let plain = try run("why", new, "--plain")
        #expect(plain.status == 0 && plain.output.contains("FROM   FLEXION  POSTURE"))
    }

    @Test("without a name it is the newest that was told; one of before says that it has no reason")
    func newest() throws {
        let ended = try run("why")
        #expect(ended.status == 0 && ended.output.hasPrefix(old))
        #expect(ended.output.contains("reasons were not kept yet"))
    }

    @Test("its JSON fits the schema, with and without a reason")
    func json() throws {
        let schema = try JSONSchema(file: "docs/schema/why.schema.json")
        for name in [old, new] {
            let ended = try run("why", name, "--json")
            #expect(ended.status == 0)
            #expect(schema.complaint(about: ended.output) == nil)
            #expect(ended.output.unicodeScalars.allSatisfy { Printable.isSafe($0) || $0 == "\n" })
        }
        let full = try run("why", new, "--json").output
        #expect(
            full.contains("\"flexion_deg\":[0,0,1,1,2,null,3,") && full.contains("\"delivery\":\"shadow\""))
        #expect(try run("why", old, "--json").output.contains("\"trace\":null"))
    }

    @Test("what was told to nobody is listed only when asked for, in a form of its schema")
    func shadows() throws {
        let told = try run("alerts").output
        #expect(told.contains(old) && !told.contains(new))
        let all = try run("alerts", "--shadow").output
        #expect(all.contains(old) && all.contains(new) && all.contains("shadow"))
        let schema = try JSONSchema(file: "docs/schema/alerts.schema.json")
        let lines = try run("alerts", "--shadow", "--json").output.split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines { #expect(schema.complaint(about: String(line)) == nil) }
        #expect(try run("alerts", "--precision", "--json").output.contains(#""raised":2,"on_trial":1,"#))
        #expect(try run("replay", "x.rec", "--traces").status == 64)
    }

    @Test("mistakes are told with their status")
    func mistakes() throws {
        var typo = Array(new)
        typo[3] = typo[3] == "0" ? "1" : "0"
        let near = try run("why", String(typo))
        #expect(near.status == 65)
        #expect(near.errors == "lumbarctl: there is no alert \"\(String(typo))\"; did you mean \(new)?\n")
        let forms = try run("why", "--plain", "--json")
        #expect(forms.status == 64 && forms.errors.contains("--plain and --json are two forms: choose one."))
        let none = try Program.run("lumbarctl", ["why", "--db", folder.path + "/none.db"])
        #expect(none.status == 66 && none.errors.contains("there is no such file"))
        let wrong = try Program.run("lumbarctl", ["why", "--db", "/etc/passwd"])
        #expect(wrong.status == 65 && wrong.errors.contains("file is not a database"))
        let empty = try TemporaryFolder()
        _ = try Store.new(in: empty)
        let quiet = try Program.run("lumbarctl", ["why", "--db", empty.path + "/lumbard.db"])
        #expect(quiet.status == 65 && quiet.errors == "lumbarctl: no alert was raised yet\n")
    }
}
