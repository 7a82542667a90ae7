import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct DeviceStoreTests {
    private let sensor = SeenDevice(id: DeviceID("usb-1"), name: "a sensor", protocolName: "")

    private func rows(_ store: Store) throws -> [ExportedRow] {
        var rows: [ExportedRow] = []
        try store.export { rows.append($0) }
        return rows
    }

    @Test func aSensorIsSeenFirstAndLastAndKeepsItsProtocol() throws {
        let host = TestHost()
        do {
            let store = try host.store()
            try store.append(anchor: Samples.anchor)
            var known = sensor
            known.protocolName = "witmotion"
            try store.append([.device(known, Samples.instant(5))], while: "testing")
        }
        let store = try host.store(boot: "boot-2")
        var later = sensor
        later.name = "another name"
        try store.append([.device(later, Samples.instant(7))], while: "testing")
        let found = try rows(store).compactMap { row -> StoredDevice? in
            if case .device(let stored) = row { stored } else { nil }
        }
        #expect(found.count == 1)
        #expect(
            found.first?.device == SeenDevice(id: sensor.id, name: "another name", protocolName: "witmotion"))
        #expect(found.first?.first.wall == Samples.noon + .seconds(5))
        #expect(found.first?.lastInstant == Samples.instant(7))
        #expect(found.first?.last.bootID == "boot-2" && found.first?.last.wall == nil)
    }

    @Test func onlyWhatChangesOfTheSettingsIsStored() throws {
        let store = try TestHost().store()
        func note(_ settings: [(String, String)], at second: Double) throws {
            let list = settings.map { SettingInForce(key: $0.0, value: $0.1) }
            try store.append([.settings(list, Samples.instant(second))], while: "testing")
            #expect(try store.settingsInForce().sorted { $0.key < $1.key } == list)
        }
        try note([("a.x", "1"), ("b.y", "2")], at: 1)
        try note([("a.x", "1"), ("b.y", "2")], at: 2)
        #expect(try store.rowCounts()["setting"] == 2)
        try note([("a.x", "3")], at: 3)
        #expect(try store.rowCounts()["setting"] == 4)
        try note([], at: 4)
        #expect(try store.rowCounts()["setting"] == 5)
    }

    @Test func whoWoreWhatIsForgottenWithTheRest() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor, isSynchronized: true)
        let wears = [0.0, 200_000].map { start in
            DeviceWear(
                device: sensor.id, wearer: WearerID("somebody"), role: .lumbar, from: Samples.instant(start),
                until: Samples.instant(start + 100))
        }
        try store.append(
            [.device(sensor, Samples.instant(0))] + wears.map { .wear($0) }
                + [.settings([SettingInForce(key: "a.x", value: "1")], Samples.instant(0))], while: "testing")
        try store.forget(
            before: CivilDate(year: 2026, month: 11, day: 22), zone: Samples.zone, now: Samples.later)
        let counts = try store.rowCounts()
        #expect(counts["wear"] == 1 && counts["device"] == 1 && counts["setting"] == 0)
        try store.forget(
            before: CivilDate(year: 2026, month: 12, day: 22), zone: Samples.zone, now: Samples.later)
        let rest = try store.rowCounts()
        #expect(rest["wear"] == 0 && rest["device"] == 0 && rest["wearer"] == 0)
    }

    @Test func aHistoryOfVersion3GetsTheTablesAndKeepsItsRows() throws {
        let host = TestHost()
        do {
            let store = try host.store {
                $0.schema = Schema(steps: [Schema.firstTables, Schema.fullMeasures, Schema.severalSensors])
            }
            try store.append(anchor: Samples.anchor)
            try store.append(epochs: [Samples.epoch(at: 60)])
        }
        let store = try host.store()
        #expect(store.copies == [host.path + ".before-v4"])
        #expect(try store.rowCounts()["epoch"] == 1)
        #expect(try store.rowCounts()["device"] == 0)
    }
}
