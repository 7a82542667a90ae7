import Glibc
import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

@Suite("lumbarctl ack", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct AckCommandTests {
    private let folder: TemporaryFolder
    private let names: [String]
    private var path: String { folder.path + "/lumbard.db" }

    /// A history of nine alerts: seven of sitting, one lift, and one possible fall to somebody else.
    init() throws {
        folder = try TemporaryFolder()
        let store = try Store.new(in: folder)
        let rules = Array(repeating: AlertRule.sitting, count: 7) + [.lift, .fall]
        var names: [String] = []
        for (number, rule) in rules.enumerated() {
            let alert = Alert(
                rule: rule, tier: .nudge, time: .zero + .hours(Double(number)), episodeStart: .zero,
                duration: .minutes(30), message: "number \(number)",
                wearer: rule == .fall ? WearerID("ben\u{202E}") : .sole)
            try store.append(alert: alert)
            names.append(AlertID(of: alert, bootID: "boot-1").text)
        }
        self.names = names
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", words + ["--db", path])
    }

    @Test("an answer is given, shown, changed and taken back")
    func answering() throws {
        #expect(try !run("alerts").output.contains("ANSWER"))
        let first = try run("ack", names[0].uppercased(), "Useful")
        #expect(first.status == 0)
        #expect(first.errors == "Alert \(names[0]) (sitting, 2026-11-21 10:00): useful.\n")
        #expect(try run("ack", names[0], "false").status == 0)
        let table = try run("alerts").output.split(separator: "\n")
        #expect(table[0].hasSuffix("ANSWER  MESSAGE"))
        #expect(table[1].hasSuffix("30 min  false   number 0"))
        #expect(table[2].hasSuffix("30 min  -       number 1"))

        let schema = try JSONSchema(file: "docs/schema/alerts.schema.json")
        let lines = try run("alerts", "--json").output.split(separator: "\n").map(String.init)
        #expect(lines.count == 9)
        for line in lines { #expect(schema.complaint(about: line) == nil) }
        #expect(lines[0].hasSuffix(#""verdict":"false"}"#) && lines[1].hasSuffix(#""verdict":null}"#))

        let undone = try run("ack", "--undo", names[0])
        #expect(undone.errors == "Alert \(names[0]) (sitting, 2026-11-21 10:00): useful, as before.\n")
        #expect(try run("ack", names[0], "--undo").errors.hasSuffix(": no answer.\n"))
        let nothing = try run("ack", "--undo", names[0])
        #expect(nothing.status == 65)
        #expect(
            nothing.errors
                == "lumbarctl: Alert \(names[0]) (sitting, 2026-11-21 10:00) has no answer to take back\n")
    }

    @Test("every answer is listed, exported and forgotten")
    func listing() throws {
        #expect(try run("ack", "--list").errors == "No alert was answered.\n")
        #expect(try run("ack", names[0], "useful").status == 0)
        #expect(try run("ack", names[8], "later").status == 0)
        let list = try run("ack", "--list").output.split(separator: "\n")
        #expect(list.count == 3 && list[0].hasPrefix("GIVEN             ALERT    RAISED            WEARER"))
        #expect(list[2].contains("ben\\u{202e}") && list[2].hasSuffix("possible fall  later"))
        #expect(try run("ack", "--list", "--wearer", "me").output.split(separator: "\n").count == 2)
        let schema = try JSONSchema(file: "docs/schema/ack.schema.json")
        let lines = try run("ack", "--list", "--json").output.split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        for line in lines { #expect(schema.complaint(about: line) == nil) }
        let export = try run("export").output
        for line in lines { #expect(export.contains(line)) }
        let ended = try run("forget", "--before", "2026-11-22", "--everyone", "--yes")
        #expect(ended.status == 0, "\(ended)")
        #expect(try run("ack", "--list", "--json").output.isEmpty)
    }

    @Test("answers are added up by rule, with an interval once there are five")
    func precision() throws {
        for name in names[0..<4] { #expect(try run("ack", name, "useful").status == 0) }
        #expect(try run("ack", names[4], "later").status == 0)
        #expect(try run("ack", names[7], "false").status == 0)
        let few = try run("alerts", "--precision").output
        #expect(
            few.contains("sitting             7         0       4      0      1  not enough answers yet"),
            "\(few)")
        #expect(try run("ack", names[5], "false").status == 0)
        let table = try run("alerts", "--precision").output
        let expected = """
            ABOUT          RAISED  ON TRIAL  USEFUL  FALSE  LATER  USEFUL OF THOSE JUDGED
            sitting             7         0       4      1      1  80 % (95 %: 38 to 96 %)
            probable lift       1         0       0      1      0  not enough answers yet
            possible fall       1         0       0      0      0  not enough answers yet

            """
        #expect(table == expected)
        let schema = try JSONSchema(file: "docs/schema/alerts.schema.json")
        let lines = try run("alerts", "--precision", "--json").output.split(separator: "\n").map(String.init)
        #expect(
            lines.first
                == #"{"type":"alert_precision","rule":"sitting","raised":7,"on_trial":0,"useful":4,"false":1,"#
                + #""later":1,"useful_share":0.8000,"useful_share_95":[0.3755,0.9638]}"#)
        for line in lines { #expect(schema.complaint(about: line) == nil) }
        // Only what was raised in that time.
        let late = try run("alerts", "--precision", "--since", "2026-11-21 14:30").output
        #expect(late.contains("sitting             2         0       0      1      0"), "\(late)")
        let none = try run("alerts", "--precision", "--until", "2020-01-01")
        #expect(none.output.isEmpty && none.errors == "No alerts.\n")
    }

    @Test("answers to alerts of a rule on trial are held against those alerts")
    func onTrial() throws {
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        for number in 0..<6 {
            var alert = Alert(
                rule: .turning, tier: .nudge, time: .zero + .hours(Double(number)) + .minutes(5),
                episodeStart: .zero, duration: .minutes(1), message: "turned \(number)", wearer: .sole)
            alert.delivery = .shadow
            try store.append(alert: alert)
            #expect(try run("ack", AlertID(of: alert, bootID: "boot-1").text, "useful").status == 0)
        }
        store.close()
        let lines = try run("alerts", "--precision").output.split(separator: "\n")
        let turning = try #require(lines.first { $0.contains("100 %") })
        #expect(turning.split(separator: " ").dropFirst().prefix(4) == ["6", "6", "6", "0"], "\(turning)")
    }

    @Test(
        "what cannot be meant is said",
        arguments: [
            (["ack"], "Say which alert: lumbarctl ack ID ANSWER, or --list."),
            (["ack", "abc"], "Say what it was: useful, false or later."),
            (["ack", "abc", "usefull"], "\"usefull\" is no answer; did you mean useful?"),
            (["ack", "abc", "banana"], "\"banana\" is no answer; write useful, false or later."),
            (["ack", "abc", "useful", "--undo"], "--undo takes an answer back; give none."),
            (["ack", "abc", "--list"], "--list shows all answers; give no alert."),
            (["ack", "abc", "useful", "--json"], "--json and --wearer go with --list."),
            (["alerts", "--precision", "-n", "3"], "leave the name, -n and --shadow out."),
        ])
    func mistakes(arguments: [String], message: String) throws {
        let ended = try Program.run("lumbarctl", arguments + ["--db", path])
        #expect(ended.status == 64)
        #expect(ended.errors.contains(message), "\(ended.errors)")
        #expect(access(path + ".entries", F_OK) != 0)
    }

    @Test("an alert or a history that is not there makes no file")
    func missing() throws {
        let alert = try run("ack", "uuuuuuu", "useful")
        #expect(alert.status == 65 && alert.errors.contains("there is no alert \"uuuuuuu\""))
        #expect(try run("ack", "--list", "--wearer", "nobody").status == 64)
        let other = folder.path + "/other.db"
        let history = try Program.run("lumbarctl", ["ack", "abc", "useful", "--db", other])
        #expect(history.status == 66)
        #expect(access(path + ".entries", F_OK) != 0 && access(other + ".entries", F_OK) != 0)
    }
}
