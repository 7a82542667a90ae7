import LumbarCore
import LumbarReport
import Testing

@Suite struct JSONLinesTests {
    private let lines = JSONLines(start: Samples.instant(90))

    @Test func episodesAreGolden() {
        let times = (0..<17).map { index in
            let start = 10 + index
            return (
                "\"start_s\":\(start).0000,\"end_s\":\(start).7500",
                ",\"confidence\":0.625,\"decided_s\":\(start + 1).5000}"
            )
        }
        let middles = [
            #"{"type":"posture",|,"posture":"lying""#,
            #"{"type":"posture",|,"posture":"sitting""#,
            #"{"type":"posture",|,"posture":"standing""#,
            #"{"type":"posture",|,"posture":"walking""#,
            #"{"type":"posture",|,"posture":"unknown""#,
            #"{"type":"posture",|,"posture":"not_worn""#,
            #"{"type":"transition","kind":"stand_to_sit",|"#,
            #"{"type":"transition","kind":"sit_to_stand",|"#,
            #"{"type":"transition","kind":"lie_down",|"#,
            #"{"type":"transition","kind":"rise_from_lying",|"#,
            #"{"type":"bend",|,"peak_deg":61.50,"peak_rate_dps":83.25,"area_over_20_deg_s":120.50,"budget_used":0.4000,"#
                + #""p95_rate_dps":61.25,"share_of_maximum":0.750,"static":true,"zone_entries_per_min":2.4,"#
                + #""en_1005_4":"not_acceptable","spine_flexion_deg":27.50"#,
            #"{"type":"sustained_flexion",|,"mean_deg":41.50,"peak_deg":52.25,"budget_used":1.2000"#,
            #"{"type":"sitting",|,"seated_s":1850.5,"postural_shifts":9"#,
            #"{"type":"lift",|,"peak_deg":71.50,"peak_extension_rate_dps":91.25,"peak_rise_velocity_mps":0.800,"#
                + #""peak_jerk_g_per_s":4.500,"rise_s":1.750,"turn_while_bent_deg":21.50,"peak_moment_nm":95.5,"#
                + #""moment_nm_s":0.0,"peak_flexion_rate_dps":0.00,"rise_m":0.000,"stoop_index_deg_per_m":null,"#
                + #""rms_jerk_g_per_s":0.000,"turn_in_rise_deg":0.00,"stepped_around":false,"#
                + #""under_strain":true,"strain":["deep","twisted"]"#,
            #"{"type":"twist",|,"turn_deg":-33.50,"peak_rate_dps":51.25,"after_lift":true"#,
            #"{"type":"fall","at_s":25.0000,|,"impact_g":3.750,"rest_inclination_deg":84.50"#,
            #"{"type":"rising",|,"lying_s":27000.5,"guarded_s":7200.0"#,
        ]
        #expect(middles.count == Samples.episodes.count)
        for (index, episode) in Samples.episodes.enumerated() {
            let parts = middles[index].split(separator: "|", omittingEmptySubsequences: false)
            let ending = times[index].1.replacing(
                ",\"decided_s\"", with: ",\"sensors\":\"\(episode.tier.rawValue)\",\"decided_s\"")
            let expected = [String(parts[0]), times[index].0, String(parts[1]), ending].joined()
            #expect(lines.line(episode) == expected)
        }
    }

    @Test func anOngoingEpisodeSaysSo() {
        var episode = Samples.posture(.sitting, from: 90, to: 95)
        #expect(!lines.line(episode).contains("ongoing"))
        episode.isOngoing = true
        #expect(lines.line(episode).hasSuffix(#""decided_s":2.5000,"ongoing":true}"#))
    }

    @Test func anAlertIsGolden() {
        var alert = Samples.alert(at: 2000)
        alert.message = "Quotes \" and\nlines and \u{1B}[31m colours."
        #expect(
            lines.line(alert)
                == #"{"type":"alert","rule":"sitting","tier":"nudge","at_s":1910.0000,"episode_start_s":110.0000,"#
                + #""duration_s":1800.0000,"step":2,"count":3,"flexion_deg":12,"wearer":"me","#
                + #""message":"Quotes \" and\nlines and \u001b[31m colours.","delivery":"told"}"#)
        alert.flexionDegrees = nil
        #expect(!lines.line(alert).contains("flexion_deg"))
    }

    private let trunk =
        #""trunk_s":60.0,"trunk_forward_unknown_s":0.0,"trunk_unknown_posture_s":0.0,"#
        + #""flexion_deg":{"p5":-7.5,"p10":12.0,"p50":12.4,"p90":12.9,"p95":12.9,"p99":13.0},"#
        + #""flexion_seated_deg":{"p5":-8.0,"p10":-7.9,"p50":-7.5,"p90":-7.1,"p95":-7.1,"p99":-7.0},"#
        + #""flexion_on_feet_deg":{"p5":12.1,"p10":12.1,"p50":12.5,"p90":12.9,"p95":13.0,"p99":13.0},"#
        + #""flexion_rate_dps":null,"zones_seated_s":[5.7,0.0,0.0,0.0],"zones_on_feet_s":[0.0,54.3,0.0,0.0],"#
        + #""reba_trunk_score_s":[0.0,0.0,0.0,0.0,0.0],"zone_entries":[0,0,3],"#
        + #""zone_entries_per_min":[0.000,0.000,3.000],"zone_frequent_s":[0.0,0.0,0.0],"eva_s":null,"#
        + #""eva_inclination_sd_pct":null,"eva_duration_sd_pct":null,"moment_model":"unloaded","#
        + #""moment_nm_h":0.4,"moment_on_feet_nm_h":0.4,"moment_squared_nm2_h":10,"walking_cadence_per_min":null}"#

    @Test func aSummaryIsGolden() {
        let rest =
            #""wearer":"me","complete":true,"worn_s":15007.5,"lying_s":1000.5,"sitting_s":2001.0,"standing_s":3001.5,"#
            + #""walking_s":4002.0,"unknown_s":5002.5,"not_worn_s":6003.0,"no_data_s":12345.5,"sitting_bouts":14,"#
            + #""sitting_bouts_over_30_min":5,"longest_sitting_s":5400.5,"sitting_breaks":13,"postural_shifts":88,"#
            + #""bends":61,"deep_bends":22,"over_30_deg_s":900.5,"over_45_deg_s":400.3,"over_60_deg_s":100.1,"#
            + #""lifts":17,"strained_lifts":6,"steps":4321,"alerts":7,"#
            + #""posture_sensors":"lumbar","trunk_sensors":"lumbar","angles_only_s":2.5,"with_thigh_s":48.3,"#
            + #""with_thorax_s":31.1,"#
            + #""sitting_bouts_s":[1800.3,5400.5,60.0],"sitting_in_bouts_over_20_min_s":7200.8,"#
            + #""sitting_in_bouts_over_30_min_s":7200.8,"sitting_in_bouts_over_60_min_s":5400.5,"#
            + #""breaks_per_sitting_hour":23.39,"shifts_per_sitting_hour":158.32,"sitting_bout_mean_min":40.33,"#
            + #""sitting_bout_usual_min":90,"sitting_satp_per_min":0.024793,"sitting_gini":0.735537,"#
            + #""sitting_average_hazard":0.611111,"sitting_alpha":1.300588,"sitting_alpha_sigma":0.173544,"#
            + #""sitting_x50_min":10.034,"sitting_w50":0.991736,"# + trunk
        let head = #"{"type":"summary","start_s":-39690.0000,"end_s":46710.0000,"date":"#
        #expect(lines.line(Samples.summary(Samples.date)) == head + #""2026-11-21","# + rest)
        #expect(lines.line(Samples.summary(nil)) == head + "null," + rest)
    }

    @Test func anAttitudeIsGolden() {
        let report = AttitudeReport(
            time: Samples.instant(90.00995), up: Vector3(0.1234567, -1, 0), flexionDegrees: 12.34567,
            lateralDegrees: -0.0001, uncertaintyDegrees: 1.96)
        #expect(
            lines.line(report)
                == #"{"type":"attitude","t_s":0.0100,"up":[0.123457,-1.000000,0.000000],"flexion_deg":12.346,"#
                + #""lateral_deg":0.000,"uncertainty_deg":2.0}"#)
    }

    @Test func newsAboutTheMountAreGolden() {
        let id = DeviceID("a")
        let time = Samples.instant(100)
        let head = #"{"type":"mount","at_s":10.0000,"device":"a","news":"#
        #expect(
            lines.line(.moved(degrees: 21.26, relearned: true), of: id, at: time)
                == head + #""moved","by_deg":21.3,"relearned":true}"#)
        #expect(lines.line(.stale, of: id, at: time) == head + #""stale"}"#)
        #expect(
            lines.line(.gesture(.tooDeep), of: id, at: time) == head + #""gesture","outcome":"tooDeep"}"#)
    }

    @Test func whatIsNoNumberIsNull() {
        let report = AttitudeReport(
            time: Samples.instant(0), up: Vector3(.nan, .infinity, 0), flexionDegrees: .nan, lateralDegrees: 0
        )
        #expect(
            lines.line(report)
                == #"{"type":"attitude","t_s":-90.0000,"up":[null,null,0.000000],"flexion_deg":null,"lateral_deg":0.000,"#
                + #""uncertainty_deg":0.0}"#)
    }

    /// Rounded from whole nanoseconds, so that no binary fraction decides the last digit.
    @Test func timesAreRoundedExactly() {
        let cases: [(Int64, String)] = [
            (49_999, "0.0000"), (50_000, "0.0001"), (-49_999, "0.0000"), (-50_000, "-0.0001"),
            (1_234_550_000, "1.2346"), (999_999_999_950_000, "1000000.0000"), (.max, "9223372036.8548"),
            (.min, "-9223372036.8548"),
        ]
        for (nanoseconds, text) in cases {
            let episode = Episode(
                .posture(.sitting), start: Instant(nanoseconds: nanoseconds), end: .zero, decided: .zero,
                confidence: 0)
            #expect(JSONLines(start: .zero).line(episode).contains("\"start_s\":\(text),"))
        }
    }
}
