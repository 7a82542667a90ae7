import LumbarCore

/// What the wearer noted about their back.
extension Entries {
    /// Stores an entry and returns its number; one that is there is changed when this is the later edit.
    ///
    /// One that was removed here is not stored, unless it was edited after that; 0 is returned then.
    @discardableResult
    public func append(_ entry: DiaryEntry) throws(StoreError) -> Int64 {
        let action = "noting a diary entry"
        let name = Self.value(entry.uniqueID)
        let values: [SQLValue] = [
            name, .text(entry.wearer.text), .int(entry.time.nanoseconds), .int(entry.offsetSeconds),
            entry.end.map { .int($0.nanoseconds) } ?? .null, .optional(entry.pain),
            .text(entry.kind.rawValue), .text(entry.note), .int(entry.written.nanoseconds),
            .int(entry.edited.nanoseconds),
        ]
        return try database.transaction(while: action) { () throws(StoreError) -> Int64 in
            // Not in one statement: what changes a row there is takes a number all the same.
            let known = try database.integer("SELECT id FROM diary WHERE uuid = ?1", [name], while: action)
            guard let known else {
                guard try !isRemoved(entry.uniqueID, unlessEdited: entry.edited, while: action) else {
                    return 0
                }
                try database.run(
                    """
                    INSERT INTO diary (
                        uuid, wearer, wall_ns, offset_s, end_ns, pain, kind, note, written_ns, edited_ns)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, values, while: action)
                return try lastNumber(while: action)
            }
            try database.run(
                """
                UPDATE diary SET
                    wearer = ?2, wall_ns = ?3, offset_s = ?4, end_ns = ?5, pain = ?6, kind = ?7, note = ?8,
                    written_ns = ?9, edited_ns = ?10
                WHERE uuid = ?1 AND edited_ns < ?10
                """, values, while: action)
            return known
        }
    }

    /// Deletes an entry for good, in the backups too; false when there is none of that number.
    public func removeDiaryEntry(_ id: Int64, at time: WallTime) throws(StoreError) -> Bool {
        try remove(
            id, at: time, naming: "SELECT uuid FROM diary WHERE id = ?1",
            deleting: "DELETE FROM diary WHERE uuid = ?1", while: "removing a diary entry")
    }

    /// The entry of a number, or nil when there is none.
    public func diaryEntry(_ id: Int64) throws(StoreError) -> DiaryEntry? {
        try diary().first { $0.id == id }
    }

    /// The entries that began in [since, until), in the order of time, of one wearer or of all.
    public func diary(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime = WallTime(nanoseconds: .max),
        wearer: WearerID? = nil
    ) throws(StoreError) -> [DiaryEntry] {
        guard hasMoreThanLoads else { return [] }
        var found: [DiaryEntry] = []
        try database.each(
            """
            SELECT id, uuid, wearer, wall_ns, offset_s, end_ns, pain, kind, note, written_ns, edited_ns
            FROM diary WHERE wall_ns >= ?1 AND wall_ns < ?2 ORDER BY wall_ns, id
            """, [.int(since.nanoseconds), .int(until.nanoseconds)], while: "reading the diary"
        ) { row throws(StoreError) in
            let entry = DiaryEntry(
                id: row.int(0), uniqueID: Self.uniqueID(row, 1), wearer: WearerID(row.text(2)),
                time: WallTime(nanoseconds: row.int(3)),
                end: row.isNull(5) ? nil : WallTime(nanoseconds: row.int(5)), offsetSeconds: row.count(4),
                pain: row.isNull(6) ? nil : row.count(6),
                kind: DiaryEntry.Kind(rawValue: row.text(7)) ?? .other,
                note: row.text(8), written: WallTime(nanoseconds: row.int(9)),
                edited: WallTime(nanoseconds: row.int(10)))
            if wearer == nil || entry.wearer == wearer { found.append(entry) }
        }
        return found
    }
}
