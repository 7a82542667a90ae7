import LumbarCore

/// The tables of rows, read by boot and a range of instants.
extension Store {
    func timeline() throws(StoreError) -> Timeline {
        var anchors: [Timeline.StoredAnchor] = []
        try eachAnchor { anchor throws(StoreError) in anchors.append(anchor) }
        return Timeline(anchors)
    }

    func eachAnchor(_ body: (Timeline.StoredAnchor) throws(StoreError) -> Void) throws(StoreError) {
        try database.each(
            """
            SELECT boot, boot_id, instant_ns, wall_ns, synchronized, zone, offset_s, change_ns, offset_after_s
            FROM anchor JOIN boot ON boot.id = anchor.boot ORDER BY boot, instant_ns
            """, while: "reading the wall clock's history"
        ) { row throws(StoreError) in
            let zone = ZoneRule(
                name: row.text(5), offsetSeconds: Store.offset(row.int(6)),
                change: row.isNull(7) ? nil : WallTime(nanoseconds: row.int(7)),
                offsetAfterSeconds: Store.offset(row.int(8)))
            let anchor = WallAnchor(
                instant: Instant(nanoseconds: row.int(2)), wall: WallTime(nanoseconds: row.int(3)), zone: zone
            )
            try body(
                Timeline.StoredAnchor(
                    boot: row.int(0), bootID: row.text(1), anchor: anchor, isSynchronized: row.flag(4)))
        }
    }

    /// Zones reach from -12 to +14 hours; a damaged row must not lead to a date out of all bounds.
    private static func offset(_ seconds: Int64) -> Int { Int(min(max(seconds, -86_400), 86_400)) }

    func wearerRow(named wearer: WearerID, while action: String) throws(StoreError) -> Int64? {
        try database.integer("SELECT id FROM wearer WHERE name = ?1", [.text(wearer.text)], while: action)
    }

    private static func range(_ boot: Int64, _ from: Instant, _ until: Instant) -> [SQLValue] {
        [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds)]
    }

    func eachAlert(
        boot: Int64, from: Instant, until: Instant, _ body: (Alert) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, time_ns, rule, tier, episode_start_ns, duration_ns, step, message, flexion_deg, count,
                shadow, clause, measured, threshold, unit, dwell_s, uncertainty, confidence, algorithm,
                calibration_age_s
            FROM alert JOIN wearer ON wearer.id = alert.wearer
            WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 ORDER BY time_ns
            """, Store.range(boot, from, until), while: "reading alerts"
        ) { row throws(StoreError) in
            guard let rule = AlertRule(rawValue: row.text(2)), let tier = AlertTier(rawValue: row.text(3))
            else { return }
            var alert = Alert(
                rule: rule, tier: tier, time: Instant(nanoseconds: row.int(1)),
                episodeStart: Instant(nanoseconds: row.int(4)), duration: Elapsed(nanoseconds: row.int(5)),
                step: row.count(6), message: row.text(7),
                flexionDegrees: row.isNull(8) ? nil : row.count(8),
                count: row.count(9), wearer: WearerID(row.text(0)))
            Store.addReason(in: row, from: 10, to: &alert)
            try body(alert)
        }
    }

    func eachEpoch(
        boot: Int64, from: Instant, until: Instant, _ body: (MinuteEpoch) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, start_ns, length_ns, lying_s, sitting_s, standing_s, walking_s, unknown_s, not_worn_s,
                over_30_s, over_45_s, over_60_s, bends, deep_bends, lifts, strained_lifts, steps, postural_shifts, alerts,
                exposure, angles_only_s, thigh_s, thorax_s
            FROM epoch JOIN wearer ON wearer.id = epoch.wearer
            WHERE boot = ?1 AND start_ns >= ?2 AND start_ns < ?3 ORDER BY start_ns
            """, Store.range(boot, from, until), while: "reading minutes"
        ) { row throws(StoreError) in
            var epoch = MinuteEpoch(
                wearer: WearerID(row.text(0)), start: Instant(nanoseconds: row.int(1)),
                length: Elapsed(nanoseconds: row.int(2)))
            for posture in Posture.allCases {
                epoch.postureSeconds[posture.index] = row.real(3 + Int32(posture.index))
            }
            epoch.over30Seconds = row.real(9)
            epoch.over45Seconds = row.real(10)
            epoch.over60Seconds = row.real(11)
            epoch.bends = row.count(12)
            epoch.deepBends = row.count(13)
            epoch.lifts = row.count(14)
            epoch.strainedLifts = row.count(15)
            epoch.steps = row.count(16)
            epoch.posturalShifts = row.count(17)
            epoch.alerts = row.count(18)
            epoch.exposure = PackedExposure(bytes: row.blob(19))
            epoch.sensors = SensorTime(in: row, from: 20)
            try body(epoch)
        }
    }

    /// Episodes but postures that begin in the range.
    func eachEpisode(
        boot: Int64, from: Instant, until: Instant, _ body: (Episode, WearerID) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, start_ns, length_ns, decided_after_ns, confidence, sensors, kind, transition, peak_deg, peak_rate_dps,
                area_over_20_deg_s, budget_used, mean_deg, seated_s, postural_shifts, peak_rise_velocity_mps,
                peak_jerk_g_per_s, rise_s, turn_deg, peak_moment_nm, under_strain, strain_parts, after_lift, impact_g,
                rest_inclination_deg, rate_95_dps, share_of_maximum, static, zone_entries_per_min, acceptability,
                lying_s, guarded_s, peak_flexion_rate_dps, rise_m, rms_jerk_g_per_s, turn_in_rise_deg, stepped_around,
                moment_nm_s, spine_flexion_deg, vibration_g, end_range_s
            FROM episode JOIN wearer ON wearer.id = episode.wearer
            WHERE boot = ?1 AND start_ns >= ?2 AND start_ns < ?3 ORDER BY start_ns, kind
            """, Store.range(boot, from, until), while: "reading episodes"
        ) { row throws(StoreError) in
            guard let kind = EpisodeColumns.kind(in: row, name: 6, from: 7) else { return }
            try body(Store.episode(kind, in: row), WearerID(row.text(0)))
        }
    }

    /// Postures that begin in the range.
    func eachPosture(
        boot: Int64, from: Instant, until: Instant, _ body: (Episode, WearerID) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, start_ns, length_ns, decided_after_ns, confidence, sensors, posture
            FROM posture_span JOIN wearer ON wearer.id = posture_span.wearer
            WHERE boot = ?1 AND start_ns >= ?2 AND start_ns < ?3 ORDER BY start_ns
            """, Store.range(boot, from, until), while: "reading postures"
        ) { row throws(StoreError) in
            guard let posture = Int(exactly: row.int(6)).flatMap(Posture.init(index:)) else { return }
            try body(Store.episode(.posture(posture), in: row), WearerID(row.text(0)))
        }
    }

    private static func episode(_ kind: Episode.Kind, in row: Row) -> Episode {
        let start = Instant(nanoseconds: row.int(1))
        return Episode(
            kind, start: start, end: start + Elapsed(nanoseconds: row.int(2)),
            decided: start + Elapsed(nanoseconds: row.int(3)), confidence: row.real(4),
            tier: row.isNull(5)
                ? .lumbar : SensorTier.allCases.first { Int64($0.index) == row.int(5) } ?? .lumbar)
    }
}
