import LumbarCore

/// A device that may be a sensor, as udev describes it: a serial line, a HID device, or the IIO devices of one sensor.
public struct SensorDevice: Sendable, Equatable {
    /// How it is read.
    public enum Kind: String, Sendable {
        /// Bytes of a serial line.
        case serial
        /// Reports of a HID device.
        case hidraw
        /// Scans that a driver of the kernel takes; an accelerometer and a gyroscope of one sensor are two such
        /// devices.
        case iio
    }

    /// How it is read.
    public var kind = Kind.serial
    /// Its directory below /sys: one per device, for as long as it is plugged in. Of a HID device, and of IIO devices,
    /// that of the device they belong to.
    public var systemPath: String
    /// The node to open, such as /dev/ttyUSB0. It may name another device after the next replug.
    public var node: String
    /// The nodes of IIO devices, with their directories below /sys, by name; empty for the other kinds.
    public var parts: [Part] = []
    /// The report descriptor of a HID device.
    public var reportDescriptor: [UInt8] = []
    /// Stable names of the node: /dev/serial/by-id/..., by-path/...
    public var links: [String] = []
    /// USB vendor, four hex digits; empty when it is not a USB device.
    public var vendor = ""
    /// USB product, four hex digits.
    public var product = ""
    /// Maker and model with the serial number, as udev puts them together for by-id names.
    public var serialName = ""
    /// The serial number alone; empty for chips that have none.
    public var serialNumber = ""
    /// The Bluetooth address that a line of /dev/rfcomm leads to; empty for everything else.
    public var address = ""
    /// Which interface of the USB device.
    public var interface = ""
    /// The way through hubs and ports, as udev names it.
    public var portPath = ""
    /// What it is, for people.
    public var model = ""
    /// Whether a rule says that it is a sensor of ours.
    public var isOurs = false
    /// Whether a rule says that sensors are known to use this converter chip; other things do too.
    public var isCandidate = false
    /// Another service that a rule starts for it, such as `gpsdctl@ttyUSB0.service`; empty when there is none.
    public var claimedBy = ""
    /// What the rule says about protocol (LUMBARD_PROTOCOL); empty to let the bytes decide.
    public var protocolName = ""
    /// What the rule says about the rate (LUMBARD_BAUD).
    public var baud: Int?
    /// What the rule says about the mount (LUMBARD_MOUNT), as `Mount` reads it.
    public var mount = ""

    /// One of the IIO devices of a sensor.
    public struct Part: Sendable, Equatable {
        /// Its name, such as `accel_3d`.
        public var name: String
        /// The node to open.
        public var node: String
        /// Its directory below /sys.
        public var systemPath: String

        /// A part.
        public init(name: String, node: String, systemPath: String) {
            self.name = name
            self.node = node
            self.systemPath = systemPath
        }
    }

    /// A device with the given place and node.
    public init(systemPath: String, node: String) {
        self.systemPath = systemPath
        self.node = node
    }

    /// What it is, for people: model and node.
    public var title: String {
        let fallback = serialName.isEmpty ? "\(kind.rawValue) device" : serialName
        let name = model.isEmpty ? fallback : model
        return Printable.text("\(name) on \(node)")
    }

    /// The identity across replugging.
    ///
    /// By the serial number, when it has one that tells it from its siblings, so that it is the same sensor in every
    /// port; else by the port it is plugged into. Many CP2102 all say `0001`, and a CH340 says nothing.
    public var identity: DeviceID {
        if !address.isEmpty { return SensorDevice.plain("bt-" + address) }
        let prefix = kind == .serial ? "usb-" : "hid-"
        return hasDistinctSerial
            ? SensorDevice.plain(prefix + serialName + interfaceSuffix) : identityByPort
    }

    /// Whether it is a Bluetooth line.
    public var isBluetooth: Bool { node.hasPrefix("/dev/rfcomm") }

    /// Whether its identity is that of its port, since it has no serial number worth the name.
    public var isKnownByPort: Bool { identity == identityByPort }

    /// The identity when another device has the same serial number: that of the port.
    public var identityByPort: DeviceID {
        SensorDevice.plain(portPath.isEmpty ? "sys-" + systemPath : "path-" + portPath)
    }

    /// An identity of letters that mean nothing to a terminal, a shell, a file name's reader or a configuration file, as
    /// udev has them in names of its own: people are told to type it after `sudo`, and a device makes up its own names.
    ///
    /// Two devices that differ in nothing else are then twins, which are told apart by their ports.
    private static func plain(_ text: String) -> DeviceID {
        let marks = Array("#+-.:=@_/".utf8)
        let bytes = text.unicodeScalars.prefix(longestIdentity).map { scalar -> UInt8 in
            guard let byte = UInt8(exactly: scalar.value) else { return UInt8(ascii: "_") }
            let isPlain =
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || marks.contains(byte)
            return isPlain ? byte : UInt8(ascii: "_")
        }
        return DeviceID(String(decoding: bytes, as: UTF8.self))
    }

    /// As long as an argument in the configuration may be.
    private static let longestIdentity = 255

    private var interfaceSuffix: String { interface.isEmpty ? "" : "-if" + interface }

    private var hasDistinctSerial: Bool {
        guard !serialName.isEmpty, !serialNumber.isEmpty else { return false }
        // Factory defaults are zeros with a digit or two at the end, the same for a whole model (0001 of a CP2102, 0003
        // of several attitude sensors with that chip), or a plain count of the digits.
        let significant = serialNumber.drop { $0 == "0" }
        return (significant.count > 2 || significant.contains { $0.isLetter })
            && !["123456", "12345678", "123456789", "1234567890", "123456789ABCDEF"].contains(significant)
    }
}
