import LumbarCore
import LumbarDecoders
import LumbarMonitor
import LumbarRecording
import LumbarStore

/// Plays one file through a Monitor and prints what it concludes.
struct FileReplay {
    /// How results are printed.
    enum Form {
        case people
        case json
        case transcript
    }

    let path: String
    let settings: ReplaySettings
    let mount: Mount?
    let output: StandardOutput
    var reportsAttitude = false
    var showsTraces = false
    var raw: RawFormat?
    var form = Form.people
    var isAlertsOnly = false
    var isOneOfSeveral = false
    /// What is known from before of how sensors sit.
    var calibrations: [StoredCalibration] = []

    init(path: String, settings: ReplaySettings, mount: Mount?, output: StandardOutput) {
        self.path = path
        self.settings = settings
        self.mount = mount
        self.output = output
    }

    /// Plays the file to its end.
    func run() throws {
        let file = try InputFile(path: path)
        var monitor = Monitor(settings: settings.monitor)
        monitor.reportsAttitude = reportsAttitude
        var replayer = Replayer(monitor: monitor)
        var printer = OutputPrinter(form: form, output: output)
        printer.isAlertsOnly = isAlertsOnly
        printer.showsTraces = showsTraces
        if isOneOfSeveral { try printer.begin(file: file.name) }
        var progress = ReplayProgress(name: file.name, size: file.size)

        if RecordingReader.recognizes(file.beginning) {
            var source = RecordingSource(mount: mount, calibrations: calibrations)
            try play(file, &source, &replayer, &printer, &progress)
        } else if let raw {
            printer.origin = .zero
            let decoders = settings.monitor.decoders
            guard var source = RawSource(raw, device: device(raw.protocolName), decoders) else { return }
            try play(file, &source, &replayer, &printer, &progress)
        } else if CWASource.recognizes(file.beginning) {
            printer.origin = .zero
            var source = CWASource(device: device("text"), place: LocalMoment.place)
            try play(file, &source, &replayer, &printer, &progress)
            remark(source.findings)
        } else if GT3XSource.recognizes(file.beginning) {
            printer.origin = .zero
            var source = GT3XSource(device: device("text"), place: LocalMoment.place)
            source.info = try GT3XInfoReader.info(ofFile: path)
            try play(file, &source, &replayer, &printer, &progress)
            remark(source.findings)
        } else {
            printer.origin = .zero
            try checkHeader(file.beginning)
            var source = CSVSource(device: device("text"))
            try play(file, &source, &replayer, &printer, &progress)
            warn(about: source)
        }
    }

    private func device(_ protocolName: String) -> Device {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var device = Device(
            id: DeviceID(name), protocolName: protocolName, mount: mount ?? settings.mount ?? .undeclared)
        device.calibration = calibrations.calibration(of: device)
        return device
    }

    // MARK: Playing

    private func play(
        _ file: InputFile, _ source: inout some StreamSource, _ replayer: inout Replayer,
        _ printer: inout OutputPrinter, _ progress: inout ReplayProgress
    ) throws {
        defer { progress.finish() }
        do {
            while let piece = try file.next() {
                try source.push(piece, to: &replayer)
                try printer.print(&replayer)
                if output.isWaitedFor {
                    // A person reads along: what is found is shown when it is found, and on a clean line.
                    progress.finish()
                    try output.flush()
                }
                progress.update(position: file.position, stream: printer.elapsed(replayer))
            }
            try source.finish(to: &replayer)
            progress.finish()
            try printer.print(&replayer)
            try printer.end()
        } catch let error as RecordingError {
            // What was whole is worth printing; a file that merely breaks off is no failure.
            replayer.finish()
            progress.finish()
            try printer.print(&replayer)
            try printer.end()
            try output.flush()
            let text = "\(file.name):\(error.line): \(error.reason); \(error.advice)"
            guard error.isTruncation else { throw Failure(.data, text) }
            StandardError.write("lumbarctl: warning: " + Printable.text(text, limit: 1000))
        }
    }

    // MARK: CSV

    private func checkHeader(_ beginning: UnsafeRawBufferPointer) throws {
        guard !beginning.isEmpty else { throw Failure(.data, "\(path): the file is empty") }
        let lines = beginning.prefix(16_384).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isBlank = { (line: Slice<UnsafeRawBufferPointer>) in
            line.first == UInt8(ascii: "#") || line.allSatisfy { $0 == 0x20 || $0 == 0x0D }
        }
        guard let index = lines.firstIndex(where: { !isBlank($0) }), !beginning.prefix(16_384).contains(0),
            let line = String(validating: lines[index], as: UTF8.self)
        else {
            throw Failure(
                .data,
                "\(path): neither a recording nor a CSV; for raw bytes of a sensor give --protocol and --rate"
            )
        }
        do {
            let header = try TextHeader(line)
            guard !header.ignoredColumns.isEmpty else { return }
            let names = header.ignoredColumns.map { Printable.text($0, limit: 40) }.joined(separator: ", ")
            StandardError.write("lumbarctl: \(Printable.text(path)): columns ignored: \(names)")
        } catch { throw Failure(.data, "\(path):\(index + 1): \(error)") }
    }

    /// Says what a recorder's file lacks.
    private func remark(_ findings: RecorderFindings) {
        for remark in findings.remarks {
            StandardError.write("lumbarctl: warning: " + Printable.text(path) + ": " + remark)
        }
    }

    private func warn(about source: CSVSource) {
        let name = "lumbarctl: warning: " + Printable.text(path) + ": "
        if let line = source.firstUntimedLine {
            StandardError.write(
                name + "\(source.untimedLines) lines have no readable time, the first is line \(line)")
        }
        if source.linesOutOfOrder > 0 {
            StandardError.write(name + "\(source.linesOutOfOrder) lines are out of order")
        }
        if source.trials > 1 {
            StandardError.write(
                name
                    + "times fall back: \(source.trials) trials were replayed as one stream, minutes apart"
            )
        }
    }
}
