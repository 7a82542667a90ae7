import LumbarCore
import LumbarLinux
import LumbarStore
import LumbarTestKit
import Testing

@Suite(
    "What holds, after lumbarctl forget, import and db recover",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct InForceCommandTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }
    private let anchor: WallAnchor
    private let asked: Instant

    /// A history with a training since three days ago, and an alert on each day since.
    init() throws {
        folder = try TemporaryFolder()
        anchor = WallClockReader.anchor()
        asked = anchor.instant + .hours(-72)
        let store = try Store(writing: folder.path + "/lumbard.db", bootID: "boot-1", host: FolderHost())
        try store.append(anchor: anchor, isSynchronized: true)
        for hours in [0.0, 24, 48] {
            let time = asked + .hours(hours)
            try store.append(
                alert: Alert(
                    rule: .sitting, tier: .nudge, time: time, episodeStart: time, duration: .minutes(30),
                    step: 1, message: "Seated for 30 min.", count: 1, wearer: .sole))
        }
        let plan = "bending 0.200 0.400 \(anchor.wall(at: asked).nanoseconds / 1_000_000_000)"
        let term = AskedControl.Term(since: asked, until: nil, detail: plan)
        try store.append(
            control: AskedControl(wearer: .sole, kind: .training, term: term, asked: asked))
        store.close()
    }

    private func run(_ arguments: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", arguments + ["--db", path])
    }

    @Test("a training goes on when the day it was asked for is forgotten, and when everything is")
    func forgetting() throws {
        let before = try run("training").output
        #expect(before.contains("Fewer bends past 60"), "\(before)")
        for day in ["yesterday", "tomorrow"] {
            let ended = try run("forget", "--before", day, "--yes")
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(ended.errors.contains("What still holds stays") && ended.errors.contains("a training."))
            let after = try run("training").output
            #expect(after == before)
        }
        #expect(try Store(reading: path).rowCounts()["alert"] == 0)
    }

    @Test("a training goes on in a history that takes in an export")
    func importing() throws {
        let file = folder.path + "/mine.jsonl"
        #expect(try run("export", "-o", file).status == 0)
        let other = folder.path + "/other.db"
        do { _ = try Store(writing: other, bootID: "", host: FolderHost()) }
        let taken = try Program.run("lumbarctl", ["import", file, "--db", other])
        #expect(taken.status == 0, "\(taken.errors)")
        let there = try Program.run("lumbarctl", ["training", "--db", other])
        #expect(try there.output == run("training").output)
    }

    @Test("a training that was stopped stays stopped, whatever a backup has")
    func recovering() throws {
        let copy = folder.path + "/copy.db"
        #expect(try run("db", "backup", copy).status == 0)
        do {
            let store = try Store(writing: path, bootID: "boot-1", host: FolderHost())
            try store.append(
                control: AskedControl(
                    wearer: .sole, kind: .training, term: nil, asked: asked + .hours(1)))
            store.close()
        }
        let stopped = try run("training").output
        #expect(stopped.contains("Stopped"), "\(stopped)")
        let recovered = try run("db", "recover", copy)
        #expect(recovered.status == 0, "\(recovered.errors)")
        #expect(try run("training").output == stopped)
    }

    @Test("rows whose time nobody knows are told of, and go with everything")
    func unplaced() throws {
        do {
            let store = try Store(writing: path, bootID: "boot-2", host: FolderHost())
            try store.append(
                alert: Alert(
                    rule: .sitting, tier: .nudge, time: .zero, episodeStart: .zero, duration: .minutes(30),
                    step: 1, message: "Seated for 30 min.", count: 1, wearer: .sole))
            store.close()
        }
        let part = try run("forget", "--before", "yesterday", "--yes")
        #expect(part.errors.contains("1 row stays of which nobody knows the day"), "\(part.errors)")
        let rest = try run("forget", "--before", "tomorrow", "--yes")
        #expect(!rest.errors.contains("nobody knows"), "\(rest.errors)")
        #expect(try Store(reading: path).rowCounts()["alert"] == 0)
    }
}
