import LumbarCore

/// What stays when what is before it goes, since it says what holds afterwards.
///
/// Time runs to the right, `|` is the limit and everything before it goes:
///
///     asked     snooze----over      profile------------|-------->     the profile's row stays, that of the snooze goes
///     trust     moved       stale       trusted--------|---- ...      the last stays, if anything of that boot is behind |
///     run       [----]         [-----------------------|----]         the one that goes on stays, on the same condition
///     control   as in asked, but by what holds now, not by what held at the limit
extension Store {
    /// The rows that stay, by their keys, in a table of this connection that no file holds.
    private func emptyInForce(while action: String) throws(StoreError) {
        try database.run(
            """
            CREATE TEMP TABLE IF NOT EXISTS in_force (
                of TEXT NOT NULL, boot INTEGER NOT NULL, time_ns INTEGER NOT NULL, wearer INTEGER NOT NULL,
                kind TEXT NOT NULL, PRIMARY KEY (of, boot, time_ns, wearer, kind)
            ) STRICT, WITHOUT ROWID
            """, while: action)
        try database.run("DELETE FROM temp.in_force", while: action)
    }

    /// Notes what stays when what is before `limit` goes at the moment `now`.
    ///
    /// With `isGoingOn`, the present boot goes on beyond the limit, whether or not anything of that is stored so far.
    func noteInForce(
        _ timeline: Timeline, at limit: WallTime, now: WallTime, isGoingOn: Bool, while action: String
    ) throws(StoreError) {
        try emptyInForce(while: action)
        let asked = try askedRows(withControl: false, timeline, while: action)
        // Nothing holds in a time that has not come yet.
        let moment = min(limit, now)
        for row in asked.prefix(while: { $0.wall < limit }).latest where row.holds(at: moment) {
            try note(row, of: "asked", while: action)
        }
        for row in inOrder(try controlRows(while: action), timeline) where row.holds(at: now) {
            try note(row, of: "control", while: action)
        }
        for boot in try boots() {
            guard let end = end(of: boot.id, before: limit, timeline) else { continue }
            let isReached = try reaches(beyond: end, boot: boot.id, while: action)
            guard isReached || isGoingOn && boot.text == bootID else { continue }
            try noteStateOfBoot(boot.id, at: end, while: action)
        }
    }

    /// Where what is before `limit` ends in a boot; nil when none of it is, or nobody can place it.
    func end(of boot: Int64, before limit: WallTime, _ timeline: Timeline) -> Instant? {
        timeline.spans.filter { $0.boot == boot }.compactMap {
            $0.instants(from: WallTime(nanoseconds: .min), until: limit)?.until
        }.max()
    }

    private func note(_ row: AskedRow, of table: String, while action: String) throws(StoreError) {
        try database.run(
            "INSERT OR IGNORE INTO temp.in_force VALUES (?, ?, ?, ?, ?)",
            [.text(table), .int(row.boot), .int(row.time), .int(row.wearer), .text(row.kind)], while: action)
    }

    /// How well upright was known, and the run that was going on.
    private func noteStateOfBoot(_ boot: Int64, at end: Instant, while action: String) throws(StoreError) {
        let values: [SQLValue] = [.int(boot), .int(end.nanoseconds)]
        try database.run(
            """
            INSERT OR IGNORE INTO temp.in_force SELECT 'trust', boot, max(time_ns), wearer, '' FROM trust
            WHERE boot = ?1 AND time_ns < ?2 GROUP BY boot, wearer
            """, values, while: action)
        try database.run(
            """
            INSERT OR IGNORE INTO temp.in_force SELECT 'run', boot, from_ns, 0, '' FROM run
            WHERE boot = ?1 AND from_ns = (SELECT max(from_ns) FROM run WHERE boot = ?1 AND from_ns < ?2)
                AND coalesce(until_ns, ?2) >= ?2
            """, values, while: action)
    }

    /// Whether anything is stored of a boot that began at `limit` or after.
    func reaches(beyond limit: Instant, boot: Int64, while action: String) throws(StoreError) -> Bool {
        try database.integer(
            """
            SELECT EXISTS (SELECT 1 FROM epoch WHERE boot = ?1 AND start_ns >= ?2)
                OR EXISTS (SELECT 1 FROM posture_span WHERE boot = ?1 AND start_ns >= ?2)
                OR EXISTS (SELECT 1 FROM episode WHERE boot = ?1 AND start_ns >= ?2)
                OR EXISTS (SELECT 1 FROM alert WHERE boot = ?1 AND time_ns >= ?2)
                OR EXISTS (SELECT 1 FROM asked WHERE boot = ?1 AND time_ns >= ?2)
                OR EXISTS (SELECT 1 FROM trust WHERE boot = ?1 AND time_ns >= ?2)
                OR EXISTS (SELECT 1 FROM run WHERE boot = ?1 AND from_ns >= ?2)
            """, [.int(boot), .int(limit.nanoseconds)], while: action) == 1
    }

    /// Deletes what was asked for, how well upright was known and when the program ran, in [from, until) of a boot and of one
    /// wearer or all, but for what `noteInForce` noted; returns how many rows went.
    func deleteAsked(
        _ wearer: SQLValue, boot: Int64, from: Instant, until: Instant, while action: String
    ) throws(StoreError) -> Int {
        let asked: StaticString = """
            DELETE FROM asked WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)
                AND NOT EXISTS (SELECT 1 FROM temp.in_force AS f WHERE f.of = 'asked' AND f.boot = asked.boot
                    AND f.time_ns = asked.time_ns AND f.wearer = asked.wearer AND f.kind = asked.kind)
            """
        let trust: StaticString = """
            DELETE FROM trust WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)
                AND NOT EXISTS (SELECT 1 FROM temp.in_force AS f WHERE f.of = 'trust' AND f.boot = trust.boot
                    AND f.time_ns = trust.time_ns AND f.wearer = trust.wearer)
            """
        // Everybody's: they go when everybody's rows do.
        let run: StaticString = """
            DELETE FROM run WHERE boot = ?1 AND from_ns >= ?2 AND from_ns < ?3 AND ?4 IS NULL
                AND NOT EXISTS (SELECT 1 FROM temp.in_force AS f WHERE f.of = 'run' AND f.boot = run.boot
                    AND f.time_ns = run.from_ns)
            """
        let control: StaticString = """
            DELETE FROM control WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 AND (?4 IS NULL OR wearer = ?4)
                AND NOT EXISTS (SELECT 1 FROM temp.in_force AS f WHERE f.of = 'control' AND f.boot = control.boot
                    AND f.time_ns = control.time_ns AND f.wearer = control.wearer AND f.kind = control.kind)
            """
        var count = 0
        for statement in [asked, trust, run, control] {
            try database.run(
                statement, [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds), wearer],
                while: action)
            count += database.changes
        }
        return count
    }
}
