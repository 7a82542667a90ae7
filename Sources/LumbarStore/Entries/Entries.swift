import LumbarCore

/// What people say, in a file of its own beside the history: `PATH.entries`.
///
/// The history has one writer, the daemon, which holds a lock on it for as long as it runs. Loads, diary entries and
/// answers to alerts are made while it runs, by another program, so they must not go in there. This file is written
/// by nobody but that program, for a moment each time; SQLite's own locks keep two of them apart.
///
/// Every row has a random name besides its number (`UniqueID`), so adding a row that is there already adds nothing: the
/// files of two machines are put together by adding each row of one to the other.
public final class Entries {
    let database: Database
    /// How far the tables of the file have come; what was declared before there were others lies at version 1.
    let version: Int64

    /// Where what was said beside the history at `historyPath` is.
    public static func path(beside historyPath: String) -> String { historyPath + ".entries" }

    /// Where declared loads were before there was anything else to say.
    static func formerPath(beside historyPath: String) -> String { historyPath + ".loads" }

    /// Opens what is said beside a history for writing, and makes the file if there is none.
    ///
    /// A file of declared loads from before is taken over.
    public init(writingBeside historyPath: String, host: any StoreHost) throws(StoreError) {
        let path = Self.path(beside: historyPath)
        try Self.takeOver(Self.formerPath(beside: historyPath), as: path, host: host)
        try host.createPrivateFile(path, size: 0)
        database = try Database(path: path, mode: .readWrite, busyMilliseconds: 2000)
        let settings: [StaticString] = [
            "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON",
            "PRAGMA temp_store = MEMORY", "PRAGMA trusted_schema = OFF",
        ]
        for setting in settings { try database.run(setting, while: "opening \(path)") }
        version = Self.schema.version
        do {
            try Self.schema.bringUp(database, host: host)
        } catch {
            // Somebody else may have made the tables a moment before.
            guard try Self.schema.recognise(database) == version else { throw error }
        }
    }

    /// Opens what was said beside a history for reading; nil when nothing ever was.
    public init?(readingBeside historyPath: String) throws(StoreError) {
        var path = Self.path(beside: historyPath)
        if !SQLiteFiles.exists(path) { path = Self.formerPath(beside: historyPath) }
        guard SQLiteFiles.exists(path) else { return nil }
        (database, version) = try Self.open(path)
        // Made, and not yet filled.
        guard version > 0 else { return nil }
    }

    /// Opens the file at `path`, such as a backup, for reading; nil when nothing is in it yet.
    public init?(reading path: String) throws(StoreError) {
        guard SQLiteFiles.exists(path) else {
            throw StoreError(
                .missing, action: "opening \(path)", reason: "there is no such file, or no way to it")
        }
        (database, version) = try Self.open(path)
        guard version > 0 else { return nil }
    }

    /// Opens a file for reading; says how far its tables have come.
    static func open(_ path: String) throws(StoreError) -> (Database, version: Int64) {
        let reader = try Database(path: path, mode: .readOnly, busyMilliseconds: 2000)
        do throws(StoreError) {
            return (reader, try schema.recognise(reader))
        } catch {
            // Somebody was killed in the middle of writing: what they began has to be undone first, by one who may write.
            guard error.extendedCode == hasToBeUndone else { throw error }
        }
        let writer = try Database(path: path, mode: .readWrite, busyMilliseconds: 2000)
        return (writer, try schema.recognise(writer))
    }

    // SQLITE_READONLY_ROLLBACK, which is a sum that Swift does not import.
    private static let hasToBeUndone: Int32 = 776

    /// Whether there are tables for more than loads.
    var hasMoreThanLoads: Bool { version >= 2 }
    /// Whether there is a table of what was removed.
    var knowsRemoved: Bool { version >= 3 }

    /// Gives a file of declared loads the name that everything said goes by now.
    private static func takeOver(
        _ former: String, as path: String, host: any StoreHost
    ) throws(StoreError) {
        guard !SQLiteFiles.exists(path), SQLiteFiles.exists(former) else { return }
        let action = "taking over \(former)"
        let old = try Database(path: former, mode: .readWrite, busyMilliseconds: 2000)
        _ = try schema.recognise(old)
        // Held while the name changes: nobody is in the middle of writing then, and a journal that a crash left behind,
        // which goes by the old name, has been played back.
        try old.run("BEGIN EXCLUSIVE", while: action)
        defer { try? old.run("ROLLBACK", while: action) }
        // Another may have done it while this one waited.
        guard SQLiteFiles.exists(former), !SQLiteFiles.exists(path) else { return }
        try host.rename(former, to: path)
    }

    /// Copies beside the file that still hold what was said: made before its tables changed.
    public static func copies(beside historyPath: String) -> [String] {
        let path = path(beside: historyPath)
        return (1...schema.version).map { schema.backupPath(of: path, version: $0 - 1) }
            .filter { SQLiteFiles.exists($0) }
    }

    /// Deletes what was said of [since, until), by one wearer or by all, and all backups; returns how many entries went.
    ///
    /// Loads and diary entries go by the time they are about, and answers by when their alert was raised. Not even that
    /// something was removed is kept of that time, so what another machine has of it comes back when that is taken in.
    @discardableResult
    public func forget(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime, wearer: WearerID? = nil
    ) throws(StoreError) -> Int {
        let action = "deleting old entries"
        let statements: [StaticString] = [
            """
            DELETE FROM declared_load
            WHERE wall_ns >= ?1 AND wall_ns < ?2 AND (?3 IS NULL OR wearer = ?3)
            """,
            "DELETE FROM diary WHERE wall_ns >= ?1 AND wall_ns < ?2 AND (?3 IS NULL OR wearer = ?3)",
            """
            DELETE FROM acknowledgement WHERE coalesce(alert_wall_ns, wall_ns) >= ?1
                AND coalesce(alert_wall_ns, wall_ns) < ?2 AND (?3 IS NULL OR wearer = ?3)
            """,
        ]
        let values: [SQLValue] = [
            .int(since.nanoseconds), .int(until.nanoseconds), wearer.map { .text($0.text) } ?? .null,
        ]
        let count = try database.transaction(while: action) { () throws(StoreError) -> Int in
            var count = 0
            for statement in statements {
                try database.run(statement, values, while: action)
                count += database.changes
            }
            if wearer == nil {
                try database.run(
                    "DELETE FROM removed WHERE removed_ns >= ?1 AND removed_ns < ?2", Array(values.prefix(2)),
                    while: action)
            }
            return count
        }
        try database.run("PRAGMA incremental_vacuum", while: action)
        Backups.delete(of: database.path)
        return count
    }
}
