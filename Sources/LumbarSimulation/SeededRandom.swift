/// A small seeded source of random numbers (SplitMix64): the same numbers on every machine, for ever.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not for secrets.
@frozen
public struct SeededRandom: RandomNumberGenerator, Sendable, Equatable {
    @usableFromInline
    var state: UInt64

    /// A source that is fully determined by `seed`.
    @inlinable
    public init(seed: UInt64) { state = seed }

    /// A source that depends on `seed` and on what it is for, so that two uses of one seed do not share numbers.
    public init(seed: UInt64, purpose: UInt64) {
        var mixer = SeededRandom(seed: seed ^ (purpose &* 0xD1B5_4A32_D192_ED03))
        state = mixer.next()
    }

    /// The next 64 random bits.
    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from [0, 1), with 53 random bits.
    @inlinable
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number from [low, high).
    @inlinable
    public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    /// A whole number from `range`; the slight bias of the multiplication does not matter here.
    public mutating func whole(_ range: ClosedRange<Int>) -> Int {
        let count = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
    }

    /// True with probability `p`.
    @inlinable
    public mutating func chance(_ p: Double) -> Bool { unit() < p }

    /// +1 or -1.
    @inlinable
    public mutating func sign() -> Double { next() & 1 == 0 ? 1 : -1 }

    /// A nearly normal number, mean 0 and deviation 1, never beyond 3.47.
    ///
    /// The sum of four uniform numbers (Irwin-Hall): one draw, no logarithm, exact on every processor. The missing
    /// far tail does not matter for sensor noise or for the variety of bodies.
    @inlinable
    public mutating func normal() -> Double {
        let bits = next()
        let sum =
            (bits & 0xFFFF) &+ ((bits >> 16) & 0xFFFF) &+ ((bits >> 32) & 0xFFFF) &+ (bits >> 48)
        return (Double(sum) - 131070) * (1.7320508075688772 / 65536)
    }

    /// A normal number of this mean and deviation, kept within `range`.
    public mutating func normal(_ mean: Double, _ deviation: Double, in range: ClosedRange<Double>) -> Double
    {
        min(max(mean + deviation * normal(), range.lowerBound), range.upperBound)
    }
}
