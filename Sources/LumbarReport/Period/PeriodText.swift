import LumbarCore
import LumbarMeasures

/// A day, a week or a month in plain words: the sentences that the summary and the report begin with.
///
/// They tell movement and variation first, as intervals. One thing that went well, at most two suggestions, no blame, no
/// diagnosis, no score. A thing is called changed only when `PeriodComparison` says so.
public struct PeriodText: Sendable {
    private let model: ReportModel

    /// The words for `model`.
    public init(_ model: ReportModel) { self.model = model }

    /// `Monday 12 to Sunday 18 October 2026`.
    public var title: String {
        guard let first = model.days.first?.date, let last = model.days.last?.date else { return "No days" }
        if first == last { return DateText.full(first) }
        return DateText.range(first, last)
    }

    /// What the stretch was: a few sentences.
    public var story: [String] {
        let worn = model.wornDays
        guard !worn.isEmpty else {
            return [
                model.kind == .day
                    ? "The sensor was not worn." : "The sensor was not worn on any of these days."
            ]
        }
        return (model.kind == .day ? dayStory(worn[0]) : periodStory(worn) + [wornSentence(worn)]) + training
    }

    /// What was done in sessions of a training, as a count; none where there were none.
    private var training: [String] {
        let sessions = model.trainingSessions
        guard !sessions.isEmpty else { return [] }
        let count = sessions.reduce(BendCount()) { $0 + $1.count }
        let made = sessions.count == 1 ? "the training session" : "\(sessions.count) training sessions"
        return ["In \(made), \(count.deep) of \(count.bends) bends went past 60 degrees."]
    }

    private func dayStory(_ day: DailySummary) -> [String] {
        let soFar = day.isComplete ? "" : " so far"
        var moved = "You walked for \(RoundSpan.text(seconds: day.seconds(.walking)))"
        if day.steps > 0 { moved += " (about \(RoundSpan.count(Double(day.steps))) steps)" }
        moved += " and stood for \(RoundSpan.text(seconds: day.seconds(.standing)))\(soFar)."
        var lines = [moved]
        if day.sittingBouts > 0, let breaks = PeriodMeasure.breaks.value(day) {
            lines.append(
                "You sat for \(RoundSpan.text(seconds: day.seconds(.sitting))) in \(day.sittingBouts) "
                    + (day.sittingBouts == 1 ? "bout" : "bouts")
                    + ", the longest \(RoundSpan.text(seconds: day.longestSittingSeconds)); "
                    + "sitting was broken \(RoundSpan.rate(breaks)) times an hour.")
        }
        lines.append("The sensor was worn for \(RoundSpan.text(seconds: day.wornSeconds))." + unknownNote)
        return lines
    }

    private func periodStory(_ worn: [DailySummary]) -> [String] {
        let days = worn.filter(\.isComparable)
        guard !days.isEmpty else {
            return ["No day was worn for four hours upright, which is what a range of days needs."]
        }
        func spread(_ measure: PeriodMeasure) -> DaySpread? { DaySpread(days.compactMap(measure.value)) }
        var lines: [String] = []
        if let walking = spread(.walking), let steps = spread(.steps) {
            lines.append(
                "You walked \(RoundSpan.range(walking, .seconds)) a day, typically "
                    + "\(RoundSpan.text(seconds: walking.median)) and \(RoundSpan.count(steps.median)) steps."
            )
        }
        if let sitting = spread(.sitting), let breaks = spread(.breaks) {
            lines.append(
                "You sat \(RoundSpan.range(sitting, .seconds)) a day and broke it \(RoundSpan.range(breaks, .perHour)) "
                    + "times an hour"
                    + (breaks.least == breaks.most ? "." : ", typically \(RoundSpan.rate(breaks.median))."))
        }
        if let shifts = spread(.shifts) {
            lines.append(
                "While seated, your trunk shifted \(RoundSpan.range(shifts, .perHour)) times an hour.")
        }
        return lines
    }

    private func wornSentence(_ worn: [DailySummary]) -> String {
        let hours = DaySpread(worn.map(\.wornSeconds))
        let range = hours.map { RoundSpan.range($0, .seconds) } ?? "-"
        return "The sensor was worn on \(worn.count) of \(model.days.count) days, \(range) a day."
            + unknownNote
    }

    private var unknownNote: String {
        let unknown = model.seconds(.posture(.unknown))
        let noData = model.seconds(.noData)
        guard unknown + noData >= 600 else { return "" }
        var parts: [String] = []
        if unknown >= 600 {
            parts.append("the posture was not known for \(RoundSpan.text(seconds: unknown))")
        }
        if noData >= 600 { parts.append("there was no data for \(RoundSpan.text(seconds: noData))") }
        let all = parts.joined(separator: ", and ")
        return (model.kind == .day ? " Of the day, " : " In all, ") + all + "."
    }

    // MARK: Changes

    /// What changed against the days before, a sentence each; one that says so when nothing did.
    public var changes: [String] {
        guard model.kind != .day else { return [] }
        let comparison = model.comparison
        guard comparison.isPossible else {
            return [
                "Not enough days yet to compare: \(PeriodComparison.fewestDays) days of four hours upright are needed in "
                    + "both; there are \(comparison.days) and, before, \(comparison.daysBefore)."
            ]
        }
        let lines = comparison.lines.compactMap(change)
        return lines.isEmpty
            ? ["Nothing changed against \(beforeName) by more than days differ anyhow."] : lines
    }

    private func change(_ line: PeriodComparison.Line) -> String? {
        guard line.change != 0, let now = line.now, let before = line.before else { return nil }
        let unit = line.measure.unit
        let more = line.change > 0
        return MeasureText.changed(line.measure, more: more)
            + " than in \(beforeName): typically \(MeasureText.amount(now.median, line.measure)), before "
            + (unit == .perHour ? RoundSpan.rate(before.median) : RoundSpan.text(before.median, unit)) + "."
    }

    /// `the week before`.
    public var beforeName: String {
        switch model.kind {
        case .day: "the seven days before"
        case .week: "the week before"
        case .month: "the four weeks before"
        case .span: "the \(model.days.count) days before"
        }
    }
}
