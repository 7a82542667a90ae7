import ArgumentParser
import LumbarAlerts
import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarReport
import LumbarStore

/// `lumbarctl calibrate`: shows how a sensor sits, or sets it by standing still and bowing three times.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Tell the program which way is up and forward, or show what it knows.",
        discussion: """
            Without calibration the program learns both from how you walk. The gesture sets them exactly: stand \
            upright and still for five seconds, then bow forward three times, hands to the knees, and come all the \
            way back up each time. The program says what it sees, and if it is not satisfied, why.

            The sensor and the history have one reader and one writer, so stop the daemon first: \
            sudo systemctl stop lumbard, then sudo lumbarctl calibrate, then sudo systemctl start lumbard. \
            While the daemon runs it knows the gesture too: make it at any time, and read the result with --show.

            --show works while the daemon runs.

            Exit status: 0 done, 64 wrong usage, 65 the gesture was not accepted, 66 no sensor or no history, \
            69 the daemon runs, 74 the sensor fell silent.
            """)

    @Flag(help: "Show what is known of how sensors sit, and change nothing.")
    var show = false

    @Flag(name: .customLong("json"), help: "Print JSON, one object per line.")
    var isJSON = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The serial line.", discussion: "Default: the one sensor that is plugged in.", valueName: "path"))
    var device: String?

    @Option(
        help: ArgumentHelp(
            "The rate in bits per second.", discussion: "Default: found by listening.", valueName: "rate"))
    var baud: Int?

    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("Take the gesture from a recording or a CSV file instead.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp(
            "How the sensor is called, as lumbarctl devices shows it.",
            discussion: "Default: found by the line, or in the recording.", valueName: "identity"))
    var identity: String?

    @Option(
        help: ArgumentHelp(
            "Who wears it; with --show, only what concerns them.",
            discussion: "Default: as the configuration has it.",
            valueName: "name"))
    var wearer: String?

    @Flag(name: .customLong("dry-run"), help: "Say what would be stored, and store nothing.")
    var isDryRun = false

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if show, device != nil || file != nil || isDryRun {
            throw ValidationError("--show only shows; leave out --device, --from and --dry-run.")
        }
        if device != nil, file != nil { throw ValidationError("Choose one of --device and --from.") }
        if wearer?.isEmpty == true { throw ValidationError("A wearer has a name.") }
        if let baud, !(300...4_000_000).contains(baud) {
            throw ValidationError("a rate is 300 to 4000000 bits per second")
        }
    }

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                if show { try showStored() } else { try calibrate() }
            }
        }
    }

    // MARK: Showing

    private func showStored() throws {
        let store = try history.open()
        let wearers = try store.wearers(named: wearer)
        let stored = try store.calibrations().filter { wearer == nil || wearers.contains($0.wearer) }
        let output = StandardOutput()
        let clock = LocalClock()
        for one in stored {
            if isJSON {
                try output.write(line: StoredJSON.line(one))
            } else {
                try output.write(text: CalibrationText.text(one, now: clock.now))
            }
        }
        if stored.isEmpty, !isJSON {
            try output.write(line: "Nothing is known yet: wear the sensor and walk for half a minute.")
        }
        try output.flush()
    }

    // MARK: Calibrating

    private func calibrate() throws {
        // Before anybody bows: whether the result can be kept.
        let store = isDryRun ? nil : try openStore()
        let found: CalibrationRun.Result
        var wears = wearer.map { WearerID($0) }
        if let file {
            found = try CalibrationFile(path: file, identity: identity).run()
            wears = try wears ?? DaemonSettings(readFrom: nil).wearer(of: found.device.text)
        } else {
            let line = try line()
            wears = wears ?? line.wearer
            found = try LiveCalibration(line, rates: baud.map { [$0] } ?? DeviceSettings().baud).run()
        }
        let owner = wears ?? .sole
        if let store {
            try store.append(anchor: LocalClock().anchor)
            try store.append(
                calibration: found.calibration, device: found.device, wearer: owner,
                at: BootClock.now())
        }
        try report(found, owner, isStored: store != nil)
    }

    private func openStore() throws -> Store {
        // Read first: a wrong path must not make a new history.
        _ = try history.open()
        do {
            return try Store(
                writing: history.path, bootID: BootClock.bootID().filter { $0 != "-" }, host: CommandHost())
        } catch {
            guard error.kind == .locked else { throw error }
            throw Failure(
                .unavailable,
                "lumbard is running and has the sensor. Either stop it meanwhile (sudo systemctl stop lumbard, "
                    + "afterwards start), or simply stand still for five seconds and bow three times now: it knows "
                    + "the gesture. See lumbarctl calibrate --show")
        }
    }

    private func line() throws -> SensorLine {
        var line = try SensorLine(path: device)
        if let identity { line.identity = DeviceID(identity) }
        return line
    }

    private func report(_ found: CalibrationRun.Result, _ owner: WearerID, isStored: Bool) throws {
        let output = StandardOutput()
        if isJSON {
            let clock = LocalClock()
            let place = Place(bootID: "", wall: clock.now, zone: clock.anchor.zone)
            try output.write(
                line: StoredJSON.line(
                    StoredCalibration(
                        device: found.device, wearer: owner, calibration: found.calibration,
                        established: place, updated: place)))
        } else {
            try output.write(line: "Calibrated: " + CalibrationText.line(found.calibration) + ".")
            let name = Printable.text(found.device.text)
            try output.write(
                line: isStored
                    ? "Stored for \(name). lumbard uses it from its next start, once you walk or stand still."
                    : "For \(name); nothing was stored.")
        }
        try output.flush()
    }
}

/// Which line a sensor is on, and what the daemon calls it.
struct SensorLine {
    let path: String
    var identity: DeviceID
    /// Who wears it, by the configuration.
    let wearer: WearerID

    /// The line at `path`, or the one sensor that is plugged in.
    init(path given: String?) throws {
        let known = try DaemonSettings(readFrom: nil)
        let declared = known.declarations
        // A path in the configuration is an identity of its own.
        if let given, declared.paths.contains(given) {
            self.init(path: given, identity: DeviceID(given), known.wearer(of: given))
            return
        }
        let found = (try? DeviceWatcher.list()) ?? []
        var identities = SensorIdentities.stored(in: HistoryOptions.standardFolder)
        if let given {
            let device = found.first { $0.node == resolvedPath(given) }
            let identity = device.map { identities.identity(of: $0, among: found) } ?? DeviceID(given)
            self.init(path: given, identity: identity, known.wearer(of: device, called: identity))
            return
        }
        var choices = declared.paths.map { ($0, DeviceID($0), known.wearer(of: $0)) }
        for device in found where device.kind == .serial {
            let identity = identities.identity(of: device, among: found)
            switch declared.choice(for: device, called: identity) {
            case .ours, .trusted, .candidate:
                choices.append((device.node, identity, known.wearer(of: device, called: identity)))
            case .pending, .refused, .givenByHand, .leftAlone: break
            }
        }
        guard let only = choices.first, choices.count == 1 else {
            throw Failure(
                .noInput,
                choices.isEmpty
                    ? "no sensor that is trusted is plugged in (see lumbarctl devices); name its line with --device"
                    : "there are several sensors: " + choices.map(\.0).joined(separator: ", ")
                        + "; choose one with --device")
        }
        self.init(path: only.0, identity: only.1, only.2)
    }

    private init(path: String, identity: DeviceID, _ wearer: WearerID) {
        self.path = path
        self.identity = identity
        self.wearer = wearer
    }
}

extension DaemonSettings {
    /// Who wears the sensor that is called `id`.
    func wearer(of id: String) -> WearerID {
        let name = sensors[id]?.wearer ?? ""
        return WearerID(name.isEmpty ? device.wearer : name)
    }

    /// Who wears a device that udev shows.
    func wearer(of device: SensorDevice?, called identity: DeviceID) -> WearerID {
        let section = device.flatMap { declarations.entry(for: $0, called: identity) }
        return wearer(of: section?.id ?? identity.text)
    }
}
