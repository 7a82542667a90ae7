import LumbarCore
import Testing

@testable import LumbarStore

@Suite("Everything that was asked for, and how well upright was known")
struct AskedStoreTests {
    private func snooze(
        at time: Double, until end: Double?, of wearer: WearerID = .sole, asked: Bool = true
    ) -> AskedControl {
        let term = end.map {
            AskedControl.Term(
                since: Samples.instant(time), until: Samples.instant($0),
                untilWall: Samples.noon + .seconds($0), detail: "upright")
        }
        return AskedControl(
            wearer: wearer, kind: .snooze, term: term, asked: asked ? Samples.instant(time) : nil)
    }

    private func profile(_ name: String?, at time: Double) -> AskedControl {
        let term = name.map { AskedControl.Term(since: Samples.instant(time), until: nil, detail: $0) }
        return AskedControl(wearer: .sole, kind: .profile, term: term, asked: Samples.instant(time))
    }

    private func asked(_ store: Store) throws -> [AskedControl] {
        var found: [AskedControl] = []
        try store.export { if case .asked(let control, _, _) = $0 { found.append(control) } }
        return found
    }

    @Test func whatWasAskedStaysWhenItIsOver() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        let all = [
            snooze(at: 5, until: 600), snooze(at: 60, until: 900), profile("driving", at: 70),
            snooze(at: 80, until: nil), profile(nil, at: 90),
        ]
        for control in all { try store.append(control: control) }
        // What nobody asked for, such as one that ran out, is no news.
        try store.append(control: snooze(at: 100, until: nil, asked: false))
        #expect(try asked(store) == all)
        #expect(try store.controls().isEmpty)
    }

    @Test func aFullDiskKeepsEveryOneOfThem() throws {
        var pending = PendingRows()
        pending.append(.control(snooze(at: 5, until: 600)))
        pending.append(.control(snooze(at: 60, until: 900)))
        pending.append(.trust(.stale, .sole, Samples.instant(3)))
        #expect(pending.count == 4 && !pending.isIdle && pending.hasUrgent)
        let store = try TestHost().store()
        try store.append(&pending)
        #expect(pending.isEmpty)
        #expect(try asked(store).count == 2)
        #expect(try store.controls().count == 1)
        #expect(try store.rowCounts()["trust"] == 1)
    }

    @Test func aChangeOfTrustWaitsForTheNextBatch() {
        #expect(StoreRow.trust(.moved, .sole, .zero).canWait)
        #expect(!StoreRow.asked(snooze(at: 1, until: 2)).canWait)
    }

    @Test func theyAreGivenUpAndForgottenWithTheAlerts() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        try store.append(control: snooze(at: 5, until: 600))
        try store.append(
            [
                .trust(.stale, .sole, Samples.instant(7)),
                .trust(.trusted, .sole, Samples.instant(86_400 * 9)),
            ],
            while: "testing")
        var retention = HistoryPlan.Retention()
        retention.alerts = 5
        while try store.trim(retention, at: Samples.noon + .hours(24 * 10)) {}
        #expect(try store.rowCounts()["asked"] == 0)
        // The first was how well upright was known when the days that are left began.
        #expect(try store.rowCounts()["trust"] == 2)
        try store.forget(
            before: CivilDate(year: 2026, month: 12, day: 22), zone: Samples.zone, now: Samples.later)
        #expect(try store.rowCounts()["trust"] == 0 && store.rowCounts()["wearer"] == 0)
    }

    @Test func historiesComeTogether() throws {
        let host = TestHost()
        let other = TestHost()
        do {
            let store = try other.store(boot: "boot-2")
            try store.append(anchor: Samples.anchor)
            try store.append(control: snooze(at: 5, until: 600, of: WearerID("ben")))
            try store.append([.trust(.moved, WearerID("ben"), Samples.instant(7))], while: "testing")
            store.close()
        }
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        try store.append(control: snooze(at: 5, until: 600))
        for _ in 0..<2 { _ = try store.merge(other.path) }
        #expect(try asked(store).map(\.wearer.text) == ["me", "ben"])
        #expect(try store.rowCounts()["trust"] == 1)
    }

    /// A page of a damaged file has rows without the name of their table.
    @Test func theirRowsLookLikeThoseOfNoOtherTable() throws {
        let store = try TestHost().store()
        let shapes = try TableShape.all(of: store.database)
        let rows: [(String, [SQLValue])] = [
            (
                "asked",
                [.int(1), .int(2), .int(3), .text("snooze"), .text(""), .int(4), .int(5), .int(0)]
            ),
            ("asked", [.int(1), .int(2), .int(3), .text("snooze"), .text(""), .null, .null, .int(1)]),
            ("control", [.int(1), .int(2), .int(3), .text("snooze"), .int(4), .int(5), .text("")]),
            ("control", [.int(1), .int(2), .int(3), .text("profile"), .null, .null, .text("desk")]),
            ("trust", [.int(1), .int(2), .int(3), .text("stale")]),
        ]
        for (name, values) in rows {
            #expect(shapes.filter { $0.fits(values) }.map(\.name) == [name])
        }
    }

    @Test func aHistoryOfVersion5GetsTheTablesAndKeepsItsRows() throws {
        let host = TestHost()
        do {
            let store = try host.store { $0.schema = Schema(steps: Array(Schema.current.steps.prefix(5))) }
            try store.append(anchor: Samples.anchor, isSynchronized: true)
            try store.append([.control(profile("manual", at: 5))], while: "testing")
            try store.append(epochs: [Samples.epoch(at: 60)])
        }
        let store = try host.store()
        #expect(store.copies == [host.path + ".before-v6"])
        #expect(try store.controls().count == 1)
        #expect(try store.rowCounts()["asked"] == 0)
        let boots = try store.boots(of: .sole, from: Samples.noon, until: Samples.noon + .hours(1))
        #expect(boots.map(\.isFull) == [false])
        #expect(boots.first?.epochs.count == 1)
    }

    @Test func bootsComeInTheOrderOfTimeWithWhatWasInForceBefore() throws {
        let host = TestHost()
        for (boot, day) in [("boot-2", 1), ("boot-1", 0)] {
            let store = try host.store(boot: boot)
            let anchor = WallAnchor(
                instant: .zero, wall: Samples.noon + .hours(24 * Double(day)), zone: Samples.zone)
            try store.append(anchor: anchor, isSynchronized: true)
            try store.append(epochs: (0..<120).map { Samples.epoch(at: Double($0) * 60) })
            try store.append(alert: Samples.alert(at: 4000))
            try store.append([.trust(.stale, .sole, Samples.instant(10))], while: "testing")
            try store.append(control: profile(day == 0 ? "driving" : "manual", at: 20))
        }
        let store = try Store(reading: host.path)
        let all = try store.boots(of: .sole, from: Samples.noon, until: Samples.noon + .hours(48))
        #expect(all.map(\.bootID) == ["boot-1", "boot-2"])
        let late = try store.boots(
            of: .sole, from: Samples.noon + .hours(1), until: Samples.noon + .hours(25.5))
        #expect(late.map(\.epochs.count) == [60, 90])
        #expect(late.map(\.alerts.count) == [1, 1])
        #expect(late.first?.trusts.map(\.trust) == [.stale])
        #expect(late.first?.trusts.first?.time == Samples.instant(3600))
        #expect(late.first?.asked.count == 1)
        #expect(late.first?.place(Samples.instant(4000)).wall == Samples.noon + .seconds(4000))
        #expect(
            try store.boots(of: WearerID("ben"), from: Samples.noon, until: Samples.noon + .hours(48)).isEmpty
        )
        #expect(try store.profile(of: .sole, before: Samples.noon) == nil)
        #expect(try store.profile(of: .sole, before: Samples.noon + .hours(2))?.name == "driving")
        #expect(try store.profile(of: .sole, before: Samples.noon + .hours(48))?.name == "manual")
    }

    @Test func changesOfSettingsAreToldWithTheirTimes() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        let one = [
            SettingInForce(key: "alerts.fall", value: "off"), SettingInForce(key: "store.x", value: "1"),
        ]
        try store.append([.settings(one, Samples.instant(5))], while: "testing")
        try store.append([.settings([], Samples.instant(50))], while: "testing")
        let changes = try store.settingChanges("alerts.")
        #expect(changes.map(\.setting.value) == ["off", nil])
        #expect(changes.map(\.time) == [Samples.noon + .seconds(5), Samples.noon + .seconds(50)])
    }
}
