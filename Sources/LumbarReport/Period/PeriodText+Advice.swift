import LumbarCore
import LumbarMeasures

/// One thing that went well, and at most two suggestions.
extension PeriodText {
    /// One thing that went well; nil when nothing is known.
    public static func wentWell(_ model: ReportModel) -> String? {
        if let change = model.comparison.lines.first(where: {
            $0.change != 0 && $0.change == $0.measure.movement
        }),
            model.kind != .day
        {
            return praise(change.measure)
        }
        let nudges = model.alerts.filter {
            $0.alert.alert.rule == .sitting && $0.alert.after.kind != .notKnown
        }
        let risen = nudges.count { $0.alert.after.kind == .walked || $0.alert.after.kind == .stood }
        if nudges.count >= 3, 2 * risen >= nudges.count {
            return
                "After \(risen) of \(nudges.count) reminders of long sitting you were on your feet within ten minutes."
        }
        let bouts = model.boutSeconds
        let short = bouts.count { $0 < 30 * 60 }
        if bouts.count >= 4, 2 * short >= bouts.count {
            return "\(short) of \(bouts.count) bouts of sitting ended within half an hour."
        }
        let shifts = model.summaries.reduce(0) { $0 + $1.posturalShifts }
        if shifts >= 10 {
            return
                "You shifted your trunk \(RoundSpan.grouped(shifts)) times while seated: that counts as movement."
        }
        let walking = model.summaries.reduce(0) { $0 + $1.seconds(.walking) }
        if walking >= 600 { return "You walked for \(RoundSpan.text(seconds: walking)) in all." }
        return nil
    }

    private static func praise(_ measure: PeriodMeasure) -> String {
        switch measure {
        case .walking, .steps: "You moved more than before."
        case .breaks: "You got up more often than before."
        case .shifts: "You changed how you sat more often than before."
        default: "Your longest sitting got shorter than before."
        }
    }

    /// At most two things to try, the best supported first.
    public static func suggestions(_ model: ReportModel) -> [String] {
        guard model.summaries.contains(where: { $0.uprightSeconds >= 3600 }) else { return [] }
        return Array(
            [longSitting, fewShifts, turning, holding, wearing].lazy.compactMap { $0(model) }.prefix(2))
    }

    /// Breaks: 3 min after 30 min did as well as 6 after 60 (B-MOBILE, PLoS ONE 9:e100821).
    private static func longSitting(_ model: ReportModel) -> String? {
        let long = model.boutSeconds.filter { $0 >= 3600 }
        guard !long.isEmpty else { return nil }
        let bouts = long.count == 1 ? "One bout of sitting lasted" : "\(long.count) bouts of sitting lasted"
        return bouts + " an hour or more. Three minutes on your feet every half hour would split such a bout."
    }

    /// Shifts of posture while seated (Waongenngarm 2021, SJWEH 47:306).
    private static func fewShifts(_ model: ReportModel) -> String? {
        let hours = model.summaries.reduce(0) { $0 + $1.seconds(.sitting) } / 3600
        let shifts = model.summaries.reduce(0) { $0 + $1.posturalShifts }
        guard hours >= 2, Double(shifts) / hours < 6 else { return nil }
        return
            "While seated, your trunk shifted about \(RoundSpan.rate(Double(shifts) / hours)) times an hour. "
            + "Lean back, sit up, or turn now and then: every change counts."
    }

    private static func turning(_ model: ReportModel) -> String? {
        let turns = model.count(.twist)
        guard turns >= 3 else { return nil }
        return "You turned while bent \(turns) times. Turning with your feet is an easier way round."
    }

    private static func holding(_ model: ReportModel) -> String? {
        let held = model.count(.heldBend)
        guard held >= 2 else { return nil }
        return
            "You held a bend past its holding time \(held) times. Raising the work, or kneeling, is an "
            + "easier way to stay there."
    }

    private static func wearing(_ model: ReportModel) -> String? {
        guard model.kind != .day, model.comparison.days < PeriodComparison.fewestDays else { return nil }
        return "Wear the sensor on more days: single days differ too much to tell anything from."
    }
}
