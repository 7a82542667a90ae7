import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "lumbarctl db and forget",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct DatabaseCommandTests {
    private let folder: TemporaryFolder
    private let schema: JSONSchema
    private var path: String { folder.path + "/lumbard.db" }
    private let midnight: Instant
    private let anchor: WallAnchor

    /// A history of yesterday's and today's first two hours, closed.
    init() throws {
        folder = try TemporaryFolder()
        schema = try JSONSchema(file: "docs/schema/db.schema.json")
        anchor = WallClockReader.anchor()
        midnight = anchor.instant(at: anchor.zone.start(of: anchor.date(at: anchor.instant)))
        let store = try Store(writing: folder.path + "/lumbard.db", bootID: "boot-1", host: FolderHost())
        try store.append(anchor: anchor, isSynchronized: true)
        for day in [-1.0, 0] {
            let start = midnight + .hours(24 * day)
            let minutes = (0..<120).map { minute -> MinuteEpoch in
                var epoch = MinuteEpoch(
                    wearer: .sole, start: start + .seconds(Double(minute) * 60), length: .seconds(60))
                epoch.postureSeconds[Posture.standing.index] = 60
                return epoch
            }
            try store.append(epochs: minutes)
            try store.append(
                alert: Alert(
                    rule: .sitting, tier: .nudge, time: start + .minutes(30), episodeStart: start,
                    duration: .minutes(30), step: 1, message: "Seated for 30 min.", count: 1, wearer: .sole))
        }
        store.close()
    }

    private func run(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", arguments + ["--db", path])
    }

    private func store() throws -> Store { try Store(reading: path) }

    @Test("status tells what there is")
    func status() throws {
        let text = try run("db", "status")
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.contains("240 epoch") && text.output.contains("backups   none yet"))
        let json = try run("db", "status", "--json").output.split(separator: "\n")
        #expect(json.count == 1)
        #expect(schema.complaint(about: String(json.first ?? "")) == nil)
        try Store(writing: path, bootID: "", host: FolderHost()).copy(
            to: Backups.path(of: path, 1), host: FolderHost())
        let more = try run("db", "status", "--verify", "--json").output.split(separator: "\n")
        #expect(schema.complaint(about: String(more.first ?? "")) == nil)
        #expect(more.first?.contains(#""sound":true"#) == true)
        #expect(try run("db", "status").output.contains("checked when it was made"))
        // A backup that is damaged later.
        damage(Backups.path(of: path, 1), pages: 31..<35)
        let damaged = try run("db", "status", "--verify")
        #expect(damaged.status == 65)
        #expect(damaged.output.contains("damaged: ") && damaged.errors.contains("a backup is damaged"))
    }

    @Test("check finds damage, and recover gets back what is around it")
    func recovering() throws {
        let sound = try run("db", "check")
        #expect(sound.status == 0 && sound.output == "The history is sound.\n", "\(sound.errors)")
        #expect(try schema.complaint(about: run("db", "check", "--json").output) == nil)
        #expect(try run("db", "backup", folder.path + "/copy.db").status == 0)

        // Pages of minutes: before them are those of boots and wearers.
        damage(path, pages: 31..<37)
        let found = try run("db", "check")
        #expect(found.status == 65)
        #expect(!found.output.isEmpty && found.errors.contains("lumbarctl db recover gets back"))
        #expect(try schema.complaint(about: run("db", "check", "--json").output) == nil)

        // As the daemon does.
        Glibc.rename(path, path + ".corrupt-1")
        do { _ = try Store(writing: path, bootID: "boot-2", host: FolderHost()) }
        #expect(try run("db", "status").output.contains("lumbarctl db recover gets back"))
        let recovered = try run("db", "recover")
        #expect(recovered.status == 0, "\(recovered.errors)")
        #expect(recovered.output.contains("rows found: ") && recovered.output.contains("new to the history"))
        let rows = try store().rowCounts()
        #expect(rows["epoch"] > 100 && rows["epoch"] < 240)
        #expect(access(path + ".incoming", F_OK) != 0)
        let again = try run("db", "recover", "--json").output
        #expect(schema.complaint(about: again) == nil)
        #expect(try store().rowCounts() == rows)
        // The backup has the rest.
        #expect(try run("db", "recover", folder.path + "/copy.db").status == 0)
        let whole = try store().rowCounts()
        #expect(whole["epoch"] == 240, "\(whole)")
        #expect(try store().integrityFindings() == [])

        let other = folder.path + "/other.db"
        #expect(try run("db", "recover", path + ".corrupt-1", "--into", other).status == 0)
        #expect(try Store(reading: other).rowCounts()["epoch"] > 100)
        #expect(try run("db", "recover", path + ".corrupt-1", "--into", other).status == 73)
    }

    @Test("backup copies, is private, and overwrites nothing")
    func backup() throws {
        let copy = folder.path + "/copy.db"
        let made = try run("db", "backup", copy, "--json")
        #expect(made.status == 0, "\(made.errors)")
        #expect(schema.complaint(about: made.output) == nil)
        var status = stat()
        #expect(stat(copy, &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(try Store(reading: copy).rowCounts() == store().rowCounts())
        let again = try run("db", "backup", copy)
        #expect(again.status == 73 && again.errors.contains("is there already"))
        #expect(try run("db", "backup", "/nonexistent/copy.db").status == 73)
    }

    @Test("what people said is told of, copied, checked and recovered with it")
    func said() throws {
        #expect(try run("diary", "add", "--pain", "4", "--note", "kept").status == 0)
        #expect(try run("diary", "add", "--pain", "5", "--note", "taken back").status == 0)
        #expect(try run("load", "8kg", "--reach", "30cm").status == 0)
        let entries = Entries.path(beside: path)
        let told = try run("db", "status").output
        #expect(told.contains("1 loads, 2 diary, 0 answers") && told.contains("no backup yet"), "\(told)")

        let copy = folder.path + "/copy.db"
        let made = try run("db", "backup", copy, "--json")
        #expect(made.output.contains(#""entries":"\#(copy).entries""#))
        #expect(schema.complaint(about: made.output) == nil)
        #expect(try run("db", "backup", folder.path + "/other.db").output.contains("other.db.entries"))
        // The file of what was said is not written over either, and nothing is begun then.
        Glibc.rename(copy, folder.path + "/moved.db")
        let refused = try run("db", "backup", copy)
        #expect(refused.status == 73 && refused.errors.contains("copy.db.entries is there already"))
        #expect(access(copy, F_OK) != 0)
        Glibc.rename(folder.path + "/moved.db", copy)

        // As the daemon does once a day; what is taken back afterwards goes from there too.
        try #require(try Entries(readingBeside: path)).copy(to: entries + ".backup-1", host: FolderHost())
        #expect(try run("diary", "remove", "2").status == 0)
        let status = try run("db", "status", "--json", "--verify").output
        #expect(schema.complaint(about: status) == nil, "\(status)")
        #expect(status.contains(#""diary":1,"#) && status.contains(#""sound":true"#))
        #expect(try run("db", "status").output.contains("its       backup of "))

        damage(entries, pages: 0..<1)
        let check = try run("db", "check")
        #expect(
            check.status == 65 && check.errors.contains("takes over its newest backup"), "\(check.errors)")
        #expect(try schema.complaint(about: run("db", "check", "--json").output) == nil)
        let damaged = try run("db", "status")
        #expect(damaged.status == 0 && damaged.output.contains("lumbarctl db recover takes over"))
        #expect(try run("diary", "list").status == 65)
        let recovered = try run("db", "recover", "--json")
        #expect(recovered.status == 0, "\(recovered.errors)")
        #expect(schema.complaint(about: recovered.output) == nil, "\(recovered.output)")
        #expect(recovered.output.contains(#""added":2,"moved_aside":"\#(entries).corrupt-1""#))
        let list = try run("diary", "list").output
        #expect(list.contains("kept") && !list.contains("taken back"))
        // Now there is nothing damaged any more to be recovered without being named.
        #expect(try run("db", "recover").status == 66)
        // From the copy both come; what was taken back after it was made stays so.
        let both = try run("db", "recover", copy)
        #expect(try !run("diary", "list").output.contains("taken back"))
        #expect(
            both.output.contains("rows found: ") && both.output.contains("3 loads, diary entries and answers")
        )
        let other = folder.path + "/new.db"
        let apart = try run("db", "recover", copy + ".entries", "--into", other)
        #expect(apart.status == 0 && apart.output.contains("3 of them new"), "\(apart.errors)")
        let wrong = try Program.run(
            "lumbarctl", ["db", "recover", copy + ".entries", "--db", folder.path + "/none.db"])
        #expect(wrong.status == 66 && access(folder.path + "/none.db.entries", F_OK) != 0)
    }

    @Test("compact gives space back")
    func compact() throws {
        #expect(try run("forget", "--before", "today", "--yes").status == 0)
        let made = try run("db", "compact", "--json")
        #expect(made.status == 0, "\(made.errors)")
        #expect(schema.complaint(about: made.output) == nil)
        #expect(try store().rowCounts()["epoch"] == 120)
        #expect(try run("db", "compact").output.contains(" now."))
    }

    @Test("what is not there, is no history, or is in use, is named")
    func refusals() throws {
        for words in [["status"], ["check"], ["backup", "x"], ["compact"], ["recover", "/etc/hostname"]] {
            let ended = try Program.run("lumbarctl", ["db"] + words + ["--db", folder.path + "/none.db"])
            #expect(ended.status == 66, "\(words): \(ended.errors)")
            #expect(ended.errors.contains("there is no such file"))
            #expect(access(folder.path + "/none.db", F_OK) != 0)
        }
        let nothing = try run("db", "recover")
        #expect(nothing.status == 66 && nothing.errors.contains("name the file to recover"))
        let rubbish = folder.path + "/rubbish"
        let file = try PrivateFile.create(rubbish)
        try file.write(String(repeating: "rubbish ", count: 1000))
        let useless = try run("db", "recover", rubbish)
        #expect(useless.status == 65 && useless.errors.contains("there is not a row of a history in it"))
        #expect(try run("db", "recover", folder.path + "/missing").status == 66)
        #expect(try run("db", "recover", folder.path).status == 66)
        #expect(try run("db", "mend").status == 64)

        let writer = try Program("lumbar-bench", ["--write-history", path])
        defer { writer.killNow() }
        _ = writer.firstLine()
        for words in [
            ["db", "compact"], ["db", "recover", rubbish], ["forget", "--before", "today", "--yes"],
        ] {
            let ended = try Program.run("lumbarctl", words + ["--db", path])
            #expect(ended.status == 69, "\(words): \(ended.errors)")
            #expect(ended.errors.contains("sudo systemctl stop lumbard; sudo lumbarctl"))
        }
        #expect(try run("db", "check").status == 0)
    }

    @Test("what is forgotten between two times is gone, from the backups too")
    func forgettingBetween() throws {
        try Store(writing: path, bootID: "", host: FolderHost()).copy(
            to: Backups.path(of: path, 1), host: FolderHost())
        let ended = try run("forget", "--between", "00:20", "00:40", "--yes")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.errors.contains("21 rows were deleted") && ended.errors.contains("The backup"))
        #expect(Backups.paths(of: path).isEmpty)
        let rows = try store().rowCounts()
        #expect(rows["epoch"] == 220 && rows["alert"] == 1)
        #expect(try run("alerts", "--json", "--since", "yesterday").output.split(separator: "\n").count == 1)
        for words in [
            ["--between", "today"], ["--between", "today", "yesterday", "now"], [],
            ["--before", "today", "--between", "yesterday", "today"], ["--between", "today", "yesterday"],
            ["--between", "noonish", "today"],
        ] {
            let refused = try Program.run("lumbarctl", ["forget", "--yes", "--db", path] + words)
            #expect(refused.status == 64, "\(words): \(refused.errors)")
        }
        #expect(try store().rowCounts() == rows)
        let asked = try run("forget", "--between", "yesterday", "today")
        #expect(asked.status == 64 && asked.errors.contains("nothing was deleted"))
    }

    /// Overwrites pages of 1024 bytes, counted from 0.
    private func damage(_ path: String, pages: Range<Int>) {
        let file = open(path, O_WRONLY)
        defer { close(file) }
        for page in pages {
            let noise = [UInt8](repeating: 0xA5, count: 1024)
            _ = pwrite(file, noise, noise.count, off_t(page * 1024))
        }
    }
}
