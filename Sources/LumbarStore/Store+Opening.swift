import LumbarCore

extension Store {
    /// Opens, checks and prepares the file at `path`.
    static func open(
        _ path: String, host: any StoreHost, options: Options, opening: inout Opening
    ) throws(StoreError) -> Database {
        opening.isNew = !SQLiteFiles.exists(path)
        // Made by us so that it, and the -wal and -shm that SQLite makes in its likeness, are the owner's alone.
        try host.createPrivateFile(path, size: 0)
        let database = try Database(path: path, mode: .readWrite, busyMilliseconds: options.busyMilliseconds)
        _ = try options.schema.recognise(database)
        if !opening.isNew { opening.isChecked = try check(database, host: host, limit: options.checkLimit) }
        try options.schema.bringUp(database, host: host)
        try tune(database)
        return database
    }

    /// The connection's ways, set at every opening; only the journal mode and the vacuum mode live in the file.
    private static func tune(_ database: Database) throws(StoreError) {
        let settings: [StaticString] = [
            "PRAGMA journal_mode = WAL",
            // One sync for each commit: what was acknowledged survives a power cut. With a batch a minute that is cheap.
            "PRAGMA synchronous = FULL",
            "PRAGMA journal_size_limit = 4194304",
            // What is forgotten is overwritten.
            "PRAGMA secure_delete = ON",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA cache_size = -512",
            "PRAGMA trusted_schema = OFF",
            "PRAGMA foreign_keys = ON",
        ]
        for setting in settings { try database.run(setting, while: "opening \(database.path)") }
        // 4 MB of log, about half a day: pages written many times meanwhile go to the database once.
        try database.countWrites(checkpointAt: 4000)
    }

    /// Every table, those that matter most first.
    static let checkedTables = [
        "boot", "anchor", "wearer", "alert", "summary", "control", "episode", "calibration", "device", "wear",
        "setting", "run", "asked", "trust", "alert_trace", "epoch", "posture_span",
    ]

    /// Looks for damage, table by table, until `limit` has passed; false when there was no time for all of them.
    ///
    /// Throws what it finds as `.corrupt`.
    private static func check(
        _ database: Database, host: any StoreHost, limit: Elapsed
    ) throws(StoreError) -> Bool {
        let action = "checking \(database.path)"
        let deadline = host.now() + limit
        for table in checkedTables {
            guard host.now() < deadline else { return false }
            let known = try database.integer(
                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", [.text(table)],
                while: action)
            guard known != nil else { continue }
            let isWhole = try database.each(
                "SELECT * FROM pragma_quick_check(?1)", [.text(table)], while: action,
                unless: { host.now() >= deadline },
                { row throws(StoreError) in
                    let finding = row.text(0)
                    guard finding == "ok" else { throw StoreError(.corrupt, action: action, reason: finding) }
                })
            guard isWhole else { return false }
        }
        return true
    }

    /// Moves a damaged file and its log to `PATH.corrupt-N`, with N the first that is free, or 9.
    ///
    /// Nine at most, so that a failing card that damages every new file does not fill itself with them.
    static func moveAside(_ path: String, host: any StoreHost) throws(StoreError) -> String {
        var target = path + ".corrupt-9"
        for n in 1...9 where !SQLiteFiles.exists("\(path).corrupt-\(n)") {
            target = "\(path).corrupt-\(n)"
            break
        }
        try host.rename(path, to: target)
        if SQLiteFiles.exists(path + "-wal") { try host.rename(path + "-wal", to: target + "-wal") }
        SQLiteFiles.delete(path + "-shm")
        return target
    }

    // MARK: The reserve

    private var reservePath: String { path + ".reserve" }

    /// Whether there is space set aside for alerts.
    public var hasReserve: Bool { SQLiteFiles.exists(reservePath) }

    /// Sets space aside, unless there is some; throws `.full` when there is none to set aside.
    func restoreReserve() throws(StoreError) {
        guard options.reserveBytes > 0, !hasReserve else { return }
        do {
            try writer().createPrivateFile(reservePath, size: options.reserveBytes)
        } catch {
            // What was allocated of it before the space ran out.
            SQLiteFiles.delete(reservePath)
            // Without a reserve for any other reason, there is just none.
            if error.kind == .full { throw error }
        }
    }

    /// Gives the reserve back to the file system; false when there was none left.
    func releaseReserve() -> Bool { hasReserve && SQLiteFiles.delete(reservePath) }
}
