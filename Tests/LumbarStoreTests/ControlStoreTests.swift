import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct ControlStoreTests {
    private func store(_ host: TestHost, boot: String = "boot-1") throws -> Store {
        var options = Store.Options()
        options.reserveBytes = 0
        return try Store(writing: host.path, bootID: boot, host: host, options: options)
    }

    private func snooze(_ from: Double, _ until: Double, _ detail: String = "") -> AskedControl {
        let term = AskedControl.Term(
            since: Samples.instant(from), until: Samples.instant(until),
            untilWall: Samples.noon + .seconds(until), detail: detail)
        return AskedControl(wearer: .sole, kind: .snooze, term: term)
    }

    @Test func whatWasAskedLastOfAKindIsKeptAndWhatIsOverIsGone() throws {
        let host = TestHost()
        let store = try store(host)
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        let other = AskedControl(
            wearer: WearerID("ben"), kind: .snooze,
            term: AskedControl.Term(since: Samples.instant(5), until: Samples.instant(90)))
        let profile = AskedControl(
            wearer: .sole, kind: .profile,
            term: AskedControl.Term(since: Samples.instant(7), until: nil, detail: "desk"))
        for control in [snooze(0, 60), other, profile, snooze(10, 1800, "upright")] {
            try store.append(control: control)
        }
        let found = try store.controls()
        #expect(found.map(\.control.kind) == [.snooze, .profile, .snooze])
        #expect(found.map(\.control.wearer.text) == ["ben", "me", "me"])
        #expect(found[1].control == profile && found[1].untilWall == nil)
        #expect(found[1].sinceWall == Samples.noon + .seconds(7))
        #expect(found[2].control == snooze(10, 1800, "upright"))
        #expect(found[2].untilWall == Samples.noon + .seconds(1800))
        // Never told a wall time, the row of the other one has it from the anchor.
        #expect(found[0].untilWall == Samples.noon + .seconds(90))
        try store.append(control: AskedControl(wearer: .sole, kind: .snooze, term: nil))
        #expect(try store.controls().map(\.control) == [other, profile])
    }

    /// The clock was wrong when it was asked for, and set a minute later: the anchors place the end.
    @Test func anEndIsPlacedByTheClockThatWasRight() throws {
        let host = TestHost()
        let store = try store(host)
        try store.append(
            anchor: WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 0), zone: .utc))
        var asked = snooze(10, 1800)
        asked.term?.untilWall = WallTime(unixSeconds: 1800)
        try store.append(control: asked)
        try store.append(
            anchor: WallAnchor(instant: Samples.instant(60), wall: Samples.noon + .seconds(60), zone: .utc),
            isSynchronized: true)
        #expect(try store.controls()[0].untilWall == Samples.noon + .seconds(1800))
    }

    @Test func inTheSameBootTheBootClockDecides() {
        let stored = StoredControl(control: snooze(10, 1800), bootID: "a", untilWall: nil)
        let anchor = WallAnchor(instant: .zero, wall: Samples.noon + .hours(900), zone: .utc)
        #expect(stored.placed(in: "a", at: Samples.instant(1799), by: anchor) == snooze(10, 1800))
        #expect(stored.placed(in: "a", at: Samples.instant(1800), by: anchor) == nil)
    }

    @Test func inAnotherBootTheWallClockDecidesAndAWrongOneCannotMakeItLonger() {
        // Asked for half an hour, of which ten minutes were left at the restart.
        let stored = StoredControl(
            control: snooze(0, 1800), bootID: "a", untilWall: Samples.noon + .seconds(1800))
        func end(_ wall: WallTime, at now: Double) -> Instant? {
            let anchor = WallAnchor(instant: Samples.instant(now), wall: wall, zone: .utc)
            return stored.placed(in: "b", at: Samples.instant(now), by: anchor)?.term?.until
        }
        #expect(end(Samples.noon + .seconds(1200), at: 20) == Samples.instant(620))
        #expect(end(Samples.noon + .seconds(1800), at: 20) == nil)
        // Before NTP: a clock of years ago.
        #expect(end(WallTime(unixSeconds: 0), at: 20) == Samples.instant(1800))
        #expect(end(WallTime(unixSeconds: 0), at: 1800) == nil)
        // It never knew a clock: nobody can say.
        let lost = StoredControl(control: snooze(0, 1800), bootID: "a", untilWall: nil)
        #expect(lost.placed(in: "b", at: .zero, by: Samples.anchor) == nil)
        // A profile has no end.
        let profile = AskedControl(
            wearer: .sole, kind: .profile,
            term: AskedControl.Term(since: Samples.instant(7), until: nil, detail: "desk"))
        var kept = StoredControl(control: profile, bootID: "a", untilWall: nil)
        let unknown = kept.placed(in: "b", at: .zero, by: Samples.anchor)
        #expect(unknown?.term?.detail == "desk" && unknown?.term?.since == Instant(nanoseconds: .min))
        #expect(kept.placed(in: "a", at: .zero, by: Samples.anchor) == profile)
        kept.sinceWall = Samples.noon + .hours(-9)
        let known = kept.placed(in: "b", at: .zero, by: Samples.anchor)
        #expect(known?.term?.since == Samples.anchor.instant(at: Samples.noon) - .hours(9))
    }

    /// It is stored at once, waits on a full disk like everything else, and is forgotten with its wearer.
    @Test func theKeeperStoresItAtOnceAndForgetsItWithItsWearer() throws {
        let host = TestHost()
        var options = Store.Options()
        options.reserveBytes = 0
        let keeper = HistoryKeeper(path: host.path, bootID: "boot-1", host: host, options: options)
        keeper.open { _ in }
        keeper.append(.anchor(Samples.anchor, isSynchronized: true), at: .zero)
        keeper.append(.control(snooze(0, 60)), at: .zero)
        keeper.append(.control(snooze(5, 70)), at: .zero)
        keeper.flush(at: .zero) { _ in }
        #expect(keeper.pending.isEmpty && keeper.controls { _ in }.map(\.control) == [snooze(5, 70)])
        let store = try #require(keeper.store)
        try store.forget(before: CivilDate(year: 2026, month: 11, day: 22), zone: .utc, now: Samples.later)
        #expect(try store.controls().isEmpty)
        #expect(try store.wearers().isEmpty)
    }
}
