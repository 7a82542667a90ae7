import LumbarCore
import LumbarMeasures

/// A report as text with tables, for an e-mail: Markdown that reads well as it stands.
public struct MarkdownReport {
    private let model: ReportModel
    private let words: PeriodText

    /// A text of `model`.
    public init(_ model: ReportModel) {
        self.model = model
        words = PeriodText(model)
    }

    /// The lines.
    public var lines: [String] {
        var lines = ["# Movement and posture, \(words.title)", ""]
        if model.wearer != .sole { lines += ["Of \(Self.escaped(model.wearer.text)).", ""] }
        lines += [words.story.joined(separator: " "), ""]
        if let well = PeriodText.wentWell(model) { lines += ["**Went well:** " + well, ""] }
        let ideas = PeriodText.suggestions(model)
        if !ideas.isEmpty { lines += ["**To try:**", ""] + ideas.map { "- " + $0 } + [""] }
        if !words.changes.isEmpty {
            lines += ["**Against \(words.beforeName):**", ""] + words.changes.map { "- " + $0 } + [""]
        }
        guard !model.wornDays.isEmpty else { return lines + [UnknownText.disclaimer] }
        lines += states + sitting + handling + notes + alerts + comparison
        lines += ["## What is not known", "", UnknownText.sentences(model).joined(separator: " "), ""]
        return lines + [UnknownText.disclaimer]
    }

    private var states: [String] {
        let states = ReportDay.State.all.filter { model.seconds($0) > 0 }
        return [
            "## The days", "", "Hours and minutes in each state; together they are the length of the day.",
            "",
        ]
            + Self.table(
                ["Day"] + states.map(StateLook.title) + ["Worn"],
                model.days.map { day in
                    [DateText.short(day.date)] + states.map { HumanDuration.clock(seconds: day.seconds($0)) }
                        + [HumanDuration.clock(seconds: day.summary?.wornSeconds ?? 0)]
                })
    }

    private var sitting: [String] {
        ["## Sitting and breaks", ""]
            + Self.table(
                ["Day", "Bouts", "30 min and more", "Longest", "Breaks an hour", "Shifts an hour"],
                model.wornDays.map { day in
                    let measures = DayMeasures(day)
                    return [
                        name(day), String(day.sittingBouts), String(day.sittingBoutsOver30Minutes),
                        HumanDuration.clock(seconds: day.longestSittingSeconds),
                        measures.breaksPerSittingHour.map(RoundSpan.rate) ?? "-",
                        measures.shiftsPerSittingHour.map(RoundSpan.rate) ?? "-",
                    ]
                })
    }

    private var handling: [String] {
        ["## Bends, lifts and steps", ""]
            + Self.table(
                [
                    "Day", "Steps", "Bends", "Past 60°", "Time past 30°", "Probable lifts", "Under strain",
                    "Alerts",
                ],
                model.wornDays.map { day in
                    [name(day)] + [day.steps, day.bends, day.deepBends].map(RoundSpan.grouped)
                        + [day.over30Seconds > 0 ? HumanDuration.text(seconds: day.over30Seconds) : "-"]
                        + [day.lifts, day.strainedLifts, day.alerts].map(RoundSpan.grouped)
                })
    }

    private var notes: [String] {
        guard !model.marks.isEmpty else { return [] }
        return ["## Your notes", ""] + (model.safety.map { [$0, ""] } ?? [])
            + model.marks.map { mark in
                let zone = model.days.last { $0.start <= mark.time }?.zone ?? .utc
                return "- \(LocalTimeText.minute(mark.time, zone: zone)): \(Self.escaped(mark.label))"
            } + [""]
    }

    private var alerts: [String] {
        guard !model.alerts.isEmpty else { return ["## Alerts", "", "Nothing was said.", ""] }
        let kinds = AfterAlert.Kind.allCases
        let rows = AlertRule.allCases.compactMap { rule -> [String]? in
            let those = model.alerts.filter { $0.alert.alert.rule == rule }
            guard !those.isEmpty else { return nil }
            return [AlertTable.words(rule).capitalizedFirst, String(those.count)]
                + kinds.map { kind in String(those.count { $0.alert.after.kind == kind }) }
        }
        return ["## Alerts and what came after", "", "By what came first in the ten minutes after.", ""]
            + Self.table(["About", "Alerts"] + kinds.map { AlertFigure.title($0).capitalizedFirst }, rows)
    }

    private var comparison: [String] {
        let lines = model.comparison.lines.filter { $0.now != nil || $0.before != nil }
        guard !lines.isEmpty else { return [] }
        func text(_ spread: DaySpread?, _ unit: PeriodMeasure.Unit) -> String {
            guard let spread else { return "-" }
            return RoundSpan.text(spread.median, unit) + " (\(RoundSpan.text(spread.least, unit)) to "
                + RoundSpan.text(spread.most, unit) + ")"
        }
        return ["## Compared with \(words.beforeName)", "", "Typical day, and the range of days.", ""]
            + Self.table(
                ["Measure", "Now", "Before"],
                lines.map {
                    [
                        MeasureText.title($0.measure), text($0.now, $0.measure.unit),
                        text($0.before, $0.measure.unit),
                    ]
                }) + [ComparisonFigure.method, ""]
    }

    private func name(_ day: DailySummary) -> String { day.date.map(DateText.short) ?? "no date" }

    /// Aligned, so that it reads as a table in a plain e-mail too.
    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let all = [head] + rows
        let widths = head.indices.map { column in max(3, all.map { $0[column].count }.max() ?? 0) }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + space : space + text
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rule = widths.enumerated().map { column, width in
            column == 0
                ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
        }
        return [line(head), "| " + rule.joined(separator: " | ") + " |"] + rows.map(line) + [""]
    }

    /// Words of a person: nothing in them is markup, or reaches a terminal.
    static func escaped(_ text: String) -> String {
        var out = ""
        let plain = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        for character in Printable.text(plain, limit: 4000) {
            if "\\`*_{}[]<>()#+!|~&".contains(character) { out.append("\\") }
            out.append(character)
        }
        return out
    }
}
