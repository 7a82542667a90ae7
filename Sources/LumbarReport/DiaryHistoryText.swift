import LumbarCore
import LumbarMeasures

/// A diary together with the history as text for people, at most 80 columns wide; informs, and never diagnoses.
public struct DiaryHistoryText {
    private let history: DiaryHistory
    private static let width = 80

    /// The text of `history`.
    public init(_ history: DiaryHistory) { self.history = history }

    /// The lines; none without episodes.
    public var lines: [String] {
        guard !history.course.episodes.isEmpty else { return [] }
        var lines = ["Episodes of pain that you noted"] + episodes + wrapped(trend)
        if !history.course.reasons.isEmpty {
            lines += ["", "A reason to talk to a clinician"] + reasons
            lines += wrapped(
                "This says nothing about the cause. `lumbarctl redflags` tells what cannot wait.")
        }
        for span in CaseCrossover.Span.allCases { lines += [""] + comparison(span) }
        return lines
    }

    private func wrapped(_ text: String) -> [String] {
        text.isEmpty ? [] : WrappedText.lines(text, width: Self.width, first: "  ", rest: "  ")
    }

    // MARK: Episodes

    private var episodes: [String] {
        var table = TextTable(
            ["  ENTRY", "BEGAN", "LASTED", "AFTER", "PAIN", "KIND"],
            [.right, .left, .left, .left, .right, .left])
        for (index, episode) in history.course.episodes.enumerated() {
            let gap = index > 0 ? Self.days(history.course.intervals[index - 1]) : "-"
            let isAfterFall = EpisodeCourse.isAfterFall(episode, history.falls)
            table.append([
                String(episode.entries.first ?? 0), minute(episode.onset),
                episode.end == nil ? "no end" : Self.days(episode.length(at: history.now)), gap,
                episode.worstPain.map { String($0) } ?? "-",
                episode.kind.rawValue + (isAfterFall ? ", after a fall" : ""),
            ])
        }
        return table.lines()
    }

    private var trend: String {
        guard let trend = history.course.trend, trend.isMoreOften || trend.isLessOften else { return "" }
        let change = trend.isMoreOften ? "more" : "less"
        return
            "They come \(change) often than before: \(trend.newer) began in the last \(Self.days(trend.half)), and "
            + "\(trend.older) in the \(Self.days(trend.half)) before that. Chance alone seldom does that."
    }

    private var reasons: [String] {
        history.course.reasons.flatMap { reason -> [String] in
            switch reason {
            case .moreOften: return wrapped("Episodes come more often than before.")
            case .afterFall(let episode):
                return wrapped("The one of \(minute(episode.onset)) began within three days after a fall.")
            case .long(let episode):
                let length = Self.days(episode.length(at: history.now))
                let begun = minute(episode.onset)
                guard episode.end == nil else {
                    return wrapped("The one of \(begun) went on for more than six weeks (\(length)).")
                }
                return wrapped(
                    "The one of \(begun) has no end noted for more than six weeks (\(length)). If it is over, say "
                        + "`lumbarctl diary end \(episode.entries.first ?? 0) --at TIME`.")
            }
        }
    }

    // MARK: What came before

    private func comparison(_ span: CaseCrossover.Span) -> [String] {
        let windows = history.crossover.windows[span] ?? []
        let compared = windows.filter(\.isCompared)
        let title = "In the \(span.rawValue * 24) hours before, against other days of yours"
        guard !compared.isEmpty else {
            let isUnworn = windows.allSatisfy { $0.before == nil }
            return [title] + wrapped(isUnworn ? Self.unworn : "Not enough days yet.") + wrapped(notYet(span))
        }
        let controls = compared.map(\.controls.count)
        let kind = compared.allSatisfy(\.isSameWeekday) ? "on the same weekday" : "at the same time of day"
        let most = controls.max() ?? 0
        let least = controls.min() ?? 0
        let range = least == most ? "\(most)" : "\(least) to \(most)"
        let some = "\(compared.count) of \(windows.count) episodes are"
        let share = compared.count == windows.count ? "Each episode is" : some
        var lines = [title]
        lines += wrapped(
            "\(share) held against \(range) earlier stretches \(kind), all worn half the waking day or more.")
        if let latest = compared.last, let before = latest.before {
            lines += wrapped(
                "Worn for \(Self.hours(before.wornSeconds)) before the latest and usually for "
                    + "\(Self.hours(latest.usualWornSeconds)); where these differ, so do the sums below.")
        }
        lines += table(span)
        return lines + standingOut(span, compared.count)
    }

    private func notYet(_ span: CaseCrossover.Span) -> String {
        let missing = history.crossover.missingDays[span] ?? 0
        let needed =
            "An episode is held against at least \(CaseCrossover.leastControls) earlier stretches in which the "
            + "sensor was worn for half of the waking day (8 hours a day)."
        let next =
            missing == 0
            ? "There are enough of them now for the time to come."
            : "\(missing) more such \(missing == 1 ? "day" : "days") without pain, and there will be for the time to come."
        return "\(needed) \(next)"
    }

    private static let unworn =
        "Nothing to compare: the sensor was not worn, or for less than half of the waking day."

    private func table(_ span: CaseCrossover.Span) -> [String] {
        var table = TextTable(
            ["  ", "LATEST", "USUAL (RANGE)", "HIGHER", "ODDS RATIO (95 %)"],
            [.left, .right, .left, .left, .left])
        for finding in history.crossover.findings where finding.span == span {
            guard let latest = finding.comparisons.last else { continue }
            let higher = finding.comparisons.count { $0.set.isCaseHigher }
            let usual = Self.number(latest.median, finding.exposure)
            let smallest = Self.number(latest.smallest, finding.exposure)
            let largest = Self.number(latest.largest, finding.exposure)
            table.append([
                "  " + finding.exposure.words, Self.number(latest.value, finding.exposure),
                "\(usual) (\(smallest)-\(largest))", "\(higher) of \(finding.comparisons.count)",
                finding.oddsRatio.map(Self.ratio) ?? "-",
            ])
        }
        return table.lines()
    }

    /// What stands out in plain words, or why nothing can.
    private func standingOut(_ span: CaseCrossover.Span, _ episodes: Int) -> [String] {
        guard episodes >= CaseCrossover.leastEpisodes else {
            return wrapped(
                "With fewer than \(CaseCrossover.leastEpisodes) episodes to compare, a pattern cannot be told from "
                    + "chance: there is no odds ratio.")
        }
        var lines: [String] = []
        for finding in history.crossover.findings where finding.span == span {
            guard let ratio = finding.oddsRatio, ratio.low > 1 || ratio.high < 1 else { continue }
            let way = ratio.low > 1 ? "higher" : "lower"
            lines += wrapped(
                "Before episodes, \(way) than usual more often than by chance: \(finding.exposure.words).")
        }
        if lines.isEmpty {
            lines = wrapped("Nothing here differs from your other days by more than chance would have it.")
        }
        return lines
            + wrapped(
                "What goes together need not be a cause, and of ten comparisons one may stand out by chance alone."
            )
    }

    // MARK: Words

    private func minute(_ time: WallTime) -> String { LocalTimeText.minute(time, zone: history.zone(time)) }

    /// Whole days where there are two or more of them, and else whole hours or minutes.
    static func days(_ span: Elapsed) -> String {
        let hours = span.nanoseconds / 3_600_000_000_000
        if hours < 1 { return HumanDuration.text(span) }
        return hours < 48 ? "\(hours) h" : "\(hours / 24) days"
    }

    private static func hours(_ seconds: Double) -> String { DecimalText.fixed(seconds / 3600, 0) + " h" }

    private static func number(_ value: Double, _ exposure: Exposure) -> String {
        let isHalf = value.rounded() != value && exposure.unit == "count"
        return DecimalText.fixed(value, isHalf ? 1 : 0)
    }

    private static func ratio(_ ratio: MatchedOddsRatio) -> String {
        "\(ratioNumber(ratio.estimate)) (\(ratioNumber(ratio.low))-\(ratioNumber(ratio.high)))"
    }

    /// Two digits that count.
    private static func ratioNumber(_ value: Double) -> String {
        guard value.isFinite else { return "∞" }
        return DecimalText.fixed(value, value < 0.095 ? 2 : value < 9.95 ? 1 : 0)
    }
}
