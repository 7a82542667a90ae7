import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarStore

@Suite(
    "loads declared before there was a diary",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct FormerLoadsTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/lumbard.db" }

    /// A history, and a file as `lumbarctl load` used to make it.
    init() throws {
        folder = try TemporaryFolder()
        let host = FolderHost()
        let store = try Store(writing: folder.path + "/lumbard.db", bootID: "boot-1", host: host)
        try store.append(
            anchor: WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 1_795_255_200), zone: .utc))
        let loads = folder.path + "/lumbard.db.loads"
        try host.createPrivateFile(loads, size: 0)
        let database = try Database(path: loads, mode: .readWrite, busyMilliseconds: 0)
        let tables = Schema(steps: [Entries.schema.steps[0]], application: Entries.schema.application)
        try tables.bringUp(database, host: host)
        try database.run(
            "INSERT INTO declared_load (wearer, wall_ns, load_kg, reach_m, times) VALUES ('me', 0, 7, 0.3, 2)",
            while: "testing")
    }

    private func run(_ words: String...) throws -> Program.Ended {
        try Program.run("lumbarctl", words + ["--db", path])
    }

    @Test("they are read where they lie, and taken over when something is said")
    func takenOver() throws {
        let before = try run("load", "--list", "--json").output
        #expect(before.contains(#""load_kg":7.000"#))
        #expect(try run("diary", "list").errors == "Nothing was noted.\n")
        #expect(Files.names(in: folder.path).contains("lumbard.db.loads"))
        #expect(try run("diary", "add", "--pain", "2", "--at", "2026-01-02").status == 0)
        let names = Files.names(in: folder.path)
        #expect(names.contains("lumbard.db.entries") && !names.contains("lumbard.db.loads"), "\(names)")
        #expect(try run("load", "--list", "--json").output == before)
        #expect(try run("load", "8kg", "--reach", "40cm", "--at", "2026-01-02").errors.hasPrefix("Load 2: "))
        // The copy made before the tables changed is the owner's to delete.
        let forgot = try run("forget", "--before", "2026-02-01", "--yes")
        #expect(forgot.status == 0 && forgot.errors.contains("lumbard.db.entries.before-v2"), "\(forgot)")
        #expect(try run("load", "--list", "--json").output.isEmpty)
    }
}
