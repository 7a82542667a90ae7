import CUdev
import Glibc
import LumbarCore

/// Says which serial devices are plugged in, and when they come and go.
///
/// The monitor is set up before the devices that are there are listed, so none can slip through in between; one that is
/// seen both ways is reported once. It listens to what udev has finished with: then permissions and links are in place.
public final class DeviceWatcher {
    /// A device came or went.
    public enum Change: Sendable, Equatable {
        /// It is there and can be opened.
        case added(SerialDevice)
        /// It is gone.
        case removed(SerialDevice)
    }

    private let context: OpaquePointer
    private let monitor: OpaquePointer
    private var devices: [SerialDevice] = []

    /// A watcher that listens already. `scan` then lists what is there.
    public init() throws(SystemError) {
        guard let context = udev_new() else { throw .last("udev_new", doing: "talk to udev") }
        guard let monitor = udev_monitor_new_from_netlink(context, "udev") else {
            let error = SystemError.last("udev_monitor_new_from_netlink", doing: "hear about devices")
            udev_unref(context)
            throw error
        }
        self.context = context
        self.monitor = monitor
        udev_monitor_filter_add_match_subsystem_devtype(monitor, "tty", nil)
        let result = udev_monitor_enable_receiving(monitor)
        if result < 0 {
            throw SystemError("udev_monitor_enable_receiving", -result, doing: "hear about devices")
        }
    }

    deinit {
        udev_monitor_unref(monitor)
        udev_unref(context)
    }

    /// The descriptor to poll.
    public var descriptor: Int32 { udev_monitor_get_fd(monitor) }

    /// What is plugged in, as far as it was seen.
    public var present: [SerialDevice] { devices }

    /// Lists what is there now and returns what is new or gone since the last look.
    ///
    /// Also mends what was missed when the monitor's buffer overflowed.
    public func scan() -> [Change] {
        let found = DeviceWatcher.list(context)
        var changes: [Change] = []
        for device in devices where !found.contains(where: { $0.systemPath == device.systemPath }) {
            changes += remove(device.systemPath)
        }
        for device in found { changes += add(device) }
        return changes
    }

    /// Takes the next report of the monitor; nil when none waits. What is known already gives an empty list.
    public func receive() -> [Change]? {
        guard let device = udev_monitor_receive_device(monitor) else {
            // The socket overflowed: reports are lost, so look for ourselves.
            return errno == ENOBUFS ? scan() : nil
        }
        defer { udev_device_unref(device) }
        guard let description = SerialDevice(device) else { return [] }
        switch udev_device_get_action(device).map({ String(cString: $0) }) {
        case "remove": return remove(description.systemPath)
        case "add", "change", "bind", "move": return add(description)
        default: return []
        }
    }

    /// Which identity a device has among those that are plugged in.
    public func identity(of device: SerialDevice) -> DeviceID {
        let identity = device.identity
        let isShared = devices.contains { $0.systemPath != device.systemPath && $0.identity == identity }
        return isShared ? device.identityByPort : identity
    }

    /// Lists the serial devices that udev knows, ours or not, without watching.
    public static func list() throws(SystemError) -> [SerialDevice] {
        guard let context = udev_new() else { throw .last("udev_new", doing: "talk to udev") }
        defer { udev_unref(context) }
        return list(context)
    }

    private func add(_ device: SerialDevice) -> [Change] {
        guard let index = devices.firstIndex(where: { $0.systemPath == device.systemPath }) else {
            devices.append(device)
            return [.added(device)]
        }
        let old = devices[index]
        devices[index] = device
        // A rule that ran again may have changed its mind about what this is.
        return old == device ? [] : [.removed(old), .added(device)]
    }

    private func remove(_ systemPath: String) -> [Change] {
        guard let index = devices.firstIndex(where: { $0.systemPath == systemPath }) else { return [] }
        return [.removed(devices.remove(at: index))]
    }

    private static func list(_ context: OpaquePointer) -> [SerialDevice] {
        guard let enumeration = udev_enumerate_new(context) else { return [] }
        defer { udev_enumerate_unref(enumeration) }
        udev_enumerate_add_match_subsystem(enumeration, "tty")
        udev_enumerate_scan_devices(enumeration)
        var devices: [SerialDevice] = []
        var entry = udev_enumerate_get_list_entry(enumeration)
        while let current = entry {
            if let path = udev_list_entry_get_name(current),
                let device = udev_device_new_from_syspath(context, path)
            {
                if let found = SerialDevice(device) { devices.append(found) }
                udev_device_unref(device)
            }
            entry = udev_list_entry_get_next(current)
        }
        return devices
    }
}

extension SerialDevice {
    /// Reads what udev knows; nil for terminals that are no serial device (consoles, pseudo-terminals, empty UARTs).
    init?(_ device: OpaquePointer) {
        guard let path = udev_device_get_syspath(device).map({ String(cString: $0) }),
            let node = udev_device_get_devnode(device).map({ String(cString: $0) }),
            // What no hardware is behind lies under /devices/virtual; rfcomm lines do too, and are none the less real.
            !path.hasPrefix("/sys/devices/virtual/") || node.hasPrefix("/dev/rfcomm")
        else { return nil }
        self.init(systemPath: path, node: node)
        let property = { (name: String) in
            udev_device_get_property_value(device, name).map { String(cString: $0) } ?? ""
        }
        links = property("DEVLINKS").split(separator: " ").map(String.init).sorted()
        vendor = property("ID_VENDOR_ID")
        product = property("ID_MODEL_ID")
        serialName = property("ID_SERIAL")
        serialNumber = property("ID_SERIAL_SHORT")
        interface = property("ID_USB_INTERFACE_NUM")
        portPath = property("ID_PATH")
        model = property("ID_MODEL_FROM_DATABASE")
        if model.isEmpty { model = String(property("ID_MODEL").map { $0 == "_" ? " " : $0 }) }
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
