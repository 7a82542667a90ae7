/// A random 128-bit name of what a person entered, so that two machines' files can be put together without doubles.
///
/// Written as a UUID of version 4 (RFC 9562): `1b4e28ba-2fa1-4d2e-883f-0016d3cca427`.
public struct UniqueID: Hashable, Sendable, CustomStringConvertible {
    /// The sixteen bytes, in the order they are written.
    public let bytes: [UInt8]

    /// Sixteen bytes; nil when they are not sixteen.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// A new one, from 122 bits of `random`.
    public init(using random: inout some RandomNumberGenerator) {
        var bytes: [UInt8] = []
        for _ in 0..<2 {
            let word: UInt64 = random.next()
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
        }
        // Version 4, variant 10.
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        self.bytes = bytes
    }

    /// All zero: no name.
    public static let none = UniqueID(zeros: 16)

    private init(zeros: Int) { bytes = Array(repeating: 0, count: zeros) }

    /// Reads what `description` writes; nil when it is none.
    public init?(_ text: String) {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return nil }
        let digits = groups.flatMap { $0 }.map(UniqueID.value)
        guard digits.allSatisfy({ $0 != nil }) else { return nil }
        let nibbles = digits.compactMap { $0 }
        bytes = stride(from: 0, to: 32, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// Lower-case hexadecimal digits in five groups.
    public var description: String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return text
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
