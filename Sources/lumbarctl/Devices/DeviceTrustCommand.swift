import ArgumentParser
import Glibc
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// `lumbarctl device trust`: from now on, what this sensor sends is used.
struct DeviceTrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Have the daemon use a sensor from now on, and say who wears it and where.",
        discussion: """
            ID is the identity that lumbarctl devices shows, or the path of its line. What is written is shown first: a \
            [sensor] section in a file of its own under \(ConfigurationFiles.standardPath).d, and for HID and IIO sensors a \
            udev rule that lets the service open it. Then the running service is asked to read its configuration again.

            Typed again with other options, it replaces what it wrote before. lumbarctl device distrust takes it back.

            Exit status: 0 done, 64 it cannot be meant, 65 it is no sensor, 66 nothing of that name is plugged in, 69 you said no, 73 it cannot \
            be written, 77 not allowed, 78 the configuration has errors.
            """)

    @Argument(help: ArgumentHelp("The sensor.", valueName: "id"))
    var id: String

    @Option(
        help: ArgumentHelp("Who wears it.", discussion: "Default: wearer under [device].", valueName: "name"))
    var wearer: String?

    @Option(
        help: ArgumentHelp(
            "Where: \(SensorRole.allCases.map(\.rawValue).joined(separator: ", ")).",
            discussion: "Default: lumbar.",
            valueName: "role"))
    var role: String?

    @Option(help: ArgumentHelp("How it sits, such as up=-y,forward=+z.", valueName: "axes"))
    var mount: String?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp("What it speaks.", discussion: "Default: found by listening.", valueName: "name"))
    var protocolName: String?

    @Option(
        help: ArgumentHelp(
            "Its rate in bits per second.", discussion: "Default: found by listening.", valueName: "rate"))
    var baud: Int?

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Also when nothing of that name is plugged in now.")
    var notPluggedIn = false

    @OptionGroup var place: TrustPlace

    func run() throws {
        try Failure.catching {
            let known = try DaemonConfiguration(place.config, isRequired: false)
            let plugged = try PluggedDevices(known.settings)
            let found = plugged.device(named: id)
            try refuseWhatCannotBeRead(found)
            let files = place.files(try name(found, plugged))
            let text = files.text(title: found?.device.title ?? "", values)
            try check(text, files)
            let rule = found?.device.accessRule
            guard files.mayWrite(withRule: rule != nil) else { throw place.notAllowed }
            if !place.isJSON || !yes { show(files, text, rule) }
            guard try yes || confirmed() else { throw Failure(.unavailable, "nothing was written") }
            try files.write(section: text, rule: rule)
            try finish(files, rule, found)
        }
    }

    /// A keyboard is a HID device, too, and no rule of ours is to open one.
    private func refuseWhatCannotBeRead(_ found: PluggedDevices.Entry?) throws {
        guard let device = found?.device, device.kind != .serial, let reason = device.whyNotRead,
            !device.parts.contains(where: \.measuresMotion)
        else { return }
        throw Failure(.data, "\(device.title): \(reason)")
    }

    /// The identity to write: a device's own, or the path of a line that has none.
    private func name(_ found: PluggedDevices.Entry?, _ plugged: PluggedDevices) throws -> String {
        if let reason = SensorSettings.refusal(of: id) { throw Failure(.usage, reason) }
        guard let found else {
            // A line that udev has nothing to say about is called by its path.
            if SensorSettings.isPath(id), access(id, F_OK) == 0 || notPluggedIn { return id }
            guard notPluggedIn else {
                let reason = plugged.nothingCalled(id)
                throw Failure(.noInput, reason + ". With --not-plugged-in it is declared all the same")
            }
            return id
        }
        if id == found.device.identityByPort.text { return id }
        let isNameless = found.identity.text.hasPrefix("sys-")
        return isNameless && SensorSettings.isPath(id) ? id : found.identity.text
    }

    private var values: [(key: String, value: String)] {
        var values = [("use", "yes")]
        if let wearer { values.append(("wearer", wearer)) }
        if let role { values.append(("role", role)) }
        if let mount { values.append(("mount", mount)) }
        if let protocolName { values.append(("protocol", protocolName)) }
        if let baud { values.append(("baud", String(baud))) }
        return values.map { (key: $0.0, value: $0.1) }
    }

    /// Has the daemon's own reader judge what would be written: what it would refuse is not written.
    private func check(_ text: String, _ files: TrustFiles) throws {
        for value in values.map(\.value) where !value.unicodeScalars.allSatisfy(Printable.isSafe) {
            throw Failure(.usage, "\(Printable.text(value)) has control characters in it")
        }
        if wearer?.isEmpty == true { throw Failure(.usage, "a wearer has a name") }
        let settings = DaemonSettings(decoders: try KnownProtocols.catalog())
        var loader = ConfigLoader(sections: settings.sections)
        loader.load([(path: "what would be written", text: text)])
        guard let first = loader.errors.first else { return }
        throw Failure(.usage, "--\(first.subject.split(separator: ".").last ?? ""): \(first.reason)")
    }

    private func show(_ files: TrustFiles, _ text: String, _ rule: String?) {
        var lines = [files.section + ":"] + indented(text)
        if let rule { lines += [files.rule + ":"] + indented(files.text(rule: rule)) }
        for line in lines { StandardError.write(Printable.text(line, limit: 1000)) }
    }

    private func indented(_ text: String) -> [String] { text.split(separator: "\n").map { "    " + $0 } }

    private func confirmed() throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(
                .usage, "nothing was written, as there is nobody to ask; say --yes if that is what you want")
        }
        StandardError.put("Write this? [y/N] ")
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }

    private func finish(_ files: TrustFiles, _ rule: String?, _ found: PluggedDevices.Entry?) throws {
        if rule != nil, place.hasStandardRules { ServiceReload.applyRules() }
        let known = try DaemonConfiguration(place.config, isRequired: false, tellsErrors: false)
        let outcome = place.reload(known)
        // A file that comes later, by its name, may say otherwise.
        let isUsed = known.settings.sensors[files.id]?.use ?? false
        let out = StandardOutput()
        if place.isJSON {
            var object = JSONObject()
            object.add("type", "device_trust")
            object.add("identity", files.id)
            object.add("trusted", isUsed)
            let written = [files.section] + (rule == nil ? [] : [files.rule])
            object.addRaw("written", "[" + written.map(JSONObject.quoted).joined(separator: ",") + "]")
            object.add("service", outcome.rawValue)
            try out.write(line: object.text)
        } else {
            let name = Printable.text(files.id, limit: 255)
            try out.write(line: "\(name) is \(isUsed ? "trusted" : "declared") now. " + outcome.text)
        }
        try out.flush()
        if found?.choice == .givenByHand, files.id != id || !SensorSettings.isPath(id) {
            let path = known.loader.values.first { $0.section == "device" && $0.key == "path" }?.origin?
                .description
            StandardError.write(
                "\(path ?? "Something else") gives its path, which goes before this: take it out there.")
        }
        try place.refuse(known)
        guard !isUsed else { return }
        let later = known.loader.values.first { $0.section == "sensor " + files.id && $0.key == "use" }
        throw Failure(
            .configuration,
            "\(later?.origin?.description ?? "another file") is read later and says use = no; correct it there"
        )
    }
}
