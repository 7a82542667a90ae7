import LumbarCore

/// Loads that the wearer declared.
extension Entries {
    /// Stores a declaration, unless it is there, and returns its number; 0 for one that was removed here.
    @discardableResult
    public func append(_ load: DeclaredLoad) throws(StoreError) -> Int64 {
        let action = "noting a load"
        return try database.transaction(while: action) { () throws(StoreError) -> Int64 in
            let known = try database.integer(
                "SELECT id FROM declared_load WHERE uuid = ?1", [Self.value(load.uniqueID)], while: action)
            if let known { return known }
            guard try !isRemoved(load.uniqueID, while: action) else { return 0 }
            try database.run(
                """
                INSERT INTO declared_load (uuid, wearer, wall_ns, load_kg, reach_m, times)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    Self.value(load.uniqueID), .text(load.wearer.text), .int(load.time.nanoseconds),
                    .real(load.kilograms), .real(load.reach), .int(load.times),
                ], while: action)
            return try lastNumber(while: action)
        }
    }

    /// Takes a declaration back, in the backups too; false when there is none of that number.
    public func removeLoad(_ id: Int64, at time: WallTime) throws(StoreError) -> Bool {
        try remove(
            id, at: time, naming: "SELECT uuid FROM declared_load WHERE id = ?1",
            deleting: "DELETE FROM declared_load WHERE uuid = ?1", while: "removing a load")
    }

    /// The declarations for [since, until), in the order of time, of one wearer or of all.
    public func loads(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime = WallTime(nanoseconds: .max),
        wearer: WearerID? = nil
    ) throws(StoreError) -> [DeclaredLoad] {
        let range: [SQLValue] = [.int(since.nanoseconds), .int(until.nanoseconds)]
        let action = "reading loads"
        var found: [DeclaredLoad] = []
        let take: (Row) throws(StoreError) -> Void = { row throws(StoreError) in
            let load = DeclaredLoad(
                id: row.int(0), uniqueID: Self.uniqueID(row, 6), wearer: WearerID(row.text(1)),
                time: WallTime(nanoseconds: row.int(2)), kilograms: row.real(3), reach: row.real(4),
                times: row.count(5))
            if wearer == nil || load.wearer == wearer { found.append(load) }
        }
        if hasMoreThanLoads {
            try database.each(
                """
                SELECT id, wearer, wall_ns, load_kg, reach_m, times, uuid FROM declared_load
                WHERE wall_ns >= ?1 AND wall_ns < ?2 ORDER BY wall_ns, id
                """, range, while: action, take)
        } else {
            try database.each(
                """
                SELECT id, wearer, wall_ns, load_kg, reach_m, times,
                    CAST(printf('%012x%04x', (wall_ns / 1000) & 0xFFFFFFFFFFFF, id & 0xFFFF) AS BLOB)
                FROM declared_load
                WHERE wall_ns >= ?1 AND wall_ns < ?2 ORDER BY wall_ns, id
                """, range, while: action, take)
        }
        return found
    }
}
