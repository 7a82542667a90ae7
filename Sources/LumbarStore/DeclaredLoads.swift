import LumbarCore

/// The loads that the wearer declared, in a file of their own beside the history: `PATH.loads`.
///
/// The history has one writer, the daemon, which holds a lock on it for as long as it runs. A declaration is made while it
/// runs, by another program, so it must not go in there. This file is written by nobody but that program, for a moment
/// each time; SQLite's own locks keep two of them apart.
public final class DeclaredLoads {
    private let database: Database

    /// Where the loads of the history at `historyPath` are.
    public static func path(beside historyPath: String) -> String { historyPath + ".loads" }

    /// "LMBL", so that it is not taken for a history.
    static let schema = Schema(steps: [tables], application: 0x4C4D_424C)

    private static let tables: [StaticString] = [
        """
        CREATE TABLE declared_load (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: what was taken back stays gone
            wearer TEXT NOT NULL,
            wall_ns INTEGER NOT NULL,              -- UTC since 1970
            load_kg REAL NOT NULL,
            reach_m REAL NOT NULL,
            times INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX declared_load_time ON declared_load (wall_ns)",
        "PRAGMA application_id = 0x4C4D424C",
        "PRAGMA user_version = 1",
    ]

    /// Opens the loads beside a history for writing, and makes the file if there is none.
    public init(writingBeside historyPath: String, host: any StoreHost) throws(StoreError) {
        let path = Self.path(beside: historyPath)
        try host.createPrivateFile(path, size: 0)
        database = try Database(path: path, mode: .readWrite, busyMilliseconds: 2000)
        let settings: [StaticString] = [
            "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON",
            "PRAGMA temp_store = MEMORY", "PRAGMA trusted_schema = OFF",
        ]
        for setting in settings { try database.run(setting, while: "opening \(path)") }
        do {
            try Self.schema.bringUp(database, host: host)
        } catch {
            // Somebody else may have made the tables a moment before.
            guard try Self.schema.recognise(database) == Self.schema.version else { throw error }
        }
    }

    /// Opens the loads beside a history for reading; nil when none were ever declared.
    public init?(readingBeside historyPath: String) throws(StoreError) {
        let path = Self.path(beside: historyPath)
        guard SQLiteFiles.exists(path) else { return nil }
        database = try Database(path: path, mode: .readOnly, busyMilliseconds: 2000)
        // Made, and not yet filled.
        guard try Self.schema.recognise(database) == Self.schema.version else { return nil }
    }

    /// Stores a declaration and returns what it is known by from now on.
    @discardableResult
    public func append(_ load: DeclaredLoad) throws(StoreError) -> Int64 {
        let action = "noting a load"
        return try database.transaction(while: action) { () throws(StoreError) -> Int64 in
            try database.run(
                """
                INSERT INTO declared_load (wearer, wall_ns, load_kg, reach_m, times) VALUES (?, ?, ?, ?, ?)
                """,
                [
                    .text(load.wearer.text), .int(load.time.nanoseconds), .real(load.kilograms),
                    .real(load.reach),
                    .int(load.times),
                ], while: action)
            return try database.integer("SELECT last_insert_rowid()", while: action) ?? 0
        }
    }

    /// Takes a declaration back; false when there is none of that number.
    public func remove(_ id: Int64) throws(StoreError) -> Bool {
        try database.run("DELETE FROM declared_load WHERE id = ?1", [.int(id)], while: "removing a load")
        return database.changes > 0
    }

    /// Deletes what was declared for before `time`, by one wearer or by all; returns how many.
    @discardableResult
    public func forget(before time: WallTime, wearer: WearerID? = nil) throws(StoreError) -> Int {
        let action = "deleting old loads"
        try database.run(
            "DELETE FROM declared_load WHERE wall_ns < ?1 AND (?2 IS NULL OR wearer = ?2)",
            [.int(time.nanoseconds), wearer.map { .text($0.text) } ?? .null], while: action)
        let count = database.changes
        try database.run("PRAGMA incremental_vacuum", while: action)
        return count
    }

    /// The declarations for [since, until), in the order of time, of one wearer or of all.
    public func loads(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime = WallTime(nanoseconds: .max),
        wearer: WearerID? = nil
    ) throws(StoreError) -> [DeclaredLoad] {
        var found: [DeclaredLoad] = []
        try database.each(
            """
            SELECT id, wearer, wall_ns, load_kg, reach_m, times FROM declared_load
            WHERE wall_ns >= ?1 AND wall_ns < ?2 ORDER BY wall_ns, id
            """, [.int(since.nanoseconds), .int(until.nanoseconds)], while: "reading loads"
        ) { row throws(StoreError) in
            let load = DeclaredLoad(
                id: row.int(0), wearer: WearerID(row.text(1)), time: WallTime(nanoseconds: row.int(2)),
                kilograms: row.real(3), reach: row.real(4), times: row.count(5))
            if wearer == nil || load.wearer == wearer { found.append(load) }
        }
        return found
    }
}
