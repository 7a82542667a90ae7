import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct TimelineTests {
    private let day = CivilDate(year: 2026, month: 11, day: 21)

    private func anchor(at seconds: Double, _ wall: WallTime, zone: ZoneRule = .utc) -> WallAnchor {
        WallAnchor(instant: Samples.instant(seconds), wall: wall, zone: zone)
    }

    /// A day's first minute begins at midnight as the clock said it then. Corrected by a hair, the clock says that this was
    /// yesterday.
    @Test func theFirstMinuteOfADayStaysThereWhenTheClockIsCorrected() throws {
        let store = try TestHost().store()
        let next = CivilDate(daysSinceEpoch: Samples.date.daysSinceEpoch + 1)
        let midnight = Samples.anchor.instant(at: Samples.zone.start(of: next))
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        var minute = Samples.epoch(at: 0)
        minute.start = midnight
        minute.length = .seconds(20)
        try store.append(epochs: [minute])
        for offset in [-0.004, 0.004] {
            let corrected = WallAnchor(
                instant: midnight + .seconds(30),
                wall: Samples.anchor.wall(at: midnight + .seconds(30 + offset)), zone: Samples.zone)
            try store.append(anchor: corrected, isSynchronized: true)
            let today = try store.day(next, by: corrected, bootID: "boot-1", wearer: .sole)
            let yesterday = try store.day(Samples.date, by: corrected, bootID: "boot-1", wearer: .sole)
            #expect(today.epochs.count == 1 && yesterday.epochs.isEmpty, "\(offset)")
        }
    }

    @Test func aClockSetLaterPutsEarlierRowsRight() throws {
        let store = try TestHost().store()
        // A Pi without a clock of its own wakes up two weeks back and learns the time five minutes later.
        try store.append(anchor: anchor(at: 10, Samples.noon + .hours(-14 * 24)))
        try store.append(alert: Samples.alert(at: 100))
        #expect(try store.alerts()[0].place.wall == Samples.noon + .hours(-14 * 24) + .seconds(90))
        try store.append(anchor: anchor(at: 310, Samples.noon + .seconds(300)), isSynchronized: true)
        try store.append(alert: Samples.alert(at: 400))
        let found = try store.alerts(since: Samples.noon)
        #expect(found.map(\.place.wall) == [Samples.noon + .seconds(90), Samples.noon + .seconds(390)])
        #expect(try store.alerts(until: Samples.noon).isEmpty)
    }

    @Test func withoutWordOfSynchronizationTheLastAnchorCounts() throws {
        let store = try TestHost().store()
        try store.append(anchor: anchor(at: 0, Samples.noon + .hours(9)))
        try store.append(alert: Samples.alert(at: 60))
        try store.append(anchor: anchor(at: 120, Samples.noon + .seconds(120)))
        #expect(try store.alerts().map(\.place.wall) == [Samples.noon + .seconds(60)])
    }

    @Test func aClockThatWasRightKeepsItsRowsWhenItIsSetWrong() throws {
        let store = try TestHost().store()
        try store.append(anchor: anchor(at: 0, Samples.noon), isSynchronized: true)
        try store.append(alert: Samples.alert(at: 60))
        try store.append(anchor: anchor(at: 120, Samples.noon + .hours(24 * 3650)))
        try store.append(alert: Samples.alert(at: 180))
        #expect(
            try store.alerts().map(\.place.wall) == [
                Samples.noon + .seconds(60), Samples.noon + .seconds(180),
            ])
    }

    @Test func theZoneIsTheOneOfTheMoment() throws {
        let store = try TestHost().store()
        let kathmandu = ZoneRule(name: "Asia/Kathmandu", offsetSeconds: 20_700)
        try store.append(anchor: anchor(at: 0, Samples.noon, zone: Samples.zone))
        try store.append(alert: Samples.alert(at: 60))
        try store.append(anchor: anchor(at: 3600, Samples.noon + .hours(1), zone: kathmandu))
        try store.append(alert: Samples.alert(at: 3660))
        #expect(try store.alerts().map(\.place.zone) == [Samples.zone, kathmandu])
    }

    @Test func aDayIsPutTogetherFromSeveralBoots() throws {
        let host = TestHost()
        do {
            let store = try host.store(boot: "first")
            try store.append(anchor: Samples.anchor)
            try store.append(epochs: [Samples.epoch(at: 5000)])
            try store.append(episode: Samples.posture(.sitting, from: 5000, to: 5060), wearer: .sole)
            try store.append(alert: Samples.alert(at: 5030))
        }
        let now = anchor(at: 30, Samples.noon + .hours(3), zone: Samples.zone)
        let store = try host.store(boot: "second")
        try store.append(anchor: now)
        try store.append(epochs: [Samples.epoch(at: 31)])
        let found = try store.day(day, by: now, bootID: "second", wearer: .sole)
        // Three hours after the first boot's zero it is the second boot's 30 s: its 5000 s lie 5770 s before zero.
        #expect(found.epochs.map(\.start) == [Samples.instant(5000 - 10_770), Samples.instant(31)])
        #expect(found.episodes.map(\.start) == [Samples.instant(5000 - 10_770)])
        #expect(found.episodes.map(\.end) == [Samples.instant(5060 - 10_770)])
        #expect(found.alerts.map(\.time) == [Samples.instant(5030 - 10_770)])
        #expect(found.alerts.map(\.episodeStart) == [Samples.instant(3230 - 10_770)])
    }

    @Test func aDayEndsAtLocalMidnightAndTakesInWhatReachesIntoIt() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor)
        // Local midnight is 13 hours on.
        let midnight = 13 * 3600.0
        try store.append(epochs: [Samples.epoch(at: midnight - 60), Samples.epoch(at: midnight)])
        try store.append(
            episode: Samples.posture(.walking, from: midnight - 9000, to: midnight - 7200), wearer: .sole)
        try store.append(
            episode: Samples.posture(.lying, from: midnight - 7200, to: midnight + 1000), wearer: .sole)
        let bend = Episode(
            .bend(Bend(peakDegrees: 50, peakRateDps: 40, areaAbove20DegreeSeconds: 9, budgetUsed: 0.1)),
            start: Samples.instant(midnight - 2), end: Samples.instant(midnight + 2),
            decided: Samples.instant(midnight + 3), confidence: 1)
        try store.append(episode: bend, wearer: .sole)
        let tomorrow = CivilDate(year: 2026, month: 11, day: 22)
        let today = try store.day(day, by: Samples.anchor, bootID: "boot-1", wearer: .sole)
        let next = try store.day(tomorrow, by: Samples.anchor, bootID: "boot-1", wearer: .sole)
        #expect(today.epochs.map(\.start) == [Samples.instant(midnight - 60)])
        #expect(next.epochs.map(\.start) == [Samples.instant(midnight)])
        #expect(today.episodes.count == 3)
        #expect(next.episodes.map(\.kind) == [.posture(.lying), bend.kind])
    }

    @Test func aBootWithoutAnAnchorIsKeptButNotPlaced() throws {
        let store = try TestHost().store()
        try store.append(alert: Samples.alert(at: 5))
        #expect(try store.alerts().isEmpty)
        var exported = 0
        try store.export { row in
            if case .alert(_, let place) = row, place.wall == nil { exported += 1 }
        }
        #expect(exported == 1)
        try store.append(anchor: Samples.anchor)
        #expect(try store.alerts().count == 1)
    }

    @Test func senselessAnchorsDoNotTrap() throws {
        let store = try TestHost().store()
        try store.append(alert: Samples.alert(at: 5))
        for (instant, wall) in [(Int64.min, Int64.max), (.max, .min), (0, .min), (1, .max)] {
            let zone = ZoneRule(name: "", offsetSeconds: .max, change: WallTime(nanoseconds: wall))
            try store.append(
                anchor: WallAnchor(
                    instant: Instant(nanoseconds: instant), wall: WallTime(nanoseconds: wall), zone: zone),
                isSynchronized: instant != 0)
            for found in try store.alerts() { _ = found.place.wall.map { found.place.zone.date(at: $0) } }
            _ = try store.day(day, by: Samples.anchor, bootID: "boot-1", wearer: .sole)
        }
    }
}
