import LumbarCore

/// How long the wearer has been standing without a break.
///
///     stand ──── walk 20 s ──── stand        goes on: a few steps are no break
///     stand ──── walk 60 s ──── stand        begins anew
///     stand ──── sit ────────── stand        begins anew
struct StandingWatch: Sendable {
    private(set) var since: Instant?
    private var leftAt: Instant?

    /// What breaks it, as for sitting.
    static let shortestBreak = Elapsed.seconds(60)

    mutating func receive(_ posture: Posture, _ episode: Episode) {
        switch posture {
        case .standing:
            guard episode.isOngoing else {
                leftAt = episode.end
                return
            }
            let goesOn = since.map { $0 == episode.start } ?? false
            let isResumed = leftAt.map { episode.start - $0 < Self.shortestBreak } ?? false
            leftAt = nil
            guard !goesOn, !(since != nil && isResumed) else { return }
            since = episode.start
        case .walking, .unknown: break
        case .sitting, .lying, .notWorn:
            since = nil
            leftAt = nil
        }
    }
}
