import ArgumentParser
import Glibc
import LumbarCore
import LumbarDecoders
import LumbarMonitor

/// `lumbarctl device`: one sensor, by its path.
struct DeviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device", abstract: "Trust a sensor or no longer, or change its own settings.",
        subcommands: [DeviceTrustCommand.self, DeviceDistrustCommand.self, DeviceConfigureCommand.self])
}

/// `lumbarctl device configure`: the settings that a WitMotion sensor keeps itself.
struct DeviceConfigureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configure",
        abstract: "Set what a WitMotion sensor sends: rate, frames, baud, bandwidth.",
        discussion: """
            This is the only command that writes to a sensor. It shows every byte first and asks; everything is read \
            back afterwards. Stop the daemon before: sudo systemctl stop lumbard.

            Frames: \(WitMotionOutput.names.joined(separator: ", ")). lumbard needs acc and gyro, and compares angle.

            Exit status: 0 everything took effect, 1 something did not, 64 it cannot be meant (the line cannot carry \
            it), 65 no WitMotion sensor answers, 66 no such device, 69 another program has it or you said no, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The serial line.", valueName: "path"), completion: .file())
    var path: String

    @Option(
        help: ArgumentHelp(
            "Samples per second: \(WitMotionSetting.rates.map { DecimalText.fixed($0.hz, $0.hz < 1 ? 1 : 0) }.joined(separator: ", ")).",
            valueName: "hz"))
    var rate: Double?

    @Option(help: ArgumentHelp("The frames of a sample, such as acc,gyro,angle.", valueName: "names"))
    var output: String?

    @Option(help: ArgumentHelp("The line's bits per second from now on.", valueName: "rate"))
    var baud: Int?

    @Option(
        help: ArgumentHelp(
            "The width of its low-pass filter: \(WitMotionSetting.bandwidths.map(String.init).joined(separator: ", ")).",
            valueName: "hz"))
    var bandwidth: Int?

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            "The line's bits per second now.", discussion: "Default: found by listening.", valueName: "rate"))
    var presentBaud: Int?

    @Flag(help: "Only show what would be sent; the line is not opened.")
    var dryRun = false

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Print the outcome as one JSON object.")
    var json = false

    func validate() throws {
        guard rate != nil || output != nil || baud != nil || bandwidth != nil else {
            throw ValidationError("nothing to set: give --rate, --output, --baud or --bandwidth")
        }
        if let rate, !WitMotionSetting.rates.contains(where: { $0.hz == rate }) {
            throw ValidationError("--rate: a sensor knows \(Self.list(WitMotionSetting.rates.map(\.hz))) Hz")
        }
        if let output {
            guard let set = WitMotionOutput(names: output) else {
                throw ValidationError(
                    "--output: the frames are \(WitMotionOutput.names.joined(separator: ", "))")
            }
            guard set.contains(.acceleration) else {
                throw ValidationError("--output: without acc there is nothing to measure with")
            }
        }
        for value in [baud, presentBaud] where value != nil {
            guard WitMotionSetting.bauds.contains(where: { $0.rate == value }) else {
                let known = WitMotionSetting.bauds.map { "\($0.rate)" }.joined(separator: ", ")
                throw ValidationError("a sensor knows \(known) baud")
            }
        }
        if let bandwidth, !WitMotionSetting.bandwidths.contains(bandwidth) {
            let known = WitMotionSetting.bandwidths.map(String.init).joined(separator: ", ")
            throw ValidationError("--bandwidth: a sensor knows \(known) Hz")
        }
    }

    private static func list(_ values: [Double]) -> String {
        values.map { DecimalText.fixed($0, $0 < 1 ? 1 : 0) }.joined(separator: ", ")
    }

    func run() throws {
        try Failure.catching {
            if dryRun { return try show(ConfigurePlan(changes, baud: presentBaud)) }
            guard yes || isatty(STDIN_FILENO) == 1 else {
                throw Failure(
                    .usage, "nobody can be asked here: --yes sends it unasked, --dry-run only shows it")
            }
            let sensor = try SensorConversation(path: path, baud: presentBaud ?? DeviceSettings().baud[0])
            if presentBaud == nil, try !sensor.find(DeviceSettings().baud) {
                throw Failure(
                    .data,
                    "\(path): no WitMotion sensor is understood at any rate, and nothing was sent; "
                        + "lumbarctl sniff \(path) says what comes, and one that sends slowly needs --at")
            }
            let plan = ConfigurePlan(changes, baud: sensor.baud)
            if !json { try show(plan) }
            guard yes || confirmed() else { throw Failure(.unavailable, "nothing was sent") }
            let outcome = try ConfigureRun(sensor: sensor, plan: plan, path: path).run()
            let out = StandardOutput()
            for line in json ? [outcome.json] : outcome.lines { try out.write(line: line) }
            try out.flush()
            if !outcome.isComplete { throw ExitCode(1) }
        }
    }

    private var changes: [ConfigurePlan.Change] {
        var found: [ConfigurePlan.Change] = []
        if let output, let set = WitMotionOutput(names: output) {
            found.append(.init(setting: .output, value: set.rawValue))
        }
        if let code = WitMotionSetting.rates.first(where: { $0.hz == rate })?.code {
            found.append(.init(setting: .rate, value: code))
        }
        if let bandwidth, let code = WitMotionSetting.bandwidths.firstIndex(of: bandwidth) {
            found.append(.init(setting: .bandwidth, value: UInt16(code)))
        }
        if let code = WitMotionSetting.bauds.first(where: { $0.rate == baud })?.code {
            found.append(.init(setting: .baud, value: code))
        }
        return found
    }

    private func show(_ plan: ConfigurePlan) throws {
        // What is not said stays as it is: as delivered, unless the sensor says otherwise when it is asked.
        if dryRun, let baud = baud ?? presentBaud, let rate {
            let set = output.flatMap(WitMotionOutput.init(names:)) ?? .factory
            let load = WitMotionLineLoad(rateHz: rate, frames: set.frames, baud: baud)
            if let overload = ConfigurePlan.overload(load) { throw Failure(.usage, overload) }
        }
        let out = StandardOutput()
        try out.write(
            line: "To be sent to \(Printable.text(path)), 0.1 seconds or the answer waited for behind each:")
        for step in plan.steps { try out.write(line: "  " + step.line) }
        try out.flush()
    }

    private func confirmed() -> Bool {
        StandardError.put("Send it? [y/N] ")
        let answer = readLine() ?? ""
        return answer == "y" || answer == "yes"
    }
}
