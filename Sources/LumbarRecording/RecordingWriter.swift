import LumbarCore

/// Writes events as the text of a recording; see `RecordingFormat`.
///
/// It keeps no file: bytes are appended to a buffer of the caller's, who may write them out whenever they
/// please. Sensors are described when they first appear, and again when they come back different.
public struct RecordingWriter: Sendable {
    // In the order of their numbers, from 1. A handful at most, so a search beats a table.
    private var devices: [Device] = []
    private var hasBegun = false
    private let header: RecordingHeader

    /// A writer of a recording that says `header` about itself.
    public init(header: RecordingHeader) { self.header = header }

    /// Appends one event; the first call writes the header before it.
    public mutating func write(_ event: RecordingEvent, to out: inout [UInt8]) {
        switch event.kind {
        case .data(let device, let bytes):
            bytes.withUnsafeBytes { write($0, from: device, at: event.time, to: &out) }
        case .attach(let device):
            begin(&out)
            let number = describe(device, &out)
            append(event.time, "attach \(number)", &out)
        case .detach(let device):
            begin(&out)
            let number = number(of: device, &out)
            append(event.time, "detach \(number)", &out)
        case .anchor(let anchor):
            begin(&out)
            append(event.time, anchorText(anchor, at: event.time), &out)
        case .control(let control, let wearer):
            precondition(header.version >= RecordingFormat.versionWithControls, "the header says version 1")
            begin(&out)
            append(event.time, ControlText.text(control, of: wearer), &out)
        case .end:
            begin(&out)
            append(event.time, "end", &out)
        }
    }

    /// Appends a chunk as `read(2)` returned it.
    ///
    /// A chunk beyond the longest allowed becomes several at the same instant.
    public mutating func write(
        _ bytes: UnsafeRawBufferPointer, from device: DeviceID, at time: Instant, to out: inout [UInt8]
    ) {
        begin(&out)
        let number = number(of: device, &out)
        var start = 0
        repeat {
            let end = min(bytes.count, start + RecordingFormat.longestChunk)
            appendChunk(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), number, time, &out)
            start = end
        } while start < bytes.count
    }

    // MARK: Pieces

    private mutating func begin(_ out: inout [UInt8]) {
        guard !hasBegun else { return }
        hasBegun = true
        append(RecordingFormat.signatureName + "\(header.version)", &out)
        append("simulated: " + (header.isSimulated ? "yes" : "no"), &out)
        appendText("recorded", header.recorded, &out)
        appendText("by", header.recordedBy, &out)
        if let rate = header.rateHz {
            append("rate: " + (Int(exactly: rate).map(String.init) ?? "\(rate)"), &out)
        }
        for note in header.notes { append("note: " + RecordingText.escaped(note), &out) }
    }

    private mutating func describe(_ device: Device, _ out: inout [UInt8]) -> Int {
        if let known = devices.lastIndex(where: { $0.id == device.id }), devices[known] == device {
            return known + 1
        }
        devices.append(device)
        append("", &out)
        append("device: \(devices.count) " + RecordingText.escaped(device.id.text), &out)
        if device.name != device.id.text { appendText("name", device.name, &out) }
        if let name = device.protocolName { append("protocol: " + RecordingText.escaped(name), &out) }
        for profile in device.profiles {
            append("profile: " + RecordingText.escaped(profile.name), &out)
            for line in profile.text.split(separator: "\n") {
                append("profile-line: " + RecordingText.escaped(String(line)), &out)
            }
        }
        appendText("mount", device.mount.text, &out)
        if device.wearer != .sole { append("wearer: " + RecordingText.escaped(device.wearer.text), &out) }
        append("role: " + device.role.rawValue, &out)
        if let known = device.calibration { append("calibration: " + CalibrationLine.text(known), &out) }
        for line in DescriptorLine.lines(device.descriptor) { append(line, &out) }
        append("", &out)
        return devices.count
    }

    private mutating func number(of id: DeviceID, _ out: inout [UInt8]) -> Int {
        if let known = devices.lastIndex(where: { $0.id == id }) { return known + 1 }
        return describe(Device(id: id), &out)
    }

    private func appendChunk(
        _ bytes: UnsafeRawBufferPointer, _ number: Int, _ time: Instant, _ out: inout [UInt8]
    ) {
        let isPlain = RecordingText.isPlain(bytes)
        out.append(contentsOf: DecimalText.seconds(nanoseconds: time.nanoseconds).utf8)
        out.append(contentsOf: (isPlain ? " text \(number) " : " data \(number) ").utf8)
        var start = 0
        repeat {
            let end = min(bytes.count, start + RecordingFormat.bytesPerLine)
            if start > 0 { out.append(contentsOf: " \\\n  ".utf8) }
            if isPlain { out.append(UInt8(ascii: "\"")) }
            for byte in bytes[start..<end] {
                if isPlain {
                    RecordingText.appendQuoted(byte, to: &out)
                } else {
                    RecordingText.appendHex(byte, to: &out)
                }
            }
            if isPlain { out.append(UInt8(ascii: "\"")) }
            start = end
        } while start < bytes.count
        out.append(UInt8(ascii: "\n"))
    }

    private func anchorText(_ anchor: WallAnchor, at time: Instant) -> String {
        let zone = anchor.zone
        var text = "anchor " + RecordingText.wallText(anchor.wall) + " " + signed(zone.offsetSeconds)
        text += " " + RecordingText.escapedWord(zone.name)
        if let change = zone.change {
            text += " until " + RecordingText.wallText(change) + " then " + signed(zone.offsetAfterSeconds)
        }
        if anchor.instant != time {
            text += " at " + DecimalText.seconds(nanoseconds: anchor.instant.nanoseconds)
        }
        return text
    }

    private func signed(_ seconds: Int) -> String { seconds < 0 ? String(seconds) : "+\(seconds)" }

    private func append(_ time: Instant, _ text: String, _ out: inout [UInt8]) {
        append(DecimalText.seconds(nanoseconds: time.nanoseconds) + " " + text, &out)
    }

    private func appendText(_ key: String, _ text: String, _ out: inout [UInt8]) {
        if !text.isEmpty { append(key + ": " + RecordingText.escaped(text), &out) }
    }

    private func append(_ line: String, _ out: inout [UInt8]) {
        out.append(contentsOf: line.utf8)
        out.append(UInt8(ascii: "\n"))
    }
}
