import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct SchemaTests {
    /// This program's schema and one step more.
    private var next: Schema {
        Schema(
            steps: Schema.current.steps + [
                ["ALTER TABLE epoch ADD COLUMN heart_bpm INTEGER", "PRAGMA user_version = 3"]
            ])
    }

    @Test func aNewFileHasTheVersionTheMarkAndTheVacuumMode() throws {
        let store = try TestHost().store()
        #expect(try store.database.integer("PRAGMA user_version", while: "testing") == 2)
        #expect(try store.database.integer("PRAGMA application_id", while: "testing") == 0x4C4D_4252)
        #expect(try store.database.integer("PRAGMA page_size", while: "testing") == 1024)
        #expect(try store.database.integer("PRAGMA auto_vacuum", while: "testing") == 2)
        #expect(try store.database.integer("PRAGMA synchronous", while: "testing") == 2)
        var mode = ""
        try store.database.each("PRAGMA journal_mode", while: "testing") { mode = $0.text(0) }
        #expect(mode == "wal")
    }

    @Test func stepsAreTakenInOrderWithACopyBefore() throws {
        let host = TestHost()
        do {
            let store = try host.store()
            try store.append(anchor: Samples.anchor)
            try store.append(alert: Samples.alert(at: 5))
        }
        let store = try host.store { $0.schema = next }
        #expect(try store.database.integer("PRAGMA user_version", while: "testing") == 3)
        #expect(try store.database.integer("SELECT count(heart_bpm) FROM epoch", while: "testing") == 0)
        #expect(try store.alerts().count == 1)
        let copy = host.path + ".before-v3"
        #expect(host.mode(copy) == 0o600)
        let before = try Store(reading: copy)
        #expect(try before.alerts().count == 1)
        #expect(store.copies == [copy])
    }

    @Test func aStepThatFailsLeavesTheFileAsItWas() throws {
        let host = TestHost()
        do { try host.store().append(alert: Samples.alert(at: 5)) }
        let broken = Schema(
            steps: Schema.current.steps + [
                ["DROP TABLE alert", "CREATE TABLE alert (x INTEGER, x INTEGER)", "PRAGMA user_version = 3"]
            ])
        #expect(throws: StoreError.self) { try host.store { $0.schema = broken } }
        let store = try host.store()
        #expect(store.opening.movedAside == nil)
        #expect(try store.database.integer("SELECT count(*) FROM alert", while: "testing") == 1)
    }

    @Test func aNewerFileIsRefusedAndLeftAlone() throws {
        let host = TestHost()
        do { _ = try host.store { $0.schema = next } }
        let before = host.contents(host.path)
        let writing = refusal { _ = try host.store() }
        #expect(writing?.kind == .newerSchema)
        #expect(writing?.description.contains("version 3") == true)
        let reading = refusal { _ = try Store(reading: host.path) }
        #expect(reading?.kind == .newerSchema)
        #expect(host.contents(host.path) == before)
    }

    @Test func anotherProgramsDatabaseIsRefusedAndLeftAlone() throws {
        let host = TestHost()
        try host.createPrivateFile(host.path, size: 0)
        do {
            let other = try Database(path: host.path, mode: .readWrite, busyMilliseconds: 0)
            try other.run("CREATE TABLE recipes (name TEXT)", while: "testing")
        }
        let before = host.contents(host.path)
        let error = refusal { _ = try host.store() }
        #expect(error?.kind == .foreign)
        #expect(host.contents(host.path) == before)
    }
}
