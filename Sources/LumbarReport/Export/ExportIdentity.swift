import LumbarCore

/// Gives what is exported names that are the same in every export, and that tell nobody's name.
///
/// A program that takes in two exports of one history then knows what it has already. They are UUIDs of version 8
/// (RFC 9562): 122 bits of two FNV-1a sums over the history's own mark and what the thing is.
public struct ExportIdentity: Sendable {
    private let mark: String

    /// `mark` belongs to one history and cannot be guessed, such as the name of its first boot.
    public init(mark: String) { self.mark = mark }

    /// The UUID of what `parts` say it is.
    public func uuid(_ parts: String...) -> String {
        var bytes = Array(mark.utf8)
        for part in parts {
            // What no part can hold stands between them, or "ab" and "c" would be "a" and "bc".
            bytes.append(0xFF)
            bytes += part.utf8
        }
        var high = ExportIdentity.sum(bytes, 0xCBF2_9CE4_8422_2325)
        var low = ExportIdentity.sum(bytes, 0x8422_2325_CBF2_9CE4)
        high = high & ~0xF000 | 0x8000
        low = low & ~(0b11 << 62) | 0b10 << 62
        let hex = ExportIdentity.hex(high) + ExportIdentity.hex(low)
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return cuts.map { String(decoding: Array(hex.utf8)[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func sum(_ bytes: [UInt8], _ basis: UInt64) -> UInt64 {
        var sum = basis
        for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        // FNV moves little into its high bits: the finish of MurmurHash3 spreads them.
        sum = (sum ^ (sum >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        sum = (sum ^ (sum >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return sum ^ (sum >> 33)
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
