import CSQLite

/// One SQLite connection; it belongs to the thread that uses it.
final class Database {
    /// Nil once closed.
    private var connection: OpaquePointer?
    let path: String
    /// Prepared statements by the address of their text, which lives as long as the program.
    private var prepared: [UnsafePointer<UInt8>: Statement] = [:]
    /// Nil unless writes are counted.
    private var log: WriteLog?

    /// How a file is opened.
    enum Mode {
        /// Reading and writing a file that exists.
        case readWrite
        /// Reading, beside a process that may be writing.
        case readOnly
        /// Reading a file that nobody writes to; leaves no `-shm` or `-wal` behind.
        case immutable
    }

    init(path: String, mode: Mode, busyMilliseconds: Int32) throws(StoreError) {
        var opened: OpaquePointer?
        let flags: Int32
        switch mode {
        case .readWrite: flags = SQLITE_OPEN_READWRITE
        case .readOnly, .immutable: flags = SQLITE_OPEN_READONLY
        }
        let name = Database.uri(of: path) + (mode == .immutable ? "?immutable=1" : "")
        let result = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
        guard result == SQLITE_OK, let opened else {
            let error = StoreError(opened, result, while: "opening \(path)")
            sqlite3_close_v2(opened)
            throw error
        }
        connection = opened
        self.path = path
        sqlite3_extended_result_codes(opened, 1)
        sqlite3_busy_timeout(opened, busyMilliseconds)
    }

    deinit { close() }

    /// Closes the connection; everything asked of it later is refused.
    func close() {
        prepared = [:]
        sqlite3_close_v2(connection)
        connection = nil
    }

    /// Counts writes from here on, and brings the log to the database when it has `frames` or more.
    ///
    /// For a connection in WAL mode.
    func countWrites(checkpointAt frames: Int) throws(StoreError) {
        guard let connection else { return }
        let page = try integer("PRAGMA page_size", while: "opening \(path)") ?? 4096
        let made = WriteLog(pageBytes: Int(page), limit: frames)
        made.attach(to: connection)
        log = made
    }

    /// What was written since writes are counted.
    var writes: WriteCount { log?.count ?? WriteCount() }

    /// Brings the log to the database and leaves nothing in it.
    func emptyLog(while action: String) throws(StoreError) {
        guard let connection else { return }
        guard let log else { return try run("PRAGMA wal_checkpoint(TRUNCATE)", while: action) }
        let result = log.checkpoint(connection, mode: SQLITE_CHECKPOINT_TRUNCATE)
        if result != SQLITE_OK, result & 0xFF != SQLITE_BUSY {
            throw StoreError(connection, result, while: action)
        }
    }

    /// Runs a statement for its effect.
    func run(_ sql: StaticString, _ values: [SQLValue] = [], while action: String) throws(StoreError) {
        try each(sql, values, while: action) { _ in }
    }

    /// Runs a query and hands each row to `body`.
    func each(
        _ sql: StaticString, _ values: [SQLValue] = [], while action: String,
        _ body: (Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try prepare(sql, while: action)
        defer { statement.reset() }
        try statement.bind(values, while: action)
        while try statement.step(while: action) { try body(Row(statement: statement)) }
    }

    /// A statement put together from the names of our own tables.
    func statement(ofOwnNames sql: String, while action: String) throws(StoreError) -> Statement {
        guard let connection else { throw StoreError(.io, action: action, reason: "the database is closed") }
        return try Statement(ofOwnNames: sql, on: connection, while: action)
    }

    /// Copies all of it to `target`, a few pages at a time; asks `goesOn` in between, and returns false when it was told
    /// not to.
    ///
    /// What is written here meanwhile goes into the copy too.
    func copy(to target: Database, while action: String, goesOn: () -> Bool) throws(StoreError) -> Bool {
        guard let connection, let other = target.connection else {
            throw StoreError(.io, action: action, reason: "the database is closed")
        }
        guard let copying = sqlite3_backup_init(other, "main", connection, "main") else {
            throw StoreError(other, sqlite3_errcode(other), while: action)
        }
        var result = SQLITE_OK
        var isWanted = true
        while isWanted, result == SQLITE_OK {
            result = sqlite3_backup_step(copying, 128)
            if result == SQLITE_OK { isWanted = goesOn() }
        }
        let end = sqlite3_backup_finish(copying)
        guard isWanted else { return false }
        if end != SQLITE_OK { throw StoreError(other, end, while: action) }
        if result != SQLITE_DONE { throw StoreError(other, result, while: action) }
        return true
    }

    /// Runs a query that may take long, until it is done or `isOver` says that it was long enough; false then.
    func each(
        _ sql: StaticString, _ values: [SQLValue], while action: String, unless isOver: () -> Bool,
        _ body: (Row) throws(StoreError) -> Void
    ) throws(StoreError) -> Bool {
        guard let connection else { throw StoreError(.io, action: action, reason: "the database is closed") }
        var failure: StoreError?
        withoutActuallyEscaping(isOver) { isOver in
            let question = Question(isOver)
            // Asked every so many steps of SQLite's machine: some milliseconds.
            sqlite3_progress_handler(
                connection, 100_000,
                { context in
                    guard let context else { return 0 }
                    return Unmanaged<Question>.fromOpaque(context).takeUnretainedValue().isOver() ? 1 : 0
                },
                Unmanaged.passUnretained(question).toOpaque())
            withExtendedLifetime(question) {
                do throws(StoreError) { try each(sql, values, while: action, body) } catch { failure = error }
            }
            sqlite3_progress_handler(connection, 0, nil, nil)
        }
        guard let failure else { return true }
        guard failure.code == SQLITE_INTERRUPT else { throw failure }
        return false
    }

    private final class Question {
        let isOver: () -> Bool
        init(_ isOver: @escaping () -> Bool) { self.isOver = isOver }
    }

    /// The first column of the first row, or nil when there is no row or it is NULL.
    func integer(
        _ sql: StaticString, _ values: [SQLValue] = [], while action: String
    ) throws(StoreError) -> Int64? {
        var found: Int64?
        try each(sql, values, while: action) { row in
            if found == nil, !row.isNull(0) { found = row.int(0) }
        }
        return found
    }

    /// Rows that the last statement changed.
    var changes: Int { connection.map { Int(sqlite3_changes64($0)) } ?? 0 }

    /// Does `body` wholly or not at all.
    func transaction<Result>(
        while action: String, _ body: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try run("BEGIN IMMEDIATE", while: action)
        do {
            let result = try body()
            try run("COMMIT", while: action)
            return result
        } catch {
            // SQLite has rolled back by itself after some errors, such as a full disk.
            if let connection, sqlite3_get_autocommit(connection) == 0 { try? run("ROLLBACK", while: action) }
            throw error
        }
    }

    private func prepare(_ sql: StaticString, while action: String) throws(StoreError) -> Statement {
        if let known = prepared[sql.utf8Start] { return known }
        guard let connection else { throw StoreError(.io, action: action, reason: "the database is closed") }
        let made = try Statement(sql, on: connection, while: action)
        prepared[sql.utf8Start] = made
        return made
    }

    /// `path` as a `file:` address: everything but plain characters escaped, so that no path reads as a parameter.
    private static func uri(of path: String) -> String {
        let hex = Array("0123456789ABCDEF")
        // With an (empty) host part, so that a path of two slashes is not read as one.
        var text = path.hasPrefix("/") ? "file://" : "file:"
        for byte in path.utf8 {
            switch byte {
            case 0x2F, 0x2D, 0x2E, 0x5F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + String(hex[Int(byte >> 4)]) + String(hex[Int(byte & 15)])
            }
        }
        return text
    }
}
