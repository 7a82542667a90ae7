import LumbarCore
import Testing

@testable import LumbarLinux

/// Who goes by which identity when sensors with the same serial number come and go.
struct SensorIdentitiesTests {
    /// Some plugged-in devices, and the identities they were given.
    private final class Desk {
        var identities: SensorIdentities
        var present: [SensorDevice] = []

        init(_ identities: SensorIdentities = SensorIdentities()) { self.identities = identities }

        func plug(_ serial: String, port: String) -> String {
            let device = SensorIdentitiesTests.device(serial, port: port)
            present.append(device)
            return identities.identity(of: device, among: present).text
        }

        func unplug(port: String) {
            for device in present where device.portPath == port { identities.forget(device.systemPath) }
            present.removeAll { $0.portPath == port }
        }
    }

    private static func device(_ serial: String, port: String) -> SensorDevice {
        var device = SensorDevice(systemPath: "/sys/devices/usb1/1-\(port)", node: "/dev/ttyUSB0")
        device.serialNumber = serial
        device.serialName = "Maker_Model" + (serial.isEmpty ? "" : "_" + serial)
        device.portPath = port
        return device
    }

    @Test func aSerialNumberOfItsOwnIsKnownInEveryPort() {
        let desk = Desk()
        for port in ["1.1", "1.2", "1.1"] {
            #expect(desk.plug("A10K4F", port: port) == "usb-Maker_Model_A10K4F")
            desk.unplug(port: port)
        }
        #expect(desk.identities.shared.isEmpty)
    }

    @Test func swappedSensorsKeepTheirNumbersOrTheirPorts() {
        let desk = Desk()
        #expect(desk.plug("A10K4F", port: "1") == "usb-Maker_Model_A10K4F")
        #expect(desk.plug("B77B77", port: "2") == "usb-Maker_Model_B77B77")
        #expect(desk.plug("", port: "3") == "path-3")
        for port in ["1", "2"] { desk.unplug(port: port) }
        #expect(desk.plug("B77B77", port: "1") == "usb-Maker_Model_B77B77")
        #expect(desk.plug("A10K4F", port: "2") == "usb-Maker_Model_A10K4F")
        #expect(desk.identities.shared.isEmpty)
    }

    @Test func aTwinThatComesLaterNeverTakesOverTheFirstOnesIdentity() {
        let desk = Desk()
        #expect(desk.plug("TWIN", port: "1") == "usb-Maker_Model_TWIN")
        #expect(desk.plug("TWIN", port: "2") == "path-2")
        // Asked again, nothing has changed.
        let again = desk.present.map { desk.identities.identity(of: $0, among: desk.present).text }
        #expect(again == ["usb-Maker_Model_TWIN", "path-2"])
        desk.unplug(port: "1")
        // The second is left alone, and is unplugged and plugged in again: still itself.
        desk.unplug(port: "2")
        #expect(desk.plug("TWIN", port: "2") == "path-2")
        #expect(desk.plug("TWIN", port: "1") == "usb-Maker_Model_TWIN")
        // A third, and the first in a new port: nobody is mistaken for another.
        #expect(desk.plug("TWIN", port: "3") == "path-3")
        desk.unplug(port: "1")
        #expect(desk.plug("TWIN", port: "4") == "path-4")
    }

    @Test func twinsThatAreThereFromTheStartGoByTheirPorts() {
        let both = ["1", "2"].map { SensorIdentitiesTests.device("TWIN", port: $0) }
        var identities = SensorIdentities()
        let names = both.map { identities.identity(of: $0, among: both).text }
        #expect(names == ["path-1", "path-2"])
        identities.forget(both[0].systemPath)
        identities.forget(both[1].systemPath)
        let alone = identities.identity(of: both[1], among: [both[1]])
        #expect(alone == DeviceID("path-2"))
    }

    @Test func whatIsRememberedHoldsAfterARestart() {
        let desk = Desk()
        _ = desk.plug("TWIN", port: "1")
        _ = desk.plug("TWIN", port: "2")
        #expect(desk.identities.text == "usb-Maker_Model_TWIN\tpath-1\n")
        let later = Desk(SensorIdentities(remembering: desk.identities.text))
        #expect(later.plug("TWIN", port: "2") == "path-2")
        #expect(later.plug("TWIN", port: "1") == "usb-Maker_Model_TWIN")
        #expect(later.identities.shared == desk.identities.shared)
    }

    @Test func whatCannotBeReadIsNotRemembered() {
        #expect(SensorIdentities(remembering: "\n\tpath-1\nx\na\tb\tc\n").shared.isEmpty)
        let known = SensorIdentities(remembering: "usb-A\t\nusb-B\tpath-1")
        #expect(known.shared.map(\.holder) == [nil, DeviceID("path-1")])
        #expect(known.text == "usb-A\t\nusb-B\tpath-1\n")
    }

    @Test(arguments: ["", "0", "0000", "0001", "0003", "42", "00000000", "12345678", "0123456789ABCDEF"])
    func aNumberThatManyHaveIsNone(serial: String) {
        let desk = Desk()
        #expect(desk.plug(serial, port: "1") == "path-1")
        #expect(desk.plug(serial, port: "2") == "path-2")
        #expect(desk.present.map(\.isKnownByPort) == [true, true])
        #expect(desk.identities.shared.isEmpty)
    }

    @Test func aBluetoothLineIsKnownByItsAddress() {
        var line = SensorDevice(systemPath: "/sys/class/tty/rfcomm0", node: "/dev/rfcomm0")
        line.address = "98:D3:31:F5:1C:60"
        #expect(line.isBluetooth && !line.isKnownByPort)
        #expect(line.identity == DeviceID("bt-98:D3:31:F5:1C:60"))
    }
}
