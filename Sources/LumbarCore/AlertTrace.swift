/// What was measured before and around an alert, coarse enough to keep: the curve that `why` draws.
public struct AlertTrace: Sendable, Equatable {
    /// Start of the first interval.
    public var start: Instant
    /// Length of each interval.
    public var interval: Elapsed
    /// Mean flexion in each interval, whole degrees; nil where no angle was known.
    public var flexionDegrees: [Int?]
    /// The posture believed at the end of each interval; as many as `flexionDegrees`.
    public var postures: [Posture]

    /// A trace.
    ///
    /// - Precondition: both lists have the same length.
    public init(start: Instant, interval: Elapsed, flexionDegrees: [Int?], postures: [Posture]) {
        precondition(flexionDegrees.count == postures.count, "a posture for each angle")
        self.start = start
        self.interval = interval
        self.flexionDegrees = flexionDegrees
        self.postures = postures
    }
}
