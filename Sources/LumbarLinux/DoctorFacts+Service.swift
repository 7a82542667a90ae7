import LumbarCore

/// What follows from the facts about the daemon itself.
extension DoctorFacts {
    var unit: DoctorFinding {
        service.hasUnit
            ? DoctorFinding("service", .ok, "lumbard.service is installed")
            : DoctorFinding(
                "service", .problem, "lumbard.service is not installed",
                command: "make release && sudo make install   # in the folder of the sources")
    }

    var rules: DoctorFinding {
        service.hasRules
            ? DoctorFinding("udev rules", .ok, "lumbard's udev rules are installed")
            : DoctorFinding(
                "udev rules", .problem,
                "lumbard's udev rules are not installed: no sensor is found by itself",
                command: "make release && sudo make install   # in the folder of the sources")
    }

    var running: DoctorFinding {
        if service.isRunning {
            guard service.hasUnit, !service.isEnabled else {
                return DoctorFinding("daemon", .ok, "lumbard runs")
            }
            return DoctorFinding(
                "daemon", .advice, "lumbard runs, and does not start with the system",
                command: "sudo systemctl enable lumbard")
        }
        return DoctorFinding(
            "daemon", .problem, "lumbard does not run",
            command: "sudo systemctl enable --now lumbard   # and: journalctl -u lumbard -n 20")
    }

    /// Nothing is wrong with what was asked for, but who forgot it wonders at the silence.
    func holding(_ asked: Asked) -> DoctorFinding {
        let whose = asked.wearer.isEmpty ? "" : Printable.text(asked.wearer, limit: 64) + ": "
        let until = Printable.text(asked.until, limit: 40)
        let text =
            asked.isPause
            ? "a pause was asked for until \(until): the sensors are closed and nothing is measured"
            : "a snooze was asked for until \(until): nothing but possible falls is told"
        return DoctorFinding(
            asked.isPause ? "pause" : "snooze", .advice, whose + text, command: asked.command)
    }

    // MARK: History

    var folder: DoctorFinding {
        let path = Printable.text(state.path)
        guard state.exists else {
            return DoctorFinding("history", .ok, "\(path) is made when the service starts first")
        }
        if state.owner != "lumbard" {
            return DoctorFinding(
                "history", .problem, "\(path) belongs to \(Printable.text(state.owner)), and not to lumbard",
                command: "sudo chown -R lumbard:lumbard \(path)")
        }
        guard state.isWritable else {
            return DoctorFinding(
                "history", .problem, "\(path) cannot be written to", command: "sudo chmod u+rwx \(path)")
        }
        return DoctorFinding("history", .ok, "\(path) can be written to")
    }

    /// A day's history is a few megabytes; under 20 the database may not be able to grow at all.
    var disk: DoctorFinding {
        let megabytes = state.freeBytes >> 20
        let text = "\(megabytes) MB are free for the history"
        let command = "sudo journalctl --vacuum-size=100M && sudo apt clean"
        if megabytes < 20 { return DoctorFinding("disk", .problem, text, command: command) }
        if megabytes < 200 { return DoctorFinding("disk", .advice, text, command: command) }
        return DoctorFinding("disk", .ok, text)
    }

    var clock: DoctorFinding {
        isClockSynchronized
            ? DoctorFinding("clock", .ok, "the clock is synchronised")
            : DoctorFinding(
                "clock", .advice,
                "the clock is not synchronised: durations are right all the same, times of day may not be",
                command: "sudo timedatectl set-ntp true")
    }

    var configuration: [DoctorFinding] {
        guard isConfigurationReadable else {
            return [
                DoctorFinding(
                    "configuration", .advice, "you may not read the configuration",
                    command: "sudo lumbarctl doctor")
            ]
        }
        guard !configurationErrors.isEmpty else {
            return [DoctorFinding("configuration", .ok, "nothing is wrong with the configuration")]
        }
        return configurationErrors.map {
            DoctorFinding(
                "configuration", .problem, Printable.text($0, limit: 500), command: "lumbarctl config check")
        }
    }

    // MARK: The line, listened to

    func line(_ heard: Heard) -> [DoctorFinding] {
        let node = Printable.text(heard.node)
        var found: [DoctorFinding] = []
        if heard.wasCooked {
            found.append(
                DoctorFinding(
                    "line mode", .advice,
                    "\(node) was in cooked mode, which swallows bytes; lumbard sets it right, other programs may not",
                    command: "stty -F \(node) raw -echo"))
        }
        guard !heard.protocolName.isEmpty else {
            return found + [
                DoctorFinding(
                    "sensor speaks", .problem,
                    "nothing known speaks on \(node): " + Printable.text(heard.reason, limit: 300),
                    command: "lumbarctl sniff \(node)")
            ]
        }
        let what = "\(Printable.text(heard.protocolName)) at \(heard.baud) baud on \(node)"
        found.append(
            heard.isBaudTried
                ? DoctorFinding("sensor speaks", .ok, what)
                : DoctorFinding(
                    "sensor speaks", .problem, what + ", a rate that the configuration does not try",
                    command: "printf '[device]\\nbaud=\(heard.baud)\\n' | sudo tee "
                        + "/etc/lumbard/lumbard.conf.d/baud.conf && sudo systemctl reload lumbard"))
        guard let g = heard.restG else { return found }
        let text = "|a| at rest is \(DecimalText.fixed(g, 3)) g on \(node)"
        found.append(
            (0.8...1.2).contains(g)
                ? DoctorFinding("scale", .ok, text)
                : DoctorFinding(
                    "scale", .problem,
                    text + " and must be 1: the sensor is out of order, or its unit is declared wrong",
                    command: "lumbarctl sniff \(node)"))
        return found
    }
}
