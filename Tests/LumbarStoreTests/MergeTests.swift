import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct MergeTests {
    private func history(_ host: TestHost, boot: String, day: Int = 0, wearer: WearerID = .sole) throws
        -> Store
    {
        let store = try host.store(boot: boot)
        var anchor = Samples.anchor
        anchor.wall = anchor.wall + .hours(24 * Double(day))
        try store.append(anchor: anchor, isSynchronized: true)
        try store.append(epochs: (0..<20).map { Samples.epoch(at: Double($0) * 60, wearer: wearer) })
        for episode in Samples.episodes { try store.append(episode: episode, wearer: wearer) }
        try store.append(alert: Samples.alert(at: 7, wearer: wearer))
        return store
    }

    private func rows(_ store: Store) throws -> [ExportedRow] {
        var rows: [ExportedRow] = []
        try store.export { rows.append($0) }
        return rows
    }

    @Test func twoMachinesComeTogetherAndTwiceIsOnce() throws {
        let (one, other) = (TestHost(), TestHost())
        let store = try history(one, boot: "a")
        let expected: [ExportedRow]
        do {
            let second = try history(other, boot: "b", day: 1, wearer: WearerID("you"))
            try second.append(summary: Samples.summary(Samples.date))
            expected = try rows(store) + rows(second)
        }
        let counts = try store.merge(other.path)
        #expect(counts["epoch"] == 20 && counts["boot"] == 1 && counts["wearer"] == 1 && counts["alert"] == 1)
        let merged = try rows(store)
        #expect(merged.count == expected.count)
        #expect(expected.allSatisfy { merged.contains($0) })
        #expect(try store.merge(other.path).total == 0)
        #expect(try rows(store) == merged)
        // Ids found before mean nothing now, and the store writes on.
        try store.append(alert: Samples.alert(at: 90))
        #expect(try store.alerts().count == 3)
        #expect(try store.integrityFindings() == [])
    }

    @Test func theDaySoFarGivesWayToTheWholeDay() throws {
        let (one, other) = (TestHost(), TestHost())
        let store = try history(one, boot: "a")
        var part = Samples.summary(Samples.date, complete: false)
        part.bends = 1
        try store.append(summary: part)
        do { try history(other, boot: "a").append(summary: Samples.summary(Samples.date)) }
        #expect(try store.merge(other.path)["summary"] == 1)
        #expect(try store.summary(of: Samples.date) == Samples.summary(Samples.date))
        #expect(try store.merge(other.path).total == 0)
    }
}
