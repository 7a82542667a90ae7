import CUdev
import LumbarCore

/// One device node that udev reports; several may belong to one sensor.
struct SensorNode: Equatable {
    /// Its own directory below /sys.
    var systemPath: String
    /// What it is on its own.
    var device: SensorDevice
    /// Its name among IIO devices, such as `accel_3d`.
    var iioName = ""

    /// The sensors that `nodes` make, in the order of their first nodes.
    ///
    /// A serial line is one by itself. What belongs to the same HID device, or to the same chip, is one sensor: read
    /// by IIO when a driver of the kernel serves it, which then owns the reports, and by hidraw otherwise.
    static func sensors(_ nodes: [SensorNode]) -> [SensorDevice] {
        var sensors: [SensorDevice] = []
        for node in nodes {
            guard node.device.kind != .serial else {
                sensors.append(node.device)
                continue
            }
            guard !sensors.contains(where: { $0.systemPath == node.device.systemPath && $0.kind != .serial })
            else { continue }
            sensors.append(
                sensor(
                    of: nodes.filter {
                        $0.device.kind != .serial && $0.device.systemPath == node.device.systemPath
                    }, node))
        }
        return sensors
    }

    private static func sensor(of nodes: [SensorNode], _ first: SensorNode) -> SensorDevice {
        let scanned = nodes.filter { $0.device.kind == .iio }.sorted { $0.iioName < $1.iioName }
        var sensor = (scanned.first ?? first).device
        sensor.parts = scanned.map {
            .init(name: $0.iioName, node: $0.device.node, systemPath: $0.systemPath)
        }
        sensor.reportDescriptor = nodes.lazy.map(\.device.reportDescriptor).first { !$0.isEmpty } ?? []
        // A rule may have spoken of any of the nodes.
        sensor.isOurs = nodes.contains(where: \.device.isOurs)
        if sensor.mount.isEmpty { sensor.mount = nodes.lazy.map(\.device.mount).first { !$0.isEmpty } ?? "" }
        return sensor
    }

    /// Reads what udev knows; nil for what cannot be a sensor (consoles, pseudo-terminals, empty UARTs, IIO triggers).
    init?(_ device: OpaquePointer) {
        guard let path = udev_device_get_syspath(device).map({ String(cString: $0) }),
            let node = udev_device_get_devnode(device).map({ String(cString: $0) })
        else { return nil }
        systemPath = path
        switch udev_device_get_subsystem(device).map({ String(cString: $0) }) {
        case "tty":
            // What no hardware is behind lies under /devices/virtual; rfcomm lines do too, and are none the less real.
            guard !path.hasPrefix("/sys/devices/virtual/") || node.hasPrefix("/dev/rfcomm") else {
                return nil
            }
            self.device =
                node.hasPrefix("/dev/rfcomm")
                ? SensorDevice(bluetooth: device, node: node) : SensorDevice(systemPath: path, node: node)
            self.device.describe(from: device)
        case "hidraw":
            guard let parent = udev_device_get_parent_with_subsystem_devtype(device, "hid", nil) else {
                return nil
            }
            self.device = SensorDevice(kind: .hidraw, node: node, hid: parent)
            self.device.describe(from: device)
        case "iio":
            if let parent = udev_device_get_parent_with_subsystem_devtype(device, "hid", nil) {
                self.device = SensorDevice(kind: .iio, node: node, hid: parent)
            } else if let chip = udev_device_get_parent(device) {
                self.device = SensorDevice(chip: chip, node: node)
            } else {
                return nil
            }
            self.device.describe(from: device)
            iioName = udev_device_get_sysattr_value(device, "name").map { String(cString: $0) } ?? "iio"
        default: return nil
        }
    }
}

extension SensorDevice {
    /// A Bluetooth line. It moves below the radio while it is connected, which every opening and closing changes: its
    /// place is one that stays, and what udev then says of the radio is not its own.
    fileprivate init(bluetooth device: OpaquePointer, node: String) {
        self.init(systemPath: "/sys/class/tty/" + node.dropFirst("/dev/".count), node: node)
        address = udev_device_get_sysattr_value(device, "address").map { String(cString: $0) } ?? ""
        model = "Bluetooth line" + (address.isEmpty ? "" : " to " + address)
    }

    /// A node of the HID device `parent`, which has no USB properties of its own.
    fileprivate init(kind: Kind, node: String, hid parent: OpaquePointer) {
        self.init(systemPath: udev_device_get_syspath(parent).map { String(cString: $0) } ?? node, node: node)
        self.kind = kind
        let property = { (name: String) in
            udev_device_get_property_value(parent, name).map { String(cString: $0) } ?? ""
        }
        // Bus, vendor, product: 0003:00001209:00004C42.
        let numbers = property("HID_ID").split(separator: ":")
        if numbers.count == 3 {
            vendor = numbers[1].suffix(4).lowercased()
            product = numbers[2].suffix(4).lowercased()
        }
        serialNumber = property("HID_UNIQ")
        portPath = property("HID_PHYS")
        model = property("HID_NAME")
        serialName = [model, serialNumber].filter { !$0.isEmpty }.joined(separator: "_")
        serialName = String(serialName.map { $0 == " " ? "_" : $0 })
        reportDescriptor = (try? readSmallFile(systemPath + "/report_descriptor", limit: 4097)) ?? []
    }

    /// A node of a chip that a driver of the kernel reads by itself.
    fileprivate init(chip: OpaquePointer, node: String) {
        self.init(systemPath: udev_device_get_syspath(chip).map { String(cString: $0) } ?? node, node: node)
        kind = .iio
        model = udev_device_get_sysname(chip).map { String(cString: $0) } ?? ""
        portPath = "iio-" + model
    }

    /// Takes over what udev's rules say of the node.
    fileprivate mutating func describe(from device: OpaquePointer) {
        let property = { (name: String) in
            udev_device_get_property_value(device, name).map { String(cString: $0) } ?? ""
        }
        links = property("DEVLINKS").split(separator: " ").map(String.init).sorted()
        if kind == .serial, !isBluetooth {
            vendor = property("ID_VENDOR_ID")
            product = property("ID_MODEL_ID")
            serialName = property("ID_SERIAL")
            serialNumber = property("ID_SERIAL_SHORT")
            interface = property("ID_USB_INTERFACE_NUM")
            portPath = property("ID_PATH")
            model = property("ID_MODEL_FROM_DATABASE")
            if model.isEmpty { model = String(property("ID_MODEL").map { $0 == "_" ? " " : $0 }) }
        }
        isOurs = property("ID_LUMBARD") == "1" || udev_device_has_tag(device, "lumbard") > 0
        isCandidate = property("ID_LUMBARD_CANDIDATE") == "1"
        claimedBy =
            property("SYSTEMD_WANTS").split(separator: " ").map(String.init)
            .first { !$0.hasPrefix("lumbard") } ?? ""
        protocolName = property("LUMBARD_PROTOCOL")
        baud = Int(property("LUMBARD_BAUD"))
        mount = property("LUMBARD_MOUNT")
    }
}
