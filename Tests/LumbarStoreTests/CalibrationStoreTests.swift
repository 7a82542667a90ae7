import LumbarCore
import LumbarReport
import Testing

@testable import LumbarStore

@Suite struct CalibrationStoreTests {
    private let sensor = DeviceID("usb-1a86_USB_Serial-if00")

    private var guided: MountCalibration {
        MountCalibration(
            up: Vector3(0, 0.6, 0.8), forward: Vector3(1, 0, 0), source: .guided, quality: 1,
            forwardQuality: 0.9, largestFlexionDegrees: 84, established: Instant(nanoseconds: 2_000_000_000))
    }

    @Test func comesBackAsItWasAndOnlyOnceForEachSensor() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        var learned = guided
        learned.source = .walks
        learned.forward = nil
        learned.forwardQuality = 0
        learned.largestFlexionDegrees = nil
        let time = Instant(nanoseconds: 5_000_000_000)
        try store.append(calibration: learned, device: sensor, wearer: .sole, at: time)
        try store.append(calibration: learned, device: DeviceID("other"), wearer: .sole, at: time)
        try store.append(calibration: guided, device: sensor, wearer: .sole, at: time)

        // Beside the writer, as --show reads it.
        let found = try Store(reading: host.path).calibrations()
        #expect(found.map(\.device.text) == ["other", sensor.text])
        var expected = guided
        expected.established = nil
        #expect(found.last?.calibration == expected)
        learned.established = nil
        #expect(found.first?.calibration == learned)
        #expect(found.last?.established.wall == Samples.anchor.wall(at: Instant(nanoseconds: 2_000_000_000)))
        #expect(found.last?.updated.wall == Samples.anchor.wall(at: time))
        #expect(try store.calibrations(wearer: WearerID("you")).isEmpty)
    }

    @Test func confirmationKeepsTheDayItWasMade() throws {
        let host = TestHost()
        do {
            let store = try host.store()
            try store.append(anchor: Samples.anchor)
            try store.append(
                calibration: guided, device: sensor, wearer: .sole, at: Instant(nanoseconds: 2_000_000_000))
        }
        let before = try Store(reading: host.path).calibrations()
        // The next boot has a clock of its own, and confirms.
        do {
            let later = try host.store(boot: "boot-2")
            var anchor = Samples.anchor
            anchor.wall = anchor.wall + .hours(48)
            try later.append(anchor: anchor)
            var confirmed = guided
            confirmed.established = nil
            try later.append(
                calibration: confirmed, device: sensor, wearer: .sole, at: Instant(nanoseconds: 9_000_000_000)
            )
        }
        let after = try #require(try Store(reading: host.path).calibrations().first)
        #expect(after.established == before.first?.established)
        #expect(after.updated.bootID == "boot-2")
    }

    @Test func aDamagedRowIsPassedOver() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(calibration: guided, device: sensor, wearer: .sole, at: .zero)
        try store.database.run("UPDATE calibration SET up_x = 7", while: "testing")
        #expect(try store.calibrations().isEmpty)
    }

    @Test func oneThatIsNotInUseIsForgottenWithTheRest() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        try store.append(calibration: guided, device: sensor, wearer: .sole, at: Samples.anchor.instant)
        let day = Samples.anchor.date(at: Samples.anchor.instant)
        try store.forget(before: day, zone: .utc, now: Samples.later)
        #expect(try store.calibrations().count == 1)
        try store.forget(
            before: CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1), zone: .utc, now: Samples.later)
        #expect(try store.calibrations().isEmpty)
    }

    @Test func theLastOfEachSensorWaits() throws {
        var pending = PendingRows()
        for seconds in 1...500 {
            let time = Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
            pending.append(.calibration(guided, sensor, .sole, time))
        }
        #expect(pending.rows == [.calibration(guided, sensor, .sole, Instant(nanoseconds: 500_000_000_000))])
        #expect(!pending.hasUrgent)
        let store = try TestHost().store()
        try store.append(&pending)
        #expect(try store.calibrations().count == 1)
    }

    @Test func isExportedAndReadsLikeASentence() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor)
        try store.append(calibration: guided, device: sensor, wearer: .sole, at: Samples.anchor.instant)
        var lines: [String] = []
        try store.export { row in
            if case .calibration = row { lines.append(StoredJSON.line(row)) }
        }
        #expect(lines.count == 1)
        #expect(
            lines[0].contains(
                "\"source\":\"guided\",\"trust\":\"trusted\",\"up\":[0.000000,0.600000,0.800000]"))
        let stored = try #require(try store.calibrations().first)
        let text = CalibrationText.text(stored, now: Samples.anchor.wall + .hours(3))
        #expect(text.contains("up        the sensor's +z, 37 degrees off, quality 1.00"))
        #expect(text.contains("forward   the sensor's +x, 0 degrees off, quality 0.90"))
        #expect(text.contains("guided calibration, "))
        #expect(text.contains("end range 84 degrees"))
    }
}
