import Glibc
import LumbarCore
import LumbarLinux
import Testing

/// These need udev as `umockdev-wrapper` emulates it: `make test` runs them that way when umockdev is installed.
@Suite(.serialized, .enabled(if: UdevTestbed.isAvailable, "not run under umockdev-wrapper"))
struct UdevTests {
    @Test func whatIsThereAndWhatComesIsReportedOnce() throws {
        let testbed = try #require(UdevTestbed())
        testbed.plug(.wit(port: "1.1", number: 0))
        let watcher = try DeviceWatcher()
        // It came before the monitor, and its report may still wait there: listed once, and once only.
        #expect(watcher.scan().map(\.text) == ["+ttyUSB0"])
        #expect(watcher.scan().isEmpty)
        testbed.plug(.wit(port: "1.2", number: 1))
        testbed.announce("add", port: "1.2", number: 1)
        #expect(drain(watcher).map(\.text) == ["+ttyUSB1"])
        testbed.announce("remove", port: "1.1", number: 0)
        #expect(drain(watcher).map(\.text) == ["-ttyUSB0"])
        #expect(watcher.present.map(\.node) == ["/dev/ttyUSB1"])
    }

    @Test func aRuleDescribesTheSensor() throws {
        let testbed = try #require(UdevTestbed())
        var sensor = FakeSerial.wit(port: "1.1", number: 0)
        sensor.properties += [
            ("ID_LUMBARD", "1"), ("LUMBARD_PROTOCOL", "witmotion"), ("LUMBARD_BAUD", "9600"),
            ("LUMBARD_MOUNT", "up=-y"), ("SYSTEMD_WANTS", "lumbard.service gpsdctl@ttyUSB0.service"),
        ]
        testbed.plug(sensor)
        let device = try #require(try DeviceWatcher.list().first)
        #expect(device.isOurs)
        #expect(device.isCandidate)
        #expect(device.vendor == "1a86")
        #expect(device.product == "7523")
        #expect(device.protocolName == "witmotion")
        #expect(device.baud == 9600)
        #expect(device.mount == "up=-y")
        #expect(device.claimedBy == "gpsdctl@ttyUSB0.service")
        #expect(device.identity == DeviceID("path-platform-fd500000.pcie-usb-0:1.1:1.0"))
    }

    @Test func aReplugUnderAnotherNumberIsTheSameSensor() throws {
        let testbed = try #require(UdevTestbed())
        let watcher = try DeviceWatcher()
        var identities: [String] = []
        for number in 0..<100 {
            testbed.plug(.numbered("A10K4F", port: "1.\(1 + number % 3)", number: number))
            for case .added(let device) in drain(watcher) {
                #expect(device.node == "/dev/ttyUSB\(number)")
                identities.append(watcher.identity(of: device).text)
            }
            testbed.announce("remove", port: "1.\(1 + number % 3)", number: number)
            testbed.remove(port: "1.\(1 + number % 3)", number: number)
            _ = drain(watcher)
        }
        #expect(identities == Array(repeating: "usb-Silicon_Labs_CP2102_A10K4F-if00", count: 100))
        #expect(watcher.present.isEmpty)
    }

    @Test func twinsAreToldApartByTheirPorts() throws {
        let testbed = try #require(UdevTestbed())
        testbed.plug(.numbered("TWIN", port: "1.1", number: 0))
        testbed.plug(.numbered("TWIN", port: "1.2", number: 1))
        // Straight from the factory: no number worth the name.
        testbed.plug(.numbered("0001", port: "1.3", number: 2))
        let watcher = try DeviceWatcher()
        _ = watcher.scan()
        #expect(
            watcher.present.map { watcher.identity(of: $0).text }.sorted() == [
                "path-platform-fd500000.pcie-usb-0:1.1:1.0", "path-platform-fd500000.pcie-usb-0:1.2:1.0",
                "path-platform-fd500000.pcie-usb-0:1.3:1.0",
            ])
    }

    /// Reports come through a socket that is filled before the call returns: nothing has to be waited for.
    private func drain(_ watcher: DeviceWatcher) -> [DeviceWatcher.Change] {
        var changes: [DeviceWatcher.Change] = []
        while let more = watcher.receive() { changes += more }
        return changes
    }
}

extension DeviceWatcher.Change {
    fileprivate var text: String {
        switch self {
        case .added(let device): "+" + device.node.dropFirst(5)
        case .removed(let device): "-" + device.node.dropFirst(5)
        }
    }
}
