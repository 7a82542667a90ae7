import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct SchemaTests {
    /// This program's schema and one step more.
    private var next: Schema {
        Schema(
            steps: Schema.current.steps + [
                ["ALTER TABLE epoch ADD COLUMN heart_bpm INTEGER", "PRAGMA user_version = 8"]
            ])
    }

    @Test func aNewFileHasTheVersionTheMarkAndTheVacuumMode() throws {
        let store = try TestHost().store()
        #expect(try store.database.integer("PRAGMA user_version", while: "testing") == 7)
        #expect(try store.database.integer("PRAGMA application_id", while: "testing") == 0x4C4D_4252)
        #expect(try store.database.integer("PRAGMA page_size", while: "testing") == 1024)
        #expect(try store.database.integer("PRAGMA auto_vacuum", while: "testing") == 2)
        #expect(try store.database.integer("PRAGMA synchronous", while: "testing") == 2)
        var mode = ""
        try store.database.each("PRAGMA journal_mode", while: "testing") { mode = $0.text(0) }
        #expect(mode == "wal")
    }

    /// Damage in a table that is not looked at would only show when it is written to.
    @Test func everyTableIsLookedAtWhenAFileIsOpened() throws {
        let store = try TestHost().store()
        var tables: Set<String> = []
        try store.database.each(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            while: "testing"
        ) { tables.insert($0.text(0)) }
        #expect(tables == Set(Store.checkedTables))
    }

    @Test func stepsAreTakenInOrderWithACopyBefore() throws {
        let host = TestHost()
        do {
            let store = try host.store()
            try store.append(anchor: Samples.anchor)
            try store.append(alert: Samples.alert(at: 5))
        }
        let store = try host.store { $0.schema = next }
        #expect(try store.database.integer("PRAGMA user_version", while: "testing") == 8)
        #expect(try store.database.integer("SELECT count(heart_bpm) FROM epoch", while: "testing") == 0)
        #expect(try store.alerts().count == 1)
        let copy = host.path + ".before-v8"
        #expect(host.mode(copy) == 0o600)
        let before = try Store(reading: copy)
        #expect(try before.alerts().count == 1)
        #expect(store.copies == [copy])
    }

    @Test func bendsOfVersion1AreReadAfterTheUpdate() throws {
        let host = TestHost()
        do {
            let store = try host.store { $0.schema = Schema(steps: [Schema.firstTables]) }
            try store.append(anchor: Samples.anchor)
            let rows: [StaticString] = [
                "INSERT INTO wearer (id, name) VALUES (1, 'me')",
                """
                INSERT INTO episode (boot, wearer, start_ns, kind, length_ns, decided_after_ns, confidence, peak_deg,
                    peak_rate_dps, area_over_20_deg_s, budget_used) VALUES (1, 1, 7, 'bend', 8, 9, 0.5, 61, 80, 120, 0.4)
                """,
            ]
            for row in rows { try store.database.run(row, while: "testing") }
        }
        let store = try host.store()
        let day = try store.day(Samples.date, by: Samples.anchor, bootID: "boot-1", wearer: WearerID("me"))
        let bend = Bend(peakDegrees: 61, peakRateDps: 80, areaAbove20DegreeSeconds: 120, budgetUsed: 0.4)
        #expect(day.episodes.map(\.kind) == [.bend(bend)])
    }

    @Test func aStepThatFailsLeavesTheFileAsItWas() throws {
        let host = TestHost()
        do { try host.store().append(alert: Samples.alert(at: 5)) }
        let broken = Schema(
            steps: Schema.current.steps + [
                ["DROP TABLE alert", "CREATE TABLE alert (x INTEGER, x INTEGER)", "PRAGMA user_version = 8"]
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
        #expect(writing?.description.contains("version 8") == true)
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

    /// A history of before the day measures is brought up to date, with a copy, and what it held is as it was.
    @Test func aHistoryOfVersion1IsReadAfterItsUpdate() throws {
        let host = TestHost()
        let first = Schema(steps: [Schema.firstTables])
        do {
            let store = try host.store { $0.schema = first }
            try store.append(anchor: Samples.anchor)
            let rows: [StaticString] = [
                "INSERT INTO wearer (id, name) VALUES (1, 'me')",
                """
                INSERT INTO epoch VALUES (1, 1, 60000000000, 60000000000, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                    15, 16)
                """,
                """
                INSERT INTO summary VALUES (1, '2026-11-21', 1, 1, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                    15, 16, 17, 18, 19, 20, 21)
                """,
                """
                INSERT INTO episode (boot, wearer, start_ns, kind, length_ns, decided_after_ns, confidence, impact_g,
                    rest_inclination_deg) VALUES (1, 1, 7, 'fall', 8, 9, 0.5, 3.5, 80)
                """,
            ]
            for row in rows { try store.database.run(row, while: "testing") }
        }
        let store = try host.store()
        #expect(store.copies == [host.path + ".before-v2"])
        let day = try store.day(Samples.date, by: Samples.anchor, bootID: "boot-1", wearer: WearerID("me"))
        #expect(day.epochs.map(\.steps) == [14])
        #expect(day.epochs.map(\.exposure) == [PackedExposure()])
        #expect(day.episodes.map(\.kind) == [.fall(Fall(impactG: 3.5, restInclinationDegrees: 80))])
        let summary = try #require(try store.summary(of: Samples.date, wearer: WearerID("me")))
        #expect(summary.alerts == 21)
        #expect(summary.boutSeconds.isEmpty)
        #expect(summary.exposure == ExposureTable())
        #expect(summary.body == BodySize())
    }
}
