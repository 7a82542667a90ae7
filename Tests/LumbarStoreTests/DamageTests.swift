import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct DamageTests {
    /// A history of some hundred pages, closed.
    private func history(in host: TestHost) throws {
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        for hour in 0..<40 {
            try store.append(epochs: (0..<60).map { Samples.epoch(at: Double(hour * 3600 + $0 * 60)) })
            try store.append(alert: Samples.alert(at: Double(hour * 3600)))
        }
    }

    @Test func aFileThatIsNoDatabaseIsMovedAside() throws {
        let host = TestHost()
        let rubbish = Array("this is not a database, whatever its name says\n".utf8)
        host.write(rubbish, to: host.path)
        let store = try host.store()
        #expect(store.opening.movedAside == host.path + ".corrupt-1")
        #expect(store.opening.damage?.kind == .corrupt)
        #expect(host.contents(host.path + ".corrupt-1") == rubbish)
        try store.append(alert: Samples.alert(at: 0))
        #expect(store.copies == [host.path + ".corrupt-1"])
    }

    @Test func aDamagedPageIsFoundAtTheStart() throws {
        let host = TestHost()
        try history(in: host)
        var bytes = host.contents(host.path)
        #expect(bytes.count > 50 * 4096)
        // Every page but the first few: whichever table they belong to, one of the checks has to see it.
        for offset in stride(from: 20 * 4096, to: bytes.count, by: 4096) {
            for i in 0..<64 { bytes[offset + i] = 0xA5 }
        }
        host.write(bytes, to: host.path)
        let store = try host.store()
        #expect(store.opening.movedAside == host.path + ".corrupt-1")
        #expect(store.opening.damage?.kind == .corrupt)
        #expect(try store.alerts().isEmpty)
    }

    @Test func eachDamagedFileIsKeptButNoMoreThanNine() throws {
        let host = TestHost()
        for n in 1...11 {
            host.write(Array("rubbish \(n)".utf8) + Array(repeating: 0x20, count: 600), to: host.path)
            let store = try host.store()
            #expect(store.opening.movedAside == "\(host.path).corrupt-\(min(n, 9))")
        }
    }

    @Test func theCheckStopsWhenItsTimeIsOver() throws {
        let host = TestHost()
        try history(in: host)
        #expect(try host.store().opening.isChecked)
        host.tick = .seconds(2)
        let store = try host.store()
        #expect(!store.opening.isChecked)
        #expect(store.opening.movedAside == nil)
    }

    @Test func aLongQueryIsBrokenOff() throws {
        let store = try TestHost().store()
        var asked = 0
        let query: StaticString = """
            WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT count(*) FROM n
            """
        let database = store.database
        #expect(try database.each(query, [.int(1_000_000)], while: "testing", unless: { false }) { _ in })
        let isWhole = try database.each(
            query, [.int(1_000_000_000)], while: "testing",
            unless: {
                asked += 1
                return asked == 3
            }
        ) { _ in }
        #expect(!isWhole)
        #expect(asked == 3)
        // The connection is as good as before, and nobody asks any more.
        #expect(try database.integer(query, [.int(1_000_000)], while: "testing") == 1_000_000)
        #expect(asked == 3)
    }

    @Test func aFileFoundDamagedInUseIsReplaced() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(alert: Samples.alert(at: 0))
        let damage = StoreError(
            .corrupt, action: "adding an alert", reason: "database disk image is malformed")
        #expect(try store.startAfresh(after: damage) == host.path + ".corrupt-1")
        #expect(store.opening.damage == damage)
        try store.append(anchor: Samples.anchor)
        try store.append(alert: Samples.alert(at: 60))
        #expect(try store.alerts().map(\.alert.time) == [Samples.instant(60)])
        let old = try Store(reading: host.path + ".corrupt-1")
        #expect(try old.wearers() == [.sole])
    }

    /// What is on the medium when a process is killed is what it has written so far: the database and its log, copied at
    /// that moment and opened elsewhere, without the shared memory.
    @Test func aKilledWriterLosesNothingAcknowledged() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        for count in 1...30 {
            try store.append(alert: Samples.alert(at: Double(count)))
            // In the middle of the next one.
            try store.database.run("BEGIN IMMEDIATE", while: "testing")
            try store.database.run("DELETE FROM alert", while: "testing")
            let after = TestHost()
            for suffix in ["", "-wal"] {
                after.write(host.contents(host.path + suffix), to: after.path + suffix)
            }
            try store.database.run("ROLLBACK", while: "testing")
            // First for a reader: nobody has recovered the log yet.
            #expect(try Store(reading: after.path).alerts().count == count)
            let survivor = try after.store(boot: "boot-2")
            #expect(survivor.opening.movedAside == nil)
            #expect(try survivor.alerts().count == count)
        }
    }

    /// A power cut may leave any part of the log that was not synced: after a cut anywhere, the file opens without damage
    /// and holds every commit that is wholly in what is left.
    @Test func aLogCutAnywhereLosesOnlyWhatWasCut() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        try store.database.run("PRAGMA wal_checkpoint(TRUNCATE)", while: "testing")
        var ends: [Int] = []
        for count in 0..<12 {
            try store.append(alert: Samples.alert(at: Double(count)))
            ends.append(host.size(host.path + "-wal") ?? 0)
        }
        let database = host.contents(host.path)
        let log = host.contents(host.path + "-wal")
        for cut in stride(from: 0, through: log.count, by: 509) {
            let after = TestHost()
            after.write(database, to: after.path)
            // What follows the cut reads as zeros, or is not there at all.
            let torn = cut % 2 == 0 ? [] : [UInt8](repeating: 0, count: 512)
            after.write(Array(log[..<cut]) + torn, to: after.path + "-wal")
            let survivor = try after.store(boot: "boot-2")
            #expect(survivor.opening.movedAside == nil)
            let whole = ends.filter { $0 <= cut }.count
            #expect(try survivor.alerts().count == whole, "cut at \(cut)")
            var finding = ""
            try survivor.database.each("PRAGMA integrity_check(1)", while: "testing") { finding = $0.text(0) }
            #expect(finding == "ok")
        }
    }
}
