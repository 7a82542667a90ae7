/// Why a text is not read as JSON.
public enum JSONFault: Error, Sendable, Equatable {
    /// It is no JSON (RFC 8259) at the byte with this number, counted from 0.
    case notJSON(at: Int)
    /// It is longer than allowed.
    case tooLong
    /// It is nested deeper than allowed.
    case tooDeep
    /// It holds more values than allowed.
    case tooManyValues
}

/// Reads one JSON text within limits, whatever the bytes are.
///
/// The limits bound time, memory and stack. Texts must be UTF-8; a surrogate without its other half is refused.
public struct JSONReader {
    /// How much is read.
    public struct Limits: Sendable {
        /// Length of the text in bytes.
        public var bytes: Int
        /// Arrays and objects within each other.
        public var depth: Int
        /// Values in all.
        public var values: Int

        /// Limits.
        public init(bytes: Int, depth: Int, values: Int) {
            self.bytes = bytes
            self.depth = depth
            self.values = values
        }

        /// For what a stranger asks: a request has a handful of members.
        public static let request = Limits(bytes: 65_536, depth: 32, values: 1024)
        /// For what the daemon answers: some dozen values for each of hundreds of sensors.
        public static let reply = Limits(bytes: 1 << 20, depth: 32, values: 65_536)
    }

    private let bytes: UnsafeRawBufferPointer
    private let limits: Limits
    private var index = 0
    private var values = 0

    private init(_ bytes: UnsafeRawBufferPointer, _ limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The value that `bytes` hold, with blanks around it and nothing else.
    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: Limits
    ) throws(JSONFault) -> JSONValue {
        guard bytes.count <= limits.bytes else { throw .tooLong }
        var reader = JSONReader(bytes, limits)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.index == bytes.count else { throw .notJSON(at: reader.index) }
        return value
    }

    /// The value that `text` holds.
    public static func read(_ text: String, limits: Limits) throws(JSONFault) -> JSONValue {
        try read(Array(text.utf8), limits: limits)
    }

    /// The value that `bytes` hold.
    public static func read(_ bytes: [UInt8], limits: Limits) throws(JSONFault) -> JSONValue {
        // The closure of an array cannot throw a type of its own in Swift 6.0.
        let result = bytes.withUnsafeBytes { buffer -> Result<JSONValue, JSONFault> in
            do throws(JSONFault) { return .success(try read(buffer, limits: limits)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipBlanks()
        values += 1
        guard values <= limits.values else { throw .tooManyValues }
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= limits.depth else { throw .tooDeep }
        index += 1
        var members: [JSONValue.Member] = []
        skipBlanks()
        if takes(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipBlanks()
            let name = try string()
            skipBlanks()
            guard takes(UInt8(ascii: ":")) else { throw .notJSON(at: index) }
            members.append(JSONValue.Member(name, try value(depth: depth)))
            skipBlanks()
            if takes(UInt8(ascii: "}")) { return .object(members) }
            guard takes(UInt8(ascii: ",")) else { throw .notJSON(at: index) }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= limits.depth else { throw .tooDeep }
        index += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if takes(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth))
            skipBlanks()
            if takes(UInt8(ascii: "]")) { return .array(elements) }
            guard takes(UInt8(ascii: ",")) else { throw .notJSON(at: index) }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard takes(word.utf8Start[offset]) else { throw .notJSON(at: index) }
        }
        return value
    }

    // MARK: Numbers

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = index
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")) { try digits() }
        var isWhole = true
        if takes(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            index += 1
            if !takes(UInt8(ascii: "-")) { _ = takes(UInt8(ascii: "+")) }
            try digits()
        }
        // Nobody writes a longer one, and to read it takes time by its length.
        guard index - start <= 64 else { throw .notJSON(at: start) }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let whole = Int64(text) { return .integer(whole) }
        guard let value = Double(text), value.isFinite else { throw .notJSON(at: start) }
        return .number(value)
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek) { index += 1 }
        guard index > start else { throw .notJSON(at: index) }
    }

    // MARK: Texts

    private mutating func string() throws(JSONFault) -> String {
        guard takes(UInt8(ascii: "\"")) else { throw .notJSON(at: index) }
        let start = index
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= 0x20 else { throw .notJSON(at: index) }
            index += 1
            if byte == UInt8(ascii: "\"") {
                guard let valid = String(validating: text, as: UTF8.self) else { throw .notJSON(at: start) }
                return valid
            }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(byte)
            }
        }
        throw .notJSON(at: index)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        let kind = peek
        index += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar()).utf8)
        default: throw .notJSON(at: index - 1)
        }
    }

    /// The character of `\uXXXX`, or of two of them when the first is half of a pair.
    private mutating func scalar() throws(JSONFault) -> Character {
        let first = try hexadecimal()
        var value = first
        if (0xD800..<0xDC00).contains(first) {
            guard takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) else { throw .notJSON(at: index) }
            let second = try hexadecimal()
            guard (0xDC00..<0xE000).contains(second) else { throw .notJSON(at: index) }
            value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw .notJSON(at: index) }
        return Character(scalar)
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch peek {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = peek - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = peek - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = peek - UInt8(ascii: "A") + 10
            default: throw .notJSON(at: index)
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    // MARK: Bytes

    /// The next byte; 0, which begins nothing, at the end.
    private var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }
}
