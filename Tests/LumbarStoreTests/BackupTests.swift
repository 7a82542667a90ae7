import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct BackupTests {
    private func filled(_ host: TestHost, minutes: Int = 1200) throws -> Store {
        let store = try host.store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        try store.append(epochs: (0..<minutes).map { Samples.epoch(at: Double($0) * 60) })
        try store.append(alert: Samples.alert(at: 7))
        return store
    }

    @Test func aBackupIsWholePrivateAndReadable() throws {
        let host = TestHost()
        let store = try filled(host)
        var asked = 0
        #expect(
            try store.backUp(keeping: 2) {
                asked += 1
                return true
            })
        #expect(asked > 0)
        let backup = Backups.path(of: host.path, 1)
        #expect(host.mode(backup) == 0o600)
        let copy = try Store(reading: backup)
        #expect(try copy.rowCounts() == store.rowCounts())
        #expect(try copy.integrityFindings() == [])
        #expect(Backups.paths(of: host.path) == [backup])
    }

    @Test func whatIsWrittenMeanwhileIsInIt() throws {
        let host = TestHost()
        let store = try filled(host)
        var count = 0
        #expect(
            try store.backUp(keeping: 7) {
                count += 1
                try? store.append(alert: Samples.alert(at: 1000 + Double(count)))
                return true
            })
        #expect(count >= 1)
        let copied = try Store(reading: Backups.path(of: host.path, 1)).alerts().count
        #expect(copied > 1)
        #expect(try store.alerts().count == 1 + count)
        #expect(try store.integrityFindings() == [])
    }

    @Test func oneThatIsGivenUpLeavesNothing() throws {
        let host = TestHost()
        let store = try filled(host)
        #expect(try store.backUp(keeping: 7))
        #expect(try !store.backUp(keeping: 7) { false })
        #expect(Backups.paths(of: host.path).count == 1)
        #expect(host.size(Backups.draft(of: host.path)) == nil)
    }

    @Test func theOldestMakesRoom() throws {
        let host = TestHost()
        let store = try filled(host, minutes: 3)
        for second in 0..<5 {
            try store.append(alert: Samples.alert(at: 100 + Double(second)))
            try store.backUp(keeping: 3)
        }
        let paths = Backups.paths(of: host.path)
        #expect(paths == (1...3).map { Backups.path(of: host.path, $0) })
        #expect(try paths.map { try Store(reading: $0).alerts().count } == [6, 5, 4])
        try store.backUp(keeping: 1)
        #expect(Backups.paths(of: host.path).count == 1)
        #expect(Backups.delete(of: host.path) == 1)
    }

    @Test func damageIsNotBackedUpOverWhatIsWhole() throws {
        let host = TestHost()
        do {
            let store = try filled(host, minutes: 2000)
            try store.backUp(keeping: 7)
            try store.database.emptyLog(while: "testing")
        }
        let whole = host.contents(Backups.path(of: host.path, 1))
        var bytes = host.contents(host.path)
        for offset in stride(from: 100 * 1024, to: 200 * 1024, by: 1024) { bytes[offset] = 0xA5 }
        host.write(bytes, to: host.path)
        // The check at the start is not given the time to see it.
        host.tick = .seconds(10)
        let store = try host.store()
        let error = refusal { try store.backUp(keeping: 7) }
        #expect(error?.kind == .corrupt)
        #expect(host.contents(Backups.path(of: host.path, 1)) == whole)
        #expect(Backups.paths(of: host.path).count == 1)
    }

    // MARK: Once a day

    private final class Desk {
        let host = TestHost()
        let keeper: HistoryKeeper
        var news: [HistoryKeeper.News] = []
        var now = Samples.instant(0)

        init(_ change: (inout HistoryPlan) -> Void = { _ in }) {
            var options = Store.Options()
            options.reserveBytes = 0
            keeper = HistoryKeeper(path: host.path, bootID: "boot-1", host: host, options: options)
            change(&keeper.plan)
            keeper.open { self.news.append($0) }
            keeper.append(.anchor(Samples.anchor, isSynchronized: true), at: now)
            host.wall = Samples.noon
        }

        func run(minutes: Int) {
            for _ in 0..<minutes {
                keeper.append(.epoch(Samples.epoch(at: (now - Samples.instant(0)).seconds)), at: now)
                now = now + .seconds(60)
                host.set(now)
                host.wall = Samples.noon + (now - Samples.instant(0))
                keeper.flush(at: now) { self.news.append($0) }
                keeper.tend(at: now, goesOn: { true }) { self.news.append($0) }
            }
        }
    }

    @Test func oneIsMadeADay() throws {
        let desk = Desk()
        desk.run(minutes: 9)
        #expect(Backups.paths(of: desk.host.path).isEmpty)
        desk.run(minutes: 60)
        #expect(Backups.paths(of: desk.host.path).count == 1)
        desk.run(minutes: 22 * 60)
        #expect(Backups.paths(of: desk.host.path).count == 1)
        desk.run(minutes: 2 * 60)
        #expect(Backups.paths(of: desk.host.path).count == 2)
        #expect(desk.news.isEmpty)
    }

    @Test func noneIsMadeWithoutRoomAndThatIsSaidOnce() throws {
        let desk = Desk()
        desk.host.bytesLeft = 1 << 20
        desk.run(minutes: 100)
        #expect(Backups.paths(of: desk.host.path).isEmpty)
        #expect(desk.news.count == 1)
        guard case .noSpaceForBackup? = desk.news.first else {
            Issue.record("\(desk.news)")
            return
        }
        desk.host.bytesLeft = 1 << 30
        desk.run(minutes: 30)
        #expect(Backups.paths(of: desk.host.path).count == 1)
    }

    @Test func noneIsMadeWhenNoneAreWanted() throws {
        let desk = Desk { $0.backups = 0 }
        desk.run(minutes: 100)
        #expect(Backups.paths(of: desk.host.path).isEmpty)
        #expect(desk.keeper.nextDue == nil)
    }

    @Test func aLargeHistoryIsCopiedLessOften() {
        #expect(HistoryPlan.interval(afterBackupOf: 1_000_000) == .hours(23.5))
        #expect(HistoryPlan.interval(afterBackupOf: 80_000_000) == .hours(240))
    }

    @Test func whatIsTooOldIsGivenUp() throws {
        let desk = Desk {
            $0.backups = 0
            $0.retention.minutes = 2
        }
        desk.run(minutes: 5 * 1440)
        let store = try #require(desk.keeper.store)
        let minutes = try store.rowCounts()["epoch"]
        // Looked at once a day: between two days and three.
        #expect((2 * 1440...3 * 1440 + 20).contains(minutes), "\(minutes)")
        desk.keeper.plan.retention.minutes = nil
        desk.run(minutes: 2 * 1440)
        #expect(try store.rowCounts()["epoch"] == minutes + 2 * 1440)
    }
}
