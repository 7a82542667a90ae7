import LumbarCore
import Testing

@testable import LumbarMonitor

@Suite struct DayTests {
    /// 2026-10-24 23:50 in Amsterdam; summer time ends in the night after, at 01:00 UTC on the 25th.
    static let amsterdam = ZoneRule(
        name: "Europe/Amsterdam", offsetSeconds: 7200, change: WallTime(unixSeconds: 1_792_890_000),
        offsetAfterSeconds: 3600)
    static let evening = WallTime(unixSeconds: 1_792_878_600)

    static func anchor(_ seconds: Double, _ wall: WallTime, _ zone: ZoneRule = amsterdam) -> WallAnchor {
        WallAnchor(instant: Script.at(seconds), wall: wall, zone: zone)
    }

    @Test func midnightEndsTheDayAndBeginsTheNext() {
        var script = Script()
        script.monitor.setAnchor(Self.anchor(0, Self.evening))
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 20)
        script.advance(to: 1200)
        #expect(script.summaries.map(\.date?.description) == ["2026-10-24"])
        #expect(script.summaries.map(\.isComplete) == [true])
        #expect(script.summaries.map { ($0.end - .zero).seconds } == [600])
    }

    @Test func theDayOfTheClockChangeLasts25Hours() {
        var script = Script()
        script.monitor.setAnchor(Self.anchor(0, Self.evening))
        script.attach("a", at: 0)
        script.advance(to: 2 * 86400)
        #expect(script.summaries.map(\.date?.description) == ["2026-10-24", "2026-10-25"])
        let day = script.summaries[1]
        #expect((day.end - day.start).seconds == 25 * 3600)
        #expect(day.postureSeconds.reduce(0, +) + day.noDataSeconds == 25 * 3600)
    }

    @Test func aClockSetForwardByTwoWeeksMovesTheDayAndSumsUpNothingTwice() {
        var script = Script()
        script.monitor.setAnchor(Self.anchor(0, WallTime(unixSeconds: 1_790_000_000), .utc))
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 30)
        script.monitor.setAnchor(Self.anchor(60, WallTime(unixSeconds: 1_791_209_660), .utc))
        script.collect()
        #expect(script.summaries.isEmpty)
        script.advance(to: 86400)
        #expect(script.summaries.count == 1)
        #expect(script.summaries.first?.date == ZoneRule.utc.date(at: WallTime(unixSeconds: 1_791_209_660)))
    }

    @Test func aClockSetBackOverMidnightDoesNotEndTheSameDayTwice() {
        var script = Script()
        script.monitor.setAnchor(Self.anchor(0, Self.evening))
        script.attach("a", at: 0)
        script.advance(to: 900)  // 00:05, the 24th is summed up
        let again = WallTime(unixSeconds: Self.evening.unixSeconds + 300)  // 23:55
        script.monitor.setAnchor(Self.anchor(900, again))
        script.advance(to: 900 + 3600)
        script.collect()
        #expect(script.summaries.map(\.date?.description) == ["2026-10-24"])
        script.advance(to: 900 + 26 * 3600)
        #expect(script.summaries.map(\.date?.description) == ["2026-10-24", "2026-10-25"])
    }

    @Test func withoutAWallClockNoDayEnds() {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 10)
        script.advance(to: 3 * 86400)
        #expect(script.summaries.isEmpty)
        script.monitor.finish(at: Script.at(3 * 86400 + 1))
        script.collect()
        #expect(script.summaries.count == 1)
        #expect(script.summaries.first?.date == nil)
    }

    @Test func noDurationIsEverNegativeWhateverTheClockDoes() {
        var script = Script()
        script.attach("a", at: 0)
        var t = 0.0
        let jumps: [Int64] = [0, 10 * 365 * 86400, -14 * 86400, -3600, 86400, 5, -5]
        for (k, jump) in jumps.enumerated() {
            let wall = WallTime(unixSeconds: 1_792_890_000 + Int64(t) + jump)
            script.monitor.setAnchor(Self.anchor(t, wall, k % 2 == 0 ? Self.amsterdam : .utc))
            script.stand("a", from: t, to: t + 40)
            t += 7000
            script.advance(to: t)
        }
        script.monitor.finish(at: Script.at(t))
        script.collect()
        for summary in script.summaries {
            #expect(summary.end >= summary.start)
            #expect((summary.postureSeconds + [summary.noDataSeconds]).allSatisfy { $0 >= 0 })
        }
        let dates = script.summaries.filter(\.isComplete).compactMap(\.date)
        #expect(Set(dates).count == dates.count)
    }

    @Test func aRestoredDayGoesOn() throws {
        var before = Script()
        before.monitor.setAnchor(Self.anchor(0, WallTime(unixSeconds: 1_790_000_000), .utc))
        before.attach("a", at: 0)
        before.stand("a", from: 0, to: 300)
        before.advance(to: 300)
        let stored = before.epochs
        #expect(stored.count >= 3)

        var after = Script()
        after.monitor.setAnchor(Self.anchor(310, WallTime(unixSeconds: 1_790_000_310), .utc))
        after.monitor.restore(epochs: stored, episodes: [], alerts: [], wearer: .sole, at: Script.at(310))
        after.monitor.finish(at: Script.at(320))
        after.collect()
        let day = try #require(after.summaries.first)
        for posture in Posture.allCases {
            let before = stored.reduce(0) { $0 + $1.postureSeconds[posture.index] }
            #expect(abs(day.seconds(posture) - before) < 0.01, "\(posture)")
        }
        #expect((day.end - day.start).seconds == 320)
    }
}
