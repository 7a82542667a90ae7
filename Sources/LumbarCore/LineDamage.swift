/// How much damage a line has shown of late, counted in readings.
///
/// One damaged stretch alone is no sign of a bad line: every line that is opened in the middle of a frame begins with
/// one. Two within `memory` readings are, until so many have come without; more in a row prolong it up to twice.
@frozen
public struct LineDamage: Sendable, Equatable {
    /// Readings for which a stretch is remembered. At the rate of corruption where a checksum of 8 bits lets through
    /// one sample in a million, one byte in 500, every tenth to twentieth sample follows damage.
    public static let memory = 32

    @usableFromInline
    var level = 0

    /// An undamaged line.
    @inlinable
    public init() {}

    /// Whether anything is remembered.
    @inlinable
    public var isRemembered: Bool { level > 0 }

    /// Whether the line is a bad one now.
    @inlinable
    public var isAbout: Bool { level > Self.memory }

    /// A reading came; whether it followed damage.
    @inlinable
    public mutating func note(_ followsDamage: Bool) {
        if followsDamage {
            level = min(level + Self.memory, 3 * Self.memory)
        } else if level > 0 {
            level -= 1
        }
    }
}
