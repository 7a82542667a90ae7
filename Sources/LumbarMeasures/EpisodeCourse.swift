import LumbarCore

/// How a person's episodes of pain follow each other, and when that is a reason to talk to a clinician.
///
/// The reasons are those that are told by a calendar: episodes that come more often, one of more than six weeks, one
/// after a fall. Which symptoms need care at once is a static text, and nothing here infers them.
public struct EpisodeCourse: Sendable, Equatable {
    /// The episodes in the order of time.
    public let episodes: [PainEpisode]
    /// From the beginning of each to that of the next.
    public let intervals: [Elapsed]
    /// Whether they come more often or less often than before; nil with nothing to compare.
    public let trend: Trend?
    /// Reasons to talk to a clinician.
    public let reasons: [Reason]

    /// Two equal lengths of time and the episodes in each.
    public struct Trend: Sendable, Equatable {
        /// How long each is.
        public let half: Elapsed
        /// Episodes that began in the older one, the very first, with which it begins, left out.
        public let older: Int
        /// Episodes that began in the newer one.
        public let newer: Int
        /// The newer rate by the older, with its exact interval.
        public let rateRatio: MatchedOddsRatio

        /// Whether chance alone would seldom make the newer one so many more.
        public var isMoreOften: Bool { rateRatio.low > 1 }
        /// Whether chance alone would seldom make the newer one so many fewer.
        public var isLessOften: Bool { rateRatio.high < 1 }
    }

    /// Why a clinician should be asked.
    public enum Reason: Sendable, Equatable {
        /// Episodes come more often than before.
        case moreOften
        /// An episode was, or has been, going on for more than six weeks.
        case long(PainEpisode)
        /// An episode began within three days after a fall.
        case afterFall(PainEpisode)
    }

    /// What lasts longer is no longer acute.
    public static let longEpisode = Elapsed.hours(42 * 24)
    /// How long after a fall an episode counts as one after it.
    public static let afterFall = Elapsed.hours(72)

    /// The course of one wearer's `episodes`, in the order of time, as seen at `now`.
    ///
    /// `falls` are the moments of noted falls and of possible ones that were seen.
    public init(_ episodes: [PainEpisode], falls: [WallTime], now: WallTime) {
        self.episodes = episodes
        intervals = zip(episodes.dropFirst(), episodes).map { $0.onset - $1.onset }
        let trend = Self.trend(episodes.map(\.onset), now: now)
        self.trend = trend
        var reasons: [Reason] = trend?.isMoreOften == true ? [.moreOften] : []
        for episode in episodes where episode.length(at: now) > Self.longEpisode {
            reasons.append(.long(episode))
        }
        for episode in episodes where Self.isAfterFall(episode, falls) { reasons.append(.afterFall(episode)) }
        self.reasons = reasons
    }

    /// Whether `episode` began within three days after one of `falls`.
    public static func isAfterFall(_ episode: PainEpisode, _ falls: [WallTime]) -> Bool {
        falls.contains { $0 <= episode.onset && episode.onset - $0 <= afterFall }
    }

    /// The time since the first episode, cut into halves.
    ///
    /// If episodes came by chance at one rate, each after the first would fall into either half with the same
    /// probability: the exact conditional test of two Poisson counts (Przyborowski and Wilenski 1940, Biometrika
    /// 31:313).
    private static func trend(_ onsets: [WallTime], now: WallTime) -> Trend? {
        guard let first = onsets.first, first < now else { return nil }
        let half = Elapsed(nanoseconds: (now - first).nanoseconds / 2)
        let rest = onsets.dropFirst().filter { $0 <= now }
        let newer = rest.count { $0 >= first + half }
        let sets = rest.map {
            MatchedOddsRatio.MatchedSet(isCaseHigher: $0 >= first + half, higher: 1, count: 2)
        }
        guard let ratio = MatchedOddsRatio(sets) else { return nil }
        return Trend(half: half, older: rest.count - newer, newer: newer, rateRatio: ratio)
    }
}
