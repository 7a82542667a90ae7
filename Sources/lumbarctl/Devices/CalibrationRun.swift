import LumbarAlerts
import LumbarCore
import LumbarMonitor
import LumbarRecording

/// What a monitor says of a calibration gesture.
struct CalibrationRun {
    /// A gesture that was accepted.
    struct Result {
        var device: DeviceID
        var calibration: MountCalibration
    }

    /// The first gesture that was accepted.
    private(set) var result: Result?
    /// What became of the last gesture that was not.
    private(set) var refusal: CalibrationOutcome?
    /// Whether what is measured at rest is far from 1 g.
    private(set) var hasScaleFault = false
    /// Whether the sensor fell silent or went away.
    private(set) var isSilent = false
    /// The sensor that spoke last.
    private(set) var device: DeviceID?
    private var isAccepted = false

    /// Settings in which only the gesture counts.
    static var settings: MonitorSettings {
        var settings = MonitorSettings()
        settings.signal.learnUpright = false
        return settings
    }

    /// Takes one conclusion.
    mutating func take(_ output: Output) {
        guard case .device(let event) = output, result == nil else { return }
        device = event.device
        switch event.kind {
        case .mount(.gesture(.accepted)): isAccepted = true
        case .mount(.gesture(let outcome)): refusal = outcome
        // It follows the news at once.
        case .calibration(let known, _):
            if isAccepted { result = Result(device: event.device, calibration: known) }
        case .scaleFault: hasScaleFault = true
        case .stalled, .detached: isSilent = true
        case .recovered: isSilent = false
        default: break
        }
    }

    /// Forgets a refusal that was told.
    mutating func clearRefusal() { refusal = nil }

    /// Why there is no result.
    var failure: Failure {
        if hasScaleFault {
            return Failure(.data, "what the sensor measures at rest is far from 1 g: check its range setting")
        }
        guard let refusal else {
            return Failure(
                .data,
                "no calibration was seen: stand upright and still for five seconds, then bow forward three times, "
                    + "to between 40 and 120 degrees, coming back up each time")
        }
        return Failure(.data, "the calibration was not accepted. " + MountText.advice(refusal))
    }
}

/// A calibration gesture in a file.
struct CalibrationFile {
    let path: String
    /// What the sensor is called, unless the file says.
    let identity: String?

    /// Plays the file up to the gesture.
    func run() throws -> CalibrationRun.Result {
        let file = try InputFile(path: path)
        var replayer = Replayer(monitor: Monitor(settings: CalibrationRun.settings))
        var run = CalibrationRun()
        if RecordingReader.recognizes(file.beginning) {
            var source = RecordingReader()
            try play(file, &source, &replayer, &run)
        } else {
            let name = identity ?? path.split(separator: "/").last.map(String.init) ?? path
            var source = CSVSource(device: Device(id: DeviceID(name), protocolName: "text"))
            try play(file, &source, &replayer, &run)
        }
        guard var result = run.result else { throw run.failure }
        if let identity { result.device = DeviceID(identity) }
        result.calibration.established = BootTime.now
        return result
    }

    private func play(
        _ file: InputFile, _ source: inout some StreamSource, _ replayer: inout Replayer,
        _ run: inout CalibrationRun
    ) throws {
        do {
            while run.result == nil, let piece = try file.next() {
                try source.push(piece, to: &replayer)
                replayer.drain { run.take($0) }
            }
            if run.result == nil { try source.finish(to: &replayer) }
        } catch let error as RecordingError {
            guard error.isTruncation else {
                throw Failure(.data, "\(file.name):\(error.line): \(error.reason); \(error.advice)")
            }
        }
        replayer.drain { run.take($0) }
    }
}
