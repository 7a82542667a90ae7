import LumbarCore
import Testing

@testable import LumbarStore

@Suite("What holds stays when what is before it goes")
struct InForceTests {
    private let ben = WearerID("ben")

    /// Asked for at `time` seconds; without an end when `until` is nil.
    private func asked(
        _ kind: AskedControl.Kind, at time: Double, until: Double? = nil, _ detail: String = "",
        of wearer: WearerID = .sole
    ) -> AskedControl {
        let term = AskedControl.Term(
            since: Samples.instant(time), until: until.map { Samples.instant($0) }, detail: detail)
        return AskedControl(wearer: wearer, kind: kind, term: term, asked: Samples.instant(time))
    }

    private func ended(_ kind: AskedControl.Kind, at time: Double) -> AskedControl {
        AskedControl(wearer: .sole, kind: kind, term: nil, asked: Samples.instant(time))
    }

    /// Noon of the 21st plus so many days.
    private func day(_ days: Double) -> WallTime { Samples.noon + .hours(24 * days) }
    /// A day of November, counted on into December.
    private func date(_ day: Int64) -> CivilDate {
        CivilDate(daysSinceEpoch: CivilDate(year: 2026, month: 11, day: 1).daysSinceEpoch + day - 1)
    }
    private let secondsOfDay = 86_400.0

    /// A boot of ten days, with something measured on each.
    private func history(_ host: TestHost = TestHost(), boot: String = "boot-1") throws -> Store {
        let store = try host.store(boot: boot)
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        for day in 0..<10 {
            try store.append(epochs: [Samples.epoch(at: Double(day) * secondsOfDay + 60)])
            try store.append(alert: Samples.alert(at: Double(day) * secondsOfDay + 90))
        }
        return store
    }

    private func asked(_ store: Store) throws -> [AskedControl] {
        var found: [AskedControl] = []
        try store.export { if case .asked(let control, _, _) = $0 { found.append(control) } }
        return found
    }

    // MARK: Forgetting a part

    @Test func aTrainingAndAProfileGoOnWhenTheDayTheyWereAskedForIsForgotten() throws {
        let store = try history()
        let training = asked(.training, at: 3600, "bending 0.200 0.400 1")
        let profile = asked(.profile, at: 4000, "desk")
        let pause = asked(.pause, at: 2 * secondsOfDay, until: 9.5 * secondsOfDay)
        for control in [asked(.profile, at: 3700, "driving"), training, profile, pause] {
            try store.append(control: control)
        }
        let gone = try store.forget(before: date(25), zone: Samples.zone, now: day(9))
        #expect(try store.controls().map(\.control.kind) == [.training, .profile, .pause])
        #expect(try asked(store) == [training, profile, pause])
        #expect(gone.held == [.pause, .profile, .training])
        #expect(try store.profile(of: .sole, before: day(5))?.name == "desk")
        #expect(try store.asked(.training, of: .sole, before: day(5)) != nil)
    }

    @Test func whatIsOverGoes() throws {
        let store = try history()
        let later = [
            asked(.training, at: 3600, "bending 0.200 0.400 1"), ended(.training, at: 7200),
            asked(.snooze, at: 3600, until: 7200), asked(.pause, at: 3600, until: 8 * secondsOfDay),
        ]
        for control in later { try store.append(control: control) }
        // The pause held at the limit, so it is known why nothing was said after it, and it is over by now.
        let gone = try store.forget(before: date(25), zone: Samples.zone, now: day(9))
        #expect(try store.controls().isEmpty)
        #expect(try asked(store) == [later[3]])
        #expect(gone.held.isEmpty)
    }

    @Test func whatWasAskedForAfterwardsDecides() throws {
        let store = try history()
        let stop = ended(.profile, at: 6 * secondsOfDay)
        for control in [asked(.profile, at: 60, "driving"), stop] { try store.append(control: control) }
        try store.forget(before: date(25), zone: Samples.zone, now: day(9))
        // It held when the days that stay began.
        #expect(try asked(store) == [asked(.profile, at: 60, "driving"), stop])
        #expect(try store.controls().isEmpty)
    }

    @Test func theDaysThatStayBeginWithWhatWasKnown() throws {
        let store = try history()
        let runs = [
            ProgramRun(from: Samples.instant(0), until: Samples.instant(1000)),
            ProgramRun(from: Samples.instant(2000)),
        ]
        try store.append(
            [
                .run(runs[0]), .run(runs[1]), .trust(.moved, .sole, Samples.instant(5)),
                .trust(.trusted, .sole, Samples.instant(2000)), .trust(.stale, ben, Samples.instant(2000)),
            ], while: "testing")
        try store.forget(before: date(25), zone: Samples.zone, now: day(9))
        let boots = try store.boots(of: .sole, from: day(4), until: day(10))
        #expect(boots.map(\.isFull) == [true])
        #expect(boots.first?.trusts.map(\.trust) == [.trusted])
        #expect(boots.first?.runs == [runs[1]])
        #expect(try store.rowCounts()["trust"] == 2)
        // Of the days of one wearer only that wearer's; the run is everybody's.
        try store.forget(before: date(30), zone: Samples.zone, wearer: .sole, now: day(9))
        #expect(try store.rowCounts()["trust"] == 2 && store.rowCounts()["run"] == 1)
    }

    @Test func theTimeBetweenTwoMomentsTakesNothingThatHolds() throws {
        let store = try history()
        let profile = asked(.profile, at: secondsOfDay + 60, "desk")
        for control in [asked(.snooze, at: secondsOfDay, until: secondsOfDay + 900), profile] {
            try store.append(control: control)
        }
        try store.append([.trust(.moved, .sole, Samples.instant(secondsOfDay + 5))], while: "testing")
        try store.forget(from: day(0.5), until: day(2.5), days: 0...0, now: day(9))
        #expect(try asked(store) == [profile] && store.controls().map(\.control.kind) == [.profile])
        #expect(try store.rowCounts()["trust"] == 1)
        #expect(try store.boots(of: .sole, from: day(3), until: day(10)).map(\.isFull) == [true])
    }

    // MARK: Forgetting everything

    @Test func ofEverythingOnlyWhatHoldsIsLeft() throws {
        let host = TestHost()
        var store = try history(host)
        let zone = ZoneRule(
            name: "Asia/Tokyo", offsetSeconds: 32_400, change: nil, offsetAfterSeconds: 32_400)
        for hours in 1..<5 {
            let anchor = WallAnchor(
                instant: Samples.instant(Double(hours) * 3600), wall: Samples.noon + .hours(Double(hours)),
                zone: hours == 2 ? zone : Samples.zone)
            try store.append(anchor: anchor, isSynchronized: true)
        }
        let training = asked(.training, at: 3600, "bending 0.200 0.400 1")
        for control in [
            training, asked(.snooze, at: 9 * secondsOfDay, until: 10 * secondsOfDay, of: ben),
            asked(.snooze, at: 60, until: 600), asked(.pause, at: 3700), ended(.pause, at: 3800),
        ] {
            try store.append(control: control)
        }
        try store.append(
            [
                .run(ProgramRun(from: Samples.instant(0))), .trust(.moved, .sole, Samples.instant(5)),
                .device(
                    SeenDevice(id: DeviceID("serial-1"), name: "x", protocolName: "ypr"), Samples.instant(0)),
            ], while: "testing")
        store.close()
        store = try host.store(boot: "")
        // The snooze of the other one has an hour left.
        let now = day(10) + .hours(-1)
        let gone = try store.forget(before: date(32), zone: Samples.zone, now: now)
        #expect(gone.held == [.snooze, .training] && gone.unplaced == 0)
        let left = try store.rowCounts().tables.filter { $0.rows > 0 }.map { "\($0.name) \($0.rows)" }
        #expect(left == ["boot 1", "wearer 2", "anchor 1", "asked 2", "control 2"])
        #expect(try store.controls().map(\.control.kind) == [.training, .snooze])
        #expect(try store.controls().last?.untilWall == day(10))
        let text = String(decoding: host.contents(host.path), as: UTF8.self)
        #expect(!text.contains("Asia/Tokyo"))
        // An hour later nothing holds but the training; when that is stopped, nothing is left at all.
        try store.forget(before: date(32), zone: Samples.zone, now: day(10))
        #expect(try store.controls().map(\.control.kind) == [.training])
        #expect(try store.wearers() == [.sole])
        try store.append(
            [(.control(AskedControl(wearer: .sole, kind: .training, term: nil)), "boot-1")], while: "testing")
        try store.append([(.asked(ended(.training, at: 10 * secondsOfDay)), "boot-1")], while: "testing")
        try store.forget(before: date(33), zone: Samples.zone, now: day(11))
        #expect(try store.rowCounts().total == 0)
    }

    /// A boot in which a profile was asked for and no sensor worn is not of the time that goes.
    @Test func aLaterBootKeepsItsRunsAndClocks() throws {
        let host = TestHost()
        try history(host).close()
        let later = try host.store(boot: "boot-2")
        for minutes in [0.0, 90] {
            let wall = day(20) + .minutes(minutes + 1)
            let anchor = WallAnchor(instant: Samples.instant(minutes * 60), wall: wall, zone: Samples.zone)
            try later.append(anchor: anchor, isSynchronized: true)
        }
        var pending = PendingRows()
        pending.append(.run(ProgramRun(from: Samples.instant(10))))
        try later.append(&pending)
        try later.append(control: asked(.profile, at: 60, "desk"))
        let before = try later.rowCounts()
        try later.forget(before: date(25), zone: Samples.zone, now: day(30))
        let after = try later.rowCounts()
        #expect(after["run"] == before["run"] && after["run"] == 1)
        #expect(after["anchor"] == before["anchor"])
        later.close()
        // From another boot too: the present one is never touched.
        let present = try host.store(boot: "boot-3")
        try present.forget(before: date(25), zone: Samples.zone, now: day(30))
        let left = try present.rowCounts()
        #expect(left["run"] == 1 && left["anchor"] == before["anchor"])
    }

    @Test func whatWasStoredWithoutAClockGoesWithEverything() throws {
        let host = TestHost()
        for boot in ["lost-1", "placed", "lost-2"] {
            let store = try host.store(boot: boot)
            if boot == "placed" { try store.append(anchor: Samples.anchor, isSynchronized: true) }
            try store.append(alert: Samples.alert(at: 90))
            try store.append(control: asked(.snooze, at: 60, until: 600))
            try store.append([.run(ProgramRun(from: .zero)), .trust(.moved, .sole, .zero)], while: "testing")
        }
        let store = try host.store(boot: "")
        // The first is older than what was placed, and of the last nobody knows.
        let part = try store.forget(before: date(22), zone: Samples.zone, now: day(2))
        #expect(part.unplaced == 4)
        #expect(try store.rowCounts()["alert"] == 1)
        // A clock that is wrong makes nobody lose what is later than the day that was named.
        try store.append([(.anchor(Samples.anchor, isSynchronized: true), "placed")], while: "testing")
        try store.append([(.alert(Samples.alert(at: 90)), "placed")], while: "testing")
        let wrong = try store.forget(
            before: CivilDate(year: 2026, month: 1, day: 1), zone: .utc, now: WallTime(unixSeconds: 0))
        #expect(wrong.rows == 0 && wrong.unplaced == 4)
        let rest = try store.forget(before: date(24), zone: Samples.zone, now: day(2))
        #expect(rest.unplaced == 0)
        #expect(try store.rowCounts().total == 0)
    }

    // MARK: Giving up what is too old

    @Test func aDaemonThatIsUpForLongKeepsWhatItsDaysBeganWith() throws {
        let store = try history()
        let profile = asked(.profile, at: 60, "desk")
        for control in [
            profile, asked(.snooze, at: 70, until: 700), asked(.pause, at: 80), ended(.pause, at: 90),
        ] {
            try store.append(control: control)
        }
        let run = ProgramRun(from: Samples.instant(1))
        try store.append(
            [
                .run(run), .trust(.moved, .sole, Samples.instant(1)),
                .trust(.trusted, .sole, Samples.instant(9)),
            ], while: "testing")
        var retention = HistoryPlan.Retention()
        retention.alerts = 5
        for now in [10.0, 10.1, 11] {
            while try store.trim(retention, at: day(now)) {}
            #expect(try asked(store) == [profile])
            #expect(try store.rowCounts()["trust"] == 1)
            // The snooze ran out, which nobody noted.
            #expect(try store.controls().map(\.control.kind) == [.profile])
        }
        let boots = try store.boots(of: .sole, from: day(6), until: day(11))
        #expect(boots.map(\.isFull) == [true])
        #expect(boots.first?.runs == [run])
    }

    @Test func aBootThatIsOverKeepsNothing() throws {
        let host = TestHost()
        do {
            let store = try host.store(boot: "boot-0")
            var anchor = Samples.anchor
            anchor.wall = day(-30)
            try store.append(anchor: anchor, isSynchronized: true)
            try store.append([.run(ProgramRun(from: .zero)), .trust(.moved, .sole, .zero)], while: "testing")
            try store.append(control: asked(.profile, at: 60, "driving"))
        }
        let store = try history(host)
        try store.append(control: asked(.profile, at: 60, "desk"))
        var retention = HistoryPlan.Retention()
        retention.alerts = 5
        while try store.trim(retention, at: day(10)) {}
        let counts = try store.rowCounts()
        #expect(counts["run"] == 0 && counts["trust"] == 0)
        #expect(try asked(store) == [asked(.profile, at: 60, "desk")])
    }
}
