import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

extension UdevTests {
    /// The same of HID sensors, by hidraw and by the kernel's IIO drivers.
    @Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
    struct HIDKeepingTests {
        private let testbed: UdevTestbed

        init() throws {
            testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
        }

        /// A HID sensor on the desk, read as reports or as scans.
        private final class Wearable {
            let sensor: FakeHID
            let number: Int
            let isScanned: Bool
            private(set) var pipe: PacketPipe?

            init(_ sensor: FakeHID, number: Int, isScanned: Bool = false) {
                self.sensor = sensor
                self.number = number
                self.isScanned = isScanned
            }

            var path: String { pipe?.path ?? "" }

            func plug(into testbed: UdevTestbed) throws {
                let made = try PacketPipe("wearable\(number)")
                pipe = made
                let node =
                    isScanned
                    ? sensor.iio(number, "accel_3d", channel: "accel", scale: "0.00980665", at: made.path)
                    : sensor.hidraw(number, at: made.path)
                testbed.plug(described: sensor.device + node)
            }

            func unplug(from testbed: UdevTestbed) {
                let path = isScanned ? sensor.iioPath(number) : sensor.hidrawPath(number)
                testbed.announce("remove", path: path)
                testbed.remove(path: path)
                testbed.remove(path: sensor.path)
                pipe = nil
            }

            func speak() {
                if isScanned { pipe?.sendScans(5, [0, 0, 100]) } else { pipe?.sendReports(5) }
            }
        }

        /// Plugs them in, one by one as the emulation has room for few reports at once.
        private func plug(_ sensors: [Wearable], _ daemon: DaemonProcess) throws {
            for sensor in sensors {
                try sensor.plug(into: testbed)
                try #require(daemon.waits(milliseconds: 1) { daemon.isAsleep })
            }
        }

        private func unplug(_ sensors: [Wearable], _ daemon: DaemonProcess) throws {
            for sensor in sensors {
                sensor.unplug(from: testbed)
                try #require(daemon.waits(milliseconds: 1) { daemon.isAsleep })
            }
        }

        private func locks(
            _ sensors: [Wearable], as names: [String], times: Int = 1, _ daemon: DaemonProcess
        ) -> Bool {
            daemon.waits {
                for sensor in sensors { sensor.speak() }
                return names.allSatisfy { daemon.count(of: "device \($0) locked", in: "transcript") >= times }
            }
        }

        /// With numbers they are known anywhere; without, by their ports; and with one number for two, told apart.
        @Test func sensorsAreToldApartAndKeepTheirIdentities() throws {
            try withFolder { folder in
                let sensors = [
                    Wearable(FakeHID(port: "1.1", serial: "S1"), number: 0),
                    Wearable(FakeHID(port: "1.2", serial: "S22"), number: 1),
                    Wearable(FakeHID(port: "1.3", serial: ""), number: 2),
                    Wearable(FakeHID(port: "1.4", serial: ""), number: 3),
                    Wearable(FakeHID(port: "1.5", serial: "TWIN"), number: 4),
                    Wearable(FakeHID(port: "1.6", serial: "TWIN"), number: 5),
                ]
                let names = [
                    "hid-Bench_Sensor_S1", "hid-Bench_Sensor_S22", "path-usb-1.3/input0",
                    "path-usb-1.4/input0",
                    "hid-Bench_Sensor_TWIN", "path-usb-1.6/input0",
                ]
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                try plug(sensors, daemon)
                try #require(locks(sensors, as: names, daemon), "\(daemon.text(of: "stderr"))")
                try unplug(sensors, daemon)
                #expect(daemon.waits(for: "detached readings=", in: "transcript", times: 6))
                // The first two change places, the others come back in another order.
                let after =
                    [
                        Wearable(FakeHID(port: "1.2", serial: "S1"), number: 1),
                        Wearable(FakeHID(port: "1.1", serial: "S22"), number: 0),
                    ] + sensors[2...].reversed()
                try plug(after, daemon)
                try #require(locks(after, as: names, times: 2, daemon), "\(daemon.attachments())")
                #expect(daemon.stop() == 0)
                #expect(daemon.attachments().count == names.count)
            }
        }

        /// Silent for five seconds: closed, opened again, and read on when it goes on.
        @Test func aSensorThatStallsIsClosedAndReadAgain() throws {
            try withFolder { folder in
                let sensor = Wearable(FakeHID(), number: 0)
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                try plug([sensor], daemon)
                try #require(
                    locks([sensor], as: ["hid-Bench_Sensor_BS01"], daemon), "\(daemon.text(of: "stderr"))")
                try #require(daemon.waits(for: "stalled", in: "transcript"))
                try #require(daemon.waits { !daemon.holds(sensor.path) })
                #expect(daemon.waits(for: "it sends nothing. It may wait to be told to", in: "stderr"))
                try #require(daemon.waits { daemon.holds(sensor.path) })
                #expect(
                    daemon.waits {
                        sensor.speak()
                        return daemon.text(of: "transcript").contains(" recovered ")
                    })
                #expect(daemon.stop() == 0)
                #expect(daemon.count(of: "detached", in: "transcript") == 0)
            }
        }

        @Test func aFloodOfReportsStarvesNobody() throws {
            try withFolder { folder in
                let loud = Wearable(FakeHID(port: "1.1", serial: "LOUD"), number: 0)
                let calm = Wearable(FakeHID(port: "1.2", serial: "CALM"), number: 1)
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, records: false)
                try plug([loud, calm], daemon)
                try #require(
                    locks([loud, calm], as: ["LOUD", "CALM"].map { "hid-Bench_Sensor_" + $0 }, daemon))
                let kilobytes = daemon.residentKilobytes
                let end = BootClock.now() + .seconds(2.5)
                while BootClock.now() < end {
                    loud.pipe?.sendReports(100)
                    calm.speak()
                }
                let asked = BootClock.now()
                kill(daemon.process, SIGHUP)
                #expect(
                    daemon.waits(milliseconds: 1) {
                        loud.pipe?.sendReports(100)
                        return daemon.text(of: "stderr").contains("has not changed")
                    })
                #expect(BootClock.now() - asked < .seconds(5))
                #expect(!daemon.text(of: "transcript").contains("CALM degraded"))
                #expect(daemon.residentKilobytes <= kilobytes + 1024)
                #expect(daemon.stop() == 0)
            }
        }

        /// Half of them by hidraw, half by IIO, in another port and with another node each time.
        @Test func descriptorsAndMemoryStayThroughManyCycles() throws {
            try withFolder { folder in
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                var log = CycleLog()
                var tail = FileTail(folder + "/transcript")
                let rounds = max(3, CycleLog.wanted(default: 60) / 20)
                for round in 0..<rounds {
                    let sensors = (0..<20).map { index in
                        let place = (index + round) % 20
                        return Wearable(
                            FakeHID(port: "1.\(place)", serial: "SN\(100 + index)"), number: place,
                            isScanned: index < 10)
                    }
                    for sensor in sensors {
                        log.plugged(sensor.sensor.serial, at: BootClock.now())
                        try plug([sensor], daemon)
                    }
                    try #require(
                        daemon.waits {
                            for sensor in sensors where log.isWaiting(sensor.sensor.serial) { sensor.speak() }
                            log.read(tail.newLines(), at: BootClock.now())
                            return log.waiting.isEmpty
                        }, "\(round): \(log.waiting) \(daemon.text(of: "stderr").suffix(2000))")
                    log.measure(daemon)
                    try unplug(sensors, daemon)
                    try #require(
                        daemon.waits {
                            log.read(tail.newLines(), at: BootClock.now())
                            return log.detached == (round + 1) * 20
                        })
                }
                #expect(daemon.stop() == 0)
                log.expectSteady(cycles: rounds * 20)
                #expect(log.names.count == 20)
            }
        }
    }
}
