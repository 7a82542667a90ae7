import LumbarCore

/// The measures of episodes as JSON keys.
enum EpisodeJSON {
    static func addMeasures(of kind: Episode.Kind, to object: inout some KeyedValues) {
        switch kind {
        case .posture(let posture): object.add("posture", posture.rawValue)
        case .transition: break
        case .bend(let bend): add(bend, to: &object)
        case .sustainedFlexion(let flexion): add(flexion, to: &object)
        case .sitting(let bout): add(bout, to: &object)
        case .lift(let lift): add(lift, to: &object)
        case .twist(let twist): add(twist, to: &object)
        case .fall(let fall): add(fall, to: &object)
        case .rising(let rising):
            object.add("lying_s", rising.lyingSeconds, decimals: 1)
            object.add("guarded_s", rising.guardedSeconds, decimals: 1)
        case .ride(let ride): object.add("vibration_g", ride.vibrationG, decimals: 4)
        }
    }

    private static func add(_ bend: Bend, to object: inout some KeyedValues) {
        object.add("peak_deg", bend.peakDegrees, decimals: 2)
        object.add("peak_rate_dps", bend.peakRateDps, decimals: 2)
        object.add("area_over_20_deg_s", bend.areaAbove20DegreeSeconds, decimals: 2)
        object.add("budget_used", bend.budgetUsed, decimals: 4)
        object.add("p95_rate_dps", bend.rate95Dps, decimals: 2)
        if let share = bend.shareOfMaximum { object.add("share_of_maximum", share, decimals: 3) }
        object.add("static", bend.isStatic)
        object.add("zone_entries_per_min", bend.zoneEntriesPerMinute, decimals: 1)
        object.add("en_1005_4", bend.acceptability.rawValue)
        if let spine = bend.spineFlexionDegrees { object.add("spine_flexion_deg", spine, decimals: 2) }
        if bend.endRangeSeconds > 0 { object.add("end_range_s", bend.endRangeSeconds, decimals: 1) }
    }

    private static func add(_ flexion: SustainedFlexion, to object: inout some KeyedValues) {
        object.add("mean_deg", flexion.meanDegrees, decimals: 2)
        object.add("peak_deg", flexion.peakDegrees, decimals: 2)
        object.add("budget_used", flexion.budgetUsed, decimals: 4)
    }

    private static func add(_ bout: SittingBout, to object: inout some KeyedValues) {
        object.add("seated_s", bout.seatedSeconds, decimals: 1)
        object.add("postural_shifts", bout.posturalShifts)
        if let mean = bout.meanFlexionDegrees { object.add("mean_deg", mean, decimals: 2) }
    }

    private static func add(_ lift: Lift, to object: inout some KeyedValues) {
        object.add("peak_deg", lift.peakDegrees, decimals: 2)
        object.add("peak_extension_rate_dps", lift.peakExtensionRateDps, decimals: 2)
        object.add("peak_rise_velocity_mps", lift.peakRiseVelocity, decimals: 3)
        object.add("peak_jerk_g_per_s", lift.peakJerkGps, decimals: 3)
        object.add("rise_s", lift.riseSeconds, decimals: 3)
        object.add("turn_while_bent_deg", lift.turnWhileBentDegrees, decimals: 2)
        object.add("peak_moment_nm", lift.peakMomentNm, decimals: 1)
        object.add("moment_nm_s", lift.detail.momentNewtonMetreSeconds, decimals: 1)
        object.add("peak_flexion_rate_dps", lift.detail.peakFlexionRateDps, decimals: 2)
        object.add("rise_m", lift.detail.riseMetres, decimals: 3)
        object.add("stoop_index_deg_per_m", lift.stoopIndex ?? .nan, decimals: 1)
        object.add("rms_jerk_g_per_s", lift.detail.rmsJerkGps, decimals: 3)
        object.add("turn_in_rise_deg", lift.detail.turnInRiseDegrees, decimals: 2)
        object.add("stepped_around", lift.detail.hasSteppedAround)
        object.add("under_strain", lift.isUnderStrain)
        object.add("strain", words: parts(of: lift.strain))
    }

    private static func add(_ twist: Twist, to object: inout some KeyedValues) {
        object.add("turn_deg", twist.turnDegrees, decimals: 2)
        object.add("peak_rate_dps", twist.peakRateDps, decimals: 2)
        object.add("after_lift", twist.isAfterLift)
    }

    private static func add(_ fall: Fall, to object: inout some KeyedValues) {
        object.add("impact_g", fall.impactG, decimals: 3)
        object.add("rest_inclination_deg", fall.restInclinationDegrees, decimals: 2)
        if fall.downSeconds > 0 { object.add("down_s", fall.downSeconds, decimals: 0) }
    }

    private static func parts(of strain: Lift.Strain) -> [String] {
        let named: [(Lift.Strain, String)] = [
            (.deep, "deep"), (.fast, "fast"), (.jerky, "jerky"), (.twisted, "twisted"),
        ]
        return named.filter { strain.contains($0.0) }.map(\.1)
    }
}
