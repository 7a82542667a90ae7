import LumbarCore
import LumbarMeasures

/// The measures of a day as JSON keys; MEASURES.md says what each is.
///
/// What a day does not have, such as a cadence without walking, is `null`: a missing number is not zero.
enum MeasuresJSON {
    static func add(_ measures: DayMeasures, of day: DailySummary, to object: inout some KeyedValues) {
        addSitting(measures, day, to: &object)
        addTrunk(measures, to: &object)
        addZones(measures.zones, to: &object)
        addVariation(measures.variation, to: &object)
        object.add("moment_model", "unloaded")
        object.add("moment_nm_h", measures.moment.newtonMetreHours, decimals: 1)
        object.add("moment_on_feet_nm_h", measures.moment.onFeetNewtonMetreHours, decimals: 1)
        object.add("moment_squared_nm2_h", measures.moment.squaredHours, decimals: 0)
        object.add("walking_cadence_per_min", measures.cadence, decimals: 0)
    }

    private static func addSitting(
        _ measures: DayMeasures, _ day: DailySummary, to object: inout some KeyedValues
    ) {
        object.addRaw("sitting_bouts_s", array(day.boutSeconds, decimals: 1))
        for (minutes, seconds) in zip(DayMeasures.longBoutMinutes, measures.secondsInLongBouts) {
            object.add("sitting_in_bouts_over_\(minutes)_min_s", seconds, decimals: 1)
        }
        object.add("breaks_per_sitting_hour", measures.breaksPerSittingHour, decimals: 2)
        object.add("shifts_per_sitting_hour", measures.shiftsPerSittingHour, decimals: 2)
        let bouts = measures.fragmentation
        object.add("sitting_bout_mean_min", bouts?.mean, decimals: 2)
        object.add("sitting_bout_usual_min", bouts?.usualBout, decimals: 0)
        object.add("sitting_satp_per_min", bouts?.transitionRate, decimals: 6)
        object.add("sitting_gini", bouts?.gini, decimals: 6)
        object.add("sitting_average_hazard", bouts?.averageHazard, decimals: 6)
        object.add("sitting_alpha", bouts?.alpha, decimals: 6)
        object.add("sitting_alpha_sigma", bouts?.alphaSigma, decimals: 6)
        object.add("sitting_x50_min", bouts?.x50, decimals: 3)
        object.add("sitting_w50", bouts?.w50, decimals: 6)
    }

    private static func addTrunk(_ measures: DayMeasures, to object: inout some KeyedValues) {
        object.add("trunk_s", measures.exposureSeconds, decimals: 1)
        object.add("trunk_forward_unknown_s", measures.forwardUnknownSeconds, decimals: 1)
        object.add("trunk_unknown_posture_s", measures.unplacedSeconds, decimals: 1)
        object.addRaw("flexion_deg", percentiles(measures.flexion))
        object.addRaw("flexion_seated_deg", percentiles(measures.flexionSeated))
        object.addRaw("flexion_on_feet_deg", percentiles(measures.flexionOnFeet))
        object.addRaw("flexion_rate_dps", percentiles(measures.speed))
    }

    private static func addZones(_ zones: TrunkZones?, to object: inout some KeyedValues) {
        object.addRaw("zones_seated_s", zones.map { times($0.seated) } ?? "null")
        object.addRaw("zones_on_feet_s", zones.map { times($0.onFeet) } ?? "null")
        object.addRaw("reba_trunk_score_s", zones.map { array($0.scoreSeconds, decimals: 1) } ?? "null")
        object.addRaw("zone_entries", zones.map { array($0.entries.map(Double.init), decimals: 0) } ?? "null")
        object.addRaw("zone_entries_per_min", zones.map { array($0.entriesPerMinute, decimals: 3) } ?? "null")
        object.addRaw("zone_frequent_s", zones.map { array($0.frequentSeconds, decimals: 1) } ?? "null")
    }

    private static func addVariation(_ variation: ExposureVariation?, to object: inout some KeyedValues) {
        let rows = variation?.seconds.map { array($0, decimals: 1) }
        object.addRaw("eva_s", rows.map { "[" + $0.joined(separator: ",") + "]" } ?? "null")
        object.add("eva_inclination_sd_pct", variation?.inclinationSpread, decimals: 2)
        object.add("eva_duration_sd_pct", variation?.durationSpread, decimals: 2)
    }

    private static func percentiles(_ distribution: ExposureDistribution?) -> String {
        guard let distribution else { return "null" }
        var object = JSONObject()
        for (percent, level) in zip(ExposureDistribution.percents, distribution.levels) {
            object.add("p\(percent)", level, decimals: 1)
        }
        return object.text
    }

    private static func times(_ times: TrunkZones.Times) -> String {
        array([times.backward, times.upright, times.bent, times.deep], decimals: 1)
    }

    static func array(_ values: [Double], decimals: Int) -> String {
        let texts = values.map { $0.isFinite ? DecimalText.fixed($0, decimals) : "null" }
        return "[" + texts.joined(separator: ",") + "]"
    }
}
