import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

@Suite struct SensorDeclarationsTests {
    private var converter: SensorDevice {
        var device = SensorDevice(systemPath: "/sys/devices/usb1/1-1/tty", node: "/dev/ttyUSB0")
        device.isCandidate = true
        device.serialName = "Maker_Belt_A10K4F"
        device.serialNumber = "A10K4F"
        device.interface = "00"
        device.portPath = "pci-usb-0:1:1.0"
        device.links = ["/dev/serial/by-id/usb-Maker_Belt_A10K4F-if00-port0"]
        return device
    }

    private func choice(
        _ device: SensorDevice, _ entries: [SensorDeclarations.Entry] = [], trustsAll: Bool = false,
        paths: [String] = []
    ) -> SensorDevice.Choice {
        var declared = SensorDeclarations()
        declared.entries = entries
        declared.trustsAll = trustsAll
        declared.paths = paths
        return declared.choice(for: device, called: device.identity)
    }

    @Test func whatNobodyDeclaresIsPending() {
        #expect(choice(converter) == .pending)
        #expect(!choice(converter).isUsed)
        #expect(choice(converter, trustsAll: true) == .candidate)
        var other = converter
        other.isCandidate = false
        #expect(choice(other, trustsAll: true).trust == "none")
        other.kind = .hidraw
        #expect(choice(other, trustsAll: true) == .pending)
        var claimed = converter
        claimed.claimedBy = "gpsdctl@ttyUSB0.service"
        #expect(choice(claimed).trust == "none")
    }

    @Test(arguments: [
        "usb-Maker_Belt_A10K4F-if00", "path-pci-usb-0:1:1.0", "/dev/ttyUSB0",
        "/dev/serial/by-id/usb-Maker_Belt_A10K4F-if00-port0",
    ])
    func aSectionDecidesByWhateverNameItHas(id: String) {
        #expect(choice(converter, [.init(id: id, isUsed: true)]) == .trusted(id))
        #expect(choice(converter, [.init(id: id, isUsed: false)], trustsAll: true) == .refused(id))
        var marked = converter
        marked.isOurs = true
        marked.isCandidate = false
        #expect(choice(marked) == .ours)
        #expect(choice(marked, [.init(id: id, isUsed: false)]) == .refused(id))
        // What cannot be told by udev may still be trusted by name.
        var unmarked = converter
        unmarked.isCandidate = false
        #expect(choice(unmarked, [.init(id: id, isUsed: true)]).isUsed)
    }

    @Test func aSectionAboutAnotherSensorSaysNothing() {
        let others = [
            SensorDeclarations.Entry(id: "usb-Maker_Belt_A10K4G-if00", isUsed: true),
            .init(id: "", isUsed: true),
            .init(id: "usb-", isUsed: true), .init(id: "/dev/ttyUSB1", isUsed: true),
        ]
        #expect(choice(converter, others) == .pending)
        #expect(choice(converter, others, paths: ["/dev/ttyUSB0"]) == .givenByHand)
    }

    /// A stranger that claims the serial number of a trusted sensor is known by its port, and waits.
    @Test func aTwinDoesNotInheritTrust() {
        var twin = converter
        twin.systemPath += "2"
        twin.node = "/dev/ttyUSB1"
        twin.links = []
        twin.portPath = "pci-usb-0:2:1.0"
        var declared = SensorDeclarations()
        declared.entries = [.init(id: converter.identity.text, isUsed: true)]
        var identities = SensorIdentities()
        let first = identities.identity(of: converter, among: [converter])
        #expect(declared.choice(for: converter, called: first).isUsed)
        let second = identities.identity(of: twin, among: [converter, twin])
        #expect(declared.choice(for: twin, called: second) == .pending)
    }

    /// Names that devices make up are told to people to be typed after sudo.
    @Test func anIdentityIsPlainWhateverADeviceCallsItself() {
        let plain = Set(
            "#+-.:=@_/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)
        var random = SplitMix64(seed: 42)
        for _ in 0..<2_000 {
            var device = converter
            device.kind = random.next() % 2 == 0 ? .serial : .hidraw
            device.serialName = HostileText.make(&random)
            device.serialNumber = HostileText.make(&random)
            device.portPath = HostileText.make(&random)
            device.interface = HostileText.make(&random)
            for identity in [device.identity.text, device.identityByPort.text] {
                #expect(identity.unicodeScalars.allSatisfy(plain.contains), "\(identity.debugDescription)")
                #expect(identity.utf8.count <= 255 && identity.contains("-"))
            }
            #expect(device.title.unicodeScalars.allSatisfy(Printable.isSafe))
        }
    }
}

/// Texts that a device might call itself to make a terminal, a shell or a file say something else.
enum HostileText {
    static let pieces = [
        "\u{1B}[2J", "\u{1B}]0;owned\u{7}", "\u{9B}31m", "\u{202E}", "\u{2066}x\u{2069}", "\r", "\u{8}\u{8}",
        "\u{7F}", "\u{FEFF}", "\u{2028}", "$(reboot)", "`id`", "'; rm x; '", "\"", "a b", "\\", "é", "[x]",
        "#", "=",
        "Belt", "7", "%s", "\u{85}", "\u{0}",
    ]

    static func make(_ random: inout SplitMix64) -> String {
        (0..<(1 + random.next() % 6)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    }
}
