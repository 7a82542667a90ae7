import ArgumentParser
import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor
import LumbarSettings

/// `lumbarctl devices`: what is plugged in, and what the daemon makes of it.
struct DevicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "List serial devices and motion sensors, and say which the daemon would use, and why.",
        discussion: """
            A device is used once it is trusted: by lumbarctl device trust, by a [sensor] section or a path in the \
            configuration, or by a udev rule. Others are pending: converter chips that sensors use, among other things, are \
            listened to once after they are plugged in, to tell what they are, and HID and IIO sensors are not opened; \
            nothing is kept of either. Without privileges only your own programs are seen to have a device open.

            Built-in serial ports (/dev/ttyS0 ...), and HID devices without a sensor, are left out unless --all is given.
            """)

    @Flag(help: "Print one JSON object per device.")
    var json = false

    @Flag(name: .shortAndLong, help: "List built-in serial ports and HID devices without a sensor too.")
    var all = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The daemon's configuration.", discussion: "Default: /etc/lumbard/lumbard.conf", valueName: "file"
        ))
    var config: String?

    @OptionGroup var pager: PagerOptions

    @OptionGroup var live: LiveOptions

    func run() throws {
        try Failure.catching {
            let daemon = DaemonView(asking: live.path)
            let known = try DaemonSettings(readFrom: config)
            let plugged = try PluggedDevices(known)
            let output = pager.output
            let paths = plugged.declared.paths
            var listings = plugged.devices
                .filter { all || $0.device.isWorthListing || $0.choice.concernsUs }
                .sorted { $0.device.node < $1.device.node }
                .map { Listing($0, known) }
            for path in paths where !listings.contains(where: { $0.node == resolvedPath(path) }) {
                listings.append(Listing(givenByHand: path, known))
            }
            for place in listings.indices {
                listings[place].live = daemon.sensor(listings[place].identity, node: listings[place].node)
            }
            let listed = listings.map { resolvedPath($0.node) }
            for sensor in daemon.sensors where !listed.contains(resolvedPath(sensor.node)) {
                listings.append(Listing(read: sensor))
            }
            for listing in listings {
                if json { try output.write(line: listing.json) } else { try output.write(text: listing.text) }
            }
            if let absence = daemon.absence {
                StandardError.write("lumbarctl: what the daemon reads is not known: \(absence)")
            }
            if listings.isEmpty, !json {
                try output.write(line: "No serial devices and no motion sensors are plugged in.")
                try output.write(line: "A sensor on Bluetooth or at a fixed path:")
                try output.write(line: "  sudo lumbarctl device trust /dev/rfcomm0")
            }
            try output.close()
        }
    }
}

/// One device in the list.
private struct Listing {
    var node: String
    var device: SensorDevice?
    var identity: DeviceID
    var choice: SensorDevice.Choice
    var wearer = ""
    var role = SensorRole.lumbar
    var holder: PortHolder?
    /// What the daemon says of it; nil when it does not know it, or cannot be asked.
    var live: LiveDevice?

    init(_ plugged: PluggedDevices.Entry, _ known: DaemonSettings) {
        node = plugged.device.node
        device = plugged.device
        identity = plugged.identity
        choice = plugged.choice
        describe(known, section: plugged.section)
    }

    /// A path that udev does not know: a pseudo-terminal, or a sensor that is not plugged in.
    init(givenByHand path: String, _ known: DaemonSettings) {
        node = path
        identity = DeviceID(path)
        choice = .givenByHand
        describe(known, section: known.sensors[path])
    }

    private mutating func describe(_ known: DaemonSettings, section: SensorSettings?) {
        let name = section?.wearer ?? ""
        wearer = name.isEmpty ? known.device.wearer : name
        role = section?.role ?? .lumbar
        holder = PortHolder.find(node)
    }

    /// The line that has it used, where one is of use.
    private var lineToType: String? {
        switch choice {
        case .pending, .refused: break
        case .leftAlone: guard device?.kind == .serial else { return nil }
        case .ours, .trusted, .candidate, .givenByHand: return nil
        }
        return "sudo lumbarctl device trust " + ShellWord.quoted(identity.text)
    }

    /// A sensor that the daemon reads, by an option of its own.
    init(read sensor: LiveDevice) {
        node = sensor.node
        identity = sensor.id
        choice = .givenByHand
        wearer = sensor.wearer.text
        role = sensor.role
        holder = PortHolder.find(sensor.node)
        live = sensor
    }

    var text: String {
        var lines = [
            Printable.text(node)
                + (device.map { $0.model.isEmpty ? "" : "  " + Printable.text($0.model) } ?? "")
        ]
        if let device, !device.vendor.isEmpty {
            let serial =
                device.serialNumber.isEmpty ? "no serial number" : "serial number \(device.serialNumber)"
            lines.append(
                "usb       \(Printable.text(device.vendor)):\(Printable.text(device.product)), \(Printable.text(serial))"
            )
        }
        if let device, device.kind != .serial {
            lines.append(
                "protocol  \(device.protocolToRead)"
                    + (device.measures.map { ": " + Printable.text($0, limit: 300) } ?? ""))
        }
        let isByPort = identity == device?.identityByPort
        lines.append(
            "identity  " + Printable.text(identity.text, limit: 255)
                + (isByPort ? ", by its port: keep it there" : ""))
        for link in device?.links ?? [] { lines.append("link      " + Printable.text(link)) }
        lines.append("daemon    " + choice.reason)
        if choice.isUsed {
            lines.append("worn by   " + Printable.text(wearer) + ", role " + role.rawValue)
        }
        if let live { lines += LiveDeviceText.lines(live) }
        if let lineToType { lines.append("to use it " + lineToType) }
        if let holder { lines.append("open in   \(holder)") }
        return lines.joined(separator: "\n    ")
    }

    var json: String {
        var object = JSONObject()
        object.add("type", "plugged_device")
        object.add("node", node)
        object.add("identity", identity.text)
        object.add("used", choice.isUsed)
        object.add("trust", choice.trust)
        object.add("choice", choiceName)
        object.add("reason", choice.reason)
        if choice.isUsed {
            object.add("wearer", wearer)
            object.add("role", role.rawValue)
        }
        if let lineToType { object.add("command", lineToType) }
        if let device {
            object.add("kind", device.kind.rawValue)
            if device.kind != .serial { object.add("protocol", device.protocolToRead) }
            if let measures = device.measures { object.add("measures", measures) }
            object.add("vendor", device.vendor)
            object.add("product", device.product)
            object.add("model", device.model)
            object.add("serial", device.serialNumber)
            object.add("port", device.portPath)
            object.addRaw("links", "[" + device.links.map(JSONObject.quoted).joined(separator: ",") + "]")
        }
        if let holder {
            object.add("holder_process", Int(holder.process))
            object.add("holder_name", holder.name)
        }
        if let live { object.addRaw("live", live.json) }
        return object.text
    }

    private var choiceName: String {
        switch choice {
        case .ours: "ours"
        case .trusted: "section"
        case .candidate: "candidate"
        case .pending: "pending"
        case .givenByHand: "given"
        case .refused: "refused"
        case .leftAlone: "left_alone"
        }
    }
}
