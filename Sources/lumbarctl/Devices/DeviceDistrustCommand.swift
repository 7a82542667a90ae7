import ArgumentParser
import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// `lumbarctl device distrust`: takes back what `trust` wrote.
struct DeviceDistrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distrust",
        abstract: "Have the daemon use a sensor no longer.",
        discussion: """
            Removes what lumbarctl device trust wrote. What is declared elsewhere is for you to change: it is named with file \
            and line. With --never, use = no is written instead, and the sensor is not even listened to.

            Exit status: 0 done, 1 it is declared elsewhere too, 66 nothing of that name is known, 73 it cannot be \
            written, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The sensor, as lumbarctl devices shows it, or its path.", valueName: "id"))
    var id: String

    @Flag(help: "Never use it and never listen to it.")
    var never = false

    @OptionGroup var place: TrustPlace

    func run() throws {
        try Failure.catching {
            let known = try DaemonConfiguration(place.config, isRequired: false)
            let plugged = try PluggedDevices(known.settings)
            let name = try name(plugged, known)
            let files = place.files(name)
            guard files.mayWrite(withRule: false) else { throw place.notAllowed }
            let removed = try files.remove()
            if never {
                let title = plugged.device(named: name)?.device.title ?? ""
                try files.write(section: files.text(title: title, [(key: "use", value: "no")]), rule: nil)
            }
            try finish(files, removed)
        }
    }

    /// The name under which something is declared, or plugged in.
    private func name(_ plugged: PluggedDevices, _ known: DaemonConfiguration) throws -> String {
        if let reason = SensorSettings.refusal(of: id) { throw Failure(.usage, reason) }
        if known.settings.sensors[id] != nil { return id }
        if let found = plugged.device(named: id) { return plugged.section(of: found) ?? found.identity.text }
        if known.settings.declarations.paths.contains(id) { return id }
        let declared = known.settings.sensors.elements.map(\.argument)
        let names = declared.isEmpty ? "" : ". Declared: " + declared.joined(separator: ", ")
        throw Failure(.noInput, plugged.nothingCalled(id) + names)
    }

    private func finish(_ files: TrustFiles, _ removed: [String]) throws {
        if removed.contains(files.rule), place.hasStandardRules { ServiceReload.applyRules() }
        let known = try DaemonConfiguration(place.config, isRequired: false, tellsErrors: false)
        let outcome = place.reload(known)
        let elsewhere = try elsewhere(files, known)
        let out = StandardOutput()
        if place.isJSON {
            var object = JSONObject()
            object.add("type", "device_distrust")
            object.add("identity", files.id)
            object.add("never", never)
            let list: ([String]) -> String = { "[" + $0.map(JSONObject.quoted).joined(separator: ",") + "]" }
            object.addRaw("removed", list(removed))
            object.addRaw("declared_elsewhere", list(elsewhere))
            object.add("service", outcome.rawValue)
            try out.write(line: object.text)
        } else {
            let name = Printable.text(files.id, limit: 255)
            let what =
                never
                ? "\(name) is never used or listened to from now on."
                : removed.isEmpty
                    ? "\(name): there was nothing to take back."
                    : "\(name) is trusted no longer."
            try out.write(line: what + (removed.isEmpty && !never ? "" : " " + outcome.text))
            for place in elsewhere {
                try out.write(line: "It is still declared: " + Printable.text(place, limit: 500))
            }
        }
        try out.flush()
        try place.refuse(known)
        if !elsewhere.isEmpty { throw ExitCode(1) }
    }

    /// Where else it is said to be used.
    private func elsewhere(_ files: TrustFiles, _ known: DaemonConfiguration) throws -> [String] {
        let section = known.settings.sensors[files.id]
        if section?.use == false { return [] }
        var places = known.loader.origins(ofSection: "sensor " + files.id).map(\.description)
        if known.settings.device.path.contains(files.id) {
            let value = known.loader.values.first { $0.section == "device" && $0.key == "path" }
            places.append("\(value?.origin?.description ?? "the configuration"), path under [device]")
        }
        let found = try PluggedDevices(known.settings).device(named: files.id)
        if let found, found.choice == .ours { places.append("a udev rule sets ID_LUMBARD=1 for it") }
        if let found, found.choice == .candidate { places.append("trust = all under [device]") }
        return places
    }
}

extension PluggedDevices {
    /// What the section about a device is called; nil when there is none.
    func section(of entry: Entry) -> String? {
        declared.entry(for: entry.device, called: entry.identity)?.id
    }
}
