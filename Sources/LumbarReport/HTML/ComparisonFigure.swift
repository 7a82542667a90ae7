import LumbarCore
import LumbarMeasures

/// This stretch of days beside the one before: every day a dot, so that the spread is seen before any difference.
struct ComparisonFigure {
    let model: ReportModel

    func write(to page: inout Markup) {
        let lines = model.comparison.lines.filter { $0.now != nil || $0.before != nil }
        guard !lines.isEmpty else { return }
        let titles = ["Measure", "Now", "Before", "Days", "Change"]
        page.element("p", ("class", "caption")) { page in
            let which =
                model.kind == .day
                ? "This day, and the typical day and range" : "The typical day and the range"
            page.text(
                which + " of days with four hours upright and more, against \(PeriodText(model).beforeName). "
            )
            page.text("Each dot is a day: ")
            key("now", "filled now", &page)
            page.text(", ")
            key("past", "hollow before", &page)
            page.text(".")
        }
        page.element(
            "div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Compared")
        ) { page in
            page.element("table", ("class", "compare")) { page in
                page.element("thead") { page in
                    page.element("tr") { page in
                        for title in titles { page.element("th", ("scope", "col"), text: title) }
                    }
                }
                page.element("tbody") { page in
                    for line in lines { row(line, &page) }
                }
            }
        }
        if model.kind != .day { page.element("p", ("class", "note"), text: Self.method) }
        page.line()
    }

    /// How a change is told from the ordinary.
    static let method =
        "A change is named only when a rank-sum test over days (Mann and Whitney 1947) finds it rarer than once in twenty "
        + "by chance, for all ten measures together (Holm 1979); times and counts are compared per hour upright. Days "
        + "that follow each other are not independent: take it as a hint."

    private func key(_ name: StaticString, _ text: String, _ page: inout Markup) {
        page.element("svg", ("width", "10"), ("height", "10"), ("aria-hidden", "true")) {
            $0.empty("circle", ("class", "\(name)"), ("cx", "5"), ("cy", "5"), ("r", "3.5"))
        }
        page.text(" " + text)
    }

    private func row(_ line: PeriodComparison.Line, _ page: inout Markup) {
        let measure = line.measure
        Table.row(MeasureText.title(measure), to: &page) { page in
            for (name, spread) in [("now", line.now), ("before", line.before)] {
                let exact = spread.map {
                    "\(DecimalText.fixed($0.median, 2)) \(DecimalText.fixed($0.least, 2)) \(DecimalText.fixed($0.most, 2))"
                }
                page.element("td", ("data-key", "\(measure.rawValue)-\(name)"), ("data-value", exact ?? "")) {
                    page in
                    guard let spread else { return page.text("-") }
                    page.element("b", text: RoundSpan.text(spread.median, measure.unit))
                    guard spread.days > 1 else { return }
                    page.element("span", ("class", "range"), text: range(spread, measure.unit))
                }
            }
            page.element("td", ("class", "dots")) { dots(measure, &$0) }
            page.element("td", ("class", line.change == 0 ? "same" : "change"), text: verdict(line))
        }
    }

    private func range(_ spread: DaySpread, _ unit: PeriodMeasure.Unit) -> String {
        let (low, high) = (RoundSpan.text(spread.least, unit), RoundSpan.text(spread.most, unit))
        return low == high ? low : "\(low) to \(high)"
    }

    private func verdict(_ line: PeriodComparison.Line) -> String {
        if model.kind == .day { return place(line) }
        if line.change > 0 { return "▲ more" }
        if line.change < 0 { return "▼ less" }
        return line.probability == nil ? "too few days" : "as usual"
    }

    /// Where one day lies among others: no more than that can be said of a day.
    private func place(_ line: PeriodComparison.Line) -> String {
        guard let now = line.now, let before = line.before, before.days >= PeriodComparison.fewestDays else {
            return "too few days"
        }
        if now.median > before.most { return "more than on any" }
        return now.median < before.least ? "less than on any" : "within the range"
    }

    private func dots(_ measure: PeriodMeasure, _ page: inout Markup) {
        let now = model.summaries.filter(\.isComparable).compactMap(measure.value)
        let before = model.before.filter(\.isComparable).compactMap(measure.value)
        guard let most = (now + before).max(), most > 0 else { return }
        page.element("svg", ("width", "120"), ("height", "22"), ("aria-hidden", "true")) { page in
            page.empty("line", ("class", "hour"), ("x1", "3%"), ("x2", "97%"), ("y1", "11"), ("y2", "11"))
            for (name, values, y) in [("now", now, "6"), ("past", before, "16")] {
                for value in values {
                    page.empty(
                        "circle", ("class", name), ("cx", Coordinate.percent(0.04 + 0.92 * value / most)),
                        ("cy", y),
                        ("r", "3"))
                }
            }
        }
    }
}
