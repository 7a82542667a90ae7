import LumbarAlerts
import LumbarCore
import LumbarMonitor
import LumbarTestKit
import Testing

@testable import LumbarStore

/// Machines without a clock of their own: they start with the time at which they were switched off.
@Suite("A clock that is set after the start")
struct SlowClockTests {
    private static let monday = CivilDate(daysSinceEpoch: 1_793_577_600 / 86_400)
    private static let tuesday = CivilDate(daysSinceEpoch: monday.daysSinceEpoch + 1)

    /// Two mornings of which each has room for one nudge.
    private func mornings(
        every hours: Int64 = 24, slow: WatchingProgram.SlowClock?, nudges: Int = 1
    ) throws -> MonitoredHistory {
        var settings = MonitorSettings()
        settings.alerts.nudgesPerDay = nudges
        return try MonitoredHistory(seeds: [5, 1], hours: 2, every: hours, settings: settings, slow: slow)
    }

    private func told(_ history: MonitoredHistory) throws -> [CivilDate: Int] {
        let store = try Store(writing: history.path, bootID: "none", host: FolderHost())
        defer { store.close() }
        var told: [CivilDate: Int] = [:]
        for alert in try store.alerts() where alert.alert.tier != .notice && alert.alert.delivery == .told {
            let wall = try #require(alert.place.wall)
            told[ZoneRule.utc.date(at: wall), default: 0] += 1
        }
        return told
    }

    private func summaries(_ history: MonitoredHistory) throws -> [DailySummary] {
        let store = try Store(writing: history.path, bootID: "none", host: FolderHost())
        defer { store.close() }
        return try store.summaries(from: Self.monday, through: Self.tuesday, wearer: .sole)
    }

    @Test("yesterday is not today", .enabled(if: MonitoredHistory.canBePlayed, "Swift 6.0 on arm64"))
    func yesterday() throws {
        let usual = try mornings(slow: nil)
        let slow = try mornings(slow: WatchingProgram.SlowClock(behind: .hours(21), until: 30))
        #expect(try told(usual) == [Self.monday: 1, Self.tuesday: 1])
        #expect(try told(slow) == told(usual))
        let right = try summaries(usual)
        let found = try summaries(slow)
        try #require(found.count == 2 && right.count == 2)
        for (day, other) in zip(found, right) {
            #expect(day.alerts == other.alerts)
            // Neither lost nor doubled: only what was going on when the clock was set is told in two parts.
            #expect(abs(day.wornSeconds - other.wornSeconds) < 60, "\(day.wornSeconds) \(other.wornSeconds)")
            let (length, usual) = ((day.end - day.start).seconds, (other.end - other.start).seconds)
            #expect(abs(length - usual) < 60)
        }
    }

    @Test(
        "what was said this morning does not lie ahead",
        .enabled(if: MonitoredHistory.canBePlayed, "Swift 6.0 on arm64"))
    func earlierToday() throws {
        let usual = try mornings(every: 4, slow: nil, nudges: 8)
        let slow = try mornings(
            every: 4, slow: WatchingProgram.SlowClock(behind: .hours(3), until: 30), nudges: 8)
        #expect(try told(slow) == told(usual))
        let right = try #require(try summaries(usual).last)
        let found = try #require(try summaries(slow).last)
        #expect(found.alerts == right.alerts)
        #expect(abs(found.wornSeconds - right.wornSeconds) < 60)
    }

    @Test func aClockThatIsSetByHoursOrToAnotherDayOutdatesTheDay() {
        let old = WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 1_793_613_600), zone: .utc)
        func new(_ seconds: Double, zone: ZoneRule = .utc) -> WallAnchor {
            let instant = Instant.zero + .seconds(30)
            return WallAnchor(instant: instant, wall: old.wall(at: instant) + .seconds(seconds), zone: zone)
        }
        var day = StoredDay()
        var basis = DayBasis()
        basis.take(day)
        #expect(!basis.isOutdated(by: new(7200), after: old), "what this boot said moves with its clock")
        #expect(basis.isOutdated(by: new(50_400), after: old))
        #expect(basis.isOutdated(by: new(-36_100), after: old))
        let east = ZoneRule(name: "east", offsetSeconds: 14 * 3600)
        #expect(basis.isOutdated(by: new(0, zone: east), after: old))
        day.reachesBack = true
        basis.take(day)
        #expect(basis.isOutdated(by: new(7200), after: old))
        #expect(!basis.isOutdated(by: new(30), after: old))
        let midnight = WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 1_793_663_969), zone: .utc)
        let after = WallAnchor(
            instant: .zero, wall: WallTime(unixSeconds: 1_793_663_969 + 40), zone: .utc)
        #expect(!basis.isOutdated(by: after, after: midnight), "a hair at midnight")
    }
}
