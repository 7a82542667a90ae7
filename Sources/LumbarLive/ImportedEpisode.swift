import LumbarCore
import LumbarStore

/// An episode in a line of an export, and a day.
enum ImportedEpisode {
    static func row(_ kind: Episode.Kind, _ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        let start = try members.instant("start_ns")
        let episode = Episode(
            kind, start: start, end: start + (try members.span("length_ns")),
            decided: start + (try members.span("decided_after_ns")),
            confidence: try members.number("confidence"),
            tier: try members.choice("sensors"))
        return .episode(episode, WearerID(try members.text("wearer")))
    }

    /// The kind of episode that a line of `type` is about; nil when it is about none.
    static func kind(_ type: String, _ members: ImportedMembers) throws(ImportFault) -> Episode.Kind? {
        switch type {
        case "posture": return .posture(try members.choice("posture"))
        case "transition": return .transition(try members.choice("kind"))
        case "bend": return .bend(try bend(members))
        case "sustained_flexion":
            return .sustainedFlexion(
                SustainedFlexion(
                    meanDegrees: try members.number("mean_deg"), peakDegrees: try members.number("peak_deg"),
                    budgetUsed: try members.number("budget_used")))
        case "sitting":
            return .sitting(
                SittingBout(
                    seatedSeconds: try members.number("seated_s"),
                    posturalShifts: try members.count("postural_shifts"),
                    meanFlexionDegrees: members.optional("mean_deg")?.double))
        case "lift": return .lift(try lift(members))
        case "twist":
            return .twist(
                Twist(
                    turnDegrees: try members.number("turn_deg"),
                    peakRateDps: try members.number("peak_rate_dps"),
                    isAfterLift: try members.flag("after_lift")))
        case "fall":
            return .fall(
                Fall(
                    impactG: try members.number("impact_g"),
                    restInclinationDegrees: try members.number("rest_inclination_deg")))
        case "ride": return .ride(Ride(vibrationG: try members.number("vibration_g")))
        case "rising":
            return .rising(
                Rising(
                    lyingSeconds: try members.number("lying_s"),
                    guardedSeconds: try members.number("guarded_s")))
        default: return nil
        }
    }

    private static func bend(_ members: ImportedMembers) throws(ImportFault) -> Bend {
        Bend(
            peakDegrees: try members.number("peak_deg"), peakRateDps: try members.number("peak_rate_dps"),
            areaAbove20DegreeSeconds: try members.number("area_over_20_deg_s"),
            budgetUsed: try members.number("budget_used"), rate95Dps: try members.number("p95_rate_dps"),
            shareOfMaximum: members.optional("share_of_maximum")?.double,
            isStatic: try members.flag("static"),
            zoneEntriesPerMinute: try members.number("zone_entries_per_min"),
            acceptability: try members.choice("en_1005_4"),
            spineFlexionDegrees: members.optional("spine_flexion_deg")?.double,
            endRangeSeconds: members.optional("end_range_s")?.double ?? 0)
    }

    private static func lift(_ members: ImportedMembers) throws(ImportFault) -> Lift {
        var strain: Lift.Strain = []
        for part in members.optional("strain")?.elements ?? [] {
            switch part.text {
            case "deep": strain.insert(.deep)
            case "fast": strain.insert(.fast)
            case "jerky": strain.insert(.jerky)
            case "twisted": strain.insert(.twisted)
            default: throw ImportFault("\"strain\" is no list of parts that are known here")
            }
        }
        var lift = Lift(
            peakDegrees: try members.number("peak_deg"),
            peakExtensionRateDps: try members.number("peak_extension_rate_dps"),
            peakRiseVelocity: try members.number("peak_rise_velocity_mps"),
            peakJerkGps: try members.number("peak_jerk_g_per_s"), riseSeconds: try members.number("rise_s"),
            turnWhileBentDegrees: try members.number("turn_while_bent_deg"),
            peakMomentNm: try members.number("peak_moment_nm"),
            isUnderStrain: try members.flag("under_strain"),
            strain: strain)
        lift.detail.momentNewtonMetreSeconds = try members.number("moment_nm_s")
        lift.detail.peakFlexionRateDps = try members.number("peak_flexion_rate_dps")
        lift.detail.riseMetres = try members.number("rise_m")
        lift.detail.rmsJerkGps = try members.number("rms_jerk_g_per_s")
        lift.detail.turnInRiseDegrees = try members.number("turn_in_rise_deg")
        lift.detail.hasSteppedAround = try members.flag("stepped_around")
        return lift
    }
}

/// A day in a line of an export.
enum ImportedSummary {
    static func row(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        let parts = try members.text("date").split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else {
            throw ImportFault("\"date\" is no day")
        }
        var day = DailySummary(
            wearer: WearerID(try members.text("wearer")),
            date: CivilDate(year: parts[0], month: parts[1], day: parts[2]),
            start: try members.instant("start_ns"), end: try members.instant("end_ns"),
            isComplete: try members.flag("complete"))
        for posture in Posture.allCases {
            day.postureSeconds[posture.index] = try members.number(posture.rawValue + "_s")
        }
        day.noDataSeconds = try members.number("no_data_s")
        day.longestSittingSeconds = try members.number("longest_sitting_s")
        day.over30Seconds = try members.number("over_30_deg_s")
        day.over45Seconds = try members.number("over_45_deg_s")
        day.over60Seconds = try members.number("over_60_deg_s")
        try setCounts(of: &day, members)
        day.boutSeconds = (members.optional("bouts_s")?.elements ?? []).compactMap(\.double)
        day.exposure = try members.exposure()
        day.sensors = try members.sensors()
        day.body = BodySize(
            mass: try members.number("body_mass_kg"), height: try members.number("body_height_m"))
        return .summary(day)
    }

    private static func setCounts(of day: inout DailySummary, _ members: ImportedMembers) throws(ImportFault)
    {
        day.sittingBouts = try members.count("sitting_bouts")
        day.sittingBoutsOver30Minutes = try members.count("sitting_bouts_over_30_min")
        day.sittingBreaks = try members.count("sitting_breaks")
        day.posturalShifts = try members.count("postural_shifts")
        day.bends = try members.count("bends")
        day.deepBends = try members.count("deep_bends")
        day.lifts = try members.count("lifts")
        day.strainedLifts = try members.count("strained_lifts")
        day.steps = try members.count("steps")
        day.alerts = try members.count("alerts")
    }
}
