import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct ReasonTests {
    private func key(_ alert: Alert, _ boot: String = "boot-1") -> AlertKey { AlertKey(alert, bootID: boot) }

    private func store(_ host: TestHost) throws -> Store {
        let store = try host.store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        for minute in 0..<6 {
            let time = Double(minute) * 3600
            let alert = minute % 2 == 0 ? Samples.alert(at: time) : Samples.reasoned(at: time)
            var pending = PendingRows()
            pending.append(.alert(alert))
            pending.append(.trace(Samples.trace(at: time), key(alert)))
            try store.append(&pending)
        }
        return store
    }

    @Test func aReasonAndATraceComeBackAsTheyWere() throws {
        let store = try store(TestHost())
        let stored = try store.alerts(withShadows: true).map(\.alert)
        #expect(stored[0] == Samples.alert(at: 0) && stored[0].reason == nil)
        #expect(stored[1] == Samples.reasoned(at: 3600) && stored[1].reason?.calibrationAge == .hours(30))
        #expect(try store.trace(of: key(stored[1])) == Samples.trace(at: 3600))
        var bare = Samples.reasoned(at: 50)
        bare.delivery = .told
        bare.reason?.uncertainty = nil
        bare.reason?.calibrationAge = nil
        try store.append(alert: bare)
        #expect(try store.alerts().last { $0.alert.time == bare.time }?.alert == bare)
        #expect(try store.trace(of: key(bare)) == nil)
        #expect(try store.trace(of: key(stored[1], "another boot")) == nil)
    }

    @Test func whatWasToldToNobodyIsListedOnlyWhenAskedFor() throws {
        let store = try store(TestHost())
        #expect(try store.alerts().map(\.alert.delivery) == [.told, .told, .told])
        #expect(try store.alerts(limit: 2).map(\.alert.time) == [7200, 14_400].map(Samples.instant))
        #expect(try store.alerts(withShadows: true).count == 6)
    }

    @Test func whatIsForgottenIsInNoTraceThatIsLeft() throws {
        let store = try store(TestHost())
        // The trace of the alert at 3 h reaches 40 minutes back.
        let from = Samples.noon + .minutes(125)
        try store.forget(from: from, until: from + .minutes(30), days: 0...0, now: Samples.later)
        let left = try store.alerts(withShadows: true).map(\.alert)
        #expect(left.count == 6)
        for alert in left {
            let isGone = alert.time == Samples.instant(3 * 3600)
            #expect(try (store.trace(of: key(alert)) == nil) == isGone)
        }
        try store.forget(
            before: CivilDate(year: 2027, month: 1, day: 1), zone: Samples.zone, now: Samples.later)
        #expect(try store.database.integer("SELECT count(*) FROM alert_trace", while: "testing") == 0)
    }

    @Test func tracesAreGivenUpWithTheirAlerts() throws {
        let store = try store(TestHost())
        var retention = HistoryPlan.Retention()
        retention.alerts = 1
        while try store.trim(retention, at: Samples.noon + .hours(24 + 2.5)) {}
        let left = try store.alerts(withShadows: true).map(\.alert)
        #expect(left.map(\.time) == [10_800, 14_400, 18_000].map(Samples.instant))
        #expect(try store.database.integer("SELECT count(*) FROM alert_trace", while: "testing") == 3)
        for alert in left { #expect(try store.trace(of: key(alert)) != nil) }
    }

    @Test func anExportHasThemAfterTheAlertsAndHistoriesComeTogetherWithThem() throws {
        let (one, other) = (TestHost(), TestHost())
        let store = try store(one)
        var rows: [ExportedRow] = []
        try store.export { rows.append($0) }
        let traces = rows.filter { if case .trace = $0 { true } else { false } }
        #expect(traces.count == 6)
        let place = Place(
            bootID: "boot-1", wall: Samples.noon + .seconds(1200), zone: Samples.zone)
        let alert = Samples.reasoned(at: 3600)
        #expect(traces[1] == .trace(Samples.trace(at: 3600), key(alert), place))
        let empty = try other.store(boot: "boot-2")
        store.close()
        #expect(try empty.merge(one.path)["alert_trace"] == 6)
        #expect(try empty.trace(of: key(alert)) == Samples.trace(at: 3600))
        #expect(try empty.merge(one.path).total == 0)
    }

    @Test func damagedBlobsAreReadAsFarAsTheyGo() throws {
        let store = try store(TestHost())
        let alert = Samples.alert(at: 0)
        try store.database.run(
            "UPDATE alert_trace SET posture = x'0109FF' WHERE time_ns = 0", [], while: "testing")
        let trace = try #require(try store.trace(of: key(alert)))
        #expect(trace.postures == [.sitting, .unknown, .unknown])
        #expect(trace.flexionDegrees == [-60, -56, -52])
        try store.database.run(
            "UPDATE alert_trace SET interval_ns = 0 WHERE time_ns = 0", [], while: "testing")
        #expect(try store.trace(of: key(alert)) == nil)
        try store.database.run("UPDATE alert SET unit = 'furlong'", [], while: "testing")
        #expect(try store.alerts(withShadows: true).allSatisfy { $0.alert.reason == nil })
    }

    @Test func alertsOfBeforeWereToldAndHaveNoReason() throws {
        let host = TestHost()
        do {
            let before = Schema(steps: Array(Schema.current.steps.prefix(4)))
            let store = try host.store { $0.schema = before }
            try store.append(anchor: Samples.anchor)
            try store.append(epochs: [Samples.epoch(at: 60)])
            try store.database.run(
                "INSERT INTO alert VALUES (1, 1, 5000000000, 'sitting', 'nudge', 0, 7, 1, 'm', NULL, 1)", [],
                while: "testing")
        }
        let store = try host.store()
        let found = try store.alerts().map(\.alert)
        #expect(found.map(\.message) == ["m"] && found[0].reason == nil && found[0].delivery == .told)
    }

    @Test func anglesThatDoNotFitAByteAreCutOff() {
        #expect(
            TraceBytes.flexion(TraceBytes.flexion([-500, -128, -127, 0, 127, 500, nil])) == [
                -127, -127, -127, 0, 127, 127, nil,
            ])
    }
}
