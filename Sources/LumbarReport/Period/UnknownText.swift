import LumbarCore
import LumbarMeasures

/// What a stretch of days does not tell, and what no sensor can: said as plainly as the rest.
enum UnknownText {
    static let disclaimer =
        "This program counts movement; it cannot tell why a back hurts, and nothing in here is a diagnosis. Lifts are "
        + "probable ones: no sensor on the trunk knows a load. If a change worries you, talk to a clinician."

    static func sentences(_ model: ReportModel) -> [String] {
        let all = model.days.reduce(0) { $0 + $1.length } - model.seconds(.toCome)
        let worn = model.summaries.reduce(0) { $0 + $1.wornSeconds }
        var lines = [
            "The sensor was worn for \(share(worn, all)) of the time: \(HumanDuration.text(seconds: worn)) in all."
        ]
        let states: [(ReportDay.State, String)] = [
            (.posture(.notWorn), "it was known not to be worn"), (.noData, "there was no data"),
            (.posture(.unknown), "it was worn, but the posture was not known"),
        ]
        for (state, what) in states where model.seconds(state) >= 60 {
            lines.append(
                "For \(HumanDuration.text(seconds: model.seconds(state))) (\(share(model.seconds(state), all))) \(what)."
            )
        }
        lines.append("None of that time is in the other numbers.")
        let measures = model.summaries.map { DayMeasures($0) }
        let seen = measures.reduce(0) { $0 + $1.exposureSeconds }
        let guessed = measures.reduce(0) { $0 + $1.forwardUnknownSeconds }
        if guessed >= 60 {
            lines.append(
                "For \(HumanDuration.text(seconds: guessed)) (\(share(guessed, seen)) of the time upright) the sensor's "
                    + "forward direction was not known yet, so a lean to any side counts as a bend.")
        }
        let empty = model.days.count { $0.summary == nil }
        if empty > 0, model.days.count > 1 {
            lines.append(empty == 1 ? "Of one day nothing is stored." : "Of \(empty) days nothing is stored.")
        }
        return lines
    }

    private static func share(_ part: Double, _ whole: Double) -> String {
        guard whole > 0 else { return "none" }
        let percent = 100 * part / whole
        return percent > 0 && percent < 1 ? "under 1 %" : DecimalText.fixed(percent, 0) + " %"
    }
}
