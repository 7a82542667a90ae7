import ArgumentParser
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// `lumbarctl record`: what a sensor sends, byte for byte, into a file for `lumbarctl replay`.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record what a sensor sends, byte for byte.",
        discussion: """
            Stop it with Ctrl-C, or with --for. Nothing is written to the sensor. The daemon lets nobody else listen: \
            stop it first, or let it record itself (lumbard --record).

            The file is yours alone (mode 0600) and is played again by lumbarctl replay.
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("The serial line.", valueName: "path"))
    var device: String

    @Option(
        help: ArgumentHelp(
            "The rate in bits per second.", discussion: "Default: found by listening.", valueName: "rate"))
    var baud: Int?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The new file; - for the standard output.", discussion: "Default: named after the time.",
            valueName: "file"))
    var output: String?

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long, such as 90s or 10min.", valueName: "duration")
    )
    var duration: String?

    @Option(
        help: ArgumentHelp(
            "How the sensor sits, such as up=-y,forward=+z; kept in the recording.", valueName: "axes"))
    var mount: String?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "What the sensor speaks.", discussion: "Default: found by listening.", valueName: "name"))
    var protocolName: String?

    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "A profile to know besides; may be given more than once, and is kept in the recording.",
            valueName: "file"), completion: .file())
    var profiles: [String] = []

    @Option(help: ArgumentHelp("What happens in it; may be given several times.", valueName: "text"))
    var note: [String] = []

    func validate() throws {
        if let baud, !(300...4_000_000).contains(baud) {
            throw ValidationError("a rate is 300 to 4000000 bits per second")
        }
        if let mount, Mount(mount) == nil { throw ValidationError("a mount is like up=-y,forward=+z") }
        if let duration { _ = try seconds(duration) }
    }

    func run() throws {
        try Failure.catching {
            let decoders = try KnownProtocols.catalog(profiles: profiles)
            if let protocolName, decoders.make(protocolName) == nil {
                let names = decoders.names.joined(separator: ", ")
                throw Failure(.usage, "\(Printable.text(protocolName)) is no protocol; those are \(names)")
            }
            var sensor = Device(
                id: DeviceID(device), protocolName: protocolName,
                mount: mount.flatMap(Mount.init) ?? .undeclared)
            sensor.profiles = decoders.sources(declared: protocolName)
            let recorder = try LineRecorder(
                device: sensor, path: device, rates: baud.map { [$0] } ?? DeviceSettings().baud,
                decoders: decoders)
            try recorder.run(
                to: output, notes: note, for: try duration.map { Elapsed.seconds(try seconds($0)) })
        }
    }

    private func seconds(_ text: String) throws -> Double {
        do {
            return try Double.parse(text, limits: 1...31_536_000, unit: .seconds)
        } catch {
            throw ValidationError("--for: \(error.reason)")
        }
    }
}
