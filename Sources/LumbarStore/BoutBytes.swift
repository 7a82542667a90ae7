/// The lengths of bouts as a blob: each number as the eight bytes of a 64-bit floating point, the lowest first.
enum BoutBytes {
    static func bytes(_ seconds: [Double]) -> [UInt8] {
        seconds.flatMap { value in
            (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
        }
    }

    /// What was stored; a part of a number at the end, and what is no length, is left out.
    static func seconds(_ bytes: [UInt8]) -> [Double] {
        stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).compactMap { start in
            let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
            let value = Double(bitPattern: bits)
            return value.isFinite && value >= 0 ? value : nil
        }
    }
}
