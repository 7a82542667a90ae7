import LumbarCore

/// Turns "from then on it was this" into posture episodes that touch and cover the stream.
///
/// A claim may reach back, because a posture is often known only after it began; it never reaches behind the
/// start of the open episode, whose predecessors are already told. A claim that reaches back to that start
/// renames the open episode. Each claim is also told at once as an ongoing record, so that a live view need
/// not wait for the posture to end; a later claim with the same start takes its place.
struct PostureLog: Sendable {
    /// An episode that has not ended.
    struct Open: Sendable, Equatable {
        var posture: Posture
        var start: Instant
        var decided: Instant
        var confidence: Double
        /// Whether it began with a change that was seen, and not with a guess.
        var isSeen: Bool
    }

    /// Claims that leave less than this of the open episode rename it.
    static let shortest = Elapsed.milliseconds(300)

    private(set) var open: Open?

    /// Begins with an unknown posture at `start`, when nothing is open.
    mutating func begin(at start: Instant, decided: Instant) {
        guard open == nil else { return }
        open = Open(posture: .unknown, start: start, decided: decided, confidence: 0, isSeen: false)
    }

    /// From `start` on the posture is `posture`.
    mutating func claim(
        _ posture: Posture, from start: Instant, decided: Instant, confidence: Double, isSeen: Bool,
        into episodes: inout EpisodeQueue
    ) {
        guard var current = open else { return }
        guard posture != current.posture else {
            current.confidence = max(current.confidence, confidence)
            current.isSeen = current.isSeen || (isSeen && start <= current.start)
            open = current
            return
        }
        let begin = min(max(start, current.start), decided)
        if begin - current.start > Self.shortest {
            emit(current, end: begin, into: &episodes)
            open = Open(
                posture: posture, start: begin, decided: decided, confidence: confidence, isSeen: isSeen)
        } else {
            open = Open(
                posture: posture, start: current.start, decided: decided, confidence: confidence,
                isSeen: isSeen)
        }
        announce(decided, into: &episodes)
    }

    /// The open episode was guessed wrong from its start.
    mutating func rename(
        _ posture: Posture, decided: Instant, confidence: Double, into episodes: inout EpisodeQueue
    ) {
        guard var current = open, current.posture != posture else { return }
        current.posture = posture
        current.decided = decided
        current.confidence = confidence
        open = current
        announce(decided, into: &episodes)
    }

    /// Closes the open episode at `time`.
    mutating func close(at time: Instant, into episodes: inout EpisodeQueue) {
        if let current = open, time > current.start { emit(current, end: time, into: &episodes) }
        open = nil
    }

    private func emit(_ episode: Open, end: Instant, into episodes: inout EpisodeQueue) {
        episodes.append(
            Episode(
                .posture(episode.posture), start: episode.start, end: end, decided: episode.decided,
                confidence: episode.confidence))
    }

    private func announce(_ now: Instant, into episodes: inout EpisodeQueue) {
        guard let open else { return }
        episodes.append(
            Episode(
                .posture(open.posture), start: open.start, end: now, decided: open.decided,
                confidence: open.confidence, isOngoing: true))
    }
}
