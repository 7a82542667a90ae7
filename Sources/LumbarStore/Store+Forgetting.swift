import LumbarCore

/// What became of the rows that were to be forgotten.
public struct Forgotten: Sendable, Equatable {
    /// How many are gone.
    public var rows = 0
    /// How many stay because nobody knows when they are from: their boot never knew a wall clock.
    public var unplaced = 0
    /// What was asked for in the time that is forgotten and stays, because it still holds.
    public var held: [AskedControl.Kind] = []
}

/// What the owner of the history has deleted for good.
extension Store {
    /// Deletes everything before the local day `date`, of one wearer or of all, and gives the space back.
    ///
    /// `now` is the time by the wall clock. What is asked for and still holds then stays, as a pause is not over because
    /// somebody forgot the day on which it began; where rows of later days stay, so do those that say what held when these
    /// days began (`noteInForce`). A boot that nothing else belongs to keeps one anchor to place what holds by.
    ///
    /// Rows of a boot that never knew a wall clock go when nothing can be later than `date`, and when the boots around it are
    /// from before that. What is deleted is overwritten in the file, and backups, which have it still, are deleted;
    /// copies made by a migration, and damaged files moved aside, are listed by `copies` and are for the owner to delete.
    @discardableResult
    public func forget(
        before date: CivilDate, zone: ZoneRule, wearer: WearerID? = nil, now: WallTime
    ) throws(StoreError) -> Forgotten {
        let end = zone.start(of: date)
        return try forget(
            Forgetting(
                from: WallTime(nanoseconds: .min), until: end, firstDay: nil,
                lastDay: CivilDate(daysSinceEpoch: date.daysSinceEpoch - 1), wearer: wearer, now: now),
            while: "deleting what is older than \(date)")
    }

    /// Deletes everything that reaches into [from, until) of wall time, as `forget(before:)` does.
    ///
    /// The summaries of the days from `firstDay` through `lastDay` go too, because they tell of it: what is left of such a
    /// day can be added up again from its minutes.
    @discardableResult
    public func forget(
        from: WallTime, until: WallTime, days: ClosedRange<Int64>, wearer: WearerID? = nil, now: WallTime
    ) throws(StoreError) -> Forgotten {
        try forget(
            Forgetting(
                from: from, until: until, firstDay: CivilDate(daysSinceEpoch: days.lowerBound),
                lastDay: CivilDate(daysSinceEpoch: days.upperBound), wearer: wearer, now: now),
            while: "deleting part of the history")
    }

    /// What is to go.
    private struct Forgetting {
        var from: WallTime
        var until: WallTime
        var firstDay: CivilDate?
        var lastDay: CivilDate
        var wearer: WearerID?
        var now: WallTime

        /// Whether nothing that is stored can be later: neither by the clock of now nor by that of any boot, as either may be
        /// wrong.
        func isEverything(of timeline: Timeline) -> Bool {
            firstDay == nil && until > now
                && timeline.spans.allSatisfy { $0.wall(at: $0.clock.instant) < until }
        }
    }

    private func forget(_ what: Forgetting, while action: String) throws(StoreError) -> Forgotten {
        let timeline = try timeline()
        var whose = SQLValue.null
        if let wearer = what.wearer {
            guard let row = try wearerRow(named: wearer, while: action) else { return Forgotten() }
            whose = .int(row)
        }
        let gone = try database.transaction(while: action) { () throws(StoreError) -> Forgotten in
            try noteInForce(timeline, at: what.until, now: what.now, isGoingOn: false, while: action)
            try database.run(
                "DELETE FROM summary WHERE date >= ?1 AND date <= ?2 AND (?3 IS NULL OR wearer = ?3)",
                [.text(what.firstDay?.description ?? ""), .text(what.lastDay.description), whose],
                while: action)
            var gone = Forgotten(rows: database.changes)
            for span in timeline.spans {
                guard let old = span.instants(from: what.from, until: what.until) else { continue }
                try delete(whose, boot: span.boot, from: old.from, until: old.until, &gone, while: action)
            }
            try forgetUnplaced(what, whose, timeline, &gone, while: action)
            try dropAbsentDevices(timeline, what, while: action)
            try dropEmptyBoots(before: what.firstDay == nil ? what.until : nil, timeline, while: action)
            try dropAbsentWearers(while: action)
            // The parts of a boot come one after the other.
            gone.held = AskedControl.Kind.allCases.filter(gone.held.contains)
            return gone
        }
        rows = RowCache()
        try database.run("PRAGMA incremental_vacuum", while: action)
        // The log still has the old pages.
        try database.emptyLog(while: action)
        Backups.delete(of: path)
        return gone
    }

    /// Boots without a clock: when everything goes, or when the next that has one is from before the limit, and so are all
    /// before it; boots from another history may lie behind those of this one.
    private func forgetUnplaced(
        _ what: Forgetting, _ whose: SQLValue, _ timeline: Timeline, _ gone: inout Forgotten,
        while action: String
    ) throws(StoreError) {
        let isEverything = what.isEverything(of: timeline)
        let isOld: (Timeline.Span) -> Bool = { $0.wall(at: $0.clock.instant) < what.until }
        for boot in try boots() where !timeline.spans.contains(where: { $0.boot == boot.id }) {
            let next = timeline.spans.first { $0.boot > boot.id }
            let isBefore =
                what.firstDay == nil && next.map(isOld) ?? false
                && timeline.spans.allSatisfy { $0.boot > boot.id || isOld($0) }
            if boot.text != bootID, isEverything || isBefore {
                try delete(
                    whose, boot: boot.id, from: Instant(nanoseconds: .min), until: Instant(nanoseconds: .max),
                    &gone, while: action)
            } else {
                gone.unplaced += try rows(of: boot.id, whose, while: action)
            }
        }
    }

    /// How many rows of a boot tell of a wearer, or of anybody.
    private func rows(of boot: Int64, _ wearer: SQLValue, while action: String) throws(StoreError) -> Int {
        let counts: [StaticString] = [
            "SELECT count(*) FROM alert WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM alert_trace WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM epoch WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM episode WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM posture_span WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM wear WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM asked WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM trust WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM control WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
            "SELECT count(*) FROM calibration WHERE boot = ?1 AND (?2 IS NULL OR wearer = ?2)",
        ]
        var sum = 0
        for count in counts {
            sum += Int(try database.integer(count, [.int(boot), wearer], while: action) ?? 0)
        }
        return sum
    }

    private func delete(
        _ wearer: SQLValue, boot: Int64, from: Instant, until: Instant, _ gone: inout Forgotten,
        while action: String
    ) throws(StoreError) {
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
            // One that is still in use was confirmed since.
            "DELETE FROM calibration WHERE boot = ?1 AND updated_ns >= ?2 AND updated_ns < ?3 AND (?4 IS NULL OR wearer = ?4)",
        ]
        gone.rows += try deleteAsked(
            wearer, boot: boot, from: from, until: until, while: action)
        let values: [SQLValue] = [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds), wearer]
        for statement in statements {
            try database.run(statement, values, while: action)
            gone.rows += database.changes
        }
        var held = gone.held
        try database.each(
            """
            SELECT DISTINCT kind FROM control
            WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4) ORDER BY kind
            """, values, while: action
        ) { row in
            guard let kind = AskedControl.Kind(rawValue: row.text(0)), !held.contains(kind) else { return }
            held.append(kind)
        }
        gone.held = held
    }

    /// Boots that nothing belongs to any more, but for the present one.
    ///
    /// Of one that only what holds belongs to and that lies before `limit`, a single anchor stays: enough to place that, and
    /// nothing of when the clock was set or the machine came into another zone.
    private func dropEmptyBoots(
        before limit: WallTime?, _ timeline: Timeline, while action: String
    ) throws(StoreError) {
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
                    OR EXISTS (SELECT 1 FROM trust WHERE boot = ?1)
                """, [.int(boot.id)], while: action)
            guard used == 0 else { continue }
            let holds = try database.integer(
                """
                SELECT EXISTS (SELECT 1 FROM control WHERE boot = ?1) OR EXISTS (SELECT 1 FROM asked WHERE boot = ?1)
                """, [.int(boot.id)], while: action)
            guard holds == 0 else {
                guard let limit, try !isAsked(of: boot.id, since: limit, timeline, while: action) else {
                    continue
                }
                try database.run("DELETE FROM run WHERE boot = ?1", [.int(boot.id)], while: action)
                try thinAnchors(of: boot.id, while: action)
                continue
            }
            try database.run("DELETE FROM run WHERE boot = ?1", [.int(boot.id)], while: action)
            try database.run("DELETE FROM anchor WHERE boot = ?1", [.int(boot.id)], while: action)
            try database.run("DELETE FROM boot WHERE id = ?1", [.int(boot.id)], while: action)
        }
    }

    /// Whether the program ran, or anything was asked for, at `limit` or after, or in a boot that nobody can place.
    private func isAsked(
        of boot: Int64, since limit: WallTime, _ timeline: Timeline, while action: String
    ) throws(StoreError) -> Bool {
        guard let end = end(of: boot, before: limit, timeline) else { return true }
        return try reaches(beyond: end, boot: boot, while: action)
    }

    /// Leaves a boot the anchor that places its last moments.
    private func thinAnchors(of boot: Int64, while action: String) throws(StoreError) {
        try database.run(
            """
            DELETE FROM anchor WHERE boot = ?1 AND instant_ns != coalesce(
                (SELECT max(instant_ns) FROM anchor WHERE boot = ?1 AND synchronized = 1),
                (SELECT max(instant_ns) FROM anchor WHERE boot = ?1))
            """, [.int(boot)], while: action)
    }

    /// Sensors that nobody wore any more and that were last seen before the limit; when everything goes, whenever that was.
    private func dropAbsentDevices(
        _ timeline: Timeline, _ what: Forgetting, while action: String
    ) throws(StoreError) {
        if what.isEverything(of: timeline) {
            return try database.run(
                """
                DELETE FROM device WHERE identity NOT IN (SELECT device FROM wear UNION SELECT device FROM calibration)
                """, while: action)
        }
        for span in timeline.spans {
            guard let old = span.instants(from: WallTime(nanoseconds: .min), until: what.until) else {
                continue
            }
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
}
