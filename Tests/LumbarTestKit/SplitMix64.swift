/// A small seeded generator (Steele, Lea, Flood 2014), so that every run sees the same numbers.
public struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// A generator that begins at `seed`.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Random bytes, eight per draw: tests ask for many megabytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        out.withUnsafeMutableBytes { bytes in
            var offset = 0
            while count - offset >= 8 {
                bytes.storeBytes(of: next().littleEndian, toByteOffset: offset, as: UInt64.self)
                offset += 8
            }
            let last = next()
            for rest in offset..<count {
                bytes[rest] = UInt8(truncatingIfNeeded: last >> UInt64(8 * (rest - offset)))
            }
        }
        return out
    }
}
