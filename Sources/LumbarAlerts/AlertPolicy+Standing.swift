import LumbarCore

/// How long the wearer has been standing without a break.
///
///     stand ──── walk 20 s ──── stand        goes on: a few steps are no break
///     stand ──── walk 60 s ──── stand        begins anew
///     stand ──── sit ────────── stand        begins anew
struct StandingWatch: Sendable {
    private(set) var since: Instant?
    private var leftAt: Instant?
    private(set) var isTold = false

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
            isTold = false
        case .walking, .unknown: break
        case .sitting, .lying, .notWorn:
            since = nil
            leftAt = nil
        }
    }

    mutating func tell() { isTold = true }
}

extension AlertPolicy {
    /// The first moment from `time` on at which long standing may be told.
    func standingDue(from time: Instant) -> Instant? {
        guard settings.standing, posture == .standing, !stance.isTold, let since = stance.since else {
            return nil
        }
        return max(time, silentUntil, since + .minutes(settings.standingNotice))
    }

    mutating func tellStanding(at now: Instant, into alerts: inout [Alert]) {
        guard let since = stance.since else { return }
        stance.tell()
        say(
            Alert(
                rule: .standing, tier: .notice, time: now, episodeStart: since, duration: now - since,
                message: AlertText.standing(seconds: (now - since).seconds), wearer: wearer),
            into: &alerts)
    }
}
