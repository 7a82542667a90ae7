import LumbarCore

extension Entries {
    /// The tables; "LMBL" marks the file, so that it is not taken for a history.
    static let schema = Schema(steps: [loadTable, diaryTables, removedTable], application: 0x4C4D_424C)

    /// Version 1: declared loads.
    private static let loadTable: [StaticString] = [
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

    /// Version 2: the diary and answers to alerts, and a name for every row that is its own on all machines.
    ///
    ///     diary            what a person noted about their back
    ///     acknowledgement  what a person said of an alert; the last of an alert counts
    ///
    /// The key of an acknowledged alert is that of its row in the history, in the history's words.
    private static let diaryTables: [StaticString] = [
        "ALTER TABLE declared_load ADD COLUMN uuid BLOB",
        // Of what the row is, so that copies of one old file give the same names on all machines.
        """
        UPDATE declared_load
        SET uuid = CAST(printf('%012x%04x', (wall_ns / 1000) & 0xFFFFFFFFFFFF, id & 0xFFFF) AS BLOB)
        """,
        "CREATE UNIQUE INDEX declared_load_uuid ON declared_load (uuid)",
        """
        CREATE TABLE diary (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
            wearer TEXT NOT NULL,
            wall_ns INTEGER NOT NULL,    -- when it began
            offset_s INTEGER NOT NULL,   -- east of UTC, then and there
            end_ns INTEGER,              -- when it was over; NULL while it is not, or not said
            pain INTEGER CHECK (pain BETWEEN 0 AND 10),
            kind TEXT NOT NULL,          -- spasm ache stiffness leg fall other
            note TEXT NOT NULL,
            written_ns INTEGER NOT NULL,
            edited_ns INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX diary_time ON diary (wall_ns)",
        """
        CREATE TABLE acknowledgement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
            alert_id TEXT NOT NULL,      -- the alert's short name, made of the six columns that follow
            boot_id TEXT NOT NULL,
            time_ns INTEGER NOT NULL,
            wearer TEXT NOT NULL,
            rule TEXT NOT NULL,
            episode_start_ns INTEGER NOT NULL,
            step INTEGER NOT NULL,
            alert_wall_ns INTEGER,       -- NULL when that boot never knew a wall clock
            verdict TEXT NOT NULL,       -- useful false later
            wall_ns INTEGER NOT NULL     -- when it was said
        ) STRICT
        """,
        "CREATE INDEX acknowledgement_alert ON acknowledgement (alert_id)",
        "PRAGMA user_version = 2",
    ]

    /// Version 3: what was removed, by name and nothing else, so that it does not come back from another machine.
    private static let removedTable: [StaticString] = [
        """
        CREATE TABLE removed (
            uuid BLOB PRIMARY KEY CHECK (length(uuid) = 16),
            removed_ns INTEGER NOT NULL  -- an edit after that, made elsewhere, brings it back
        ) STRICT, WITHOUT ROWID
        """,
        "PRAGMA user_version = 3",
    ]

    /// A name as it is stored.
    static func value(_ id: UniqueID) -> SQLValue { .blob(id.bytes) }

    /// The number of the row that was added last.
    func lastNumber(while action: String) throws(StoreError) -> Int64 {
        try database.integer("SELECT last_insert_rowid()", while: action) ?? 0
    }

    /// A name as it was stored.
    static func uniqueID(_ row: Row, _ column: Int32) -> UniqueID {
        UniqueID(bytes: row.blob(column)) ?? .none
    }
}
