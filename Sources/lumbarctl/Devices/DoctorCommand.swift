import ArgumentParser
import Glibc
import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarReport
import LumbarSettings

/// `lumbarctl doctor`: everything between a plugged sensor and a daemon that reads it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check everything between a plugged sensor and a running daemon, and say what to type.",
        discussion: """
            One line per check: ok, advice or problem, and below it the line to type where there is one. Nothing is \
            changed, and no device is opened unless --listen is given. As root it sees more: which program of another \
            user has a line open, and the history's folder.

            Exit status: 0 nothing needs doing, 1 something does.
            """)

    @Flag(
        help:
            "Listen to each free line as lumbarctl sniff does; opening a line may restart a board behind it.")
    var listen = false

    @Flag(help: "Print one JSON object per check.")
    var json = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The daemon's configuration.", discussion: "Default: /etc/lumbard/lumbard.conf", valueName: "file"
        ))
    var config: String?

    @Option(help: ArgumentHelp("Where the history is.", valueName: "folder"))
    var stateDirectory = "/var/lib/lumbard"

    @Option(
        help: ArgumentHelp(
            "Look at the system below this folder, such as a mounted card.", valueName: "folder"))
    var root: String?

    func validate() throws {
        guard root == nil || !listen else { throw ValidationError("--listen is for the running system") }
    }

    func run() throws {
        try Failure.catching {
            let findings = try facts().findings
            let output = StandardOutput()
            for finding in findings {
                if json {
                    try output.write(line: Self.json(finding))
                    continue
                }
                for line in Self.lines(finding) {
                    // What is to be typed stays whole, to be copied.
                    let isCommand = line.hasPrefix(Self.command)
                    if isCommand { try output.write(line: line) } else { try output.write(text: line) }
                }
            }
            try output.flush()
            if findings.contains(where: { $0.state == .problem }) { throw ExitCode(1) }
        }
    }

    private func facts() throws -> DoctorFacts {
        let tree = SystemTree(root: root ?? "")
        if root != nil, !tree.exists("/") { throw Failure(.noInput, "\(tree.root): there is no such folder") }
        let monitor = MonitorSettings()
        let daemon = DaemonSettings(decoders: try KnownProtocols.catalog())
        var loader = ConfigLoader(sections: monitor.sections + daemon.sections)
        var isReadable = true
        do throws(SystemError) {
            let path = config ?? tree.path(ConfigurationFiles.standardPath)
            for file in try ConfigurationFiles.read(path, isRequired: config != nil) {
                loader.load(file: file.path, bytes: file.bytes)
            }
        } catch {
            guard error.isPermission, config == nil else { throw Failure(error, otherwise: .noInput) }
            isReadable = false
        }
        loader.finish()
        var facts = DoctorFacts(
            from: tree, configuredPaths: daemon.declarations.paths, statePath: stateDirectory)
        facts.asked = AskedFacts.gather(
            socket: tree.isLive ? LiveOptions.standardPath : nil,
            history: tree.path(stateDirectory) + "/lumbard.db")
        facts.isConfigurationReadable = isReadable
        facts.configurationErrors = loader.errors.map(\.description)
        if tree.isLive, let plugged = try? PluggedDevices(daemon) {
            facts.pending = plugged.worthNaming.filter { $0.choice == .pending }.map {
                DoctorFacts.Pending(
                    title: $0.device.title,
                    command: "sudo lumbarctl device trust " + ShellWord.quoted($0.identity.text))
            }
        }
        if listen {
            for port in facts.ports where port.isSerial && port.holder == nil && port.mayOpen {
                if let heard = Self.hear(port.node, daemon.device) { facts.heard.append(heard) }
            }
        }
        return facts
    }

    /// Listens to a line; nil when it cannot be opened, which other checks have words for.
    private static func hear(_ node: String, _ settings: DeviceSettings) -> DoctorFacts.Heard? {
        var heard = DoctorFacts.Heard(node: node)
        heard.wasCooked = SerialPort.isCooked(node)
        // A rate the configuration leaves out is tried last, to be able to name it.
        let tried = SniffCommand.rates(for: node, settings)
        let rates = tried + DeviceSettings().baud.filter { !tried.contains($0) }
        guard let sniffer = try? Sniffer(path: node, baud: rates[0], KnownProtocols.catalog()),
            let attempts = try? sniffer.run(rates: rates, seconds: 2), let last = attempts.last
        else { return nil }
        heard.reason = last.likelyReasons.first ?? ""
        guard let decoder = last.decoder else { return heard }
        heard.protocolName = decoder.protocolName
        heard.baud = last.baud ?? 0
        heard.isBaudTried = tried.contains(heard.baud)
        heard.restG = last.readings.restG
        return heard
    }

    private static let command = "         type: "

    private static func lines(_ finding: DoctorFinding) -> [String] {
        let state = finding.state.rawValue
        let line =
            state + String(repeating: " ", count: 9 - state.count) + finding.check + ": " + finding.text
        return finding.command.isEmpty ? [line] : [line, command + finding.command]
    }

    private static func json(_ finding: DoctorFinding) -> String {
        var object = JSONObject()
        object.add("type", "check")
        object.add("check", finding.check)
        object.add("state", finding.state.rawValue)
        object.add("text", finding.text)
        if !finding.command.isEmpty { object.add("command", finding.command) }
        return object.text
    }
}
