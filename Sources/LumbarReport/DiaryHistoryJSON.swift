import LumbarCore
import LumbarMeasures

/// A diary together with the history as one JSON object per line.
public enum DiaryHistoryJSON {
    /// The lines: episodes, how they follow each other, what came before each, and that over all of them.
    public static func lines(_ history: DiaryHistory) -> [String] {
        var lines = history.course.episodes.enumerated().map { index, episode in
            line(episode, index > 0 ? history.course.intervals[index - 1] : nil, history)
        }
        lines.append(line(history.course))
        for span in CaseCrossover.Span.allCases {
            lines.append(days(span, history.crossover))
            for windows in history.crossover.windows[span] ?? [] {
                lines.append(line(windows, span, history))
            }
            for finding in history.crossover.findings where finding.span == span {
                for comparison in finding.comparisons { lines.append(line(comparison, finding, history)) }
                lines.append(line(finding))
            }
        }
        return lines
    }

    private static func line(_ episode: PainEpisode, _ gap: Elapsed?, _ history: DiaryHistory) -> String {
        var object = JSONObject()
        object.add("type", "pain_episode")
        object.addRaw("entries", "[" + episode.entries.map { String($0) }.joined(separator: ",") + "]")
        object.add("onset", time(episode.onset, history))
        object.addRaw("end", episode.end.map { JSONObject.quoted(time($0, history)) } ?? "null")
        object.addRaw("after_last_s", gap.map { DecimalText.fixed($0.seconds, 0) } ?? "null")
        object.addRaw("worst_pain", episode.worstPain.map { String($0) } ?? "null")
        object.add("kind", episode.kind.rawValue)
        object.add("after_fall", EpisodeCourse.isAfterFall(episode, history.falls))
        object.add("wearer", episode.wearer.text)
        return object.text
    }

    private static func line(_ course: EpisodeCourse) -> String {
        var object = JSONObject()
        object.add("type", "episode_course")
        object.add("episodes", course.episodes.count)
        object.addRaw("half_s", course.trend.map { DecimalText.fixed($0.half.seconds, 0) } ?? "null")
        object.addRaw("older", course.trend.map { String($0.older) } ?? "null")
        object.addRaw("newer", course.trend.map { String($0.newer) } ?? "null")
        add("rate_ratio", course.trend?.rateRatio, to: &object)
        let reasons = course.reasons.map { JSONObject.quoted($0.word) }
        object.addRaw("reasons", "[" + reasons.joined(separator: ",") + "]")
        return object.text
    }

    private static func days(_ span: CaseCrossover.Span, _ crossover: CaseCrossover) -> String {
        let windows = crossover.windows[span] ?? []
        var object = JSONObject()
        object.add("type", "case_crossover_days")
        object.add("hours", span.rawValue * 24)
        object.add("episodes", windows.count)
        object.add("compared", windows.count { $0.isCompared })
        object.add("least_controls", CaseCrossover.leastControls)
        object.add("least_episodes", CaseCrossover.leastEpisodes)
        object.add("missing_days", crossover.missingDays[span] ?? 0)
        return object.text
    }

    private static func line(
        _ windows: CaseCrossover.MatchedWindows, _ span: CaseCrossover.Span, _ history: DiaryHistory
    ) -> String {
        var object = JSONObject()
        object.add("type", "case_crossover_windows")
        object.add("onset", time(windows.onset, history))
        object.add("hours", span.rawValue * 24)
        object.addRaw("worn_s", windows.before.map { DecimalText.fixed($0.wornSeconds, 0) } ?? "null")
        object.add("controls", windows.controls.count)
        object.add("same_weekday", windows.isSameWeekday)
        object.add("usual_worn_s", windows.usualWornSeconds, decimals: 0)
        object.add("compared", windows.isCompared)
        return object.text
    }

    private static func line(
        _ comparison: CaseCrossover.Comparison, _ finding: CaseCrossover.Finding, _ history: DiaryHistory
    ) -> String {
        var object = JSONObject()
        object.add("type", "before_episode")
        object.add("onset", time(comparison.onset, history))
        addSubject(of: finding, to: &object)
        object.add("value", comparison.value, decimals: 2)
        object.add("controls", comparison.controls)
        object.add("median", comparison.median, decimals: 2)
        object.add("smallest", comparison.smallest, decimals: 2)
        object.add("largest", comparison.largest, decimals: 2)
        object.add("share_at_or_below", comparison.shareAtOrBelow, decimals: 3)
        object.add("higher", comparison.set.isCaseHigher)
        return object.text
    }

    private static func line(_ finding: CaseCrossover.Finding) -> String {
        var object = JSONObject()
        object.add("type", "case_crossover")
        addSubject(of: finding, to: &object)
        object.add("episodes", finding.comparisons.count)
        object.add("higher", finding.comparisons.count { $0.set.isCaseHigher })
        add("odds_ratio", finding.oddsRatio, to: &object)
        return object.text
    }

    private static func addSubject(of finding: CaseCrossover.Finding, to object: inout JSONObject) {
        object.add("hours", finding.span.rawValue * 24)
        object.add("exposure", finding.exposure.rawValue)
        object.add("unit", finding.exposure.unit)
    }

    /// The estimate, and the ends of its interval; `null` where there is none, and for what is endless.
    private static func add(_ key: String, _ ratio: MatchedOddsRatio?, to object: inout JSONObject) {
        guard let ratio else {
            object.addRaw(key, "null")
            object.addRaw(key + "_95", "null")
            return
        }
        object.add(key, ratio.estimate, decimals: 3)
        let ends = [ratio.low, ratio.high].map { $0.isFinite ? DecimalText.fixed($0, 3) : "null" }
        object.addRaw(key + "_95", "[" + ends.joined(separator: ",") + "]")
    }

    private static func time(_ time: WallTime, _ history: DiaryHistory) -> String {
        LocalTimeText.standard(time, zone: history.zone(time))
    }
}
