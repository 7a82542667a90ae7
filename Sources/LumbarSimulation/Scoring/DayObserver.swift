import LumbarCore

/// Listens to what is told about a simulated wearer, and scores it when the day is over.
///
/// Episodes carry shifts of posture as a count. To place them in time, bouts of sitting have to be reported every
/// second from their beginning (settings `report-after` and `report-every` of `[sitting]`); what is detected does not
/// depend on how often it is reported. Bouts too short to be told by default are passed over when they end.
public struct DayObserver: Sendable {
    private var episodes: [Episode] = []
    private var shifts: [Instant] = []
    private var bout = Instant.zero
    private var shiftsInBout = 0
    private let shortestBout: Elapsed

    /// Nothing heard; `shortestBout` is the setting of that name.
    public init(shortestBout: Elapsed) { self.shortestBout = shortestBout }

    /// Takes an episode as it is told, ongoing or complete.
    public mutating func take(_ episode: Episode) {
        if case .sitting(let measures) = episode.kind {
            if episode.start != bout {
                bout = episode.start
                shiftsInBout = 0
            }
            while shiftsInBout < measures.posturalShifts {
                shifts.append(episode.end)
                shiftsInBout += 1
            }
            if episode.duration < shortestBout { return }
        }
        if !episode.isOngoing { episodes.append(episode) }
    }

    /// What it was worth, given what really happened.
    public func score(against truth: [TruthSpan]) -> DayScore {
        DayScore(truth: truth, episodes: episodes, shifts: shifts)
    }
}
