import LumbarCore

/// Reports the changes of posture that `PostureDetector` saw happening and that what followed has confirmed.
///
/// Start and end are those of the drop or rise itself; the method and its weaknesses are described there.
public struct TransitionDetector: Detector {
    /// A detector; it has no settings of its own.
    public init() {}

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        report(body, decided: features.end, into: &episodes)
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        report(body, decided: time, into: &episodes)
    }

    private func report(_ body: BodyState, decided: Instant, into episodes: inout EpisodeQueue) {
        guard let change = body.change else { return }
        episodes.append(
            Episode(
                .transition(change.transition), start: change.start, end: max(change.end, change.start),
                decided: decided, confidence: change.chance))
    }
}
