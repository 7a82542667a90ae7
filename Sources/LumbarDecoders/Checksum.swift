/// The small integrity checks that sensor protocols use.
enum Checksum {
    /// The low eight bits of the sum of the eight bytes of `word`.
    @inline(__always)
    static func sum8(_ word: UInt64) -> UInt8 {
        // Four sums of two bytes each, side by side; the product gathers them in the top sixteen bits.
        let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ ((word >> 8) & 0x00FF_00FF_00FF_00FF)
        return UInt8(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
    }

    /// The low eight bits of the sum of `bytes`.
    static func sum8(_ bytes: some Sequence<UInt8>) -> UInt8 {
        bytes.reduce(0, &+)
    }
}
