import ArgumentParser
import Glibc
import LumbarCore
import LumbarDecoders
import LumbarMonitor
import LumbarStore

/// `lumbarctl replay`: runs the daemon's own Monitor over files.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Show what lumbard makes of a recording, a CSV file, or another recorder's file.",
        usage: "lumbarctl replay <file> ... [<options>]",
        discussion: """
            Runs the same code as the daemon over each FILE, with the times that the file gives. Decisions \
            are made as they would be live; at the end of the stream what is still open is closed.

            FILE is a recording (lumbarctl record, lumbarctl simulate), or a CSV whose first line names its \
            columns with their units, such as t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps (also _ms, _mg, \
            _mps2, _radps; the gyroscope may be absent). Compressed files (gzip) are read through, and - is \
            the standard input. With --protocol and --rate FILE may be raw bytes as a sensor sent them.

            FILE may also be of a recorder worn at the lower back: an Axivity AX3 or AX6 (.cwa) or an ActiGraph (.gt3x). \
            Their clocks show local time: --zone says whose.

            With --policy the arguments are not files but days of the stored history (2026-11-03, yesterday, \
            2026-11-01..2026-11-07): it shows the alerts that they would have had with the settings of that file. \
            lumbarctl policy compare adds such alerts up.

            Times are seconds: those of the file in a CSV, counted from its first event in a recording, from the first \
            sample in a recorder's file.

            Exit status: 0 done, 64 wrong usage, 65 the file cannot be understood, 66 it cannot be opened, \
            74 it cannot be read, 78 the configuration is wrong.
            """)

    @Argument(help: ArgumentHelp("Recordings or CSV files; with --policy, days.", valueName: "file"))
    var files: [String]

    @Flag(name: .customLong("json"), help: "Print one JSON object per line.")
    var isJSON = false

    @Flag(name: .customLong("transcript"), help: "Print the form that golden transcripts have.")
    var isTranscript = false

    @Flag(name: .customLong("alerts"), help: "Print only the alerts and the summary.")
    var isAlertsOnly = false

    @Option(
        help: ArgumentHelp(
            """
            Which sensor axis points up, and which forward, when the wearer stands upright: \
            up=-y,forward=+z, or up=+x alone. Learned when not given.
            """,
            valueName: "axes"))
    var mount: MountArgument?

    @Option(
        name: .customLong("calibration"),
        help: ArgumentHelp(
            "Begin with what this history knows of how the sensor sits, as the daemon would.",
            valueName: "history"), completion: .file())
    var calibrations: String?

    @Flag(help: "Print where up is at every sample too (with --json).")
    var attitude = false

    @Flag(help: "Print what was measured around each alert too (with --json).")
    var traces = false

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("A configuration file; may be given more than once.", valueName: "file"))
    var configurations: [String] = []

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "What a file of raw bytes speaks: \(DecoderCatalog.all.map { $0.protocolName }.joined(separator: ", ")), "
                + "or a profile, see lumbarctl profile list.",
            valueName: "name"))
    var protocolName: String?

    @Option(help: ArgumentHelp("Samples per second of a file of raw bytes.", valueName: "hz"))
    var rate: Double?

    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp("A profile to know besides; may be given more than once.", valueName: "file"),
        completion: .file())
    var profiles: [String] = []

    @Option(
        help: ArgumentHelp(
            "The zone that a recorder's clock was set to, such as Europe/Amsterdam.",
            discussion: "Default: this machine's.", valueName: "name"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "Play days of the stored history over again with these settings.", valueName: "file"),
        completion: .file())
    var policy: String?

    @Option(help: ArgumentHelp("Whose days, with --policy.", valueName: "name"))
    var wearer: String?

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if policy != nil { return try validateDays() }
        if wearer != nil { throw ValidationError("--wearer goes with --policy.") }
        guard !files.isEmpty else { throw ValidationError("Name at least one file.") }
        guard !(isJSON && isTranscript) else {
            throw ValidationError("Choose one of --json and --transcript.")
        }
        guard !attitude || isJSON else { throw ValidationError("--attitude needs --json.") }
        guard !traces || isJSON else { throw ValidationError("--traces needs --json.") }
        guard (protocolName == nil) == (rate == nil) else {
            throw ValidationError("--protocol and --rate go together: they describe a file of raw bytes.")
        }
        if let rate, !(rate > 0 && rate <= 10_000) {
            throw ValidationError("--rate is between 0 and 10000 Hz.")
        }
    }

    /// What goes with days of the history.
    private func validateDays() throws {
        guard !files.isEmpty else {
            throw ValidationError("Name at least one day, such as yesterday or 2026-11-03.")
        }
        let isAboutFiles =
            isTranscript || isAlertsOnly || mount != nil || calibrations != nil || attitude || traces
            || protocolName != nil || rate != nil || !profiles.isEmpty || zone != nil
        if isAboutFiles {
            throw ValidationError(
                "With --policy go only --json, --wearer, --config and --db: the rest is for files.")
        }
        if configurations.count > 1 { throw ValidationError("With --policy, give --config once.") }
    }

    private func replayDays(_ policy: String) throws {
        let replay = DayReplay(
            policy: policy, configuration: configurations.first, isJSON: isJSON, wearer: wearer,
            history: history)
        let output = StandardOutput()
        try Failure.catching {
            try replay.run(files, to: output)
            try output.flush()
        }
    }

    /// A day where a file is meant is most likely a --policy that was forgotten.
    private func checkFiles() throws {
        let clock = LocalClock()
        for file in files where access(file, F_OK) != 0 && DaySpan.isDay(file, clock) {
            throw Failure(
                .usage,
                "\(Printable.text(file)) is a day and no file: to play the history of days over again, say with which "
                    + "settings: lumbarctl replay --policy FILE \(Printable.text(file))")
        }
    }

    func run() throws {
        if let policy { return try replayDays(policy) }
        try Failure.catching { try checkFiles() }
        let settings = try Failure.catching {
            if let zone { try LocalMoment.setZone(zone) }
            let decoders = try KnownProtocols.catalog(profiles: profiles)
            if let protocolName, decoders.make(protocolName) == nil {
                let names = decoders.names.joined(separator: ", ")
                throw Failure(.usage, "\(Printable.text(protocolName)) is no protocol; those are \(names)")
            }
            return try ReplaySettings(loading: configurations, decoders: decoders)
        }
        let known = try Failure.catching {
            try Failure.translating { try calibrations.map { try Store(reading: $0).calibrations() } ?? [] }
        }
        let output = StandardOutput()
        for file in files {
            try Failure.catching {
                var replay = FileReplay(path: file, settings: settings, mount: mount?.mount, output: output)
                replay.reportsAttitude = attitude
                replay.showsTraces = traces
                replay.calibrations = known
                replay.raw = protocolName.flatMap { name in
                    rate.map { RawFormat(protocolName: name, rateHz: $0) }
                }
                replay.form = isJSON ? .json : isTranscript ? .transcript : .people
                replay.isAlertsOnly = isAlertsOnly
                replay.isOneOfSeveral = files.count > 1
                try replay.run()
            }
        }
        try Failure.catching { try output.flush() }
    }
}

/// A mount given on the command line.
struct MountArgument: ExpressibleByArgument {
    let mount: Mount

    /// How a simulated sensor sits when nothing is said.
    static let simulated = MountArgument(
        mount: Mount(
            up: SensorAxis(index: 2, isNegative: false), forward: SensorAxis(index: 0, isNegative: false)))

    private init(mount: Mount) { self.mount = mount }

    var defaultValueDescription: String { mount.text }

    init?(argument: String) {
        guard let mount = Mount(argument) else { return nil }
        self.mount = mount
    }
}

/// What a file of raw bytes is.
struct RawFormat {
    let protocolName: String
    let rateHz: Double
}
