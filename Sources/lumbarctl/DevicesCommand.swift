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
            A device is used when a udev rule says that it is a sensor, or when its path is in the configuration; \
            converter chips that sensors use, among other things, are listened to once after they are plugged in. \
            Without privileges only your own programs are seen to have a device open.

            HID and IIO sensors are used only when a rule or the configuration says that somebody wears them: tablets and \
            laptops have such sensors too.

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

    @OptionGroup var live: LiveOptions

    func run() throws {
        try Failure.catching {
            let daemon = DaemonView(asking: live.path)
            let known = try DeviceSettings(readFrom: config)
            let given = known.path.map(resolvedPath)
            let output = StandardOutput()
            let found: [SensorDevice]
            do throws(SystemError) {
                found = try DeviceWatcher.list()
            } catch {
                throw Failure(.system, error.description)
            }
            var identities = SensorIdentities.stored(in: HistoryOptions.standardFolder)
            var listings = found.filter { all || $0.isWorthListing || given.contains($0.node) }
                .sorted { $0.node < $1.node }
                .map { device in
                    Listing(
                        node: device.node, device: device,
                        identity: identities.identity(of: device, among: found),
                        choice: device.choice(adopt: known.adopt, pathsGiven: given).unless(
                            device.whyNotRead),
                        holder: PortHolder.find(device.node))
                }
            for path in known.path where !listings.contains(where: { $0.node == resolvedPath(path) }) {
                listings.append(Listing(givenByHand: path))
            }
            for place in listings.indices {
                listings[place].live = daemon.sensor(listings[place].identity, node: listings[place].node)
            }
            let listed = listings.map { resolvedPath($0.node) }
            for sensor in daemon.sensors where !listed.contains(resolvedPath(sensor.node)) {
                listings.append(Listing(read: sensor))
            }
            for listing in listings { try output.write(line: json ? listing.json : listing.text) }
            if let absence = daemon.absence {
                StandardError.write("lumbarctl: what the daemon reads is not known: \(absence)")
            }
            if listings.isEmpty, !json {
                try output.write(line: "No serial devices and no motion sensors are plugged in.")
                try output.write(
                    line:
                        "A sensor on Bluetooth or at a fixed path: set path under [device] in the configuration."
                )
            }
            try output.flush()
        }
    }
}

extension DeviceSettings {
    /// What the daemon's configuration says about sensors; its other sections are read and left alone.
    init(readFrom path: String?) throws {
        let monitor = MonitorSettings()
        var daemon = DaemonSettings()
        daemon.device.decoders = try KnownProtocols.catalog()
        var loader = ConfigLoader(sections: monitor.sections + daemon.sections)
        do throws(SystemError) {
            let files = try ConfigurationFiles.read(
                path ?? ConfigurationFiles.standardPath, isRequired: path != nil)
            for file in files { loader.load(file: file.path, bytes: file.bytes) }
        } catch {
            // The daemon's own configuration may be closed to others; the built-in values are then the best guess.
            if path != nil { throw Failure(.configuration, error.description) }
            StandardError.write("lumbarctl: warning: \(error); the built-in values are used")
        }
        loader.finish()
        for error in loader.errors {
            StandardError.write("lumbarctl: warning: " + Printable.text(error.description, limit: 500))
        }
        self = daemon.device
    }
}

/// One device in the list.
private struct Listing {
    var node: String
    var device: SensorDevice?
    var identity: DeviceID
    var choice: SensorDevice.Choice
    var holder: PortHolder?
    /// What the daemon says of it; nil when it does not know it, or cannot be asked.
    var live: LiveDevice?

    init(
        node: String, device: SensorDevice?, identity: DeviceID, choice: SensorDevice.Choice,
        holder: PortHolder?
    ) {
        self.node = node
        self.device = device
        self.identity = identity
        self.choice = choice
        self.holder = holder
    }

    /// A path that udev does not know: a pseudo-terminal, or a sensor that is not plugged in.
    init(givenByHand path: String) {
        self.init(
            node: path, device: nil, identity: DeviceID(path), choice: .givenByHand,
            holder: PortHolder.find(path))
    }

    /// A sensor that the daemon reads, by an option of its own.
    init(read sensor: LiveDevice) {
        self.init(
            node: sensor.node, device: nil, identity: sensor.id, choice: .givenByHand,
            holder: PortHolder.find(sensor.node))
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
            lines.append("protocol  \(device.protocolToRead)" + (device.measures.map { ": " + $0 } ?? ""))
        }
        let isByPort = identity == device?.identityByPort
        lines.append(
            "identity  " + Printable.text(identity.text) + (isByPort ? ", by its port: keep it there" : ""))
        for link in device?.links ?? [] { lines.append("link      " + Printable.text(link)) }
        lines.append("daemon    " + choice.reason)
        if let device, case .leftAlone = choice, device.measures != nil {
            lines.append("to use it " + device.ruleToType)
        }
        if let live { lines += LiveDeviceText.lines(live) }
        if let holder { lines.append("open in   \(holder)") }
        return lines.joined(separator: "\n    ")
    }

    var json: String {
        var object = JSONObject()
        object.add("node", node)
        object.add("identity", identity.text)
        object.add("used", choice.isOpened)
        object.add("choice", choiceName)
        object.add("reason", choice.reason)
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
        case .candidate: "candidate"
        case .givenByHand: "given"
        case .leftAlone: "left_alone"
        }
    }
}
