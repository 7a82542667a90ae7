import ArgumentParser
import LumbarCore
import LumbarDecoders
import LumbarSimulation

/// `lumbarctl simulate`: a seeded wearer with a sensor, as a file or on a live serial line.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Make up a wearer with a sensor: a recording, a CSV file, or a live serial line.",
        discussion: """
            A scenario is one of the named ones below, or a text such as \
            "sit 31 min, stand 2 min, bend 45 deg for 3 s, 3x(lift 60 deg then twist 40 deg)". The same \
            scenario and seed give the same bytes on every machine.

            Scenarios: \(NamedScenario.all.map(\.name).joined(separator: ", ")).

            \(Scenario.grammar)
            """)

    @Option(help: ArgumentHelp("What the wearer does: a name, or a text.", valueName: "scenario"))
    var scenario = NamedScenario.all[0].name

    @Option(help: "Which of countless made-up wearers and sensors.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Samples per second.", valueName: "hz"))
    var rate = 100.0

    @Option(name: .customLong("protocol"), help: "What the sensor speaks.")
    var wire = WireArgument.witMotion

    @Option(
        name: .customLong("with"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Further sensors on the same wearer, in a recording: thorax, thigh.", valueName: "role"))
    var companions: [CompanionArgument] = []

    @Option(help: ArgumentHelp("How the sensor sits on the back.", valueName: "axes"))
    var mount: MountArgument = .simulated

    @Flag(help: "Do not say in the recording how the sensor sits: leave it to be learned.")
    var undeclared = false

    @Flag(help: "A sensor without noise, bias and mounting error.")
    var perfect = false

    @Option(help: ArgumentHelp("What goes wrong: \(FaultsArgument.grammar).", valueName: "faults"))
    var faults: FaultsArgument?

    @Option(help: "What to write; by default what the name of the output ends in, or else rec.")
    var format: SimulationFormat?

    @Option(
        help: ArgumentHelp("The local time at which it begins, by the made-up clock.", valueName: "hh:mm"))
    var start: ClockArgument = .morning

    @Flag(
        name: .customLong("pty"),
        help: "Feed a serial line at the sensor's own pace; its path is printed first.")
    var isLive = false

    @Option(
        help: ArgumentHelp(
            "With --pty: how many times faster than the sensor's own pace.", valueName: "times"))
    var speed = 1.0

    @Flag(
        help: ArgumentHelp(
            "With --pty: a WitMotion sensor that obeys lumbarctl device configure.",
            discussion: "It is silent to whoever listens at another baud than its own, but for garbage."))
    var configurable = false

    @Option(help: ArgumentHelp("With --configurable: its bits per second.", valueName: "rate"))
    var baud = 115_200

    @Option(
        help: ArgumentHelp(
            "With --configurable: settings that it ignores, such as rate,baud.", valueName: "names"))
    var ignores: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "The file to write; the standard output otherwise.")
    var path: String?

    func validate() throws {
        do { _ = try NamedScenario.scenario(scenario) } catch { throw ValidationError("\(error)") }
        guard (10...400).contains(rate) else { throw ValidationError("--rate is between 10 and 400 Hz.") }
        guard speed > 0, speed <= 1000 else { throw ValidationError("--speed is between 0 and 1000.") }
        guard companions.isEmpty || !isLive else {
            throw ValidationError(
                "--with makes a recording; run simulate --pty once for each sensor instead.")
        }
        guard companions.isEmpty || (format ?? path.flatMap(SimulationFormat.init(endOf:)) ?? .rec) == .rec
        else {
            throw ValidationError("--with needs a recording (.rec): the other forms hold one sensor.")
        }
        guard isLive || speed == 1 else { throw ValidationError("--speed needs --pty.") }
        guard !(isLive && (path != nil || format != nil)) else {
            throw ValidationError("--pty feeds a line; it writes no file.")
        }
        guard isLive || !configurable else { throw ValidationError("--configurable needs --pty.") }
        guard configurable || (baud == 115_200 && ignores == nil) else {
            throw ValidationError("--baud and --ignores need --configurable.")
        }
        guard WitMotionSetting.bauds.contains(where: { $0.rate == baud }) else {
            throw ValidationError(
                "--baud is one of \(WitMotionSetting.bauds.map { "\($0.rate)" }.joined(separator: ", ")).")
        }
        guard !configurable || (isWitMotion && speed == 1 && faults == nil) else {
            throw ValidationError("--configurable is for WitMotion, at its own pace and without --faults.")
        }
        if let name = ignoredNames.first(where: { WitMotionSetting(name: $0) == nil }) {
            throw ValidationError("--ignores knows output, rate, baud and bandwidth, and not \(name).")
        }
        guard mount.mount.forward != nil else {
            throw ValidationError("--mount needs both axes here, such as up=+z,forward=+x.")
        }
    }

    func run() throws {
        try Failure.catching {
            if configurable {
                try configurableFeed().run()
            } else if isLive {
                try LiveFeed(simulation: simulation(), speed: speed).run()
            } else {
                try writeFile()
            }
        }
    }

    private var isWitMotion: Bool { wire.wire == .witMotion || wire.wire == .witMotionCombined }

    private var ignoredNames: [String] { ignores?.split(separator: ",").map(String.init) ?? [] }

    private func configurableFeed() throws -> ConfigurableFeed {
        let simulation = try simulation()
        return ConfigurableFeed(
            sensor: ConfigurableWitMotion(
                scenario: simulation.scenario, seed: seed, model: simulation.model, baud: baud,
                ignored: ignoredNames.compactMap(WitMotionSetting.init(name:))))
    }

    private func simulation() throws -> Simulation {
        var model = perfect ? SensorModel() : SensorModel.typical(seed: seed)
        model.wire = wire.wire
        model.rateHz = rate
        model.mount = mount.mount
        if let faults { model.faults = faults.faults }
        return Simulation(
            scenario: try NamedScenario.scenario(scenario), scenarioText: scenario, seed: seed, model: model,
            protocolName: wire.wire.rawValue, declaresMount: !undeclared, startOfDay: start.seconds,
            companions: companions.map(\.role))
    }

    private func writeFile() throws {
        let output = try path.map { try StandardOutput(path: $0) } ?? StandardOutput()
        let format = format ?? path.flatMap(SimulationFormat.init(endOf:)) ?? .rec
        if format == .bytes, path == nil, StandardOutput.isTerminal {
            throw Failure(.cannotCreate, "raw bytes would disturb this terminal; name a file with -o")
        }
        let simulation = try simulation()
        switch format {
        case .rec: try simulation.writeRecording(to: output)
        case .csv: try simulation.writeCSV(to: output)
        case .bytes: try simulation.writeBytes(to: output)
        case .truth: try simulation.writeTruth(to: output)
        }
        try output.close()
    }
}

/// What `simulate` can write.
enum SimulationFormat: String, ExpressibleByArgument, CaseIterable {
    /// A recording.
    case rec
    /// Samples with units.
    case csv
    /// What the sensor sends, without times.
    case bytes
    /// What the wearer really did, as JSON lines.
    case truth

    /// The format that a file name asks for.
    init?(endOf path: String) {
        guard let end = path.split(separator: ".").last else { return nil }
        switch end {
        case "rec": self = .rec
        case "csv": self = .csv
        case "bin", "bytes": self = .bytes
        case "json", "jsonl", "truth": self = .truth
        default: return nil
        }
    }
}

/// A part of the body besides the lower back.
struct CompanionArgument: ExpressibleByArgument {
    let role: SensorRole

    init?(argument: String) {
        guard let role = SensorRole(rawValue: argument), role != .lumbar else { return nil }
        self.role = role
    }

    static var allValueStrings: [String] { SensorRole.allCases.filter { $0 != .lumbar }.map(\.rawValue) }
}

/// What a simulated sensor speaks, by the names of the decoders.
struct WireArgument: ExpressibleByArgument {
    let wire: SensorModel.Wire

    static let witMotion = WireArgument(wire: .witMotion)

    private init(wire: SensorModel.Wire) { self.wire = wire }

    init?(argument: String) {
        guard let wire = SensorModel.Wire(rawValue: argument) else { return nil }
        self.wire = wire
    }

    static var allValueStrings: [String] { SensorModel.Wire.allCases.map(\.rawValue) }

    var defaultValueDescription: String { wire.rawValue }
}

/// A time of the day given on the command line.
struct ClockArgument: ExpressibleByArgument {
    let seconds: Int64

    static let morning = ClockArgument(seconds: 30_600)

    private init(seconds: Int64) { self.seconds = seconds }

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int64(parts[0]), let minute = Int64(parts[1]),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        seconds = hour * 3600 + minute * 60
    }

    var defaultValueDescription: String {
        DecimalText.padded(seconds / 3600, width: 2) + ":" + DecimalText.padded(seconds / 60 % 60, width: 2)
    }
}
