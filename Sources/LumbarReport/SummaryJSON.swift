import LumbarCore
import LumbarMeasures

/// What every JSON form of a day has besides its times.
enum SummaryJSON {
    static func addRest(of summary: DailySummary, to object: inout some KeyedValues) {
        if let date = summary.date {
            object.add("date", date.description)
        } else {
            object.addRaw("date", "null")
        }
        object.add("wearer", summary.wearer.text)
        object.add("complete", summary.isComplete)
        object.add("worn_s", summary.wornSeconds, decimals: 1)
        for posture in Posture.allCases {
            object.add(posture.rawValue + "_s", summary.seconds(posture), decimals: 1)
        }
        object.add("no_data_s", summary.noDataSeconds, decimals: 1)
        object.add("sitting_bouts", summary.sittingBouts)
        object.add("sitting_bouts_over_30_min", summary.sittingBoutsOver30Minutes)
        object.add("longest_sitting_s", summary.longestSittingSeconds, decimals: 1)
        object.add("sitting_breaks", summary.sittingBreaks)
        object.add("postural_shifts", summary.posturalShifts)
        object.add("bends", summary.bends)
        object.add("deep_bends", summary.deepBends)
        object.add("over_30_deg_s", summary.over30Seconds, decimals: 1)
        object.add("over_45_deg_s", summary.over45Seconds, decimals: 1)
        object.add("over_60_deg_s", summary.over60Seconds, decimals: 1)
        object.add("lifts", summary.lifts)
        object.add("strained_lifts", summary.strainedLifts)
        object.add("steps", summary.steps)
        object.add("alerts", summary.alerts)
        if let training = summary.training { object.addRaw("training", TrainingJSON.value(training)) }
        SensorsJSON.add(summary.sensors, worn: summary.wornSeconds, to: &object)
        MeasuresJSON.add(DayMeasures(summary), of: summary, to: &object)
    }
}
