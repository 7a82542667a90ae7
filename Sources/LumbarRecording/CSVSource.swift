import LumbarCore

/// Plays a CSV file as the stream of a sensor that sends text lines, each at the time it gives.
///
/// The header goes to the text decoder first, then every line as it stands, so columns and units are read by
/// the same code that reads a sensor on a wire; only the time column is looked at here.
///
/// - The instant of a line is its time, exactly: what the file calls 12.34 s is 12.34 s in every result.
/// - A time that falls back by a second or more begins a new trial. The sensor is detached where the last
///   one ended, and attached again at least a minute later; from there on instants are the file's times plus
///   `shift`, a whole number of minutes.
/// - A time that falls back by less is a line out of order: it arrives with the one before it.
/// - A line without a readable time arrives with the one before it too, is refused by the decoder, and is
///   counted here.
public struct CSVSource: Sendable {
    /// Added to the file's times to get instants; more than zero from the second trial on.
    public private(set) var shift = Elapsed.zero
    /// Trials seen so far.
    public private(set) var trials = 0
    /// Lines with a time.
    public private(set) var timedLines = 0
    /// Lines without a readable time.
    public private(set) var untimedLines = 0
    /// The first of those.
    public private(set) var firstUntimedLine: Int?
    /// Lines whose time falls back by less than a second.
    public private(set) var linesOutOfOrder = 0

    private let device: Device
    private var lines = LineAssembler(longest: RecordingFormat.longestLine)
    private var header: [UInt8] = []
    private var column: TimeColumn?
    private var last: Instant?
    private var first: Instant?

    /// A source that plays as `device`; its protocol becomes `text`.
    public init(device: Device) {
        var device = device
        device.protocolName = "text"
        self.device = device
    }

    /// Plays the next bytes of the file.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, to replayer: inout Replayer
    ) throws(RecordingError) {
        var lines = lines
        defer { self.lines = lines }
        try lines.push(bytes) { (line, number) throws(RecordingError) in
            try self.play(line, number, &replayer)
        }
    }

    /// The file is over: plays a last line without line feed, and ends the stream.
    public mutating func finish(to replayer: inout Replayer) throws(RecordingError) {
        var lines = lines
        try lines.finish { (line, number) throws(RecordingError) in
            // The decoder waits for the line feed that the file owes.
            var whole = Array(line)
            whole.append(UInt8(ascii: "\n"))
            var failure: RecordingError?
            whole.withUnsafeBytes { bytes in
                do throws(RecordingError) {
                    try self.play(bytes, number, &replayer)
                } catch { failure = error }
            }
            if let failure { throw failure }
        }
        guard column != nil else {
            throw RecordingError(
                line: 1, "the file is empty", advice: "it begins with a line that names the columns")
        }
        guard timedLines > 0 else {
            throw RecordingError(
                line: firstUntimedLine ?? 2, "no line has a readable time",
                advice: "the time column holds plain numbers, such as 12.34")
        }
        replayer.finish()
    }

    // MARK: Lines

    private mutating func play(
        _ line: UnsafeRawBufferPointer, _ number: Int, _ replayer: inout Replayer
    ) throws(RecordingError) {
        guard let column else {
            guard !isBlankOrComment(line) else { return }
            self.column = try TimeColumn(header: line, number: number)
            header = Array(line)
            return
        }
        guard let time = column.time(in: line) else {
            guard !isBlankOrComment(line) else { return }
            untimedLines += 1
            firstUntimedLine = firstUntimedLine ?? number
            if let last { replayer.receive(line, from: device.id, at: last) }
            return
        }
        timedLines += 1
        replayer.receive(line, from: device.id, at: try place(time, number, &replayer))
    }

    /// The instant of a line whose time is `time`; attaches the sensor where a trial begins.
    private mutating func place(
        _ time: Instant, _ number: Int, _ replayer: inout Replayer
    ) throws(RecordingError) -> Instant {
        guard let last, let first else {
            begin(at: time, &replayer)
            first = time
            return time
        }
        var instant = time + shift
        if instant < last {
            if last - instant < .seconds(1) {
                linesOutOfOrder += 1
                return last
            }
            replayer.detach(device.id, at: last)
            let minutes = (last - time).nanoseconds / 60_000_000_000 + 2
            shift = Elapsed(nanoseconds: minutes * 60_000_000_000)
            instant = time + shift
            begin(at: instant, &replayer)
        }
        guard instant - last <= RecordingFormat.longestSilence, instant - first <= RecordingFormat.longestSpan
        else {
            throw RecordingError(
                line: number, "its time is too far from the lines above",
                advice: "at most 31 days between two lines, and a year in all")
        }
        self.last = instant
        return instant
    }

    private mutating func begin(at instant: Instant, _ replayer: inout Replayer) {
        trials += 1
        last = instant
        replayer.attach(device, at: instant)
        header.withUnsafeBytes { replayer.receive($0, from: device.id, at: instant) }
    }

    private func isBlankOrComment(_ line: UnsafeRawBufferPointer) -> Bool {
        for byte in line where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\r") {
            return byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#")
        }
        return true
    }
}
