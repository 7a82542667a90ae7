import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct WriteCountTests {
    @Test func eachCommitIsOneSyncAndTheBytesOfItsPages() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        for second in 0..<20 {
            let before = store.writes
            let size = host.size(host.path + "-wal") ?? 0
            try store.append(alert: Samples.alert(at: Double(second)))
            let written = store.writes.since(before)
            #expect(written.commits == 1)
            #expect(written.syncs == 1)
            #expect(written.bytes == (host.size(host.path + "-wal") ?? 0) - size)
        }
        let idle = store.writes
        _ = try store.alerts()
        #expect(store.writes == idle)
    }

    @Test func aLongLogGoesToTheDatabaseAndIsCounted() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        var checkpoints = 0
        var end = 0
        for minute in 0..<3000 {
            let before = store.writes
            try store.append(epochs: [Samples.epoch(at: Double(minute) * 60)])
            let syncs = store.writes.since(before).syncs
            #expect((1...4).contains(syncs))
            // A checkpoint is two, and the log that begins anew one more.
            if syncs >= 3 { checkpoints += 1 }
            end = minute
        }
        #expect(end == 2999)
        #expect(checkpoints >= 1)
        // Not longer than it may get, and the database has grown meanwhile.
        #expect(host.size(host.path + "-wal") ?? 0 < 5_000_000)
        #expect(host.size(host.path) ?? 0 > 400_000)
        #expect(store.writes.commits == 3001)
    }

    @Test func daysAreCountedApart() throws {
        var writes = CardWrites()
        let first = CivilDate(year: 2026, month: 11, day: 30)
        let second = CivilDate(year: 2026, month: 12, day: 1)
        func count(_ commits: Int) -> WriteCount {
            var count = WriteCount()
            (count.commits, count.syncs, count.bytes) = (commits, commits + 1, commits * 1000)
            return count
        }
        writes.note(count(3), bytes: 40_960, on: nil)
        #expect(writes.today.date == nil && writes.today.history.commits == 3)
        writes.note(count(5), bytes: 81_920, on: first)
        #expect(writes.today.date == first && writes.today.history == count(5))
        #expect(writes.yesterday == nil)
        writes.note(count(12), bytes: 90_112, on: second)
        #expect(writes.yesterday?.history == count(5))
        #expect(writes.yesterday?.bytes == 81_920)
        #expect(writes.today.history == count(12).since(count(5)))
        #expect(writes.today.bytes == 8192)
        // The machine slept for two days.
        writes.note(count(13), bytes: nil, on: CivilDate(year: 2026, month: 12, day: 3))
        #expect(writes.yesterday == nil && writes.today.history.commits == 1 && writes.today.bytes == nil)
    }
}
