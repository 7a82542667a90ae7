import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct OwnerTests {
    private func anchor(day: Int64) -> WallAnchor {
        WallAnchor(instant: .zero, wall: Samples.noon + .hours(24 * Double(day)), zone: Samples.zone)
    }

    @Test func whatIsForgottenIsGoneFromTheFileAndTheRestStays() throws {
        let host = TestHost()
        for day in 0..<4 {
            let store = try host.store(boot: "boot-\(day)")
            try store.append(anchor: anchor(day: Int64(day)))
            try store.append(epochs: (0..<300).map { Samples.epoch(at: Double($0) * 60) })
            for episode in Samples.episodes { try store.append(episode: episode, wearer: .sole) }
            var alert = Samples.alert(at: 7)
            alert.message = "a message of day \(day)"
            try store.append(alert: alert)
            try store.append(summary: Samples.summary(CivilDate(year: 2026, month: 11, day: 21 + day)))
        }
        let store = try host.store(boot: "boot-4")
        try store.append(anchor: anchor(day: 4))
        let before = host.size(host.path) ?? 0
        let gone = try store.forget(
            before: CivilDate(year: 2026, month: 11, day: 23), zone: Samples.zone, now: Samples.later)
        #expect(gone.rows == 2 * (300 + Samples.episodes.count + 1 + 1))
        #expect(try store.alerts().map(\.alert.message) == ["a message of day 2", "a message of day 3"])
        #expect(try store.days().map(\.day) == [23, 24])
        #expect(try store.database.integer("SELECT count(*) FROM boot", while: "testing") == 3)
        #expect(host.size(host.path) ?? 0 < before * 3 / 4)
        let text = String(
            decoding: host.contents(host.path) + host.contents(host.path + "-wal"), as: UTF8.self)
        #expect(!text.contains("a message of day 1"))
        #expect(text.contains("a message of day 2"))
        try store.append(alert: Samples.alert(at: 9))
        #expect(try store.alerts().count == 3)
    }

    @Test func everythingIsExportedInOrder() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        try store.append(epochs: [Samples.epoch(at: 60)])
        for episode in Samples.episodes { try store.append(episode: episode, wearer: .sole) }
        try store.append(alert: Samples.alert(at: 70))
        try store.append(summary: Samples.summary(Samples.date))
        var rows: [ExportedRow] = []
        try store.export { rows.append($0) }
        let place = { (seconds: Double) in
            Place(bootID: "boot-1", wall: Samples.noon + .seconds(seconds), zone: Samples.zone)
        }
        let events = Samples.episodes.filter { if case .posture = $0.kind { false } else { true } }
        let postures = Samples.episodes.filter { if case .posture = $0.kind { true } else { false } }
        var expected: [ExportedRow] = [
            .anchor(Samples.anchor, bootID: "boot-1", isSynchronized: true),
            .summary(Samples.summary(Samples.date), bootID: "boot-1"),
            .alert(Samples.alert(at: 70), place(70)),
        ]
        expected += (events + postures).map { .episode($0, .sole, place($0.start.seconds)) }
        expected.append(.epoch(Samples.epoch(at: 60), place(60)))
        #expect(rows == expected)
    }
}

extension Instant {
    fileprivate var seconds: Double { (self - Instant.zero).seconds }
}
