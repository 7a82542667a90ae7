import LumbarCore

/// What info.txt of an ActiGraph recording says of it: lines of `Key: value`.
public struct GT3XInfo: Sendable, Equatable {
    /// Samples per second.
    public var rateHz: Double?
    /// Counts per g, where the file says it.
    public var scale: Double?
    /// The recorder's serial number; its first letters say which kind it is.
    public var serial = ""

    static let longest = 65_536

    /// Nothing known.
    public init() {}

    /// What `text` says; lines that are none are passed over.
    init(_ text: [UInt8]) {
        for line in String(decoding: text.prefix(Self.longest), as: UTF8.self).split(
            whereSeparator: \.isNewline)
        {
            guard let colon = line.firstIndex(of: ":") else { continue }
            // A byte-order mark may stand before the first key.
            let key = line[..<colon].drop { $0 == "\u{FEFF}" || $0 == " " }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch key {
            case "Sample Rate": rateHz = Self.number(value, 1...1000)
            case "Acceleration Scale": scale = Self.number(value, 1...65_536)
            case "Serial Number": serial = String(value.prefix(64))
            default: break
            }
        }
    }

    private static func number(_ text: Substring, _ range: ClosedRange<Double>) -> Double? {
        // Some programs write the comma of their country.
        let plain = String(text.map { $0 == "," ? "." : $0 }.prefix { $0 != " " })
        guard let value = Double(plain), range.contains(value) else { return nil }
        return value
    }

    /// Counts per g of the kinds that never say it (ActiGraph's GT3X-File-Format); nil for others.
    var scaleBySerial: Double? {
        if serial.hasPrefix("NEO") || serial.hasPrefix("CLE") || serial.hasPrefix("MRA") { return 341 }
        return serial.hasPrefix("MOS") || serial.hasPrefix("TAS") ? 256 : nil
    }
}

/// Finds info.txt in an ActiGraph recording, for a look at it before the log is played.
public struct GT3XInfoReader: Sendable {
    /// What it says, as soon as it was read.
    public private(set) var info: GT3XInfo?
    private var archive = ZIPReader()
    private var text: [UInt8]?

    /// A reader that has seen nothing.
    public init() {}

    /// Takes the next bytes of the archive; false when nothing more will come of it.
    public mutating func push(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var archive = archive
        defer { self.archive = archive }
        do throws(ZIPReader.Fault) {
            try archive.push(bytes) { take($0) }
            return !archive.isOver
        } catch { return false }
    }

    private mutating func take(_ event: ZIPReader.Event) {
        switch event {
        case .begin(let entry): text = entry.name.split(separator: "/").last == "info.txt" ? [] : nil
        case .bytes(let bytes):
            let room = GT3XInfo.longest - (text?.count ?? 0)
            text?.append(contentsOf: bytes.prefix(room))
        case .end:
            if let text { info = info ?? GT3XInfo(text) }
            text = nil
        }
    }
}
