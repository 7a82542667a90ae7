import LumbarCore
import Testing

@testable import LumbarStore

@Suite("When the program ran")
struct ProgramRunTests {
    private func runs(_ store: Store) throws -> [ProgramRun] {
        var found: [ProgramRun] = []
        try store.export { if case .run(let run, _) = $0 { found.append(run) } }
        return found
    }

    private let first = ProgramRun(from: Samples.instant(1), until: Samples.instant(900))
    private let second = ProgramRun(from: Samples.instant(1000))

    @Test func anEndIsNotedBesideItsBeginning() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        var pending = PendingRows()
        pending.append(.run(ProgramRun(from: first.from)))
        #expect(!pending.isIdle && !pending.hasUrgent)
        try store.append(&pending)
        #expect(try runs(store) == [ProgramRun(from: first.from)])
        pending.append(.run(first))
        pending.append(.run(second))
        try store.append(&pending)
        #expect(try runs(store) == [first, second])
    }

    @Test func aBootComesWithAllOfItsRuns() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        try store.append([.run(first), .run(second)], while: "testing")
        try store.append(epochs: [Samples.epoch(at: 60), Samples.epoch(at: 7200)])
        let late = try store.boots(
            of: .sole, from: Samples.noon + .hours(1.5), until: Samples.noon + .hours(3))
        #expect(late.map(\.runs) == [[first, second]])
        #expect(late.first?.epochs.count == 1)
    }

    @Test func theyGoWithTheAlertsAndWithEverythingOfTheirBoot() throws {
        let host = TestHost()
        do {
            let store = try host.store(boot: "boot-1")
            try store.append(anchor: Samples.anchor, isSynchronized: true)
            try store.append(
                [.run(first), .run(ProgramRun(from: Samples.instant(86_400 * 9)))], while: "testing")
            try store.append(epochs: [Samples.epoch(at: 60)])
        }
        let store = try host.store(boot: "boot-2")
        var retention = HistoryPlan.Retention()
        retention.alerts = 5
        while try store.trim(retention, at: Samples.noon + .hours(24 * 10)) {}
        #expect(try runs(store).count == 1)
        // Nothing else is left of that boot, and a run alone says nothing of anybody.
        try store.forget(
            before: CivilDate(year: 2026, month: 11, day: 23), zone: Samples.zone, wearer: .sole,
            now: Samples.later)
        #expect(try runs(store).isEmpty)
    }

    @Test func whatIsForgottenForOneWearerStaysForTheOthers() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        try store.append([.run(first)], while: "testing")
        try store.append(epochs: [Samples.epoch(at: 60)])
        try store.forget(
            before: CivilDate(year: 2026, month: 12, day: 22), zone: Samples.zone, wearer: .sole,
            now: Samples.later)
        #expect(try runs(store) == [first])
        try store.forget(
            before: CivilDate(year: 2026, month: 12, day: 22), zone: Samples.zone, now: Samples.later)
        #expect(try runs(store).isEmpty)
    }

    /// A page of a damaged file has rows without the name of their table.
    @Test func theirRowsLookLikeThoseOfNoOtherTable() throws {
        let store = try TestHost().store()
        let shapes = try TableShape.all(of: store.database)
        let rows: [[SQLValue]] = [[.int(1), .int(2), .int(3)], [.int(1), .int(2), .null]]
        for values in rows { #expect(shapes.filter { $0.fits(values) }.map(\.name) == ["run"]) }
    }

    @Test func aHistoryOfVersion6GetsTheTableAndKeepsItsRows() throws {
        let host = TestHost()
        do {
            let store = try host.store { $0.schema = Schema(steps: Array(Schema.current.steps.prefix(6))) }
            try store.append(anchor: Samples.anchor, isSynchronized: true)
            try store.append([.trust(.stale, .sole, Samples.instant(3))], while: "testing")
            try store.append(epochs: [Samples.epoch(at: 60)])
        }
        let store = try host.store()
        #expect(store.copies == [host.path + ".before-v7"])
        let boots = try store.boots(of: .sole, from: Samples.noon, until: Samples.noon + .hours(1))
        #expect(boots.map(\.runs) == [[]])
        #expect(boots.first?.trusts.count == 1 && boots.first?.epochs.count == 1)
        try store.append([.run(second)], while: "testing")
        #expect(try runs(store) == [second])
    }

    @Test func historiesComeTogether() throws {
        let other = TestHost()
        do {
            let store = try other.store(boot: "boot-2")
            try store.append(anchor: Samples.anchor)
            try store.append([.run(second)], while: "testing")
            store.close()
        }
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor)
        try store.append([.run(first)], while: "testing")
        for _ in 0..<2 { _ = try store.merge(other.path) }
        #expect(try runs(store) == [first, second])
    }
}
