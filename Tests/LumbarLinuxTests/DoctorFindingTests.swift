import LumbarLinux
import Testing

/// Each case changes one fact of a system with nothing wrong.
@Suite("What the doctor concludes from facts")
struct DoctorFindingTests {
    /// A CH340 that a daemon reads, seen by its owner.
    private func healthy() -> DoctorFacts {
        var facts = DoctorFacts()
        var port = DoctorFacts.Port(node: "/dev/ttyUSB0")
        port.driver = "ch341"
        port.vendor = "1a86"
        port.product = "7523"
        port.group = "dialout"
        port.isMarked = true
        facts.ports = [port]
        facts.converters = [
            DoctorFacts.Converter(
                vendor: "1a86", product: "7523", place: "1-1", drivers: ["ch341"], hasPort: true)
        ]
        facts.modules = ["ch341"]
        facts.user.name = "anna"
        facts.user.id = 1000
        return facts
    }

    private func finding(
        _ check: String, _ change: (inout DoctorFacts) -> Void
    ) -> DoctorFinding? {
        var facts = healthy()
        change(&facts)
        return facts.findings.first { $0.check == check }
    }

    @Test("nothing wrong gives nothing to do")
    func fine() {
        #expect(healthy().findings.allSatisfy { $0.state == .ok && $0.command.isEmpty })
        #expect(healthy().findings.count >= 10)
    }

    @Test("a pause or a snooze that holds is mentioned, with what ends it")
    func asked() {
        let pause = finding("pause") { facts in
            facts.asked = [
                DoctorFacts.Asked(isPause: true, until: "2026-11-28 09:00", command: "lumbarctl resume")
            ]
        }
        #expect(pause?.state == .advice && pause?.command == "lumbarctl resume")
        #expect(pause?.text.hasPrefix("a pause was asked for until 2026-11-28 09:00: ") == true)
        let snooze = finding("snooze") { facts in
            facts.asked = [
                DoctorFacts.Asked(
                    isPause: false, wearer: "be\u{1B}n", until: "2026-11-28 09:00", command: "lumbarctl wake")
            ]
        }
        #expect(snooze?.state == .advice)
        #expect(snooze?.text.hasPrefix("be\\u{1b}n: a snooze was asked for until 2026-11-28 09:00: ") == true)
        #expect(finding("pause") { _ in } == nil && finding("snooze") { _ in } == nil)
    }

    @Test("no converter, no module, no line: each says where to look")
    func plugAndDriver() {
        let none = finding("sensor") { facts in
            facts.ports = []
            facts.converters = []
        }
        #expect(none?.state == .problem && none?.text.contains("no USB serial converter") == true)
        let unloaded = finding("driver") { facts in
            facts.converters[0].hasPort = false
            facts.converters[0].drivers = []
            facts.modules = ["usbhid"]
        }
        #expect(unloaded?.command.hasPrefix("sudo modprobe ch341 && ") == true)
        let silent = finding("driver") { facts in
            facts.converters[0].hasPort = false
            facts.converters[0].drivers = []
        }
        #expect(silent?.command == "sudo dmesg | grep -i ch341")
        let taken = finding("driver") { facts in
            facts.converters[0].hasPort = false
            facts.converters[0].drivers = ["usbfs"]
            facts.hasBrlttyRule = true
        }
        #expect(taken?.text.hasPrefix("brltty, for Braille displays, has taken") == true)
        #expect(taken?.command.hasPrefix("sudo apt purge brltty") == true)
    }

    @Test("a path of the configuration that is not there, over USB and over Bluetooth")
    func missingNode() {
        let wire = finding("node") { $0.missingPaths = ["/dev/serial/by-id/usb-x"] }
        #expect(wire?.state == .problem && wire?.command == "ls -l /dev/serial/by-id/")
        let radio = finding("node") { $0.missingPaths = ["/dev/rfcomm0"] }
        #expect(radio?.command.hasPrefix("sudo rfcomm bind /dev/rfcomm0 ADDRESS") == true)
    }

    @Test("permission: the group to join, the session to renew, the node that is closed to its group")
    func permission() {
        func denied(_ change: @escaping (inout DoctorFacts) -> Void) -> DoctorFinding? {
            finding("permission") { facts in
                facts.ports[0].mayOpen = false
                facts.service.isRunning = false
                change(&facts)
            }
        }
        let outsider = denied { _ in }
        #expect(outsider?.state == .problem)
        #expect(outsider?.command.hasPrefix("sudo usermod -aG dialout anna ") == true)
        let early = denied { $0.user.storedGroups = ["dialout"] }
        #expect(early?.command.hasPrefix("exec newgrp dialout") == true)
        let closed = denied { $0.ports[0].mode = 0o600 }
        #expect(closed?.command == "sudo chmod g+rw /dev/ttyUSB0")
        let sensor = denied { $0.ports[0].isSerial = false }
        #expect(sensor?.command.contains("--subsystem-match=hidraw") == true)
        // The daemon has its own way in: while it runs this is about the person only.
        #expect(denied { $0.service.isRunning = true }?.state == .advice)
        #expect(denied { $0.user.id = 0 }?.state == .ok)
    }

    @Test("the service's groups are held against the node's")
    func serviceGroup() {
        let arch = finding("service group") { $0.ports[0].group = "uucp" }
        #expect(arch?.state == .problem && arch?.command.contains("SupplementaryGroups=uucp") == true)
        #expect(
            finding("service group") { facts in
                facts.ports[0].group = "uucp"
                facts.service.groups = ["dialout", "uucp"]
            } == nil)
    }

    @Test(
        "whoever has the line open is named, with the way to end that",
        arguments: [
            ("gpsd", "sudo systemctl disable --now gpsd.socket gpsd.service"), ("minicom", "kill 4711"),
            ("brltty", "sudo apt purge brltty   # then plug the sensor in again"),
        ])
    func holder(name: String, command: String) {
        let held = finding("holder") { $0.ports[0].holder = PortHolder(process: 4711, name: name) }
        #expect(held?.state == .problem && held?.command == command)
        #expect(held?.text == "\(name) (process 4711) has /dev/ttyUSB0 open")
    }

    @Test("the daemon itself may have the line open")
    func daemonHolds() {
        let held = finding("holder") { $0.ports[0].holder = PortHolder(process: 7, name: "lumbard") }
        #expect(held?.state == .ok)
    }

    @Test("programs that open lines by themselves count only where they are in the way")
    func grabbers() {
        #expect(finding("ModemManager") { $0.grabbers = ["ModemManager"] }?.state == .ok)
        let modem = finding("ModemManager") { facts in
            facts.grabbers = ["ModemManager"]
            facts.ports[0].driver = "cdc_acm"
            facts.ports[0].product = "55d3"
        }
        #expect(modem?.state == .problem)
        #expect(modem?.command.contains("ATTRS{idProduct}==\"55d3\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"") == true)
        let kept = finding("ModemManager") { facts in
            facts.grabbers = ["ModemManager"]
            facts.ports[0].driver = "cdc_acm"
            facts.ports[0].isKeptFromModemManager = true
        }
        #expect(kept?.state == .ok)
        #expect(finding("gpsd") { $0.grabbers = ["gpsd"] }?.state == .ok)
        let gpsd = finding("gpsd") { facts in
            facts.grabbers = ["gpsd"]
            facts.ports[0].claimedBy = "gpsdctl@ttyUSB0.service"
        }
        #expect(gpsd?.state == .problem && gpsd?.command.contains("gpsd.socket") == true)
        #expect(finding("brltty") { $0.hasBrlttyRule = true }?.state == .advice)
    }

    @Test("a line that was there before the rules is told from one the rules are not about")
    func mark() {
        let unmarked = finding("udev") { $0.ports[0].isMarked = false }
        #expect(unmarked?.command.contains("udevadm trigger") == true)
        #expect(
            finding("udev") { facts in
                facts.ports[0].isMarked = false
                facts.ports[0].vendor = "0403"
            } == nil)
    }

    @Test("the service: not installed, no rules, not running, not enabled")
    func service() {
        #expect(finding("service") { $0.service.hasUnit = false }?.command.contains("make install") == true)
        #expect(finding("udev rules") { $0.service.hasRules = false }?.state == .problem)
        let stopped = finding("daemon") { $0.service.isRunning = false }
        #expect(stopped?.command.hasPrefix("sudo systemctl enable --now lumbard") == true)
        #expect(finding("daemon") { $0.service.isEnabled = false }?.state == .advice)
    }

    @Test("the history's folder and disk")
    func history() {
        let foreign = finding("history") { $0.state.owner = "root" }
        #expect(foreign?.command == "sudo chown -R lumbard:lumbard /var/lib/lumbard")
        #expect(finding("history") { $0.state.isWritable = false }?.state == .problem)
        #expect(finding("history") { $0.state.exists = false }?.state == .ok)
        #expect(finding("disk") { $0.state.freeBytes = 5 << 20 }?.state == .problem)
        #expect(finding("disk") { $0.state.freeBytes = 100 << 20 }?.state == .advice)
    }

    @Test("clock and configuration")
    func clockAndConfiguration() {
        let clock = finding("clock") { $0.isClockSynchronized = false }
        #expect(clock?.state == .advice && clock?.command == "sudo timedatectl set-ntp true")
        let wrong = finding("configuration") { $0.configurationErrors = ["a.conf:3: no such key\u{1B}[2J"] }
        #expect(wrong?.state == .problem && wrong?.text == "a.conf:3: no such key\\u{1b}[2J")
        #expect(finding("configuration") { $0.isConfigurationReadable = false }?.state == .advice)
    }

    @Test("what was heard: nothing, another rate, another scale, a cooked line")
    func heard() {
        func heard(_ change: (inout DoctorFacts.Heard) -> Void) -> (inout DoctorFacts) -> Void {
            var heard = DoctorFacts.Heard(node: "/dev/ttyUSB0")
            heard.protocolName = "witmotion"
            heard.baud = 9600
            heard.restG = 1.01
            change(&heard)
            return { $0.heard = [heard] }
        }
        #expect(finding("sensor speaks", heard { _ in })?.state == .ok)
        #expect(finding("scale", heard { _ in })?.state == .ok)
        let odd = finding("sensor speaks", heard { $0.isBaudTried = false })
        #expect(odd?.state == .problem && odd?.command.contains("baud=9600") == true)
        #expect(finding("scale", heard { $0.restG = 9.8 })?.state == .problem)
        #expect(
            finding("line mode", heard { $0.wasCooked = true })?.command == "stty -F /dev/ttyUSB0 raw -echo")
        let silent = finding(
            "sensor speaks",
            heard { heard in
                heard.protocolName = ""
                heard.reason = "nothing came"
            })
        #expect(silent?.state == .problem && silent?.command == "lumbarctl sniff /dev/ttyUSB0")
    }
}
