import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor

/// What the command line says.
struct Options: Equatable {
    /// A sensor given by its path.
    struct Line: Equatable {
        var path: String
        var protocolName: String?
        var baud: Int?
        var mount: Mount?
        var wearer: String?
        var role: SensorRole?
    }

    /// Where programs connect to, to ask and to look on.
    enum Socket: Equatable {
        /// What systemd hands over, or else in the directory it made.
        case standard
        case path(String)
        case none
    }

    /// What to do.
    enum Action: Equatable {
        case run, checkConfiguration, showVersion, showHelp
    }

    var action = Action.run
    /// The configuration, or nil for the usual place, where it may be missing.
    var configuration: String?
    var lines: [Line] = []
    var stateDirectory: String?
    var recording: String?
    var transcript: String?
    var socket = Socket.standard
    var usesUdev = true
    var usesJournal = true

    /// Reads the arguments, the program's name left off.
    init(_ arguments: [String]) throws(Refusal) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            var name = argument
            var attached: String?
            if argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") {
                name = String(argument[..<equals])
                attached = String(argument[argument.index(after: equals)...])
            }
            // Decided before the value is taken, so that a missing value is named by its option.
            switch name {
            case "--help", "-h": action = .showHelp
            case "--version", "-V": action = .showVersion
            case "--check-config": action = .checkConfiguration
            case "--no-udev": usesUdev = false
            case "--no-journal": usesJournal = false
            case "--config", "-c": configuration = try Options.value(of: name, attached, &rest)
            case "--device", "-d": try addLine(try Options.value(of: name, attached, &rest))
            case "--state-directory": stateDirectory = try Options.value(of: name, attached, &rest)
            case "--record": recording = try Options.value(of: name, attached, &rest)
            case "--socket":
                let value = try Options.value(of: name, attached, &rest)
                socket = value == "none" ? .none : .path(value)
            case "--transcript": transcript = try Options.value(of: name, attached, &rest)
            default:
                throw Options.misuse(
                    name.hasPrefix("-")
                        ? "there is no option \(Printable.text(name))"
                        : "\(Printable.text(name)) is not an option; a sensor is given with --device \(Printable.text(name))"
                )
            }
        }
    }

    private static func value(
        of name: String, _ attached: String?, _ rest: inout ArraySlice<String>
    ) throws(Refusal) -> String {
        if let attached, !attached.isEmpty { return attached }
        // No value begins with a dash: a path can be written as ./-odd.
        guard attached == nil, let next = rest.first, !next.isEmpty, !next.hasPrefix("-") else {
            throw misuse("\(name) wants a value")
        }
        return rest.removeFirst()
    }

    private static func misuse(_ reason: String) -> Refusal {
        Refusal(.usage, "\(reason); see lumbard --help")
    }

    /// Refuses protocols that are not known.
    func check(_ decoders: DecoderCatalog) throws(Refusal) {
        for line in lines {
            guard let name = line.protocolName, decoders.make(name) == nil else { continue }
            let names = decoders.names.joined(separator: ", ")
            throw Options.misuse(
                "--device \(Printable.text(line.path)): there is no protocol \(Printable.text(name)); there are \(names)"
            )
        }
    }

    private mutating func addLine(_ text: String) throws(Refusal) {
        let line = try Line(text)
        guard !lines.contains(where: { $0.path == line.path }) else {
            throw Options.misuse("\(Printable.text(line.path)) is given twice")
        }
        lines.append(line)
    }
}

extension Options.Line {
    /// Reads `PATH[,protocol=NAME][,baud=RATE][,mount=up=AXIS[,forward=AXIS]][,wearer=NAME][,role=ROLE]`.
    init(_ text: String) throws(Refusal) {
        var parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)[...]
        path = parts.popFirst() ?? ""
        guard !path.isEmpty else { throw Self.wrong(text, "it has no path") }
        while let part = parts.popFirst() {
            guard let equals = part.firstIndex(of: "=") else {
                throw Self.wrong(text, "\(part) is not KEY=VALUE")
            }
            let value = String(part[part.index(after: equals)...])
            switch part[..<equals] {
            case "protocol":
                // Whether there is one is known when the profiles have been read.
                protocolName = value
            case "baud":
                guard let rate = Int(value), (300...4_000_000).contains(rate) else {
                    throw Self.wrong(text, "a rate is 300 to 4000000 bits per second")
                }
                baud = rate
            case "mount":
                // A mount has a comma of its own: up=-y,forward=+z.
                var whole = value
                if let next = parts.first, next.hasPrefix("forward=") {
                    whole += "," + next
                    parts = parts.dropFirst()
                }
                guard let read = Mount(whole) else {
                    throw Self.wrong(text, "a mount is like up=-y,forward=+z")
                }
                mount = read
            case "wearer":
                guard !value.isEmpty else { throw Self.wrong(text, "a wearer has a name") }
                if let reason = SensorSettings.refusal(ofWearer: value) { throw Self.wrong(text, reason) }
                wearer = value
            case "role":
                guard let read = SensorRole(rawValue: value) else {
                    let words = SensorRole.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Self.wrong(text, "a role is one of \(words)")
                }
                role = read
            default:
                throw Self.wrong(text, "\(part[..<equals]) is none of protocol, baud, mount, wearer, role")
            }
        }
    }

    private static func wrong(_ text: String, _ reason: String) -> Refusal {
        Refusal(.usage, "--device \(Printable.text(text)): \(Printable.text(reason)); see lumbard --help")
    }
}
