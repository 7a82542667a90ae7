import LumbarCore

/// Whether somebody who may have fallen has got up.
///
/// ```text
///   impact ──╮told  ┄┄┄ down ┄┄┄ 30 s: still down ┄┄┄ 60 s: still down, and told for the last time
///            ╰──────────────╯ up for a second, walking, or sensor taken off: nothing more is said
/// ```
///
/// Of people over 90 who fell, four in five could not get up by themselves at least once, and three in ten lay for an
/// hour or longer (Fleming and Brayne 2008, BMJ 337:a2227), so a fall that nobody gets up from is worth a second word.
struct FallAftermath: Sendable {
    /// How long after the impact the wearer is still down, each told once.
    static let moments: [Elapsed] = [.seconds(30), .seconds(60)]
    /// How far below the angle of rest the trunk comes when it has been raised, degrees.
    static let raised = 10.0
    /// How long it stays raised.
    static let raisedDwell = Elapsed.seconds(1)
    /// News later than this after a moment, because the line broke, is no news.
    static let stale = Elapsed.seconds(30)

    private let episode: Episode
    private let fall: Fall
    private let angle: Double
    private var told = 0
    private var upSince: Instant?

    /// After a fall that was told as `episode`; at `angle` and more the trunk is down.
    init(_ fall: Fall, told episode: Episode, restAngle: Double) {
        self.fall = fall
        self.episode = episode
        angle = min(restAngle, fall.restInclinationDegrees) - Self.raised
    }

    /// Takes a frame; returns whether there is more to watch for.
    mutating func update(_ features: Features, isWalking: Bool, into episodes: inout EpisodeQueue) -> Bool {
        if isWalking || features.wear == .notWorn { return false }
        upSince = features.inclinationDegrees < angle ? upSince ?? features.start : nil
        if let upSince, features.end - upSince >= Self.raisedDwell { return false }
        let down = features.end - episode.start
        guard down >= Self.moments[told] else { return true }
        if down - Self.moments[told] > Self.stale { return false }
        // A trunk that is being raised may get up yet.
        guard upSince == nil else { return true }
        var longer = fall
        longer.downSeconds = Self.moments[told].seconds
        episodes.append(
            Episode(
                .fall(longer), start: episode.start, end: features.end, decided: features.end,
                confidence: episode.confidence, isOngoing: true))
        told += 1
        return told < Self.moments.count
    }
}
