import LumbarCore

/// What the owner of the history may do with all of it.
extension Store {
    /// Hands every row to `body`, table by table and in the order of time, without holding more than one.
    ///
    /// What is written meanwhile is not among them.
    public func export(_ body: (ExportedRow) throws(StoreError) -> Void) throws(StoreError) {
        try database.run("BEGIN", while: "reading the history")
        defer { try? database.run("COMMIT", while: "reading the history") }
        try eachAnchor { found throws(StoreError) in
            try body(.anchor(found.anchor, bootID: found.bootID, isSynchronized: found.isSynchronized))
        }
        let first = CivilDate(year: 0, month: 1, day: 1)
        let last = CivilDate(year: 9999, month: 12, day: 31)
        try eachSummary(from: first, through: last) { summary, bootID throws(StoreError) in
            try body(.summary(summary, bootID: bootID))
        }
        for stored in try calibrations() { try body(.calibration(stored)) }
        let timeline = try timeline()
        let boots = try boots()
        let start = Instant(nanoseconds: .min)
        let end = Instant(nanoseconds: .max)
        let place: (Instant, (id: Int64, text: String)) -> Place = { instant, boot in
            Store.place(instant, in: timeline.span(of: boot.id, at: instant))
                ?? Place(bootID: boot.text, wall: nil, zone: .utc)
        }
        try eachDevice(timeline) { device throws(StoreError) in try body(.device(device)) }
        for boot in boots {
            try eachWear(boot: boot.id) { wear throws(StoreError) in
                try body(.wear(wear, place(wear.from, boot)))
            }
            try eachSetting(boot: boot.id) { setting, since throws(StoreError) in
                try body(.setting(setting, since, place(since, boot)))
            }
            try eachRun(boot: boot.id) { run throws(StoreError) in
                try body(.run(run, place(run.from, boot)))
            }
            try eachAsked(boot: boot.id) { control throws(StoreError) in
                guard let time = control.asked else { return }
                try body(.asked(control, time, place(time, boot)))
            }
            try eachTrust(boot: boot.id) { trust, wearer, time throws(StoreError) in
                try body(.trust(trust, wearer, time, place(time, boot)))
            }
        }
        for boot in boots {
            try eachAlert(boot: boot.id, from: start, until: end) { alert throws(StoreError) in
                try body(.alert(alert, place(alert.time, boot)))
            }
        }
        for boot in boots {
            try eachTrace(boot: boot.id, bootID: boot.text, from: start, until: end) {
                trace, key throws(StoreError) in
                try body(.trace(trace, key, place(trace.start, boot)))
            }
        }
        for boot in boots {
            let give: (Episode, WearerID) throws(StoreError) -> Void = { episode, wearer throws(StoreError) in
                try body(.episode(episode, wearer, place(episode.start, boot)))
            }
            try eachEpisode(boot: boot.id, from: start, until: end, give)
            try eachPosture(boot: boot.id, from: start, until: end, give)
        }
        for boot in boots {
            try eachEpoch(boot: boot.id, from: start, until: end) { epoch throws(StoreError) in
                try body(.epoch(epoch, place(epoch.start, boot)))
            }
        }
    }

    private func boots() throws(StoreError) -> [(id: Int64, text: String)] {
        var found: [(id: Int64, text: String)] = []
        try database.each("SELECT id, boot_id FROM boot ORDER BY id", while: "reading the boots") { row in
            found.append((row.int(0), row.text(1)))
        }
        return found
    }

    /// Deletes everything before the local day `date`, of one wearer or of all, and gives the space back; returns how many
    /// rows went.
    ///
    /// Rows of a boot that never knew a wall clock go when a later boot reaches back to before `date`. What is deleted is
    /// overwritten in the file, and backups, which have it still, are deleted; copies made by a migration, and damaged files
    /// moved aside, are listed by `copies` and are for the owner to delete.
    @discardableResult
    public func forget(
        before date: CivilDate, zone: ZoneRule, wearer: WearerID? = nil
    ) throws(StoreError) -> Int {
        let end = zone.start(of: date)
        return try forget(
            Forgetting(
                from: WallTime(nanoseconds: .min), until: end, firstDay: nil,
                lastDay: CivilDate(daysSinceEpoch: date.daysSinceEpoch - 1), wearer: wearer),
            while: "deleting what is older than \(date)")
    }

    /// Deletes everything that reaches into [from, until) of wall time, as `forget(before:)` does.
    ///
    /// The summaries of the days from `firstDay` through `lastDay` go too, because they tell of it: what is left of such a
    /// day can be added up again from its minutes.
    @discardableResult
    public func forget(
        from: WallTime, until: WallTime, days: ClosedRange<Int64>, wearer: WearerID? = nil
    ) throws(StoreError) -> Int {
        try forget(
            Forgetting(
                from: from, until: until, firstDay: CivilDate(daysSinceEpoch: days.lowerBound),
                lastDay: CivilDate(daysSinceEpoch: days.upperBound), wearer: wearer),
            while: "deleting part of the history")
    }

    /// What is to go.
    private struct Forgetting {
        var from: WallTime
        var until: WallTime
        var firstDay: CivilDate?
        var lastDay: CivilDate
        var wearer: WearerID?
    }

    private func forget(_ what: Forgetting, while action: String) throws(StoreError) -> Int {
        let timeline = try timeline()
        var whose = SQLValue.null
        if let wearer = what.wearer {
            guard let row = try wearerRow(named: wearer, while: action) else { return 0 }
            whose = .int(row)
        }
        let count = try database.transaction(while: action) { () throws(StoreError) -> Int in
            try database.run(
                "DELETE FROM summary WHERE date >= ?1 AND date <= ?2 AND (?3 IS NULL OR wearer = ?3)",
                [.text(what.firstDay?.description ?? ""), .text(what.lastDay.description), whose],
                while: action)
            var count = database.changes
            for span in timeline.spans {
                guard let old = span.instants(from: what.from, until: what.until) else { continue }
                count += try delete(whose, boot: span.boot, from: old.from, until: old.until, while: action)
            }
            if what.firstDay == nil {
                count += try forgetUnplaced(before: what.until, whose, timeline, while: action)
            }
            try dropAbsentDevices(timeline, until: what.until, while: action)
            try dropEmptyBoots(while: action)
            try dropAbsentWearers(while: action)
            return count
        }
        rows = RowCache()
        try database.run("PRAGMA incremental_vacuum", while: action)
        // The log still has the old pages.
        try database.emptyLog(while: action)
        Backups.delete(of: path)
        return count
    }

    /// Boots without a clock, when one after them reaches back to before `end`.
    private func forgetUnplaced(
        before end: WallTime, _ whose: SQLValue, _ timeline: Timeline, while action: String
    ) throws(StoreError) -> Int {
        var count = 0
        let firstPlaced = timeline.spans.first { $0.wall(at: $0.clock.instant) >= end }
        for boot in try boots() where !timeline.spans.contains(where: { $0.boot == boot.id }) {
            guard boot.text != bootID, let firstPlaced, boot.id < firstPlaced.boot else { continue }
            count += try delete(
                whose, boot: boot.id, from: Instant(nanoseconds: .min), until: Instant(nanoseconds: .max),
                while: action)
        }
        return count
    }

    private func delete(
        _ wearer: SQLValue, boot: Int64, from: Instant, until: Instant, while action: String
    ) throws(StoreError) -> Int {
        // What began before and reaches into it goes too.
        let statements: [StaticString] = [
            "DELETE FROM alert WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)",
            // Also those of later alerts that show some of it.
            """
            DELETE FROM alert_trace WHERE boot = ?1 AND (?4 IS NULL OR wearer = ?4) AND ((time_ns >= ?2 AND time_ns < ?3)
                OR (start_ns < ?3 AND start_ns + interval_ns * length(posture) > ?2))
            """,
            """
            DELETE FROM epoch WHERE boot = ?1 AND start_ns < ?3 AND (start_ns >= ?2 OR start_ns + length_ns > ?2)
                AND (?4 IS NULL OR wearer = ?4)
            """,
            """
            DELETE FROM episode WHERE boot = ?1 AND start_ns < ?3 AND (start_ns >= ?2 OR start_ns + length_ns > ?2)
                AND (?4 IS NULL OR wearer = ?4)
            """,
            """
            DELETE FROM posture_span WHERE boot = ?1 AND start_ns < ?3
                AND (start_ns >= ?2 OR start_ns + length_ns > ?2) AND (?4 IS NULL OR wearer = ?4)
            """,
            """
            DELETE FROM wear WHERE boot = ?1 AND from_ns < ?3 AND (from_ns >= ?2 OR coalesce(until_ns, from_ns) > ?2)
                AND (?4 IS NULL OR wearer = ?4)
            """,
            // Everybody's: they go when everybody's rows do.
            "DELETE FROM setting WHERE boot = ?1 AND since_ns >= ?2 AND since_ns < ?3 AND ?4 IS NULL",
            "DELETE FROM run WHERE boot = ?1 AND from_ns >= ?2 AND from_ns < ?3 AND ?4 IS NULL",
            "DELETE FROM asked WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)",
            "DELETE FROM trust WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)",
            "DELETE FROM control WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)",
            // One that is still in use was confirmed since.
            "DELETE FROM calibration WHERE boot = ?1 AND updated_ns >= ?2 AND updated_ns < ?3 AND (?4 IS NULL OR wearer = ?4)",
        ]
        var count = 0
        for statement in statements {
            try database.run(
                statement, [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds), wearer],
                while: action)
            count += database.changes
        }
        return count
    }

    /// Boots that nothing belongs to any more, but for the present one.
    private func dropEmptyBoots(while action: String) throws(StoreError) {
        for boot in try boots() where boot.text != bootID {
            let used = try database.integer(
                """
                SELECT EXISTS (SELECT 1 FROM alert WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM alert_trace WHERE boot = ?1) OR EXISTS (SELECT 1 FROM epoch WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM episode WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM posture_span WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM summary WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM calibration WHERE boot = ?1 OR established_boot = ?1)
                    OR EXISTS (SELECT 1 FROM device WHERE boot = ?1 OR first_boot = ?1)
                    OR EXISTS (SELECT 1 FROM wear WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM setting WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM control WHERE boot = ?1)
                    OR EXISTS (SELECT 1 FROM asked WHERE boot = ?1) OR EXISTS (SELECT 1 FROM trust WHERE boot = ?1)
                """, [.int(boot.id)], while: action)
            guard used == 0 else { continue }
            try database.run("DELETE FROM anchor WHERE boot = ?1", [.int(boot.id)], while: action)
            try database.run("DELETE FROM run WHERE boot = ?1", [.int(boot.id)], while: action)
            try database.run("DELETE FROM boot WHERE id = ?1", [.int(boot.id)], while: action)
        }
    }

    /// Sensors that nobody wore any more and that were last seen before `end`.
    private func dropAbsentDevices(
        _ timeline: Timeline, until end: WallTime, while action: String
    ) throws(StoreError) {
        for span in timeline.spans {
            guard let old = span.instants(from: WallTime(nanoseconds: .min), until: end) else { continue }
            try database.run(
                """
                DELETE FROM device WHERE boot = ?1 AND last_ns >= ?2 AND last_ns < ?3
                    AND identity NOT IN (SELECT device FROM wear UNION SELECT device FROM calibration)
                """, [.int(span.boot), .int(old.from.nanoseconds), .int(old.until.nanoseconds)], while: action
            )
        }
    }

    /// Names under which nothing is stored any more.
    private func dropAbsentWearers(while action: String) throws(StoreError) {
        try database.run(
            """
            DELETE FROM wearer WHERE id NOT IN (
                SELECT wearer FROM epoch UNION SELECT wearer FROM episode UNION SELECT wearer FROM posture_span
                UNION SELECT wearer FROM alert UNION SELECT wearer FROM summary UNION SELECT wearer FROM calibration
                UNION SELECT wearer FROM wear UNION SELECT wearer FROM control UNION SELECT wearer FROM alert_trace
                UNION SELECT wearer FROM asked UNION SELECT wearer FROM trust)
            """, [], while: action)
    }

    /// Other files beside the database that hold history: copies made before a migration, and damaged files moved aside.
    public var copies: [String] {
        let damaged = (1...9).map { "\(path).corrupt-\($0)" }
        let before = (1...max(1, options.schema.version)).map { "\(path).before-v\($0)" }
        return (damaged + before).filter { SQLiteFiles.exists($0) }
    }
}
