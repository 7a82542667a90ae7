import Glibc

@testable import LumbarLinux

/// A HID sensor that only udev believes in, with a hidraw node, IIO devices, or both.
struct FakeHID {
    /// An accelerometer as report 1: three values of 16 bits in thousandths of g.
    static let accelerometer: [UInt8] =
        [
            0x05, 0x20, 0x09, 0x73, 0xA1, 0x01, 0x85, 0x01, 0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55,
            0x04,
        ]
        + [0x16, 0x01, 0x80, 0x26, 0xFF, 0x7F, 0x75, 0x10, 0x95, 0x03, 0x55, 0x0D, 0x81, 0x02, 0xC0]
    /// The hinge of a lid: Tilt X alone.
    static let lid: [UInt8] =
        [
            0x05, 0x20, 0x09, 0x8A, 0xA1, 0x01, 0x85, 0x01, 0x0A, 0x7F, 0x04, 0x15, 0x00, 0x26, 0x68, 0x01,
            0x75, 0x09,
        ]
        + [0x95, 0x01, 0x81, 0x02, 0xC0]

    var port = "1.1"
    var serial = "BS01"
    var name = "Bench Sensor"
    var descriptor = FakeHID.accelerometer
    var properties = ["ID_LUMBARD=1"]

    /// Its directory below /sys.
    var path: String {
        let digits = port.filter(\.isNumber)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "/devices/usb1/1-\(port)/0003:1209:4C42.\(number)"
    }

    /// The HID device itself, which comes before its nodes.
    var device: String {
        let digits = descriptor.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return """
            P: \(path)
            E: SUBSYSTEM=hid
            E: HID_ID=0003:00001209:00004C42
            E: HID_NAME=\(name)
            E: HID_UNIQ=\(serial)
            E: HID_PHYS=usb-\(port)/input0
            H: report_descriptor=\(digits.uppercased())


            """
    }

    /// The directory of its hidraw node.
    func hidrawPath(_ number: Int) -> String { path + "/hidraw/hidraw\(number)" }

    /// Its hidraw node.
    func hidraw(_ number: Int, at node: String) -> String {
        "P: \(hidrawPath(number))\nE: DEVNAME=\(node)\nE: SUBSYSTEM=hidraw\n"
            + properties.map { "E: \($0)\n" }.joined() + "\n"
    }

    /// The directory of one of its IIO devices.
    func iioPath(_ number: Int) -> String { path + "/HID-SENSOR-200073.\(number).auto/iio:device\(number)" }

    /// An IIO device of it, with three channels of 16 of 32 bits, switched on or not.
    func iio(
        _ number: Int, _ name: String, channel: String, scale: String, at node: String, isOn: Bool = true
    )
        -> String
    {
        var text = "P: \(iioPath(number))\nE: DEVNAME=\(node)\nE: DEVTYPE=iio_device\nE: SUBSYSTEM=iio\n"
        text += properties.map { "E: \($0)\n" }.joined()
        text +=
            "A: name=\(name)\\n\nA: buffer/enable=\(isOn ? 1 : 0)\\n\nA: in_\(channel)_scale=\(scale)\\n\n"
        for (index, axis) in ["x", "y", "z"].enumerated() {
            let file = "scan_elements/in_\(channel)_\(axis)"
            text += "A: \(file)_en=1\\n\nA: \(file)_index=\(index)\\n\nA: \(file)_type=le:s16/32>>0\\n\n"
        }
        return text + "\n"
    }
}

/// A node whose reads give what was written, one write each, like those of the kernel's hidraw; gone when this is.
final class PacketPipe {
    let path: String
    private let end: OwnedDescriptor

    init(_ name: String) throws(SystemError) {
        // Below /dev, or udev would not have it for a node.
        let path = "/dev/shm/lumbard-test-\(getpid())-\(name)"
        self.path = path
        try system("mkfifo", "make \(path)") { mkfifo(path, 0o600) }
        // Both ends, so that neither opening waits.
        let number = try system("open", "open \(path)") { open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC) }
        end = OwnedDescriptor(owning: number)
        // Packets by the pipe's own means, pipe(7): O_DIRECT, which the headers show to C only.
        let isPacketed = Int32(0o40000)
        try system("fcntl", "make packets of \(path)") { fcntl(number, F_SETFL, O_NONBLOCK | isPacketed) }
    }

    deinit { unlink(path) }

    func send(_ bytes: [UInt8]) {
        _ = write(end.number, bytes, bytes.count)
    }

    /// Report 1 of `FakeHID.accelerometer`, lying still.
    func sendReports(_ count: Int) {
        for _ in 0..<count { send([1, 0, 0, 0, 0, 0xE8, 0x03]) }
    }

    /// Scans of `FakeHID.iio`, with garbage where bits do not count.
    func sendScans(_ count: Int, _ values: [Int16]) {
        for _ in 0..<count {
            send(
                values.flatMap {
                    [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8), 0xAA, 0x55]
                })
        }
    }
}
