import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarStore

@Suite struct SalvageTests {
    /// A history of `days` days of alerts, every tenth minute and as many postures, closed, with everything in the file
    /// itself.
    ///
    /// With LUMBAR_EVERY_MINUTE, every minute, as a daemon writes them.
    private func history(days: Int, in host: TestHost) throws -> [UInt8] {
        let everyMinute = getenv("LUMBAR_EVERY_MINUTE") != nil
        let store = try host.store(boot: "0123456789abcdef0123456789abcdef")
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        for hour in 0..<days * 24 {
            var pending = PendingRows()
            for minute in stride(from: 0, to: 60, by: everyMinute ? 1 : 10) {
                let second = Double(hour * 3600 + minute * 60)
                pending.append(.epoch(Samples.epoch(at: second)))
                pending.append(.episode(Samples.posture(.sitting, from: second, to: second + 60), .sole))
            }
            pending.append(.alert(Samples.alert(at: Double(hour * 3600))))
            try store.append(&pending)
        }
        for episode in Samples.episodes { try store.append(episode: episode, wearer: .sole) }
        try store.append(summary: Samples.summary(Samples.date))
        try store.database.emptyLog(while: "testing")
        return host.contents(host.path)
    }

    private func salvage(_ bytes: [UInt8], log: [UInt8] = []) throws -> (Salvage.Outcome, Store, TestHost) {
        let host = TestHost()
        let store = try host.store(boot: "")
        func part(_ all: [UInt8]) -> (Int, Int) -> [UInt8]? {
            { offset, count in
                guard offset >= 0, offset < all.count else { return nil }
                return Array(all[offset..<min(all.count, offset + count)])
            }
        }
        let outcome = try Salvage.run(
            size: bytes.count, read: part(bytes), logSize: log.count, readLog: part(log), into: store)
        return (outcome, store, host)
    }

    private func rows(_ store: Store) throws -> [ExportedRow] {
        var rows: [ExportedRow] = []
        try store.export { rows.append($0) }
        return rows
    }

    @Test func aWholeFileComesBackWhole() throws {
        let host = TestHost()
        let bytes = try history(days: 2, in: host)
        let (outcome, store, _) = try salvage(bytes)
        #expect(outcome.damagedRows == 0 && outcome.unplacedRows == 0 && outcome.renamed == 0)
        let whole = try Store(reading: host.path)
        #expect(try store.rowCounts() == whole.rowCounts())
        #expect(try rows(store) == rows(whole))
        #expect(try store.integrityFindings() == [])
    }

    @Test func whatOnlyTheLogHasComesBackToo() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        try store.append(epochs: (0..<800).map { Samples.epoch(at: Double($0) * 60) })
        let log = host.contents(host.path + "-wal")
        #expect(log.count > 100_000)
        let (outcome, found, _) = try salvage(host.contents(host.path), log: log)
        #expect(outcome.rows["epoch"] == 800)
        #expect(try rows(found) == rows(store))
        // Torn in its middle: what was committed before.
        let (torn, _, _) = try salvage(host.contents(host.path), log: Array(log[..<(log.count / 2)]))
        #expect(torn.rows["epoch"] == 0)
    }

    /// Pages of a month are overwritten at random: every row that lies wholly on others comes back.
    @Test func rowsOnPagesThatAreWholeComeBack() throws {
        let host = TestHost()
        let whole = try history(days: 30, in: host)
        let pages = whole.count / 1024
        let original = Set(try keys(salvage(whole).1))
        var random = SplitMix64(seed: 7)
        var share = 1.0
        for trial in 0..<6 {
            var bytes = whole
            let hit = Set((0..<pages / 50).map { _ in Int(random.next() % UInt64(pages)) })
            for page in hit {
                let noise = random.bytes(1024)
                for i in 0..<1024 { bytes[page * 1024 + i] = trial % 2 == 0 ? noise[i] : 0 }
            }
            let (outcome, store, _) = try salvage(bytes)
            let found = Set(try keys(store))
            let lost = original.subtracting(found)
            let safe = try keysOnWholePages(whole, hit)
            let strayed = lost.intersection(safe).count
            #expect(strayed == 0, "of \(safe.count), trial \(trial), \(hit.contains(0)) \(outcome)")
            let invented = found.subtracting(original).count
            #expect(invented <= hit.count / 10)
            #expect(try store.integrityFindings() == [])
            share = min(share, Double(found.count) / Double(original.count))
        }
        // One page in fifty was overwritten, and some rows lie on two.
        #expect(share > 0.93, "\(share)")
    }

    /// Single bytes, anywhere: whatever comes of it, it ends, and most of it is there.
    @Test func damagedBytesNeverEndTheProgram() throws {
        let whole = try history(days: 3, in: TestHost())
        let original = try keys(salvage(whole).1).count
        var random = SplitMix64(seed: 99)
        for trial in 0..<12 {
            var bytes = whole
            for _ in 0..<(1 << trial) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            if trial % 3 == 2 { bytes.removeLast(Int(random.next() % UInt64(bytes.count / 2))) }
            let (_, store, _) = try salvage(bytes)
            let found = try keys(store).count
            if trial < 6, trial % 3 != 2 { #expect(found > original * 9 / 10, "\(found) of \(original)") }
            #expect(try store.integrityFindings() == [])
        }
        for length in [0, 1, 99, 100, 511, 1024, 5000] {
            _ = try salvage(random.bytes(length))
            _ = try salvage(whole, log: random.bytes(length))
        }
    }

    /// What tells rows apart: their tables and keys.
    private func keys(_ store: Store) throws -> [String] {
        var keys: [String] = []
        try store.database.each(
            """
            SELECT 'epoch ' || start_ns FROM epoch UNION ALL SELECT 'posture ' || start_ns FROM posture_span
            UNION ALL SELECT 'alert ' || time_ns FROM alert
            """, while: "testing"
        ) { keys.append($0.text(0)) }
        return keys
    }

    /// The keys of rows none of whose pages is among `hit` (counted from 0).
    private func keysOnWholePages(_ bytes: [UInt8], _ hit: Set<Int>) throws -> Set<String> {
        var found: Set<String> = []
        // A row that runs over into such a page cannot be read whole either.
        let file = PageFile(
            read: { offset, count in
                let isHit = hit.contains(offset / 1024) && offset > 0
                return isHit || offset >= bytes.count
                    ? nil : Array(bytes[offset..<min(bytes.count, offset + count)])
            }, size: bytes.count, readLog: { _, _ in nil }, logSize: 0)
        for number in 1...file.count where !hit.contains(number - 1) {
            guard let bytes = file.page(number), let page = TreePage(bytes, number: number, in: file) else {
                continue
            }
            for cell in page.cells {
                guard let values = cell.values, values.count >= 8, case .int(let time) = values[1] else {
                    continue
                }
                switch (values.count, values[3]) {
                case (24, _): found.insert("epoch \(time)")
                case (8, .int): found.insert("posture \(time)")
                case (11, .text): found.insert("alert \(time)")
                default: break
                }
            }
        }
        return found
    }
}
