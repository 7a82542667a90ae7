import LumbarCore

/// What follows from the facts, from the plug to the daemon: pure functions, so that each case is a test.
extension DoctorFacts {
    /// Every check in order.
    public var findings: [DoctorFinding] {
        var all = [plugged]
        all += converters.map(driver)
        all += missingPaths.map(missing)
        for port in ports { all += findings(on: port) }
        all += pending.map {
            DoctorFinding(
                "trust", .advice,
                Printable.text($0.title, limit: 200)
                    + " is pending: if it is a sensor of yours, have it used",
                command: $0.command)
        }
        all += grabberFindings
        all += [unit, rules, running]
        all += asked.map(holding)
        all += [folder, disk, clock]
        all += configuration
        for line in heard { all += self.line(line) }
        return all
    }

    private func findings(on port: Port) -> [DoctorFinding] {
        let perhaps: [DoctorFinding?] = [permission(port), holder(port), serviceMayOpen(port), mark(port)]
        return perhaps.compactMap { $0 }
    }

    // MARK: Sensor and kernel

    var plugged: DoctorFinding {
        if !ports.isEmpty {
            return DoctorFinding("sensor", .ok, "these are there: " + Self.list(ports.map(\.node)))
        }
        return DoctorFinding(
            "sensor", .problem,
            converters.isEmpty
                ? "no USB serial converter is plugged in, and no Bluetooth line is bound; see what the kernel saw"
                : "a converter is plugged in, but there is no serial line for it; see what the kernel says",
            command: "sudo dmesg | tail -20")
    }

    func driver(_ converter: Converter) -> DoctorFinding {
        let name = "\(Printable.text(converter.vendor)):\(Printable.text(converter.product))"
        let module =
            SerialDriver.module(vendor: converter.vendor, product: converter.product) ?? "usbserial"
        if converter.drivers.contains("usbfs"), !converter.hasPort {
            let isBrltty = grabbers.contains("brltty") || hasBrlttyRule
            return DoctorFinding(
                "driver", .problem,
                isBrltty
                    ? "brltty, for Braille displays, has taken converter \(name) from the kernel"
                    : "a program has taken converter \(name) from the kernel",
                command: isBrltty ? Self.removeBrltty : "sudo lsof /dev/bus/usb/*/*")
        }
        if converter.hasPort {
            return DoctorFinding(
                "driver", .ok, "converter \(name) has a serial line (\(module))")
        }
        if !modules.contains(module) {
            return DoctorFinding(
                "driver", .problem, "the kernel module \(module) for converter \(name) is not loaded",
                command:
                    "sudo modprobe \(module) && echo \(module) | sudo tee /etc/modules-load.d/lumbard.conf")
        }
        return DoctorFinding(
            "driver", .problem, "\(module) is loaded and has made no serial line for converter \(name)",
            command: "sudo dmesg | grep -i \(module)")
    }

    func missing(_ path: String) -> DoctorFinding {
        let path = Printable.text(path)
        return DoctorFinding(
            "node", .problem, "the configuration names \(path), which is not there",
            command: path.hasPrefix("/dev/rfcomm")
                ? "sudo rfcomm bind \(path) ADDRESS   # bluetoothctl devices shows the address"
                : "ls -l /dev/serial/by-id/")
    }

    // MARK: Permission and company

    func permission(_ port: Port) -> DoctorFinding {
        let node = Printable.text(port.node)
        let group = Printable.text(port.group)
        if user.id == 0 { return DoctorFinding("permission", .ok, "root may open \(node)") }
        if port.mayOpen { return DoctorFinding("permission", .ok, "you may open \(node)") }
        // A daemon that runs has its own way in.
        let state: DoctorFinding.State = service.isRunning ? .advice : .problem
        guard port.isSerial else {
            return DoctorFinding(
                "permission", state, "you may not open \(node); udev has yet to give it to a group",
                command: "sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=hidraw "
                    + "--subsystem-match=iio")
        }
        if port.mode & 0o060 != 0o060 {
            return DoctorFinding(
                "permission", state, "\(node) is closed to its group \(group)",
                command: "sudo chmod g+rw \(node)")
        }
        if user.storedGroups.contains(port.group), !user.sessionGroups.contains(port.group) {
            return DoctorFinding(
                "permission", state, "you are in the group \(group), but this session began before that",
                command: "exec newgrp \(group)   # or log out and in again")
        }
        return DoctorFinding(
            "permission", state, "you may not open \(node); members of the group \(group) may",
            command: "sudo usermod -aG \(group) \(Printable.text(user.name))   # then log out and in again")
    }

    func holder(_ port: Port) -> DoctorFinding? {
        let node = Printable.text(port.node)
        guard let holder = port.holder else {
            return user.id == 0 ? DoctorFinding("holder", .ok, "no program has \(node) open") : nil
        }
        if holder.name == "lumbard" { return DoctorFinding("holder", .ok, "lumbard reads \(node)") }
        let command =
            switch holder.name {
            case "gpsd": Self.stopGpsd
            case "ModemManager": "sudo systemctl restart ModemManager   # after its rule below"
            case "brltty": Self.removeBrltty
            default: "kill \(holder.process)"
            }
        return DoctorFinding("holder", .problem, "\(holder) has \(node) open", command: command)
    }

    /// The service opens devices by its groups, not by yours.
    func serviceMayOpen(_ port: Port) -> DoctorFinding? {
        guard service.hasUnit, port.isSerial, !port.group.isEmpty, port.mode & 0o006 != 0o006,
            !service.groups.contains(port.group)
        else { return nil }
        let group = Printable.text(port.group)
        return DoctorFinding(
            "service group", .problem,
            "\(Printable.text(port.node)) belongs to the group \(group), which the service is not in",
            command: "sudo mkdir -p /etc/systemd/system/lumbard.service.d && printf "
                + "'[Service]\\nSupplementaryGroups=\(group)\\n' | sudo tee "
                + "/etc/systemd/system/lumbard.service.d/group.conf && sudo systemctl daemon-reload && "
                + "sudo systemctl restart lumbard")
    }

    /// Whether the udev rules have been asked about a line that was there before them.
    func mark(_ port: Port) -> DoctorFinding? {
        guard service.hasRules, !port.isMarked, Self.ruledChips.contains(port.vendor + ":" + port.product)
        else { return nil }
        return DoctorFinding(
            "udev", .problem, "udev has not applied lumbard's rules to \(Printable.text(port.node)) yet",
            command: "sudo systemd-hwdb update && sudo udevadm control --reload && "
                + "sudo udevadm trigger --subsystem-match=tty")
    }

    /// What comes with lumbard marks: the converter chips, which are what nearly everyone has.
    static let ruledChips = [
        "1a86:7523", "1a86:7522", "1a86:5523", "1a86:55d3", "1a86:55d4", "10c4:ea60",
    ]

    var grabberFindings: [DoctorFinding] {
        var found: [DoctorFinding] = []
        if grabbers.contains("ModemManager") { found.append(modemManager) }
        if grabbers.contains("gpsd") { found.append(gpsd) }
        if let brltty { found.append(brltty) }
        if found.isEmpty {
            found.append(
                DoctorFinding("others", .ok, "neither ModemManager nor gpsd nor brltty is in the way"))
        }
        return found
    }

    private var modemManager: DoctorFinding {
        // By itself it asks lines of class CDC-ACM only whether they are a modem.
        guard let port = ports.first(where: { $0.driver == "cdc_acm" && !$0.isKeptFromModemManager }) else {
            return DoctorFinding("ModemManager", .ok, "ModemManager runs, and leaves these lines alone")
        }
        return DoctorFinding(
            "ModemManager", .problem,
            "ModemManager runs and may send modem commands to \(Printable.text(port.node))",
            command: "echo 'SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"\(Printable.text(port.vendor))\", "
                + "ATTRS{idProduct}==\"\(Printable.text(port.product))\", ENV{ID_MM_DEVICE_IGNORE}=\"1\"' | sudo tee "
                + "/etc/udev/rules.d/61-lumbard-modem.rules && sudo udevadm control --reload && "
                + "sudo udevadm trigger --subsystem-match=tty && sudo systemctl restart ModemManager")
    }

    private var gpsd: DoctorFinding {
        let claimed = ports.first { $0.claimedBy.hasPrefix("gpsdctl") || $0.holder?.name == "gpsd" }
        guard let claimed else {
            return DoctorFinding("gpsd", .ok, "gpsd runs, and has claimed none of these lines")
        }
        return DoctorFinding(
            "gpsd", .problem,
            "gpsd takes \(Printable.text(claimed.node)): its rules claim this converter for GPS receivers",
            command: Self.stopGpsd)
    }

    private var brltty: DoctorFinding? {
        guard grabbers.contains("brltty") || hasBrlttyRule else { return nil }
        let isAtRisk =
            ports.contains { $0.vendor == "1a86" && $0.product == "7523" }
            || converters.contains { $0.vendor == "1a86" && $0.product == "7523" }
        guard isAtRisk else {
            return DoctorFinding("brltty", .ok, "brltty is installed, and nothing it takes is plugged in")
        }
        return DoctorFinding(
            "brltty", .advice,
            "brltty is known to take CH340 converters (1a86:7523) for Braille displays; remove it if nobody needs it",
            command: Self.removeBrltty)
    }

    static let stopGpsd = "sudo systemctl disable --now gpsd.socket gpsd.service"
    static let removeBrltty = "sudo apt purge brltty   # then plug the sensor in again"

    static func list(_ texts: [String]) -> String {
        texts.map { Printable.text($0) }.joined(separator: ", ")
    }
}
