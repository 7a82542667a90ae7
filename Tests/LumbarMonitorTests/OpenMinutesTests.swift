import LumbarCore
import Testing

@testable import LumbarMonitor

/// What is stored of minutes that are not over, so that a crash loses little.
@Suite struct OpenMinutesTests {
    private static let start = WallTime(unixSeconds: 1_790_000_000)

    /// What a store would hold: a minute handed out later replaces the one of the same start.
    private func store(_ minutes: [MinuteEpoch], into stored: inout [MinuteEpoch]) {
        for minute in minutes {
            stored.removeAll { $0.start == minute.start }
            stored.append(minute)
        }
        stored.sort { $0.start < $1.start }
    }

    /// Seconds that a posture is known for, or known not to be known.
    private func told(_ minutes: [MinuteEpoch]) -> Double {
        minutes.reduce(0) { $0 + $1.postureSeconds.reduce(0, +) }
    }

    @Test func everythingBeforeTheLastLookIsThere() {
        var script = Script()
        script.monitor.setAnchor(DayTests.anchor(0, Self.start, .utc))
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 155)
        script.advance(to: 155)
        #expect(told(script.epochs) <= 60)
        var stored: [MinuteEpoch] = []
        store(script.epochs, into: &stored)
        store(script.monitor.openEpochs(of: .sole, at: Script.at(155)), into: &stored)
        #expect(told(stored) > 154)
        #expect(stored.last.map { $0.start + $0.length } == Script.at(155))
    }

    @Test func aClosedMinuteReplacesWhatWasHandedOutOfItBefore() {
        var script = Script()
        script.monitor.setAnchor(DayTests.anchor(0, Self.start, .utc))
        script.attach("a", at: 0)
        var stored: [MinuteEpoch] = []
        var t = 0.0
        for look in [47.0, 107, 167, 227] {
            script.stand("a", from: t, to: look)
            t = look
            script.advance(to: look)
            store(script.monitor.openEpochs(of: .sole, at: Script.at(look)), into: &stored)
        }
        script.stand("a", from: t, to: 420)
        script.advance(to: 420)
        store(script.epochs, into: &stored)
        #expect(stored == script.epochs)
    }

    @Test func aDayRestoredFromThemLosesNothingBefore() throws {
        var before = Script()
        before.monitor.setAnchor(DayTests.anchor(0, Self.start, .utc))
        before.attach("a", at: 0)
        before.stand("a", from: 0, to: 155)
        before.advance(to: 155)
        var stored: [MinuteEpoch] = []
        store(before.epochs, into: &stored)
        store(before.monitor.openEpochs(of: .sole, at: Script.at(155)), into: &stored)

        var after = Script()
        let now = Script.at(170)
        after.monitor.setAnchor(DayTests.anchor(170, WallTime(unixSeconds: 1_790_000_170), .utc))
        after.monitor.restore(epochs: stored, episodes: [], alerts: [], wearer: .sole, at: now)
        let day = try #require(after.monitor.summary(of: .sole, at: now))
        #expect(day.postureSeconds.reduce(0, +) > 154)
        #expect(day.noDataSeconds < 16)
        #expect((day.end - day.start).seconds == 170)
    }

    @Test func aStrangerHasNone() {
        #expect(Script().monitor.openEpochs(of: WearerID("nobody"), at: Script.at(1)).isEmpty)
    }
}
