import LumbarCore

/// What the wearer said of alerts.
extension Entries {
    /// Stores an answer, unless it is there, and returns its number; 0 for one that was removed here.
    @discardableResult
    public func append(_ answer: Acknowledgement) throws(StoreError) -> Int64 {
        let action = "noting an answer"
        let name = Self.value(answer.uniqueID)
        return try database.transaction(while: action) { () throws(StoreError) -> Int64 in
            let known = try database.integer(
                "SELECT id FROM acknowledgement WHERE uuid = ?1", [name], while: action)
            if let known { return known }
            guard try !isRemoved(answer.uniqueID, while: action) else { return 0 }
            let alert = answer.alert
            try database.run(
                """
                INSERT INTO acknowledgement (
                    uuid, alert_id, boot_id, time_ns, wearer, rule, episode_start_ns, step, alert_wall_ns,
                    verdict, wall_ns)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    name, .text(AlertID(alert).text), .text(alert.bootID), .int(alert.time.nanoseconds),
                    .text(alert.wearer.text), .text(alert.rule.rawValue),
                    .int(alert.episodeStart.nanoseconds),
                    .int(alert.step), answer.alertTime.map { .int($0.nanoseconds) } ?? .null,
                    .text(answer.verdict.rawValue), .int(answer.time.nanoseconds),
                ], while: action)
            return try lastNumber(while: action)
        }
    }

    /// Deletes an answer for good, in the backups too, so that the one before it counts again; false when there is none of
    /// that number.
    public func removeAcknowledgement(_ id: Int64, at time: WallTime) throws(StoreError) -> Bool {
        try remove(
            id, at: time, naming: "SELECT uuid FROM acknowledgement WHERE id = ?1",
            deleting: "DELETE FROM acknowledgement WHERE uuid = ?1", while: "taking an answer back")
    }

    /// Every answer to alerts raised in [since, until), in the order they were given, of one wearer or of all.
    ///
    /// One whose rule or verdict this program does not know is passed over.
    public func acknowledgements(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime = WallTime(nanoseconds: .max),
        wearer: WearerID? = nil
    ) throws(StoreError) -> [Acknowledgement] {
        guard hasMoreThanLoads else { return [] }
        var found: [Acknowledgement] = []
        try database.each(
            """
            SELECT id, uuid, boot_id, time_ns, wearer, rule, episode_start_ns, step, alert_wall_ns, verdict,
                wall_ns
            FROM acknowledgement
            WHERE coalesce(alert_wall_ns, wall_ns) >= ?1 AND coalesce(alert_wall_ns, wall_ns) < ?2
            ORDER BY wall_ns, id
            """, [.int(since.nanoseconds), .int(until.nanoseconds)], while: "reading answers"
        ) { row throws(StoreError) in
            guard let rule = AlertRule(rawValue: row.text(5)),
                let verdict = AlertVerdict(rawValue: row.text(9))
            else { return }
            let key = AlertKey(
                bootID: row.text(2), time: Instant(nanoseconds: row.int(3)), wearer: WearerID(row.text(4)),
                rule: rule, episodeStart: Instant(nanoseconds: row.int(6)), step: row.count(7))
            guard wearer == nil || key.wearer == wearer else { return }
            found.append(
                Acknowledgement(
                    id: row.int(0), uniqueID: Self.uniqueID(row, 1), alert: key,
                    alertTime: row.isNull(8) ? nil : WallTime(nanoseconds: row.int(8)), verdict: verdict,
                    time: WallTime(nanoseconds: row.int(10))))
        }
        return found
    }

    /// Those of `acknowledgements` that count: the last of each alert, in the order they were given.
    public static func counting(_ answers: [Acknowledgement]) -> [Acknowledgement] {
        var seen: Set<AlertKey> = []
        return answers.reversed().filter { seen.insert($0.alert).inserted }.reversed()
    }
}
