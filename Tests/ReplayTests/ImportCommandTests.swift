import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl import",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct ImportCommandTests {
    private let folder: TemporaryFolder
    private func path(_ name: String) -> String { folder.path + "/" + name + ".db" }

    init() throws { folder = try TemporaryFolder() }

    /// A history with rows of every kind and numbers of every length, that follows from `seed`.
    private func make(_ name: String, seed: UInt64, wearer: WearerID = .sole) throws {
        var made = RandomRows(seed: seed, wearer: wearer)
        for boot in 1...2 {
            let store = try Store(writing: path(name), bootID: "boot-\(seed)-\(boot)", host: FolderHost())
            var pending = PendingRows()
            for row in made.rows(ofBoot: boot) { pending.append(row) }
            try store.append(&pending)
            store.close()
        }
    }

    private func make(empty name: String) throws {
        try Store(writing: path(name), bootID: "", host: FolderHost()).close()
    }

    private func export(_ name: String) throws -> String {
        let ended = try Program.run("lumbarctl", ["export", "--db", path(name)])
        #expect(ended.status == 0, "\(ended.errors)")
        return ended.output
    }

    private func write(_ text: String, _ name: String) throws -> String {
        let file = folder.path + "/" + name
        unlink(file)
        try PrivateFile.create(file).write(text)
        return file
    }

    @Test(
        "what was exported, imported and exported again is the same, line by line",
        arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        try make("one", seed: seed)
        let lines = try export("one")
        #expect(lines.split(separator: "\n").count > 100)
        let file = try write(lines, "one.jsonl")
        try make(empty: "two")
        let ended = try Program.run("lumbarctl", ["import", file, "--db", path("two")])
        #expect(ended.status == 0, "\(ended.errors)")
        let again = try export("two").split(separator: "\n")
        for (before, after) in zip(lines.split(separator: "\n"), again) where before != after {
            Issue.record("\(before)\n\(after)")
            break
        }
        #expect(again.count == lines.split(separator: "\n").count)
        // Into itself, and twice, nothing changes.
        for name in ["one", "two"] {
            let twice = try Program.run("lumbarctl", ["import", file, "--json", "--db", path(name)])
            let schema = try JSONSchema(file: "docs/schema/db.schema.json")
            #expect(schema.complaint(about: twice.output) == nil)
            #expect(!twice.output.contains(":1") && !twice.output.contains(":2,"), "\(twice.output)")
            #expect(try export(name) == lines)
        }
        #expect(access(path("two") + ".incoming", F_OK) != 0)
    }

    @Test("two machines come together, whichever is taken in first")
    func twoMachines() throws {
        try make("one", seed: 7)
        try make("two", seed: 8, wearer: WearerID("somebody else"))
        let files = [try write(export("one"), "one.jsonl"), try write(export("two"), "two.jsonl")]
        try make(empty: "three")
        try make(empty: "four")
        #expect(try Program.run("lumbarctl", ["import"] + files + ["--db", path("three")]).status == 0)
        for file in files.reversed() {
            #expect(try Program.run("lumbarctl", ["import", file, "--db", path("four")]).status == 0)
        }
        let merged = Set(try export("three").split(separator: "\n"))
        let otherWay = Set(try export("four").split(separator: "\n"))
        #expect(merged == otherWay)
        for file in ["one", "two"] {
            #expect(Set(try export(file).split(separator: "\n")).isSubset(of: merged))
        }
    }

    @Test("what people said comes along, once")
    func entries() throws {
        try make("one", seed: 5)
        let alert = try #require(
            try export("one").split(separator: "\n").first { $0.hasPrefix("{\"type\":\"alert\"") })
        let name = try #require(alert.split(separator: "\"").dropFirst(7).first.map(String.init))
        for words in [
            ["load", "12kg", "--reach", "45cm", "--times", "20", "--at", "2026-01-02 10:00"],
            [
                "diary", "add", "--pain", "6", "--kind", "spasm", "--note", "\u{202E}a \"b\"", "--at",
                "2026-01-02 07:10",
            ],
            ["diary", "add", "--kind", "other", "--note", "a walk", "--at", "2026-01-03"],
            ["ack", name, "useful"],
        ] {
            let ended = try Program.run("lumbarctl", words + ["--db", path("one")])
            #expect(ended.status == 0, "\(ended.errors)")
        }
        let lines = try export("one")
        let file = try write(lines, "one.jsonl")
        try make(empty: "two")
        for _ in 1...2 {
            #expect(try Program.run("lumbarctl", ["import", file, "--db", path("two")]).status == 0)
        }
        #expect(try export("two") == lines)
        let kinds = ["declared_load", "diary", "diary", "acknowledgement"].map { "{\"type\":\"\($0)\"" }
        for (line, kind) in zip(lines.split(separator: "\n").suffix(4), kinds) {
            #expect(line.hasPrefix(kind))
        }
        let schema = try JSONSchema(file: "docs/schema/export.schema.json")
        for line in lines.split(separator: "\n") { #expect(schema.complaint(about: String(line)) == nil) }
    }

    @Test(
        "a wrong line is named, and nothing is taken in",
        arguments: [
            ("rubbish", "it is no JSON object"), ("{\"type\":\"horse\"}", "no line of type horse"),
            ("[1]", "it has no type"), ("{\"type\":\"epoch\"}", "\"wearer\" is missing"),
            ("{\"type\":\"bend\",\"peak_deg\":\"much\"}", "\"peak_deg\" is no number"),
            ("{\"type\":\"alert\",\"rule\":\"horse\"}", "\"rule\" is no word that is known here"),
            ("{\"type\":\"declared_load\",\"load_kg\":-1,\"reach_m\":1}", "\"load_kg\" is no load"),
            ("{\"type\":\"\\u001b[31m\u{202E}\"}", "there is no line of type"),
        ])
    func wrongLines(line: String, reason: String) throws {
        try make("one", seed: 3)
        let file = try write(try export("one") + "\n" + line + "\n", "one.jsonl")
        let number = try export("one").split(separator: "\n").count + 2
        try make(empty: "two")
        let ended = try Program.run("lumbarctl", ["import", file, "--db", path("two")])
        #expect(ended.status == 65)
        #expect(ended.errors.contains(reason), "\(ended.errors)")
        #expect(ended.errors.contains("line \(number): "), "\(ended.errors)")
        #expect(ended.errors.contains("nothing was taken in"))
        #expect(ended.errors.unicodeScalars.allSatisfy { Printable.isSafe($0) || $0 == "\n" })
        #expect(try export("two").isEmpty)
        #expect(access(path("two") + ".incoming", F_OK) != 0)
    }

    @Test("what is not there, or in use, is named")
    func refusals() throws {
        let file = try write("", "empty.jsonl")
        let none = try Program.run("lumbarctl", ["import", file, "--db", path("none")])
        #expect(none.status == 66)
        #expect(access(path("none"), F_OK) != 0)
        try make(empty: "one")
        #expect(try Program.run("lumbarctl", ["import", file + "x", "--db", path("one")]).status == 66)
        #expect(try Program.run("lumbarctl", ["import", "--db", path("one")]).status == 64)
        #expect(try Program.run("lumbarctl", ["import", file, "--db", path("one")]).status == 0)
        let writer = try Program("lumbar-bench", ["--write-history", path("one")])
        defer { writer.killNow() }
        _ = writer.firstLine()
        let busy = try Program.run("lumbarctl", ["import", file, "--db", path("one")])
        #expect(busy.status == 69 && busy.errors.contains("sudo lumbarctl import"))
    }
}
