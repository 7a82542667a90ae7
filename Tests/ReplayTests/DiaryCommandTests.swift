import Glibc
import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

@Suite("lumbarctl diary", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct DiaryCommandTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }

    init() throws {
        folder = try TemporaryFolder()
        let store = try Store.new(in: folder)
        try store.append(epochs: [MinuteEpoch(wearer: .sole, start: .zero, length: .seconds(60))])
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", ["diary"] + words + ["--db", path])
    }

    @Test("an entry is added, listed, changed, ended, exported and removed")
    func entries() throws {
        let added = try run(
            "add", "--pain", "6", "--kind", "Spasm", "--note", "tying \u{1B}[31mshoes", "--at",
            "2026-01-02 07:10")
        #expect(added.status == 0)
        let said = added.errors.split(separator: "\n").map(String.init)
        #expect(said.first == "Entry 1: spasm, pain 6 of 10, 2026-01-02 07:10.")
        // With every entry of pain, the static text.
        #expect(
            said.dropFirst().joined(separator: " ").hasPrefix(
                "This program counts movement; it cannot tell why"))
        #expect(said.last == "All of it: lumbarctl redflags")
        #expect(said.allSatisfy { $0.count <= 80 } && added.output.isEmpty)

        #expect(
            try run("add", "--kind", "ache", "--at", "2026-02-03", "--until", "2026-02-05 12:00").status == 0)
        let plain = try run("add", "--note", "new chair", "--at", "2026-03-01")
        #expect(plain.errors == "Entry 3: other, 2026-03-01 00:00.\n")

        let list = try run("list").output.split(separator: "\n")
        #expect(list.count == 4)
        #expect(list[0] == "ENTRY  BEGAN             OVER              PAIN  KIND   NOTE")
        #expect(list[1] == "    1  2026-01-02 07:10  -                    6  spasm  tying \\u{1b}[31mshoes")
        #expect(list[2] == "    2  2026-02-03 00:00  2026-02-05 12:00     -  ache")
        #expect(try run("list", "--since", "2026-02-01", "--until", "2026-03-01").output.contains("ache"))
        #expect(try !run("list", "--since", "2026-02-01", "--until", "2026-03-01").output.contains("chair"))

        let edited = try run("edit", "1", "--pain", "4", "--kind", "leg", "--note", "bending")
        #expect(edited.errors == "Entry 1: leg, pain 4 of 10, 2026-01-02 07:10.\n")
        let ended = try run("end", "1", "--at", "2026-01-04")
        #expect(ended.errors == "Entry 1: leg, pain 4 of 10, 2026-01-02 07:10 to 2026-01-04 00:00.\n")
        #expect(try run("edit", "1", "--going-on").errors == edited.errors)
        // What becomes pain only now.
        #expect(try run("edit", "3", "--pain", "2").errors.contains("This program counts movement"))

        let schema = try JSONSchema(file: "docs/schema/diary.schema.json")
        let lines = try run("list", "--json").output.split(separator: "\n").map(String.init)
        #expect(lines.count == 3 && lines[0].contains(#""pain":4,"kind":"leg","note":"bending""#))
        for line in lines { #expect(schema.complaint(about: line) == nil) }
        let export = try Program.run("lumbarctl", ["export", "--db", path]).output
        for line in lines { #expect(export.contains(line)) }

        #expect(try run("remove", "1").errors == "Entry 1 was removed.\n")
        #expect(try run("remove", "1").status == 65)
        let bytes = try Files.read(path + ".entries")
        #expect(!String(decoding: bytes, as: UTF8.self).contains("shoes"))
        #expect(try run("add", "--pain", "1").errors.hasPrefix("Entry 4: other, pain 1 of 10, "))
    }

    @Test(
        "what cannot be meant is said, and nothing is stored",
        arguments: [
            (["add"], 64, "Say how it is: --pain 0 to 10, --kind, or --note."),
            (["add", "--pain", "11"], 64, "--pain is between 0 (none) and 10 (the worst imaginable)."),
            (["add", "--pain", "much"], 64, "Usage: lumbarctl diary add"),
            (["add", "--kind", "spasms"], 64, "\"spasms\" is no kind; did you mean spasm?"),
            (
                ["add", "--kind", "banana"], 64,
                "\"banana\" is no kind; write spasm, ache, stiffness, leg, fall or other."
            ),
            (["add", "--pain", "3", "--at", "noonish"], 64, "--at \"noonish\" is no time; write today"),
            (["add", "--pain", "3", "--at", "2100-01-01"], 65, "--at 2100-01-01 has not been yet"),
            (["add", "--pain", "3", "--until", "2100-01-01"], 65, "--until 2100-01-01 has not been yet"),
            (
                ["add", "--pain", "3", "--at", "yesterday", "--until", "2026-01-01"], 65,
                "it cannot be over before it began"
            ),
            (
                ["add", "--pain", "3", "--wearer", "mee"], 64,
                "nobody called mee is in the history; did you mean me?"
            ),
            (["add", "--pain", "3", "--wearer", ""], 64, "A wearer has a name."),
            (["edit", "1"], 64, "Say what to change, such as --pain 4."),
            (["edit", "1", "--until", "today", "--going-on"], 64, "Choose one of --until and --going-on."),
            (["edit", "1", "--pain", "3"], 65, "there is no entry 1: the diary is empty"),
            (["end", "1"], 65, "there is no entry 1: the diary is empty"),
            (["remove", "1"], 65, "there is no entry 1: the diary is empty"),
            (["remove", "x"], 64, "Usage: lumbarctl diary remove"),
            (["list", "--since", "soon"], 64, "--since \"soon\" is no time"),
            (["history", "--wearer", "nobody"], 64, "nobody called nobody is in the history"),
        ])
    func mistakes(arguments: [String], status: Int32, message: String) throws {
        let ended = try Program.run("lumbarctl", ["diary"] + arguments + ["--db", path])
        #expect(ended.status == status)
        #expect(ended.errors.contains(message), "\(ended.errors)")
        #expect(access(path + ".entries", F_OK) != 0)
    }

    @Test("a note is not a book, and an entry that is not there is said")
    func bounds() throws {
        let long = try run("add", "--note", String(repeating: "x", count: 2001))
        #expect(long.status == 64 && long.errors.contains("--note is at most 2000 characters long."))
        #expect(
            try run("add", "--note", String(repeating: "x", count: 2000), "--at", "2026-01-02").status == 0)
        let other = try run("end", "2")
        #expect(other.status == 65)
        #expect(
            other.errors
                == "lumbarctl: there is no entry 2; `lumbarctl diary list` shows them with their numbers\n")
        let early = try run("end", "1", "--at", "2026-01-01")
        #expect(early.status == 65 && early.errors == "lumbarctl: it cannot be over before it began\n")
        #expect(try run("list", "--since", "2026-05-01").errors == "Nothing was noted in that time.\n")
    }

    @Test("a wrong path makes no file")
    func wrongPath() throws {
        let other = folder.path + "/other.db"
        for words in [
            ["add", "--pain", "3"], ["list"], ["end", "1"], ["remove", "1"], ["edit", "1", "--pain", "2"], [],
        ] {
            #expect(try Program.run("lumbarctl", ["diary"] + words + ["--db", other]).status == 66)
        }
        #expect(access(other + ".entries", F_OK) != 0 && access(other, F_OK) != 0)
    }

    @Test("without anything noted, the way to note it is told")
    func empty() throws {
        let ended = try run()
        #expect(ended.status == 0 && ended.output.isEmpty)
        #expect(ended.errors == "No pain was noted; lumbarctl diary add --pain 4 --kind ache notes it.\n")
        #expect(try run("list").errors == "Nothing was noted.\n")
    }

    @Test("whose back it is has to be said when there are several")
    func several() throws {
        let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
        try store.append(
            epochs: [MinuteEpoch(wearer: WearerID("ben"), start: .zero + .seconds(60), length: .seconds(60))])
        let asked = try run("add", "--pain", "3")
        #expect(asked.status == 64)
        #expect(
            asked.errors.contains("there are several wearers: me, ben; say whose back with --wearer NAME"))
        #expect(try run("add", "--pain", "3", "--wearer", "ben", "--at", "2026-01-02").status == 0)
        #expect(try run("add", "--pain", "4", "--wearer", "me", "--at", "2026-01-03").status == 0)
        #expect(try run("list").output.contains("ENTRY  WEARER  BEGAN"))
        #expect(try !run("list", "--wearer", "ben").output.contains("2026-01-03"))
        #expect(try run("history").status == 64)
        #expect(try run("history", "--wearer", "ben").output.contains("2026-01-02 00:00"))
        let forgot = try Program.run(
            "lumbarctl", ["forget", "--before", "2026-02-01", "--wearer", "ben", "--yes", "--db", path])
        #expect(forgot.status == 0, "\(forgot)")
        #expect(try run("list", "--json").output.split(separator: "\n").count == 1)
    }

    @Test("the page of signs fits a terminal and is the same as JSON")
    func redFlags() throws {
        let page = try Program.run("lumbarctl", ["redflags"])
        #expect(page.status == 0)
        let lines = page.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 })
        for words in [
            "Get emergency care today", "between the legs", "fever", "six weeks", "Sources", "JOSPT 50:350",
            "not a medical device",
        ] {
            #expect(page.output.contains(words), "\(words)")
        }
        let json = try Program.run("lumbarctl", ["redflags", "--json"]).output.dropLast()
        let schema = try JSONSchema(file: "docs/schema/redflags.schema.json")
        #expect(schema.complaint(about: String(json)) == nil)
        #expect(try Program.run("lumbarctl", ["redflags", "now"]).status == 64)
    }
}
