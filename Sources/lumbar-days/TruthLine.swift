import LumbarCore
import LumbarRehearsal

/// What really happened on a day of a simulated history, as a line of JSON; keys that a summary has too mean the same.
enum TruthLine {
    static func text(_ truth: SimulatedHistory.Truth) -> String {
        var object = JSONObject()
        object.add("type", "truth")
        object.add("date", truth.date.description)
        object.add("length_s", truth.length, decimals: 1)
        for posture in Posture.allCases {
            object.add(posture.rawValue + "_s", truth.postureSeconds[posture.index], decimals: 1)
        }
        object.add("no_data_s", truth.length - truth.postureSeconds.reduce(0, +), decimals: 1)
        object.addRaw("sitting_bouts_s", list(truth.bouts))
        object.add("sitting_breaks", truth.breaks)
        object.add("postural_shifts", truth.shifts)
        object.add("bends", truth.bends)
        object.add("deep_bends", truth.deepBends)
        object.add("held_bends", truth.heldBends)
        object.add("lifts", truth.lifts)
        object.add("strained_lifts", truth.strainedLifts)
        object.add("twists", truth.twists)
        object.add("steps", truth.steps)
        object.add("alerts", truth.alerts.reduce(0, +))
        for (degrees, seconds) in zip([30, 45, 60], truth.secondsPast) {
            object.add("over_\(degrees)_deg_s", seconds)
        }
        var rules = JSONObject()
        for (rule, count) in zip(AlertRule.allCases, truth.alerts) { rules.add(rule.rawValue, count) }
        object.addRaw("alerts_by_rule", rules.text)
        object.add("lowest_deg", SimulatedHistory.Truth.lowestDegrees)
        object.addRaw("seated_s_by_deg", list(truth.seated))
        object.addRaw("on_feet_s_by_deg", list(truth.onFeet))
        object.addRaw("s_by_dps", list(truth.rates))
        object.addRaw("s_by_steps_per_min", list(truth.cadences))
        object.addRaw("zone_entries", list(truth.entries))
        object.add("moment_nm_s", truth.moment, decimals: 3)
        object.add("moment_on_feet_nm_s", truth.momentOnFeet, decimals: 3)
        object.add("moment_squared_nm2_s", truth.squaredMoment, decimals: 3)
        return object.text
    }

    private static func list(_ values: [Int]) -> String {
        "[" + values.map(String.init).joined(separator: ",") + "]"
    }

    private static func list(_ values: [Double]) -> String {
        "[" + values.map { DecimalText.fixed($0, 1) }.joined(separator: ",") + "]"
    }
}
