import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct HistoryKeeperTests {
    /// A keeper with what it said, on a clock of its own.
    private final class Desk {
        let host = TestHost()
        let keeper: HistoryKeeper
        private(set) var news: [HistoryKeeper.News] = []
        var now = Samples.instant(0)

        init() {
            var options = Store.Options()
            options.reserveBytes = 0
            keeper = HistoryKeeper(path: host.path, bootID: "boot-1", host: host, options: options)
            keeper.open { self.news.append($0) }
            host.set(now)
            take(.anchor(Samples.anchor, isSynchronized: true))
        }

        func take(_ row: StoreRow) {
            keeper.append(row, at: now)
            keeper.flush(at: now) { self.news.append($0) }
        }

        func wait(_ seconds: Double) {
            now = now + .seconds(seconds)
            host.set(now)
            keeper.flush(at: now) { self.news.append($0) }
        }

        func count(_ table: StaticString) throws -> Int64? {
            try keeper.store?.database.integer(table, while: "testing")
        }
    }

    /// Full for two hours of minutes and alerts: one warning an hour, everything in memory, and all there afterwards.
    @Test func aDiskThatWasFullLosesNothingAndIsComplainedOfOnce() throws {
        let desk = Desk()
        let database = try #require(desk.keeper.store?.database)
        try database.run("PRAGMA max_page_count = 1", while: "testing")
        for minute in 0..<59 {
            desk.take(.epoch(Samples.epoch(at: Double(minute) * 60)))
            if minute % 10 == 5 { desk.take(.alert(Samples.alert(at: Double(minute) * 60))) }
            desk.wait(60)
        }
        #expect(desk.news.count == 1)
        guard case .refused(let error)? = desk.news.first else {
            Issue.record("\(desk.news)")
            return
        }
        #expect(error.kind == .full)
        let waiting = desk.keeper.pending.count
        #expect(waiting > 0)
        #expect(desk.keeper.pending.dropped == 0)
        try database.run("PRAGMA max_page_count = 100000", while: "testing")
        desk.wait(60)
        #expect(desk.news.last == .keptAgain)
        #expect(desk.news.count == 2)
        #expect(try desk.count("SELECT count(*) FROM epoch") == 59)
        #expect(try desk.count("SELECT count(*) FROM alert") == 6)
        #expect(desk.keeper.due == nil)
    }

    @Test func aDiskThatStaysFullIsSaidOnceAnHour() throws {
        let desk = Desk()
        try #require(desk.keeper.store?.database).run("PRAGMA max_page_count = 1", while: "testing")
        for minute in 0..<200 {
            desk.take(.epoch(Samples.epoch(at: Double(minute) * 60)))
            desk.wait(60)
        }
        #expect((3...4).contains(desk.news.count))
    }

    @Test func whatIsSaidIsStoredAtOnceAndMinutesWait() throws {
        let desk = Desk()
        desk.take(.epoch(Samples.epoch(at: 0)))
        #expect(try desk.count("SELECT count(*) FROM epoch") == 0)
        desk.take(.alert(Samples.alert(at: 5)))
        #expect(try desk.count("SELECT count(*) FROM alert") == 1)
        #expect(try desk.count("SELECT count(*) FROM epoch") == 1)
        desk.take(.epoch(Samples.epoch(at: 60)))
        desk.wait(59)
        #expect(try desk.count("SELECT count(*) FROM epoch") == 1)
        desk.wait(1)
        #expect(try desk.count("SELECT count(*) FROM epoch") == 2)
    }

    /// A sensor on the table: nothing is written until there is something to tell, and then all of it is.
    @Test func whileNothingIsWornNothingIsWritten() throws {
        let desk = Desk()
        let before = desk.host.contents(desk.host.path + "-wal").count
        for minute in 0..<600 {
            var epoch = MinuteEpoch(
                wearer: .sole, start: Samples.instant(Double(minute) * 60), length: .seconds(60))
            epoch.postureSeconds[Posture.notWorn.index] = 60
            desk.take(.epoch(epoch))
            desk.keeper.hurry(at: desk.now)
            desk.wait(60)
        }
        desk.take(.episode(Samples.posture(.notWorn, from: 0, to: 36_000), .sole))
        desk.wait(3600)
        #expect(desk.keeper.due == nil)
        #expect(desk.host.contents(desk.host.path + "-wal").count == before)
        desk.take(.alert(Samples.alert(at: 40_000)))
        #expect(try desk.count("SELECT count(*) FROM epoch") == 600)
        #expect(try desk.count("SELECT count(*) FROM posture_span") == 1)
    }

    @Test func whatWaitsIsStoredAtTheEnd() throws {
        let desk = Desk()
        var epoch = MinuteEpoch(wearer: .sole, start: Samples.instant(0), length: .seconds(60))
        epoch.postureSeconds[Posture.notWorn.index] = 60
        desk.take(.epoch(epoch))
        desk.keeper.flush(at: nil) { _ in }
        #expect(try desk.count("SELECT count(*) FROM epoch") == 1)
    }
}
