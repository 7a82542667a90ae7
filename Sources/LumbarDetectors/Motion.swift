import LumbarCore

/// A move of the body between two moments at which its vertical velocity is known.
public struct Motion: Sendable, Equatable {
    /// When stillness ended (or stepping did).
    public var start: Instant
    /// When stillness returned (or stepping began).
    public var end: Instant
    /// When the end was recognised.
    public var decided: Instant
    /// Up at the start.
    public var upBefore: Vector3<BodyFrame>
    /// Up at the end.
    public var upAfter: Vector3<BodyFrame>
    /// Inclination at the start, degrees.
    public var inclinationBeforeDegrees: Double
    /// Inclination at the end, degrees.
    public var inclinationAfterDegrees: Double
    /// Flexion at the start, degrees.
    public var flexionBeforeDegrees = 0.0
    /// Flexion at the end, degrees.
    public var flexionAfterDegrees = 0.0
    /// Largest inclination within it, degrees.
    public var peakInclinationDegrees: Double
    /// Largest angle between up at the start and up at any moment of it, degrees.
    public var turnDegrees = 0.0
    /// How the body rose and sank.
    public var profile: HeightProfile
    /// What it began from.
    public var startsAt: VerticalHistory.Anchor
    /// What it ended in.
    public var endsAt: VerticalHistory.Anchor
    /// Steps in it.
    public var steps: Int

    /// Length in seconds.
    public var seconds: Double { (end - start).seconds }
    /// Square of the chord between the up vectors at its ends; about the squared angle in radians when small.
    public var turnSquared: Double { (upAfter - upBefore).lengthSquared }
}
