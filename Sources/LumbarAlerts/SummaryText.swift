import LumbarCore
import LumbarMeasures

/// A day's summary in words: one line for the journal, a small table for a terminal.
public enum SummaryText {
    /// The day in one line.
    public static func line(_ day: DailySummary) -> String {
        guard day.wornSeconds > 0 else { return "\(title(day)): the sensor was not worn." }
        var parts = [headline(day)]
        parts.append(
            AlertText.counted(day.bends, "bend") + ", \(span(day.over30Seconds)) past 30 degrees")
        parts.append(lifts(day))
        parts.append(AlertText.counted(day.steps, "step"))
        parts.append(AlertText.counted(day.alerts, "alert"))
        if let training = training(day) { parts.append("training: \(training.value) \(training.text)") }
        if let lacking = lacking(day) { parts.append(lacking) }
        if let aside = setAside(day) { parts.append(aside) }
        return parts.joined(separator: "; ") + "."
    }

    /// The day as a sentence and aligned lines, without a line break at the end.
    public static func text(_ day: DailySummary) -> String {
        guard day.wornSeconds > 0 else { return line(day) }
        let measures = DayMeasures(day)
        var rows: [(String, String, String)] = [
            ("Sitting", span(day.seconds(.sitting)), sitting(day)),
            ("Standing", span(day.seconds(.standing)), ""),
            ("Walking", span(day.seconds(.walking)), walking(day, measures)),
            ("Lying", span(day.seconds(.lying)), ""),
            ("Unknown", span(day.seconds(.unknown)), ""),
            ("Not worn", span(day.seconds(.notWorn)), ""),
            ("No data", span(day.noDataSeconds), ""),
        ]
        // What did not happen is left out, except sitting: that is what most people look for.
        rows = [rows[0]] + rows.dropFirst().filter { $0.1 != span(0) }
        if let pattern = pattern(measures) { rows.insert(("", "", pattern), at: 1) }
        if let trunk = trunk(measures) { rows.append(("Trunk", span(measures.exposureSeconds), trunk)) }
        rows += [
            ("Bends", String(day.bends), "\(day.deepBends) deeper than 60 degrees"),
            ("Bent", span(day.over30Seconds), exposure(day)),
            ("Lifts", String(day.lifts), "probable, \(day.strainedLifts) under strain"),
            ("Shifts", String(day.posturalShifts), shifts(measures)),
            ("Alerts", String(day.alerts), ""),
        ]
        if let training = training(day) { rows.append(("Training", training.value, training.text)) }
        if let lacking = lacking(day) { rows.append(("Angles", span(day.sensors.anglesOnly), lacking)) }
        if let aside = setAside(day) { rows.append(("On trial", String(day.setAside.count), aside)) }
        if let more = moreSensors(day) { rows.append(("Sensors", span(more.seconds), more.text)) }
        let width = rows.map(\.1.count).max() ?? 0
        let lines = rows.map { name, value, note in
            let line = "  " + padded(name, 9) + padded(value, width)
            return note.isEmpty ? trimmingEnd(line) : line + "  " + note
        }
        return ([headline(day) + "."] + lines).joined(separator: "\n")
    }

    /// `2026-11-21: worn 9 h 12 min, sat 5 h 40 min in 14 bouts, the longest 52 min`.
    private static func headline(_ day: DailySummary) -> String {
        let sat =
            day.sittingBouts == 0
            ? "sat \(span(day.seconds(.sitting)))"
            : "sat \(span(day.seconds(.sitting))) in \(AlertText.counted(day.sittingBouts, "bout")), the longest "
                + span(day.longestSittingSeconds)
        return "\(title(day)): worn \(span(day.wornSeconds)), \(sat)"
    }

    private static func title(_ day: DailySummary) -> String {
        let name = day.date?.description ?? "Day of unknown date"
        return day.isComplete ? name : name + " so far"
    }

    private static func sitting(_ day: DailySummary) -> String {
        guard day.sittingBouts > 0 else { return "no bouts" }
        return AlertText.counted(day.sittingBouts, "bout")
            + ", \(day.sittingBoutsOver30Minutes) of 30 min or more, the longest \(span(day.longestSittingSeconds)), "
            + AlertText.counted(day.sittingBreaks, "break")
    }

    /// `half of it in bouts of 35 min or more, 2 breaks an hour`.
    private static func pattern(_ measures: DayMeasures) -> String? {
        guard let bouts = measures.fragmentation, bouts.count > 1 else { return nil }
        let half = "half of it in bouts of \(span(bouts.usualBout * 60)) or more"
        guard let breaks = measures.breaksPerSittingHour else { return half }
        return half + ", " + rate(breaks, "break")
    }

    private static func walking(_ day: DailySummary, _ measures: DayMeasures) -> String {
        let steps = AlertText.counted(day.steps, "step")
        return measures.cadence.map { steps + ", about \(AlertText.whole($0)) a minute" } ?? steps
    }

    private static func shifts(_ measures: DayMeasures) -> String {
        let name = "of the trunk while seated"
        return measures.shiftsPerSittingHour.map { name + ", \(AlertText.whole($0)) an hour" } ?? name
    }

    /// `typically 8 degrees forward, a tenth of it past 31, a hundredth past 52`.
    private static func trunk(_ measures: DayMeasures) -> String? {
        guard let flexion = measures.flexion else { return nil }
        func degrees(_ percent: Int) -> Int { AlertText.wholeDegrees(flexion.level(percent)) }
        let typical = degrees(50)
        let way = typical < 0 ? "\(-typical) degrees back" : "\(typical) degrees forward"
        // A trunk that hardly moves needs no second number.
        let often = degrees(90) >= 10 ? ", a tenth of it past \(degrees(90))" : ""
        return "typically \(way)\(often), a hundredth past \(degrees(99))"
    }

    /// `2 breaks an hour`, or `a break every 2 h` when there are fewer.
    private static func rate(_ perHour: Double, _ noun: String) -> String {
        let whole = AlertText.whole(perHour)
        if whole >= 1 { return AlertText.counted(whole, noun) + " an hour" }
        return perHour > 0 ? "a \(noun) every \(span(3600 / perHour))" : "no \(noun)s"
    }

    private static func exposure(_ day: DailySummary) -> String {
        "past 30 degrees, \(span(day.over45Seconds)) past 45, \(span(day.over60Seconds)) past 60"
    }

    private static func lifts(_ day: DailySummary) -> String {
        let count = AlertText.counted(day.lifts, "probable lift")
        return day.strainedLifts > 0 ? count + " (\(day.strainedLifts) under strain)" : count
    }

    /// What was measured by more than the sensor on the back, and for how long.
    private static func moreSensors(_ day: DailySummary) -> (seconds: Double, text: String)? {
        let (thigh, thorax) = (day.sensors.thigh, day.sensors.thorax)
        var parts: [String] = []
        if thigh >= 1 { parts.append("sitting and standing by the sensor on the thigh") }
        if thorax >= 1 {
            let own = thigh >= 1 && span(thigh) != span(thorax) ? " for \(span(thorax))" : ""
            parts.append("turns of the spine by the sensor on the thorax" + own)
        }
        guard !parts.isEmpty else { return nil }
        return (thigh >= 1 ? thigh : thorax, parts.joined(separator: ", "))
    }

    /// What a training came to.
    private static func training(_ day: DailySummary) -> (value: String, text: String)? {
        day.training.map { TrainingText.day($0, BendCount(bends: day.bends, deep: day.deepBends)) }
    }

    /// Which rules say nothing any more, for how they were answered.
    private static func setAside(_ day: DailySummary) -> String? {
        guard !day.setAside.isEmpty else { return nil }
        let names = day.setAside.map { answers in
            let title = RuleCatalog.rule(answers.rule)?.title ?? answers.rule.rawValue
            return "\"\(title)\" (\(answers.useful) of \(answers.useful + answers.wrong) useful)"
        }
        return "kept to the history for how it was answered: " + AlertText.list(names)
    }

    /// What a sensor that sends angles only could not tell.
    private static func lacking(_ day: DailySummary) -> String? {
        guard day.sensors.anglesOnly >= 1 else { return nil }
        return
            "angles only for \(span(day.sensors.anglesOnly)): no sitting, standing, steps, lifts or falls could be told then"
    }

    /// `5 h 40 min`, `52 min`, or `50 s` below a minute.
    static func span(_ seconds: Double) -> String {
        let whole = AlertText.whole(seconds)
        if whole < 60 { return "\(whole) s" }
        let minutes = AlertText.whole(seconds / 60)
        if minutes < 60 { return "\(minutes) min" }
        return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func trimmingEnd(_ text: String) -> String {
        var rest = Substring(text)
        while rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }
}
