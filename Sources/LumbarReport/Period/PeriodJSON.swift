import LumbarCore
import LumbarMeasures

/// A stretch of days as one JSON object; docs/schema/summary.schema.json describes it.
public enum PeriodJSON {
    /// One line, without the line end.
    public static func line(_ model: ReportModel) -> String {
        let words = PeriodText(model)
        var object = JSONObject()
        object.add("type", "period_summary")
        object.add("period", model.kind.rawValue)
        object.add("first", model.days.first?.date.description ?? "")
        object.add("last", model.days.last?.date.description ?? "")
        object.add("wearer", model.wearer.text)
        object.add("days", model.days.count)
        object.add("days_worn", model.wornDays.count)
        object.add("days_comparable", model.comparison.days)
        object.add("days_comparable_before", model.comparison.daysBefore)
        object.add("length_s", model.days.reduce(0) { $0 + $1.length }, decimals: 1)
        object.add("worn_s", model.summaries.reduce(0) { $0 + $1.wornSeconds }, decimals: 1)
        for state in ReportDay.State.all {
            object.add(StateLook.key(state), model.seconds(state), decimals: 1)
        }
        let sessions = model.trainingSessions
        if !sessions.isEmpty { object.addRaw("training", TrainingJSON.value(.sessions(sessions))) }
        object.addRaw("measures", "[" + model.comparison.lines.map(measure).joined(separator: ",") + "]")
        object.addRaw("story", texts(words.story))
        object.addRaw("went_well", PeriodText.wentWell(model).map { JSONObject.quoted($0) } ?? "null")
        object.addRaw("suggestions", texts(PeriodText.suggestions(model)))
        object.addRaw("changes", texts(words.changes))
        return object.text
    }

    private static func measure(_ line: PeriodComparison.Line) -> String {
        var object = JSONObject()
        object.add("measure", line.measure.rawValue)
        object.add("unit", line.measure.unit.rawValue)
        object.addRaw("now", spread(line.now))
        object.addRaw("before", spread(line.before))
        if let probability = line.probability {
            object.add("probability", probability, decimals: 4)
        } else {
            object.addRaw("probability", "null")
        }
        object.add(
            "change",
            line.probability == nil ? "unknown" : line.change > 0 ? "more" : line.change < 0 ? "less" : "none"
        )
        return object.text
    }

    private static func spread(_ spread: DaySpread?) -> String {
        guard let spread else { return "null" }
        var object = JSONObject()
        object.add("median", spread.median, decimals: 2)
        object.add("least", spread.least, decimals: 2)
        object.add("most", spread.most, decimals: 2)
        object.add("days", spread.days)
        return object.text
    }

    private static func texts(_ sentences: [String]) -> String {
        "[" + sentences.map { JSONObject.quoted($0) }.joined(separator: ",") + "]"
    }
}
