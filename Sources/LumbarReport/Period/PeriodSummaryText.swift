import LumbarCore
import LumbarMeasures

/// A week or a month on one screen, for a terminal.
public struct PeriodSummaryText {
    private let model: ReportModel
    private let words: PeriodText
    private let width: Int

    /// Lines of at most `width` columns, and never more than 100: longer ones are hard to read.
    public init(_ model: ReportModel, width: Int = 80) {
        self.model = model
        self.width = min(100, max(40, width))
        words = PeriodText(model)
    }

    /// The lines.
    public var lines: [String] {
        var lines = wrapped(words.title + ".", indent: "", hanging: "") + [""]
        for sentence in words.story { lines += wrapped(sentence, indent: "  ", hanging: "  ") }
        guard !model.wornDays.isEmpty else { return lines }
        lines += block("Went well", PeriodText.wentWell(model).map { [$0] } ?? [])
        lines += block("To try", PeriodText.suggestions(model))
        lines += block("Against \(words.beforeName)", words.changes)
        return lines + table
    }

    private func block(_ title: String, _ sentences: [String]) -> [String] {
        guard !sentences.isEmpty else { return [] }
        return ["", title] + sentences.flatMap { wrapped($0, indent: "  ", hanging: "  ") }
    }

    private var table: [String] {
        let rows = model.comparison.lines.filter { $0.now != nil }
        guard !rows.isEmpty else { return [] }
        var table = TextTable(
            ["  A DAY OF THESE \(model.comparison.days)", "TYPICALLY", "RANGE OF DAYS", "BEFORE"],
            [.left, .right, .right, .right])
        for row in rows {
            guard let now = row.now else { continue }
            let unit = row.measure.unit
            let (least, most) = (RoundSpan.text(now.least, unit), RoundSpan.text(now.most, unit))
            table.append([
                "  " + short(row.measure), RoundSpan.text(now.median, unit),
                least == most ? least : least + " to " + most,
                row.before.map { RoundSpan.text($0.median, unit) } ?? "-",
            ])
        }
        return [""] + table.lines()
    }

    /// Short enough for 80 columns with the numbers beside it.
    private func short(_ measure: PeriodMeasure) -> String {
        switch measure {
        case .breaks: "Breaks an hour of sitting"
        case .shifts: "Shifts an hour of sitting"
        default: MeasureText.title(measure)
        }
    }

    /// `text` in lines, broken between words.
    private func wrapped(_ text: String, indent: String, hanging: String) -> [String] {
        text.isEmpty ? [] : WrappedText.lines(text, width: width, first: indent, rest: hanging)
    }
}
