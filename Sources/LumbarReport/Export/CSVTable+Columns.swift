import LumbarCore
import LumbarMeasures

extension CSVTable {
    /// The columns in order; new ones are only ever added at the end.
    var columns: CSVColumns {
        switch self {
        case .days: Self.dayColumns
        case .minutes: Self.minuteColumns
        case .episodes: Self.episodeColumns
        case .postures: Self.postureColumns
        case .alerts: Self.alertColumns
        case .diary: Self.diaryColumns
        }
    }

    private static let postureSeconds = Posture.allCases.map { $0.rawValue + "_s" }
    private static let sums = [
        "over_30_deg_s", "over_45_deg_s", "over_60_deg_s", "bends", "deep_bends", "lifts", "strained_lifts",
        "steps", "postural_shifts", "alerts",
    ]
    private static let more = ["angles_only_s", "with_thigh_s", "with_thorax_s"]
    private static let span = [
        "start_time", "start_epoch_s", "end_time", "end_epoch_s", "duration_s", "wearer", "confidence",
        "sensors", "decided_after_s",
    ]
    private static let origin = ["start_ns", "boot_id"]

    private static let dayColumns = CSVColumns(
        joined([
            ["date", "wearer", "complete", "worn_s"], postureSeconds, ["no_data_s"], sittingDay, sums,
            ["posture_sensors", "trunk_sensors"], more,
            DayMeasures.longBoutMinutes.map { "sitting_in_bouts_over_\($0)_min_s" }, dayMeasures,
            ExposureDistribution.percents.map { "flexion_p\($0)_deg" },
            ExposureDistribution.percents.map { "flexion_rate_p\($0)_dps" },
        ]))
    private static let sittingDay = [
        "sitting_bouts", "sitting_bouts_over_30_min", "longest_sitting_s", "sitting_breaks",
    ]
    private static let dayMeasures = [
        "breaks_per_sitting_hour", "shifts_per_sitting_hour", "sitting_bout_mean_min",
        "sitting_bout_usual_min", "sitting_satp_per_min", "sitting_gini", "sitting_average_hazard",
        "sitting_alpha", "sitting_alpha_sigma", "sitting_x50_min", "sitting_w50", "trunk_s",
        "trunk_forward_unknown_s", "trunk_unknown_posture_s", "eva_inclination_sd_pct",
        "eva_duration_sd_pct", "moment_model", "moment_nm_h", "moment_on_feet_nm_h",
        "moment_squared_nm2_h", "walking_cadence_per_min",
    ]

    // A list of lists and no sum of them, which takes Swift 6.0's compiler longer than it allows itself.
    private static func joined(_ parts: [[String]]) -> [String] { parts.flatMap { $0 } }

    private static let minuteColumns = CSVColumns(
        joined([["start_time", "start_epoch_s", "length_s", "wearer"], postureSeconds, sums, more, origin]))

    private static let postureColumns = CSVColumns(span + ["posture"] + origin)

    private static let episodeColumns = CSVColumns(
        joined([span, ["type", "kind"], bendMeasures, liftMeasures, otherMeasures, origin]))
    private static let bendMeasures = [
        "peak_deg", "mean_deg", "peak_rate_dps", "p95_rate_dps", "area_over_20_deg_s", "budget_used",
        "share_of_maximum", "static", "zone_entries_per_min", "en_1005_4", "spine_flexion_deg",
        "seated_s", "postural_shifts", "end_range_s",
    ]
    private static let liftMeasures = [
        "peak_extension_rate_dps", "peak_rise_velocity_mps", "peak_jerk_g_per_s", "rise_s",
        "turn_while_bent_deg", "peak_moment_nm", "moment_nm_s", "peak_flexion_rate_dps", "rise_m",
        "stoop_index_deg_per_m", "rms_jerk_g_per_s", "turn_in_rise_deg", "stepped_around",
        "under_strain", "strain",
    ]
    private static let otherMeasures = [
        "turn_deg", "after_lift", "impact_g", "rest_inclination_deg", "down_s", "lying_s", "guarded_s",
        "vibration_g",
    ]

    private static let alertColumns = CSVColumns(
        [
            "time", "epoch_s", "rule", "tier", "episode_start_time", "episode_start_epoch_s", "duration_s",
            "step", "count", "flexion_deg", "wearer", "message", "instant_ns", "boot_id", "id", "delivery",
            "clause", "measured", "threshold", "unit", "dwell_s",
            "uncertainty", "confidence", "algorithm", "calibration_age_s",
        ])

    private static let diaryColumns = CSVColumns([
        "time", "epoch_s", "end_time", "end_epoch_s", "pain", "kind", "note", "wearer", "written_time",
        "written_epoch_s", "edited_time", "edited_epoch_s", "uuid",
    ])
}
