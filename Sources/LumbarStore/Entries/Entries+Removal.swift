import LumbarCore

/// What was taken back, and stays so.
///
/// Of a row that is removed nothing is kept but its random name and when it went, which is enough to know it again in
/// what another machine exported. From the backups it goes at once, too: only that it would be found there is why some
/// would rather have none.
extension Entries {
    /// Deletes the row of a number here and in all backups; false when there is none.
    ///
    /// `naming` finds the name of number ?1, `deleting` deletes what has the name ?1.
    func remove(
        _ id: Int64, at time: WallTime, naming: StaticString, deleting: StaticString, while action: String
    ) throws(StoreError) -> Bool {
        let name = try database.transaction(while: action) { () throws(StoreError) -> SQLValue? in
            var name: SQLValue?
            try database.each(naming, [.int(id)], while: action) { row throws(StoreError) in
                name = .blob(row.blob(0))
            }
            guard let name else { return nil }
            try database.run(deleting, [name], while: action)
            try Self.noteRemoval(name, at: time, in: database, while: action)
            return name
        }
        guard let name else { return false }
        try database.run("PRAGMA incremental_vacuum", while: action)
        for backup in Backups.paths(of: database.path) {
            Self.delete(name, deleting, from: backup, at: time, while: action)
        }
        return true
    }

    /// Notes that a row was removed; of two times the later stays.
    private static func noteRemoval(
        _ name: SQLValue, at time: WallTime, in database: Database, while action: String
    ) throws(StoreError) {
        try database.run(
            """
            INSERT INTO removed (uuid, removed_ns) VALUES (?1, ?2)
            ON CONFLICT (uuid) DO UPDATE SET removed_ns = max(removed_ns, excluded.removed_ns)
            """, [name, .int(time.nanoseconds)], while: action)
    }

    /// Whether the row of a name was removed here, and not edited since. What was edited later is to come back, and is
    /// known as removed no more.
    func isRemoved(
        _ id: UniqueID, unlessEdited edited: WallTime? = nil, while action: String
    ) throws(StoreError) -> Bool {
        let name = Self.value(id)
        let removed = try database.integer(
            "SELECT removed_ns FROM removed WHERE uuid = ?1", [name], while: action)
        guard let removed else { return false }
        guard let edited, edited.nanoseconds > removed else { return true }
        try database.run("DELETE FROM removed WHERE uuid = ?1", [name], while: action)
        return false
    }

    /// The names of what was removed, and when.
    func removed() throws(StoreError) -> [(id: UniqueID, time: WallTime)] {
        guard knowsRemoved else { return [] }
        var found: [(id: UniqueID, time: WallTime)] = []
        try database.each("SELECT uuid, removed_ns FROM removed", [], while: "reading what was removed") {
            row throws(StoreError) in
            found.append((Self.uniqueID(row, 0), WallTime(nanoseconds: row.int(1))))
        }
        return found
    }

    /// Takes over that a row was removed elsewhere: here it goes too, unless it was edited after that.
    func takeOver(removal id: UniqueID, at time: WallTime) throws(StoreError) {
        let action = "taking over what was removed"
        let name = Self.value(id)
        try database.transaction(while: action) { () throws(StoreError) in
            let edited = try database.integer(
                "SELECT edited_ns FROM diary WHERE uuid = ?1", [name], while: action)
            if let edited, edited > time.nanoseconds { return }
            let statements: [StaticString] = [
                "DELETE FROM diary WHERE uuid = ?1", "DELETE FROM declared_load WHERE uuid = ?1",
                "DELETE FROM acknowledgement WHERE uuid = ?1",
            ]
            for statement in statements { try database.run(statement, [name], while: action) }
            try Self.noteRemoval(name, at: time, in: database, while: action)
        }
    }

    /// Deletes a row from a backup; one from which it cannot be deleted goes as a whole.
    private static func delete(
        _ name: SQLValue, _ statement: StaticString, from backup: String, at time: WallTime,
        while action: String
    ) {
        do throws(StoreError) {
            let copy = try Database(path: backup, mode: .readWrite, busyMilliseconds: 2000)
            guard try schema.recognise(copy) == schema.version else {
                throw StoreError(.other, action: action, reason: "its tables are older")
            }
            try copy.run("PRAGMA secure_delete = ON", while: action)
            try copy.transaction(while: action) { () throws(StoreError) in
                try copy.run(statement, [name], while: action)
                try noteRemoval(name, at: time, in: copy, while: action)
            }
        } catch {
            SQLiteFiles.delete(backup)
        }
    }
}
