import CLinux
import Glibc
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// A made-up system in a folder of the test.
final class MadeUpSystem {
    let root: String

    init() throws {
        var template = Array("/tmp/lumbar-system-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError.last("mkdtemp", doing: "make a folder") }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { MadeUpSystem.remove(root) }

    private static func remove(_ path: String) {
        var about = stat()
        guard lstat(path, &about) == 0 else { return }
        if about.st_mode & S_IFMT == S_IFDIR {
            for name in directoryEntries(path) { remove(path + "/" + name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    func folder(_ path: String) {
        var made = root
        for part in path.split(separator: "/") {
            made += "/" + part
            mkdir(made, 0o755)
        }
    }

    func file(_ path: String, _ text: String = "") throws {
        folder(path.split(separator: "/").dropLast().joined(separator: "/"))
        unlink(root + path)
        let file = try PrivateFile.create(root + path)
        try file.write(text)
    }

    func link(_ path: String, to target: String) {
        folder(path.split(separator: "/").dropLast().joined(separator: "/"))
        symlink(target, root + path)
    }

    /// A CH340 in port 1-1, as the kernel and udev show it.
    func plugCH340(driver: String = "ch341", withLine: Bool = true) throws {
        let device = "/sys/devices/usb1/1-1"
        try file(device + "/idVendor", "1a86\n")
        try file(device + "/idProduct", "7523\n")
        try file(device + "/1-1:1.0/bInterfaceNumber", "00\n")
        link(device + "/1-1:1.0/driver", to: "../../../../bus/usb/drivers/" + driver)
        link("/sys/bus/usb/devices/1-1", to: "../../../devices/usb1/1-1")
        link("/sys/bus/usb/devices/1-1:1.0", to: "../../../devices/usb1/1-1/1-1:1.0")
        guard withLine else { return }
        let line = device + "/1-1:1.0/ttyUSB0/tty/ttyUSB0"
        try file(line + "/dev", "188:0\n")
        try file(line + "/uevent", "MAJOR=188\nMINOR=0\nDEVNAME=ttyUSB0\n")
        link("/sys/class/tty/ttyUSB0", to: "../../devices/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0")
        try file("/dev/ttyUSB0")
        chmod(root + "/dev/ttyUSB0", 0o660)
    }
}

@Suite("What the doctor sees of a system")
struct DoctorFactsTests {
    private let system: MadeUpSystem
    private var facts: DoctorFacts { DoctorFacts(from: SystemTree(root: system.root)) }

    init() throws { system = try MadeUpSystem() }

    @Test("an empty system has no line, no service and no clock")
    func empty() {
        let facts = facts
        #expect(facts.ports.isEmpty && facts.converters.isEmpty && facts.grabbers.isEmpty)
        #expect(!facts.service.hasUnit && !facts.service.hasRules && !facts.service.isRunning)
        #expect(!facts.state.exists && facts.state.freeBytes > 0)
        #expect(!facts.isClockSynchronized)
    }

    @Test("a converter with its line, its driver, its group and what udev said of it")
    func converter() throws {
        try system.plugCH340()
        try system.file(
            "/run/udev/data/c188:0",
            "E:ID_LUMBARD_CANDIDATE=1\nE:ID_MM_DEVICE_IGNORE=1\nE:SYSTEMD_WANTS=gpsdctl@ttyUSB0.service\n")
        var about = stat()
        #expect(stat(system.root + "/dev/ttyUSB0", &about) == 0)
        try system.file("/etc/group", "dialout:x:\(about.st_gid):anna\n")
        let facts = facts
        let port = try #require(facts.ports.first)
        #expect(port.node == "/dev/ttyUSB0" && port.driver == "ch341")
        #expect(port.vendor == "1a86" && port.product == "7523")
        #expect(port.group == "dialout" && port.mode == 0o660)
        #expect(port.isMarked && port.isKeptFromModemManager)
        #expect(port.claimedBy == "gpsdctl@ttyUSB0.service")
        #expect(port.holder == nil)
        #expect(
            facts.converters == [
                DoctorFacts.Converter(
                    vendor: "1a86", product: "7523", place: "1-1", drivers: ["ch341"], hasPort: true)
            ])
    }

    @Test("HID and IIO sensors count when a rule declares them, and keyboards do not")
    func declaredSensors() throws {
        for (number, name) in ["hidraw0", "hidraw1"].enumerated() {
            try system.file("/sys/class/hidraw/\(name)/dev", "240:\(number)\n")
            try system.file("/dev/" + name)
        }
        try system.file("/sys/bus/iio/devices/iio:device0/dev", "241:0\n")
        try system.file("/dev/iio:device0")
        try system.file("/run/udev/data/c240:1", "E:ID_LUMBARD=1\n")
        try system.file("/run/udev/data/c241:0", "E:ID_LUMBARD=1\n")
        let ports = facts.ports
        #expect(ports.map(\.node) == ["/dev/hidraw1", "/dev/iio:device0"])
        #expect(ports.allSatisfy { !$0.isSerial })
    }

    @Test("a converter that a program has taken from the kernel has no line")
    func taken() throws {
        try system.plugCH340(driver: "usbfs", withLine: false)
        try system.file("/usr/lib/udev/rules.d/85-brltty.rules")
        let facts = facts
        #expect(facts.ports.isEmpty && facts.hasBrlttyRule)
        #expect(facts.converters.first?.drivers == ["usbfs"] && facts.converters.first?.hasPort == false)
    }

    @Test("programs that run, and the one that has the line open")
    func processes() throws {
        try system.plugCH340()
        try system.file("/proc/12/comm", "ModemManager\n")
        try system.file("/proc/99/comm", "minicom\n")
        system.link("/proc/99/fd/3", to: "/dev/ttyUSB0")
        try system.file("/proc/self/comm", "gpsd\n")
        let facts = facts
        #expect(facts.grabbers == ["ModemManager"])
        #expect(facts.ports.first?.holder == PortHolder(process: 99, name: "minicom"))
        #expect(!facts.service.isRunning)
    }

    @Test("modules that are loaded or built in")
    func modules() throws {
        try system.file("/proc/modules", "ch341 20480 0 - Live 0x0\nusbserial 57344 1 ch341, Live 0x0\n")
        system.folder("/sys/module/cdc_acm")
        #expect(facts.modules == ["ch341", "usbserial", "cdc_acm"])
    }

    @Test("the service with its drop-ins, enabled and running")
    func service() throws {
        try system.file("/usr/lib/systemd/system/lumbard.service", "[Service]\nSupplementaryGroups=dialout\n")
        try system.file("/usr/lib/udev/rules.d/60-lumbard.rules")
        try system.file(
            "/etc/systemd/system/lumbard.service.d/group.conf",
            "[Service]\nSupplementaryGroups=uucp plugdev\n")
        system.link(
            "/etc/systemd/system/multi-user.target.wants/lumbard.service",
            to: "/usr/lib/systemd/system/lumbard.service")
        try system.file("/etc/group", "spi:x:990:pi,lumbard\n")
        try system.file("/proc/5/comm", "lumbard\n")
        try system.file("/run/systemd/timesync/synchronized")
        let facts = facts
        #expect(facts.service.hasUnit && facts.service.hasRules && facts.service.isEnabled)
        #expect(facts.service.isRunning && facts.isClockSynchronized)
        #expect(facts.service.groups == ["dialout", "uucp", "plugdev", "spi"])
    }

    @Test("paths of the configuration: those that are there are looked at, the others are missing")
    func configuredPaths() throws {
        try system.file("/dev/rfcomm9")
        system.folder("/var/lib/lumbard")
        try system.file("/etc/passwd", "lumbard:x:\(geteuid()):999::/nonexistent:/usr/sbin/nologin\n")
        let facts = DoctorFacts(
            from: SystemTree(root: system.root + "/"), configuredPaths: ["/dev/rfcomm9", "/dev/none"])
        #expect(facts.ports.map(\.node) == ["/dev/rfcomm9"])
        #expect(facts.missingPaths == ["/dev/none"])
        #expect(facts.state.exists && facts.state.isWritable && facts.state.owner == "lumbard")
    }

    @Test("the running system can be looked at by anybody")
    func live() {
        let facts = DoctorFacts(from: SystemTree())
        #expect(!facts.findings.isEmpty)
        #expect(facts.state.totalBytes > 0)
    }

    @Test("only what sets a sensor can write to a line")
    func whoWrites() throws {
        let sources = Repository.root + "/Sources/"
        let users = try swiftFiles(in: sources).filter { path in
            let bytes = try readSmallFile(sources + path)
            return String(decoding: bytes, as: UTF8.self).contains("CommandPort(")
        }
        #expect(users.sorted() == ["lumbarctl/Devices/SensorConversation.swift"])
    }

    /// The paths of the Swift files in `folder` and the folders in it, from there.
    private func swiftFiles(in folder: String) -> [String] {
        directoryEntries(folder).filter { !$0.hasPrefix(".") }.flatMap { name in
            name.hasSuffix(".swift")
                ? [name] : swiftFiles(in: folder + name + "/").map { name + "/" + $0 }
        }
    }
}
