import LumbarCore

/// Row ids of names that come again and again.
struct RowCache {
    var boot: Int64?
    var wearers: [(name: WearerID, id: Int64)] = []
}

extension Store {
    /// Appends minutes in one transaction; the caller gathers them for a minute.
    public func append(epochs: [MinuteEpoch]) throws(StoreError) {
        try restoreReserve()
        try append(epochs.map { .epoch($0) }, while: "adding \(epochs.count) minutes")
    }

    /// Appends a complete episode at once; an ongoing one is passed over.
    public func append(episode: Episode, wearer: WearerID) throws(StoreError) {
        try append([.episode(episode, wearer)], while: "adding an episode")
    }

    /// Appends an alert at once; on a full disk into the space set aside for that.
    public func append(alert: Alert) throws(StoreError) {
        do {
            try append([.alert(alert)], while: "adding an alert")
        } catch {
            guard error.kind == .full, releaseReserve() else { throw error }
            try append([.alert(alert)], while: "adding an alert")
        }
    }

    /// Appends a day, or replaces it; a complete day is not replaced by an incomplete one.
    ///
    /// A summary without a date is passed over: nobody could ask for it.
    public func append(summary: DailySummary) throws(StoreError) {
        try append([.summary(summary)], while: "adding a day's summary")
    }

    /// Notes that the wall clock became known, was set, or changed its zone.
    ///
    /// `isSynchronized` says that the clock is known to be right (by NTP, for instance). Rows are placed by such anchors
    /// where there are any, and else by the last anchor of their boot; see `Timeline`.
    public func append(anchor: WallAnchor, isSynchronized: Bool = false) throws(StoreError) {
        try append([.anchor(anchor, isSynchronized: isSynchronized)], while: "noting the wall clock")
    }

    /// Appends everything that waits, in one transaction, and empties `pending`.
    ///
    /// When the disk is full, the alerts are saved into the space set aside for them and the rest keeps waiting; the error
    /// is thrown all the same, so that the caller can say so and try again later. Minutes are written again only when that
    /// space could be set aside again, or they would use up what the alerts need.
    public func append(_ pending: inout PendingRows) throws(StoreError) {
        guard !pending.isEmpty else { return }
        do {
            try restoreReserve()
            try append(pending.rows, while: "adding \(pending.count) rows")
            pending.removeAll()
        } catch {
            if error.kind == .full, pending.hasAlerts, saveAlerts(of: pending) { pending.removeAlerts() }
            throw error
        }
    }

    private func saveAlerts(of pending: PendingRows) -> Bool {
        let rows = pending.alertRows
        do {
            try append(rows, while: "adding alerts")
            return true
        } catch {
            guard error.kind == .full, releaseReserve() else { return false }
            return (try? append(rows, while: "adding alerts")) != nil
        }
    }

    func append(_ rows: [StoreRow], while action: String) throws(StoreError) {
        guard !rows.isEmpty else { return }
        _ = writer()
        do {
            try database.transaction(while: action) { () throws(StoreError) in
                let boot = try bootRow(while: action)
                for row in rows { try insert(row, boot: boot, while: action) }
            }
        } catch {
            // Ids found within a transaction that did not happen mean nothing.
            self.rows = RowCache()
            throw error
        }
    }

    /// Appends rows of any boots, all of them or none.
    public func append(_ found: [(row: StoreRow, bootID: String)], while action: String) throws(StoreError) {
        _ = writer()
        var boots: [(text: String, id: Int64)] = []
        do {
            try database.transaction(while: action) { () throws(StoreError) in
                for (row, bootID) in found {
                    let boot: Int64
                    if let known = boots.last(where: { $0.text == bootID }) {
                        boot = known.id
                    } else {
                        boot = try bootRow(bootID, while: action)
                        boots.append((bootID, boot))
                    }
                    try insert(row, boot: boot, while: action)
                }
            }
        } catch {
            self.rows = RowCache()
            throw error
        }
    }

    private func insert(_ row: StoreRow, boot: Int64, while action: String) throws(StoreError) {
        switch row {
        case .epoch(let epoch): try insert(epoch, boot: boot, while: action)
        case .episode(let episode, let wearer):
            if !episode.isOngoing { try insert(episode, wearer, boot: boot, while: action) }
        case .alert(let alert): try insert(alert, boot: boot, while: action)
        case .trace(let trace, let key): try insert(trace, of: key, boot: boot, while: action)
        case .summary(let summary): try insert(summary, boot: boot, while: action)
        case .calibration(let calibration, let device, let wearer, let time):
            try insert(calibration, device, wearer, at: time, boot: boot, while: action)
        case .device(let device, let time):
            try insert(device, at: time, boot: boot, while: action)
        case .wear(let wear): try insert(wear, boot: boot, while: action)
        case .settings(let settings, let time):
            try insert(settings, from: time, boot: boot, while: action)
        case .setting(let change, let time):
            try insert(change, since: time, boot: boot, while: action)
        case .control(let control): try insert(control, boot: boot, while: action)
        case .asked(let control): try insert(note: control, boot: boot, while: action)
        case .trust(let trust, let wearer, let time):
            try insert(trust, of: wearer, at: time, boot: boot, while: action)
        case .run(let run): try insert(run, boot: boot, while: action)
        case .anchor(let anchor, let isSynchronized):
            try insert(anchor, isSynchronized, boot: boot, while: action)
        }
    }

    // MARK: Names

    private func bootRow(while action: String) throws(StoreError) -> Int64 {
        if let known = rows.boot { return known }
        let id = try bootRow(bootID, while: action)
        rows.boot = id
        return id
    }

    private func bootRow(_ name: String, while action: String) throws(StoreError) -> Int64 {
        try database.run("INSERT OR IGNORE INTO boot (boot_id) VALUES (?1)", [.text(name)], while: action)
        return try database.integer("SELECT id FROM boot WHERE boot_id = ?1", [.text(name)], while: action)
            ?? 0
    }

    func wearerRow(_ wearer: WearerID, while action: String) throws(StoreError) -> Int64 {
        if let known = rows.wearers.first(where: { $0.name == wearer }) { return known.id }
        try database.run(
            "INSERT OR IGNORE INTO wearer (name) VALUES (?1)", [.text(wearer.text)], while: action)
        let id =
            try database.integer("SELECT id FROM wearer WHERE name = ?1", [.text(wearer.text)], while: action)
            ?? 0
        rows.wearers.append((wearer, id))
        return id
    }

    // MARK: Tables

    private func insert(_ epoch: MinuteEpoch, boot: Int64, while action: String) throws(StoreError) {
        var values: [SQLValue] = [
            .int(boot), .int(try wearerRow(epoch.wearer, while: action)), .int(epoch.start.nanoseconds),
            .int(epoch.length.nanoseconds),
        ]
        values += Posture.allCases.map { .real(epoch.postureSeconds[$0.index]) }
        values += [epoch.over30Seconds, epoch.over45Seconds, epoch.over60Seconds].map { .real($0) }
        values += [
            epoch.bends, epoch.deepBends, epoch.lifts, epoch.strainedLifts, epoch.steps, epoch.posturalShifts,
            epoch.alerts,
        ].map { .int($0) }
        values.append(.blob(epoch.exposure.bytes))
        values += epoch.sensors.columns
        try database.run(
            """
            INSERT OR REPLACE INTO epoch (boot, wearer, start_ns, length_ns,
                lying_s, sitting_s, standing_s, walking_s, unknown_s, not_worn_s, over_30_s, over_45_s, over_60_s,
                bends, deep_bends, lifts, strained_lifts, steps, postural_shifts, alerts, exposure,
                angles_only_s, thigh_s, thorax_s)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, values, while: action)
    }

    private func insert(
        _ episode: Episode, _ wearer: WearerID, boot: Int64, while action: String
    ) throws(StoreError) {
        var values: [SQLValue] = [
            .int(boot), .int(try wearerRow(wearer, while: action)), .int(episode.start.nanoseconds),
            .int(episode.duration.nanoseconds), .int((episode.decided - episode.start).nanoseconds),
            .real(episode.confidence), episode.tier == .lumbar ? .null : .int(episode.tier.index),
        ]
        if case .posture(let posture) = episode.kind {
            values.append(.int(posture.index))
            try database.run(
                """
                INSERT OR REPLACE INTO posture_span (boot, wearer, start_ns, length_ns, decided_after_ns, confidence,
                    sensors, posture)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, values, while: action)
        } else if let columns = EpisodeColumns(episode.kind) {
            values.append(.text(columns.kind))
            try database.run(
                """
                INSERT OR REPLACE INTO episode (boot, wearer, start_ns, length_ns, decided_after_ns, confidence, sensors, kind,
                    transition, peak_deg, peak_rate_dps, area_over_20_deg_s, budget_used, mean_deg, seated_s,
                    postural_shifts, peak_rise_velocity_mps, peak_jerk_g_per_s, rise_s, turn_deg, peak_moment_nm,
                    under_strain, strain_parts, after_lift, impact_g, rest_inclination_deg,
                    rate_95_dps, share_of_maximum, static, zone_entries_per_min, acceptability, lying_s, guarded_s,
                    peak_flexion_rate_dps, rise_m, rms_jerk_g_per_s, turn_in_rise_deg, stepped_around, moment_nm_s,
                    spine_flexion_deg, vibration_g, end_range_s)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, values + columns.values, while: action)
        }
    }

    private func insert(_ alert: Alert, boot: Int64, while action: String) throws(StoreError) {
        try database.run(
            """
            INSERT OR REPLACE INTO alert (boot, wearer, time_ns, rule, tier, episode_start_ns, duration_ns, step,
                message, flexion_deg, count, shadow, clause, measured, threshold, unit, dwell_s, uncertainty,
                confidence, algorithm, calibration_age_s)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .int(boot), .int(try wearerRow(alert.wearer, while: action)), .int(alert.time.nanoseconds),
                .text(alert.rule.rawValue), .text(alert.tier.rawValue), .int(alert.episodeStart.nanoseconds),
                .int(alert.duration.nanoseconds), .int(alert.step), .text(alert.message),
                .optional(alert.flexionDegrees), .int(alert.count),
            ] + Store.reasonColumns(of: alert), while: action)
    }

    private func insert(_ summary: DailySummary, boot: Int64, while action: String) throws(StoreError) {
        guard let date = summary.date else { return }
        let wearer = try wearerRow(summary.wearer, while: action)
        let key: [SQLValue] = [.int(wearer), .text(date.description)]
        let complete = try database.integer(
            "SELECT complete FROM summary WHERE wearer = ?1 AND date = ?2", key, while: action)
        if complete == 1, !summary.isComplete { return }
        var values = key + [.flag(summary.isComplete), .int(boot)]
        values += [.int(summary.start.nanoseconds), .int(summary.end.nanoseconds)]
        values += Posture.allCases.map { .real(summary.seconds($0)) }
        values += [
            .real(summary.noDataSeconds), .int(summary.sittingBouts), .int(summary.sittingBoutsOver30Minutes),
            .real(summary.longestSittingSeconds), .int(summary.sittingBreaks), .int(summary.posturalShifts),
            .int(summary.bends), .int(summary.deepBends), .real(summary.over30Seconds),
            .real(summary.over45Seconds),
            .real(summary.over60Seconds), .int(summary.lifts), .int(summary.strainedLifts),
            .int(summary.steps),
            .int(summary.alerts),
        ]
        values += [
            .blob(PackedExposure(summary.exposure).bytes), .blob(BoutBytes.bytes(summary.boutSeconds)),
            .real(summary.body.mass), .real(summary.body.height),
        ]
        values += summary.sensors.columns
        try database.run(
            """
            INSERT OR REPLACE INTO summary (wearer, date, complete, boot, start_ns, end_ns,
                lying_s, sitting_s, standing_s, walking_s, unknown_s, not_worn_s, no_data_s,
                sitting_bouts, sitting_bouts_over_30_min, longest_sitting_s, sitting_breaks, postural_shifts,
                bends, deep_bends, over_30_s, over_45_s, over_60_s, lifts, strained_lifts, steps, alerts,
                exposure, bouts_s, body_mass_kg, body_height_m, angles_only_s, thigh_s, thorax_s)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, values, while: action)
    }

    private func insert(
        _ anchor: WallAnchor, _ isSynchronized: Bool, boot: Int64, while action: String
    ) throws(StoreError) {
        try database.run(
            """
            INSERT OR REPLACE INTO anchor (boot, instant_ns, wall_ns, synchronized, zone, offset_s, change_ns,
                offset_after_s)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .int(boot), .int(anchor.instant.nanoseconds), .int(anchor.wall.nanoseconds),
                .flag(isSynchronized),
                .text(anchor.zone.name), .int(anchor.zone.offsetSeconds),
                anchor.zone.change.map { .int($0.nanoseconds) } ?? .null,
                .int(anchor.zone.offsetAfterSeconds),
            ], while: action)
    }
}
