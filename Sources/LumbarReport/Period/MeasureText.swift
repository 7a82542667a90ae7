import LumbarMeasures

/// What the measures of a stretch of days are called.
enum MeasureText {
    /// In a table.
    static func title(_ measure: PeriodMeasure) -> String {
        switch measure {
        case .walking: "Walking"
        case .steps: "Steps"
        case .breaks: "Breaks per hour of sitting"
        case .shifts: "Shifts of the trunk per hour of sitting"
        case .standing: "Standing"
        case .sitting: "Sitting"
        case .longestSitting: "Longest sitting"
        case .bent: "Bent past 30 degrees"
        case .deepBends: "Bends past 60 degrees"
        case .lifts: "Probable lifts"
        }
    }

    /// With its unit: `1.6 an hour`, `50 min`, `12`.
    static func amount(_ value: Double, _ measure: PeriodMeasure) -> String {
        RoundSpan.text(value, measure.unit) + (measure.unit == .perHour ? " an hour" : "")
    }

    /// The beginning of a sentence that goes on with "than in ...".
    static func changed(_ measure: PeriodMeasure, more: Bool) -> String {
        switch measure {
        case .walking: more ? "You walked more" : "You walked less"
        case .steps: more ? "You took more steps" : "You took fewer steps"
        case .breaks: more ? "You broke sitting more often" : "You broke sitting less often"
        case .shifts:
            more ? "Your trunk shifted more often while seated" : "Your trunk shifted less often while seated"
        case .standing: more ? "You stood more" : "You stood less"
        case .sitting: more ? "You sat more" : "You sat less"
        case .longestSitting:
            more ? "The longest sitting of a day was longer" : "The longest sitting of a day was shorter"
        case .bent: more ? "You were bent for longer" : "You were bent for less time"
        case .deepBends: more ? "There were more deep bends" : "There were fewer deep bends"
        case .lifts: more ? "There were more probable lifts" : "There were fewer probable lifts"
        }
    }
}
