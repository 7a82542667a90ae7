import LumbarCore

/// Plays a recording of an ActiGraph GT3X+, wGT3X-BT or GT9X Link (`.gt3x`, firmware 3.0 and later).
///
/// The file is a ZIP with info.txt and log.bin. A record holds a second of samples; seconds without one, as when the
/// recorder sleeps because it lies still, are gaps. Counts per g come from the log's PARAMETERS, else from info.txt, else
/// from the kind of recorder.
public struct GT3XSource: StreamSource, Sendable {
    /// What info.txt says; set it before when it is known to come after the log.
    public var info = GT3XInfo()

    private enum Part {
        case other
        case info
        case log
        case oldLog
    }

    private var feed: RecorderFeed
    private var archive = ZIPReader()
    private var log = GT3XLog()
    private var part = Part.other
    private var infoText: [UInt8] = []
    private var rateHz: Double?
    private var scale: Double?
    private var seconds: [GT3XLog.Second] = []
    private var hasLog = false
    private var isOld = false

    /// What was found besides samples.
    public var findings: RecorderFindings {
        var findings = feed.findings
        findings.damaged += log.damaged
        return findings
    }

    /// A source that plays as `device`; `place` says which moment a local time is.
    public init(
        device: Device,
        place: @escaping @Sendable (_ localNanoseconds: Int64) -> (wall: WallTime, zone: ZoneRule)
    ) {
        feed = RecorderFeed(device: device, place: place)
    }

    /// Whether a file begins with `bytes` as an archive does.
    public static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool { ZIPReader.recognizes(bytes) }

    /// Plays the next bytes of the file.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer
    ) throws(RecordingError) {
        // Taken out, so that what it hands out can be taken by `self`.
        var archive = archive
        var failure: ZIPReader.Fault?
        do throws(ZIPReader.Fault) { try archive.push(bytes) { take($0) } } catch { failure = error }
        self.archive = archive
        try playSeconds(&replayer)
        if let failure { throw error(failure) }
    }

    /// The file is over.
    public mutating func finish(to replayer: inout Replayer) throws(RecordingError) {
        if !archive.isOver { feed.note { $0.breaksOff = true } }
        if case .log = part { endLog() }
        try playSeconds(&replayer)
        replayer.finish()
        guard feed.findings.samples == 0 else { return }
        if isOld {
            throw RecordingError(
                line: 1, "a recording of firmware 2.5 or older, which stores samples in another way",
                advice: "export it as CSV with the maker's program, and name the columns t_s,ax_g,ay_g,az_g")
        }
        throw RecordingError(
            line: 1, hasLog ? "no second of samples in log.bin" : "an archive without log.bin",
            advice: "a .gt3x file holds info.txt and log.bin")
    }

    private func error(_ fault: ZIPReader.Fault) -> RecordingError {
        switch fault {
        case .noArchive, .damaged:
            RecordingError(
                line: 1, "the archive is damaged", advice: "what came before was used; copy the file again",
                isTruncation: feed.findings.samples > 0)
        case .unknownPacking:
            RecordingError(
                line: 1, "the archive is encrypted, or packed in another way",
                advice: "a .gt3x file is a ZIP with DEFLATE")
        }
    }

    // MARK: Parts

    private mutating func take(_ event: ZIPReader.Event) {
        switch event {
        case .begin(let entry): begin(entry.name)
        case .bytes(let bytes):
            switch part {
            case .info: infoText.append(contentsOf: bytes.prefix(GT3XInfo.longest - infoText.count))
            case .log: log.push(bytes) { GT3XSource.take($0, &rateHz, &scale, &seconds) }
            case .oldLog, .other: break
            }
        case .end(let isWhole):
            if !isWhole { feed.note { $0.isAltered = true } }
            if case .info = part { info = GT3XInfo(infoText) }
            if case .log = part { endLog() }
            part = .other
        }
    }

    private mutating func begin(_ name: String) {
        switch name.split(separator: "/").last {
        case "info.txt": (part, infoText) = (.info, [])
        case "log.bin": (part, hasLog) = (.log, true)
        case "activity.bin": (part, isOld) = (.oldLog, true)
        default: part = .other
        }
    }

    private mutating func endLog() {
        part = .other
        if !log.finish({ GT3XSource.take($0, &rateHz, &scale, &seconds) }) {
            feed.note { $0.breaksOff = true }
        }
    }

    private static func take(
        _ record: GT3XLog.Record, _ rateHz: inout Double?, _ scale: inout Double?,
        _ seconds: inout [GT3XLog.Second]
    ) {
        switch record {
        case .rate(let rate): rateHz = rate
        case .scale(let value): scale = value
        case .second(let second): seconds.append(second)
        }
    }

    // MARK: Samples

    private mutating func playSeconds(_ replayer: inout Replayer) throws(RecordingError) {
        for second in seconds { try play(second, &replayer) }
        seconds.removeAll(keepingCapacity: true)
    }

    private mutating func play(
        _ second: GT3XLog.Second, _ replayer: inout Replayer
    ) throws(RecordingError) {
        let samples = second.counts.count / 3
        guard samples > 0 else { return }
        // A record is a second whatever the header says: more samples than that are taken closer together.
        let rate = max(rateHz ?? info.rateHz ?? Double(samples), Double(samples))
        let perG = scale ?? info.scale ?? info.scaleBySerial ?? (second.isPacked ? 341 : 256)
        let start = second.time * 1_000_000_000
        for index in 0..<samples {
            let (x, y, z) = (
                second.counts[3 * index], second.counts[3 * index + 1], second.counts[3 * index + 2]
            )
            let sample = RecorderSample(
                localNanoseconds: start + Int64((Double(index) * 1e9 / rate).rounded()),
                acceleration: (Double(x) / perG, Double(y) / perG, Double(z) / perG))
            try feed.play(sample, period: Int64(1e9 / rate), to: &replayer)
        }
    }
}
