import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl alerts, by name", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct AlertsCommandTests {
    private let folder: TemporaryFolder
    private let names: [String]
    private var path: String { folder.path + "/lumbard.db" }

    /// A history of sixty alerts of one afternoon: more than there are letters.
    init() throws {
        folder = try TemporaryFolder()
        let store = try Store.new(in: folder)
        var names: [String] = []
        for minute in 1...60 {
            let alert = Alert(
                rule: .sitting, tier: .nudge, time: .zero + .minutes(Double(minute)), episodeStart: .zero,
                duration: .minutes(30), message: "after \(minute) min", wearer: .sole)
            try store.append(alert: alert)
            names.append(AlertID(of: alert, bootID: "boot-1").text)
        }
        self.names = names
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["alerts"] + words + ["--db", path])
    }

    @Test("an alert is found by its name, in any case, and by its beginning")
    func named() throws {
        let list = try run("-n", "1").output.split(separator: "\n")
        #expect(list.first?.hasPrefix("ID       TIME") == true)
        #expect(list.last?.hasPrefix(names[59] + "  2026-11-21 11:00  nudge") == true)
        let one = try run(names[6].uppercased())
        #expect(one.status == 0 && one.output.hasSuffix("after 7 min\n"), "\(one)")
        #expect(one.output.split(separator: "\n").count == 2)
        let json = try run(String(names[6].prefix(6)), "--json").output
        #expect(json.hasPrefix("{\"type\":\"alert\",\"id\":\"\(names[6])\",\"time\":\"2026-11-21T10:07"))
    }

    @Test("what means none is told, and what was nearly meant")
    func unknown() throws {
        var typo = Array(names[9])
        typo[3] = typo[3] == "0" ? "1" : "0"
        let near = try run(String(typo))
        #expect(near.status == 65)
        #expect(
            near.errors
                == "lumbarctl: there is no alert \"\(String(typo))\"; did you mean \(names[9])?\n")
        let far = try run("u\u{1B}[2Juuuuuuuuu")
        #expect(far.status == 65)
        #expect(
            far.errors
                == "lumbarctl: there is no alert \"u\\u{1b}[2Juuuuuuuuu\"; `lumbarctl alerts` shows the names\n"
        )
    }

    @Test("what means several is told, the newest first")
    func ambiguous() throws {
        let letters = Dictionary(grouping: names.indices) { names[$0].prefix(1) }
        let shared = try #require(letters.values.filter { $0.count == 2 }.min { $0[0] < $1[0] })
        let ended = try run(String(names[shared[0]].prefix(1)))
        #expect(ended.status == 65)
        let (old, new) = (names[shared[0]], names[shared[1]])
        #expect(ended.errors.hasPrefix("lumbarctl: \"\(new.prefix(1))\" may be \(new) of 2026-11-21 "))
        #expect(ended.errors.contains(", \(old) of 2026-11-21 "))
        #expect(ended.errors.hasSuffix("; write more letters of the one you mean\n"))
    }

    @Test("a name is not narrowed down further")
    func mixing() throws {
        let ended = try run(names[0], "--since", "today")
        #expect(ended.status == 64)
        #expect(ended.errors.contains("An alert that is named is shown whenever it was."))
    }
}
