import LumbarCore

/// Listens to what is told about a simulated wearer, and scores it when the day is over.
///
/// Episodes carry shifts of posture as a count. To place them in time, bouts of sitting have to be reported every
/// second from their beginning (settings `report-after` and `report-every` of `[sitting]`); what is detected does not
/// depend on how often it is reported.
public struct DayObserver: Sendable {
    private var episodes: [Episode] = []
    private var shifts: [Instant] = []
    private var bout = Instant.zero
    private var shiftsInBout = 0

    /// Nothing heard.
    public init() {}

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
        }
        if !episode.isOngoing { episodes.append(episode) }
    }

    /// What it was worth, given what really happened.
    public func score(against truth: [TruthSpan]) -> DayScore {
        DayScore(truth: truth, episodes: episodes, shifts: shifts)
    }
}
