import LumbarCore

/// Reads the text of a recording, in chunks of any size, and hands out its events; see `RecordingFormat`.
///
/// A recording that breaks off gives every whole event and then an error that says so. Nothing that a file
/// can hold makes it trap, and it never keeps more than one line, one chunk and the header.
public struct RecordingReader: Sendable {
    /// What the recording says about itself; complete when the first event is handed out.
    public internal(set) var header = RecordingHeader(isSimulated: false)
    /// The sensors described so far.
    public internal(set) var devices: [Device] = []

    private var lines = LineAssembler(longest: RecordingFormat.longestLine)
    private var headerBytes = 0
    private(set) var isInHeader = true
    private var firstTime: Instant?
    private var lastTime: Instant?
    private var attached: [DeviceID] = []
    private var openChunk: OpenChunk?
    private var hasEnded = false

    /// A chunk whose last line is still to come.
    private struct OpenChunk {
        var time: Instant
        var device: DeviceID
        var isText: Bool
        var bytes: [UInt8] = []
    }

    /// A reader that has seen nothing.
    public init() {}

    /// Whether a file that begins with `bytes` is meant as a recording.
    public static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: RecordingFormat.signatureName.utf8)
    }

    /// Takes the next bytes of the file and hands out the events they complete.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, _ body: (RecordingEvent) -> Void
    ) throws(RecordingError) {
        // Taken out, so that lines can be handed to `self` without copying them.
        var lines = lines
        defer { self.lines = lines }
        try lines.push(bytes) { (line, number) throws(RecordingError) in
            if let event = try self.read(line, number) { body(event) }
        }
    }

    /// The file is over: throws when it breaks off before its `end`.
    public mutating func finish() throws(RecordingError) {
        let line = lines.line
        guard line > 0 else {
            throw RecordingError(line: 1, "the file is empty", advice: "was it recorded to the end?")
        }
        var rest = false
        try lines.finish { (_, _) throws(RecordingError) in rest = true }
        guard !hasEnded || rest || openChunk != nil else { return }
        let reason =
            rest || openChunk != nil ? "the recording breaks off within an event" : "the recording has no end"
        throw RecordingError(
            line: line, reason, advice: "what came before is whole and was used", isTruncation: true)
    }

    // MARK: Lines

    private mutating func read(_ raw: UnsafeRawBufferPointer, _ number: Int) throws(RecordingError)
        -> RecordingEvent?
    {
        let line = withoutEnd(raw)
        if number == 1 { return try readSignature(line) }
        if isInHeader {
            headerBytes += raw.count
            guard headerBytes <= RecordingFormat.longestHeader else {
                throw RecordingError(
                    line: number, "no event within the first \(RecordingFormat.longestHeader) bytes",
                    advice: "shorten the notes")
            }
        }
        if openChunk != nil { return try readContinuation(line, number) }
        guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
        guard !hasEnded else {
            throw RecordingError(line: number, "something follows the end", advice: "remove it, or the end")
        }
        if first == UInt8(ascii: "-") || (first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")) {
            isInHeader = false
            return try readEvent(line, number)
        }
        try readDescription(line, number)
        return nil
    }

    private mutating func readSignature(_ line: Slice<UnsafeRawBufferPointer>) throws(RecordingError)
        -> RecordingEvent?
    {
        let text = String(decoding: line, as: UTF8.self)
        for version in RecordingFormat.versions where text == RecordingFormat.signatureName + "\(version)" {
            header.version = version
            return nil
        }
        guard text.hasPrefix(RecordingFormat.signatureName) else {
            throw RecordingError(
                line: 1, "this is no recording",
                advice: "its first line would be \"\(RecordingFormat.signature)\"")
        }
        throw RecordingError(
            line: 1,
            "format version \"\(Printable.text(String(text.dropFirst(17)), limit: 16))\" is not known",
            advice: "a newer lumbarctl may read it")
    }

    private func withoutEnd(_ raw: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        var end = raw.endIndex
        if end > 0, raw[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > 0, raw[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return raw[0..<end]
    }

    // MARK: Events

    private mutating func readEvent(
        _ line: Slice<UnsafeRawBufferPointer>, _ number: Int
    ) throws(RecordingError) -> RecordingEvent? {
        let timeEnd = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
        let timeBytes = UnsafeRawBufferPointer(rebasing: line[line.startIndex..<timeEnd])
        guard let nanoseconds = DecimalText.nanoseconds(from: timeBytes),
            RecordingFormat.instants.contains(Instant(nanoseconds: nanoseconds))
        else {
            throw RecordingError(
                line: number,
                "\"\(Printable.text(String(decoding: timeBytes, as: UTF8.self), limit: 32))\" is no time",
                advice: "an event begins with seconds, such as 12.340000000")
        }
        let time = try checked(Instant(nanoseconds: nanoseconds), number)
        let rest = line[min(timeEnd + 1, line.endIndex)...]
        let verbEnd = rest.firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
        let verb = String(decoding: rest[..<verbEnd], as: UTF8.self)
        let arguments = rest[min(verbEnd + 1, rest.endIndex)...]
        switch verb {
        case "data", "text":
            return try readChunk(arguments, isText: verb == "text", time, number)
        case "attach":
            return RecordingEvent(.attach(try attach(arguments, number)), at: time)
        case "detach":
            let gone = try device(arguments, number).id
            attached.removeAll { $0 == gone }
            return RecordingEvent(.detach(gone), at: time)
        case "anchor":
            guard let anchor = AnchorText(String(decoding: arguments, as: UTF8.self)).anchor(at: time) else {
                throw RecordingError(
                    line: number, "an anchor that cannot be read",
                    advice: "write it as: anchor 2026-11-21T08:14:00.000000000Z +3600 Europe/Amsterdam")
            }
            return RecordingEvent(.anchor(anchor), at: time)
        case "control": return RecordingEvent(try control(arguments, number), at: time)
        case "end":
            hasEnded = true
            return RecordingEvent(.end, at: time)
        default:
            throw RecordingError(
                line: number, "\"\(Printable.text(verb, limit: 32))\" is no event",
                advice: "the events are attach, data, text, detach, anchor, control and end")
        }
    }

    private mutating func checked(_ time: Instant, _ number: Int) throws(RecordingError) -> Instant {
        if let lastTime {
            guard time >= lastTime else {
                throw RecordingError(
                    line: number, "its time is before that of the event above",
                    advice: "events are in the order of their time")
            }
            guard time - lastTime <= RecordingFormat.longestSilence else {
                throw RecordingError(
                    line: number, "more than 31 days after the event above",
                    advice: "split the recording, or correct the time")
            }
        }
        firstTime = firstTime ?? time
        guard let firstTime, time - firstTime <= RecordingFormat.longestSpan else {
            throw RecordingError(
                line: number, "more than a year after the first event", advice: "split the recording")
        }
        lastTime = time
        return time
    }

    private func control(
        _ arguments: Slice<UnsafeRawBufferPointer>, _ line: Int
    ) throws(RecordingError) -> RecordingEvent.Kind {
        guard header.version >= RecordingFormat.versionWithControls else {
            throw RecordingError(
                line: line, "version \(header.version) of the format has no control",
                advice: "restore the first line from the original recording")
        }
        guard let found = ControlText.control(String(decoding: arguments, as: UTF8.self)) else {
            throw RecordingError(
                line: line, "a control that cannot be read",
                advice: "write it as: control me snooze 1900.000000000, or restore the line")
        }
        return .control(found.control, found.wearer)
    }

    private mutating func attach(
        _ word: Slice<UnsafeRawBufferPointer>, _ line: Int
    ) throws(RecordingError) -> Device {
        let device = try device(word, line)
        guard !attached.contains(device.id) else {
            throw RecordingError(
                line: line, "this sensor is attached already", advice: "detach it before it is attached again"
            )
        }
        attached.append(device.id)
        return device
    }

    private func device(
        _ word: Slice<UnsafeRawBufferPointer>, _ line: Int
    ) throws(RecordingError) -> Device {
        let text = String(decoding: word, as: UTF8.self)
        guard let number = Int(text), number >= 1, number <= devices.count else {
            throw RecordingError(
                line: line, "sensor \"\(Printable.text(text, limit: 32))\" was not described",
                advice: "add a line such as \"device: \(devices.count + 1) my-sensor\" before it")
        }
        return devices[number - 1]
    }

    private mutating func readChunk(
        _ arguments: Slice<UnsafeRawBufferPointer>, isText: Bool, _ time: Instant, _ number: Int
    ) throws(RecordingError) -> RecordingEvent? {
        let wordEnd = arguments.firstIndex(of: UInt8(ascii: " ")) ?? arguments.endIndex
        let device = try device(arguments[..<wordEnd], number)
        openChunk = OpenChunk(time: time, device: device.id, isText: isText)
        return try readContinuation(arguments[min(wordEnd + 1, arguments.endIndex)...], number)
    }

    private mutating func readContinuation(
        _ line: Slice<UnsafeRawBufferPointer>, _ number: Int
    ) throws(RecordingError) -> RecordingEvent? {
        guard var chunk = openChunk else { return nil }
        openChunk = nil
        var piece = line
        while piece.first == UInt8(ascii: " ") { piece = piece.dropFirst() }
        let goesOn = piece.last == UInt8(ascii: "\\")
        if goesOn { piece = piece.dropLast() }
        while piece.last == UInt8(ascii: " ") { piece = piece.dropLast() }
        let problem =
            chunk.isText
            ? RecordingText.readQuoted(piece, into: &chunk.bytes)
            : RecordingText.readHex(piece, into: &chunk.bytes)
        if let problem {
            throw RecordingError(
                line: number, problem, advice: "restore the line from the original recording")
        }
        guard chunk.bytes.count <= RecordingFormat.longestChunk else {
            throw RecordingError(
                line: number, "a chunk of more than \(RecordingFormat.longestChunk) bytes",
                advice: "split it into several events")
        }
        guard goesOn else { return RecordingEvent(.data(chunk.device, chunk.bytes), at: chunk.time) }
        openChunk = chunk
        return nil
    }
}
