import Glibc

/// A serial converter that only udev believes in.
struct FakeSerial {
    var port: String
    var number: Int
    var properties: [(String, String)]

    /// A CH340, as in WitMotion sensors: no serial number.
    static func wit(port: String, number: Int) -> FakeSerial {
        FakeSerial(
            port: port, number: number,
            properties: usb(port) + [
                ("ID_VENDOR_ID", "1a86"), ("ID_MODEL_ID", "7523"), ("ID_MODEL", "USB_Serial"),
                ("ID_SERIAL", "1a86_USB_Serial"), ("ID_LUMBARD_CANDIDATE", "1"),
            ])
    }

    /// A CP2102 with a serial number.
    static func numbered(_ serial: String, port: String, number: Int) -> FakeSerial {
        FakeSerial(
            port: port, number: number,
            properties: usb(port) + [
                ("ID_VENDOR_ID", "10c4"), ("ID_MODEL_ID", "ea60"),
                ("ID_SERIAL", "Silicon_Labs_CP2102_\(serial)"), ("ID_SERIAL_SHORT", serial),
            ])
    }

    /// Its serial number; empty when it has none.
    var serial: String { value("ID_SERIAL_SHORT") }

    /// What udev says of it under `name`; empty when that is nothing.
    func value(_ name: String) -> String { properties.first { $0.0 == name }?.1 ?? "" }

    private static func usb(_ port: String) -> [(String, String)] {
        [
            ("ID_BUS", "usb"), ("ID_USB_INTERFACE_NUM", "00"),
            ("ID_PATH", "platform-fd500000.pcie-usb-0:\(port):1.0"),
        ]
    }
}

/// A sysfs and a udev of our own, through libumockdev, which is looked for at run time: it is no dependency.
final class UdevTestbed {
    private typealias New = @convention(c) () -> OpaquePointer?
    private typealias AddFromString =
        @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafeMutableRawPointer?) -> Int32
    private typealias Event =
        @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void
    private typealias Remove = @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> Void
    private typealias SetAttribute =
        @convention(c) (
            OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<CChar>
        ) -> Void
    private typealias Unref = @convention(c) (OpaquePointer) -> Void

    private let testbed: OpaquePointer
    private let addFromString: AddFromString
    private let event: Event
    private let removeDevice: Remove
    private let setAttribute: SetAttribute
    private let unref: Unref
    private var ports: [String] = []

    /// Whether this process was started by umockdev-wrapper.
    static var isAvailable: Bool {
        getenv("LD_PRELOAD").map { String(cString: $0).contains("umockdev") } ?? false
    }

    init?() {
        guard let library = dlopen("libumockdev.so.0", RTLD_NOW),
            let objects = dlopen("libgobject-2.0.so.0", RTLD_NOW),
            let new = dlsym(library, "umockdev_testbed_new"),
            let add = dlsym(library, "umockdev_testbed_add_from_string"),
            let event = dlsym(library, "umockdev_testbed_uevent"),
            let remove = dlsym(library, "umockdev_testbed_remove_device"),
            let set = dlsym(library, "umockdev_testbed_set_attribute"),
            let unref = dlsym(objects, "g_object_unref"),
            let testbed = unsafeBitCast(new, to: New.self)()
        else { return nil }
        self.testbed = testbed
        addFromString = unsafeBitCast(add, to: AddFromString.self)
        self.event = unsafeBitCast(event, to: Event.self)
        removeDevice = unsafeBitCast(remove, to: Remove.self)
        setAttribute = unsafeBitCast(set, to: SetAttribute.self)
        self.unref = unsafeBitCast(unref, to: Unref.self)
    }

    deinit { unref(testbed) }

    /// Has the programs' ioctl calls go to the real lines they opened: the emulation would answer them all, and it
    /// knows nothing of terminals.
    func leaveTerminalsAlone() {
        guard let root = getenv("UMOCKDEV_DIR").map({ String(cString: $0) }) else { return }
        unlink(root + "/ioctl/_default")
    }

    /// Plugs it in, which is announced; `line` is its device node.
    func plug(_ serial: FakeSerial, line: String? = nil) {
        var text = ""
        if !ports.contains(serial.port) {
            ports.append(serial.port)
            text += "P: /devices/usb1/1-\(serial.port)\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\n"
            text +=
                "A: idVendor=\(serial.value("ID_VENDOR_ID"))\\n\nA: idProduct=\(serial.value("ID_MODEL_ID"))\\n\n"
            text += "A: serial=\(serial.serial)\\n\n\n"
        } else {
            announceNumbers(of: serial)
        }
        text += "P: \(path(serial.port, serial.number))\n"
        if line == nil { text += "N: ttyUSB\(serial.number)\n" }
        text += "E: DEVNAME=\(line ?? "/dev/ttyUSB\(serial.number)")\nE: SUBSYSTEM=tty\n"
        for (name, value) in serial.properties { text += "E: \(name)=\(value)\n" }
        _ = addFromString(testbed, text, nil)
    }

    /// What the kernel shows of it in its port, which udev has not heard of yet.
    func announceNumbers(of serial: FakeSerial) {
        let place = "/sys/devices/usb1/1-\(serial.port)"
        setAttribute(testbed, place, "idVendor", serial.value("ID_VENDOR_ID") + "\n")
        setAttribute(testbed, place, "idProduct", serial.value("ID_MODEL_ID") + "\n")
        setAttribute(testbed, place, "serial", serial.serial + "\n")
    }

    /// Says once more that something happened to it.
    func announce(_ action: String, port: String, number: Int) {
        event(testbed, "/sys" + path(port, number), action)
    }

    /// Takes it out of sysfs, silently.
    func remove(port: String, number: Int) { removeDevice(testbed, "/sys" + path(port, number)) }

    /// Adds devices as umockdev describes them, which is announced.
    func plug(described text: String) { _ = addFromString(testbed, text, nil) }

    /// Says once more that something happened to the device at `path`.
    func announce(_ action: String, path: String) { event(testbed, "/sys" + path, action) }

    /// Takes the device at `path` out of sysfs, silently.
    func remove(path: String) { removeDevice(testbed, "/sys" + path) }

    private func path(_ port: String, _ number: Int) -> String {
        "/devices/usb1/1-\(port)/1-\(port):1.0/ttyUSB\(number)/tty/ttyUSB\(number)"
    }
}
