import LumbarCore

/// Each episode of pain compared with the same wearer's own earlier days: a case-crossover study of one person.
///
/// What came in the 24 and the 72 hours before an episode is held against matched earlier windows of the same length
/// that end at the same time of day, so that the wearer, the job and the time of day are the same (Maclure 1991, Am J
/// Epidemiol 133:144; for triggers of back pain Steffens et al. 2015, Arthritis Care Res 67:403).
///
/// *Control windows* lie in the eight weeks before the episode, on the same weekday if there are four such, and else
/// a window's length apart, so that no two share time. They keep clear of every episode and of the window before it,
/// and the sensor was worn for at least half of the waking day (8 of 16 hours) in them, on average over their days.
/// The window before the episode has to be worn as long.
///
/// *Higher* is a window above the median of its set, the episode's own window included: then each window of a set is
/// as likely as any other to be one of the higher, if what is measured has nothing to do with the pain, and the
/// interval of `MatchedOddsRatio` is exact. With a median of the controls alone it would lean to one side.
///
/// *Not enough* is less than four control windows for an episode, since the rank among five is the coarsest that says
/// anything; and fewer than six episodes for an odds ratio, since of five even five higher ones come by chance more
/// often than one time in forty.
public struct CaseCrossover: Sendable, Equatable {
    /// The lengths of the windows.
    public enum Span: Int, Sendable, CaseIterable {
        /// 24 hours.
        case day = 1
        /// 72 hours.
        case threeDays = 3

        /// The length.
        public var length: Elapsed { .hours(24 * Double(rawValue)) }
        /// The least time worn in a window.
        public var leastWorn: Double { CaseCrossover.leastWornSeconds * Double(rawValue) }
    }

    /// An episode's window with its controls.
    public struct MatchedWindows: Sendable, Equatable {
        /// When the episode began, which is where its window ends.
        public let onset: WallTime
        /// Before the episode; nil when the sensor was worn for too little of it.
        public let before: WindowExposure?
        /// The windows it is held against.
        public let controls: [WindowExposure]
        /// Whether they are on the same weekday.
        public let isSameWeekday: Bool

        /// Whether there is enough to compare.
        public var isCompared: Bool { before != nil && controls.count >= CaseCrossover.leastControls }

        /// The median of how long the sensor was worn in the controls, seconds; 0 without any.
        ///
        /// Sums are not corrected for it: where it differs much from `before`, so do they.
        public var usualWornSeconds: Double {
            controls.isEmpty ? 0 : CaseCrossover.median(controls.map(\.wornSeconds).sorted())
        }
    }

    /// One exposure before one episode, held against its controls.
    public struct Comparison: Sendable, Equatable {
        /// When the episode began.
        public let onset: WallTime
        /// Before it.
        public let value: Double
        /// How many control windows have the value.
        public let controls: Int
        /// The median of the controls.
        public let median: Double
        /// The smallest of the controls.
        public let smallest: Double
        /// The largest of the controls.
        public let largest: Double
        /// The share of controls at or below `value`, 0...1.
        public let shareAtOrBelow: Double
        /// The windows as higher and not.
        public let set: MatchedOddsRatio.MatchedSet
    }

    /// One exposure over all episodes.
    public struct Finding: Sendable, Equatable {
        /// The length of the windows.
        public let span: Span
        /// What is compared.
        public let exposure: Exposure
        /// Each episode with enough to compare.
        public let comparisons: [Comparison]
        /// Over all of them; nil with fewer than six that tell anything.
        public let oddsRatio: MatchedOddsRatio?
    }

    /// Half of a waking day of 16 hours.
    static let leastWornSeconds = 8.0 * 3600
    /// Fewest control windows for an episode.
    public static let leastControls = 4
    /// Fewest episodes for an odds ratio.
    public static let leastEpisodes = 6
    /// How far back control windows are looked for, days.
    public static let reachDays = 56

    /// The windows of each span, in the order of the episodes.
    public let windows: [Span: [MatchedWindows]]
    /// Every exposure over each span.
    public let findings: [Finding]
    /// Further days to be worn before an episode from now on would have enough to be held against.
    public let missingDays: [Span: Int]

    /// Compares `episodes` of one wearer, in the order of time, as seen at `now`.
    ///
    /// `exposure` tells what the back did in a window, and `zone` which local time it was.
    public init(
        _ episodes: [PainEpisode], now: WallTime, zone: @escaping (WallTime) -> ZoneRule,
        exposure: @escaping (Range<WallTime>) -> WindowExposure
    ) {
        var windows: [Span: [MatchedWindows]] = [:]
        var missing: [Span: Int] = [:]
        var findings: [Finding] = []
        for span in Span.allCases {
            let search = ControlSearch(span: span, episodes: episodes, zone: zone, exposure: exposure)
            let matched = episodes.map { search.windows(before: $0.onset) }
            windows[span] = matched
            let ready = search.controls(before: now).windows.count
            missing[span] = max(0, Self.leastControls - ready) * span.rawValue
            for one in Exposure.allCases { findings.append(Self.finding(span, one, matched)) }
        }
        self.windows = windows
        self.findings = findings
        missingDays = missing
    }

    private static func finding(
        _ span: Span, _ exposure: Exposure, _ windows: [MatchedWindows]
    ) -> Finding {
        let comparisons = windows.compactMap { comparison(exposure, $0) }
        let ratio = MatchedOddsRatio(comparisons.map(\.set))
        return Finding(
            span: span, exposure: exposure, comparisons: comparisons,
            oddsRatio: ratio.flatMap { $0.sets >= leastEpisodes ? $0 : nil })
    }

    /// The comparison of one exposure in one set; nil without enough to compare.
    static func comparison(_ exposure: Exposure, _ windows: MatchedWindows) -> Comparison? {
        let controls = windows.controls.compactMap { $0[exposure] }.sorted()
        guard let value = windows.before?[exposure], controls.count >= leastControls,
            let smallest = controls.first, let largest = controls.last
        else { return nil }
        let all = (controls + [value]).sorted()
        let middle = median(all)
        return Comparison(
            onset: windows.onset, value: value, controls: controls.count, median: median(controls),
            smallest: smallest, largest: largest,
            shareAtOrBelow: Double(controls.count { $0 <= value }) / Double(controls.count),
            set: MatchedOddsRatio.MatchedSet(
                isCaseHigher: value > middle, higher: all.count { $0 > middle }, count: all.count))
    }

    static func median(_ ordered: [Double]) -> Double {
        (ordered[(ordered.count - 1) / 2] + ordered[ordered.count / 2]) / 2
    }
}
