/// Follows the number a sensor gives its frames, and says how many are missing.
struct FrameCounter: Sendable {
    private var last: UInt16?

    /// How many frames never came between the one before and this one, for a counter that wraps at `modulus`.
    ///
    /// The same number again means nothing lost: a sensor that repeats a frame, or does not count.
    mutating func lost(before number: UInt16, of modulus: Int) -> UInt16 {
        defer { last = number }
        guard let last, last != number else { return 0 }
        let step = (Int(number) - Int(last) + modulus) % modulus
        return UInt16(truncatingIfNeeded: max(0, step - 1))
    }

    /// The next frame follows no other.
    mutating func forget() { last = nil }
}
