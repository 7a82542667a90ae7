/// One configuration file taken apart: systemd's INI form, with the line of every value.
///
///     # comment          ; comment
///     [section]
///     key=value          key = value
///
/// Spaces and tabs around names and values do not count; a comment needs a line of its own; a key may stand more than
/// once and the last one holds. There is no quoting and no continuation. Any bytes at all give entries and errors,
/// never a trap.
public struct ConfigText: Sendable {
    /// A value as it stands in the file.
    public struct Entry: Equatable, Sendable {
        /// Section it stands under.
        public let section: String
        /// Key, left of the first `=`.
        public let key: String
        /// Value, right of it, trimmed; may be empty.
        public let value: String
        /// Where.
        public let origin: ConfigOrigin
    }

    /// A section header as it stands in the file.
    public struct Header: Equatable, Sendable {
        /// Name between the brackets.
        public let name: String
        /// Where.
        public let origin: ConfigOrigin
    }

    /// Values in file order.
    public private(set) var entries: [Entry] = []
    /// Section headers in file order.
    public private(set) var headers: [Header] = []
    /// What could not be read, in file order.
    public private(set) var errors: [ConfigError] = []

    /// Longest line that is read, in bytes.
    public static let longestLine = 4096
    /// Largest file that is read, in bytes.
    public static let largestFile = 1 << 20

    private let file: String
    private var section: String?
    private var line = 0

    /// Takes apart the `bytes` of the file called `file`.
    public init(file: String, bytes: [UInt8]) {
        self.file = file
        var content = bytes.prefix(ConfigText.largestFile)
        if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
        for raw in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            take(raw.last == 0x0D ? raw.dropLast() : raw)
        }
        if bytes.count > ConfigText.largestFile {
            line = 0
            report("the file is larger than \(ConfigText.largestFile) bytes; the rest is ignored")
        }
    }

    /// Takes apart `text`, the content of the file called `file`.
    public init(file: String, text: String) {
        self.init(file: file, bytes: Array(text.utf8))
    }

    private var here: ConfigOrigin { ConfigOrigin(file: file, line: line) }

    private mutating func report(_ reason: String) { errors.append(ConfigError(here, reason)) }

    private mutating func take(_ raw: ArraySlice<UInt8>) {
        guard let first = raw.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { return }
        guard raw.count <= ConfigText.longestLine else {
            return report("the line is longer than \(ConfigText.longestLine) bytes")
        }
        guard let decoded = String(validatingUTF8Bytes: raw) else {
            return report("the line is not UTF-8 text, or has control characters in it")
        }
        let text = trimmed(decoded)
        if text.first == "[" { takeHeader(text) } else { takeAssignment(text) }
    }

    private mutating func takeHeader(_ text: String) {
        // A broken header must not leave its keys to the section before it.
        section = nil
        guard text.last == "]", text.count > 2 else { return report("\(shown(text)) is not a [section]") }
        let name = trimmed(text.dropFirst().dropLast())
        section = name
        headers.append(Header(name: name, origin: here))
    }

    private mutating func takeAssignment(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else {
            return report("\(shown(text)) is neither [section] nor key=value")
        }
        let key = trimmed(text[..<equals])
        guard !key.isEmpty else { return report("there is no key before the =") }
        guard let section else { return report("\(shown(key)) stands under no readable [section]") }
        let value = trimmed(text[text.index(after: equals)...])
        entries.append(Entry(section: section, key: key, value: value, origin: here))
    }
}

extension String {
    /// The text in `bytes`, or nil when they are not UTF-8 or hold control characters other than a tab.
    fileprivate init?(validatingUTF8Bytes bytes: ArraySlice<UInt8>) {
        guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self = text
    }
}
