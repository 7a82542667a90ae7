import LumbarCore

/// Finds one kind of fact in the feature frames.
public protocol Detector: Sendable {
    /// Takes one frame, in time order, with what the detectors before it concluded; allocates nothing.
    mutating func update(_ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue)
    /// The stream broke off at `time`: finishes or drops what is open.
    mutating func interrupt(at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue)
}
