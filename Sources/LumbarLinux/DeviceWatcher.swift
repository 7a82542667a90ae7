import CUdev
import Glibc
import LumbarCore

/// Says which devices that may be sensors are plugged in, and when they come and go: serial lines, HID devices, IIO
/// devices.
///
/// The monitor is set up before the devices that are there are listed, so none can slip through in between; one that is
/// seen both ways is reported once. It listens to what udev has finished with: then permissions and links are in place.
public final class DeviceWatcher {
    /// A device came or went.
    public enum Change: Sendable, Equatable {
        /// It is there and can be opened.
        case added(SensorDevice)
        /// It is gone.
        case removed(SensorDevice)
    }

    private let context: OpaquePointer
    private let monitor: OpaquePointer
    private var nodes: [SensorNode] = []
    private var devices: [SensorDevice] = []
    /// Which identities the devices go by; set it before the first is asked for to go on from what was remembered.
    public var identities = SensorIdentities()

    private static let subsystems = ["tty", "hidraw", "iio"]

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
        for name in DeviceWatcher.subsystems {
            udev_monitor_filter_add_match_subsystem_devtype(monitor, name, nil)
        }
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
    public var present: [SensorDevice] { devices }

    /// Lists what is there now and returns what is new or gone since the last look.
    ///
    /// Also mends what was missed when the monitor's buffer overflowed.
    public func scan() -> [Change] {
        nodes = DeviceWatcher.nodes(context)
        return changes()
    }

    /// Takes the next report of the monitor; nil when none waits. What is known already gives an empty list.
    public func receive() -> [Change]? {
        guard let device = udev_monitor_receive_device(monitor) else {
            // The socket overflowed: reports are lost, so look for ourselves.
            return errno == ENOBUFS ? scan() : nil
        }
        defer { udev_device_unref(device) }
        guard let path = udev_device_get_syspath(device).map({ String(cString: $0) }) else { return [] }
        let action = udev_device_get_action(device).map { String(cString: $0) }
        if action == "move", let old = udev_device_get_property_value(device, "DEVPATH_OLD") {
            nodes.removeAll { $0.systemPath == "/sys" + String(cString: old) }
        }
        switch action {
        case "remove": nodes.removeAll { $0.systemPath == path }
        case "add", "change", "bind", "move":
            guard let node = SensorNode(device) else { return [] }
            if let index = nodes.firstIndex(where: { $0.systemPath == path }) {
                nodes[index] = node
            } else {
                nodes.append(node)
            }
        default: return []
        }
        return changes()
    }

    /// Which identity a device goes by, from now until it is unplugged.
    public func identity(of device: SensorDevice) -> DeviceID {
        // One that was pulled out may still be listed, until its end is reported: it is no twin of itself.
        let present = devices.filter { $0.systemPath == device.systemPath || pathExists($0.systemPath) }
        return identities.identity(of: device, among: present)
    }

    /// Lists the devices that udev knows, ours or not, without watching.
    public static func list() throws(SystemError) -> [SensorDevice] {
        guard let context = udev_new() else { throw .last("udev_new", doing: "talk to udev") }
        defer { udev_unref(context) }
        return SensorNode.sensors(nodes(context))
    }

    /// What is new or gone since the last look, by the nodes that are there now.
    ///
    /// A device that is described otherwise than before is gone and new: a rule that ran again may have changed its
    /// mind, or a HID device got a driver of the kernel.
    private func changes() -> [Change] {
        let present = SensorNode.sensors(nodes)
        var changes: [Change] = []
        for device in devices where !present.contains(device) {
            changes.append(.removed(device))
            identities.forget(device.systemPath)
        }
        for device in present where !devices.contains(device) { changes.append(.added(device)) }
        devices = present
        return changes
    }

    private static func nodes(_ context: OpaquePointer) -> [SensorNode] {
        guard let enumeration = udev_enumerate_new(context) else { return [] }
        defer { udev_enumerate_unref(enumeration) }
        for name in subsystems { udev_enumerate_add_match_subsystem(enumeration, name) }
        udev_enumerate_scan_devices(enumeration)
        var nodes: [SensorNode] = []
        var entry = udev_enumerate_get_list_entry(enumeration)
        while let current = entry {
            if let path = udev_list_entry_get_name(current),
                let device = udev_device_new_from_syspath(context, path)
            {
                if let found = SensorNode(device) { nodes.append(found) }
                udev_device_unref(device)
            }
            entry = udev_list_entry_get_next(current)
        }
        return nodes
    }
}
