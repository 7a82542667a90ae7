import LumbarCore

/// The wearer's history in one SQLite file.
///
/// One process writes, through one connection on one thread, and only that connection checkpoints; others read beside it
/// (`init(reading:)`). That nobody else writes is held by a lock file beside the database (`flock`), taken before the
/// database is opened: SQLite's exclusive locking mode would shut readers out too, and a lock on the database file itself
/// would put SQLite's own locks at risk, which are dropped when any descriptor of that file is closed.
///
/// What was appended is on the medium when `append` returns (WAL, synchronous=FULL), and appending a row twice is the same
/// as appending it once, so a batch that failed may be tried again as a whole.
///
/// A store belongs to the thread that uses it.
public final class Store {
    /// The file.
    public let path: String
    /// The boot that appended rows belong to; empty when reading.
    public let bootID: String
    /// How the store was found when it was opened.
    public internal(set) var opening: Opening

    private(set) var database: Database
    let options: Options
    let host: (any StoreHost)?
    var rows = RowCache()
    /// What was written to files that turned out damaged.
    private var writesBefore = WriteCount()

    /// What there was at the start.
    public struct Opening: Sendable, Equatable {
        /// Whether the file is new.
        public var isNew = false
        /// Where a damaged file was moved to.
        public var movedAside: String?
        /// Why.
        public var damage: StoreError?
        /// Whether the check of the file was complete; false when it took longer than it may.
        public var isChecked = true
    }

    /// How the store treats its file.
    public struct Options: Sendable {
        /// How long the check at the start may take.
        public var checkLimit = Elapsed.seconds(5)
        /// How long to wait for another process's lock.
        public var busyMilliseconds: Int32 = 2000
        /// Bytes set aside for alerts on a full disk.
        public var reserveBytes = 1 << 20
        /// The tables.
        var schema = Schema.current

        /// The usual.
        public init() {}
    }

    /// Opens the file for writing, makes it if there is none, checks it, and brings its tables up to date.
    ///
    /// A damaged file is moved aside to `PATH.corrupt-N` and a new one begun; `opening` says so. A file of a newer version,
    /// or of another program, is left alone and refused.
    public init(writing path: String, bootID: String, host: any StoreHost, options: Options = Options())
        throws(StoreError)
    {
        try host.lock(path + ".lock")
        var opening = Opening()
        let database: Database
        do {
            database = try Store.open(path, host: host, options: options, opening: &opening)
        } catch {
            guard error.kind == .corrupt else { throw error }
            opening = Opening()
            opening.damage = error
            opening.movedAside = try Store.moveAside(path, host: host)
            database = try Store.open(path, host: host, options: options, opening: &opening)
        }
        self.path = path
        self.bootID = bootID
        self.database = database
        self.opening = opening
        self.options = options
        self.host = host
        // On a disk that is full already it is set aside as soon as there is space.
        try? restoreReserve()
    }

    /// Opens the file for reading, beside a daemon that may be writing to it.
    public init(reading path: String) throws(StoreError) {
        let options = Options()
        guard SQLiteFiles.exists(path) else {
            throw StoreError(
                .missing, action: "opening \(path)", reason: "there is no such file, or no way to it")
        }
        // Without a log there is no writer and nothing to recover. Then nothing has to be created beside the file, which a
        // reader may not be able to do, and which would leave files behind.
        let mode: Database.Mode = SQLiteFiles.exists(path + "-wal") ? .readOnly : .immutable
        let database = try Database(path: path, mode: mode, busyMilliseconds: options.busyMilliseconds)
        let version: Int64
        do throws(StoreError) {
            version = try options.schema.recognise(database)
        } catch {
            throw Store.explained(error, mode, path)
        }
        guard version == options.schema.version else {
            throw StoreError(
                .other, action: "opening \(path)",
                reason: version == 0
                    ? "it is empty so far"
                    : "it has the tables of an older version, which the daemon updates when it starts")
        }
        self.path = path
        self.bootID = ""
        self.database = database
        opening = Opening()
        self.options = options
        host = nil
    }

    /// What SQLite means when it can make no `-shm`, which everybody needs who reads a log.
    private static func explained(_ error: StoreError, _ mode: Database.Mode, _ path: String) -> StoreError {
        let isOfShm =
            [.missing, .permission, .readOnly].contains(error.kind) && !SQLiteFiles.exists(path + "-shm")
        guard mode == .readOnly, isOfShm else { return error }
        var error = error
        error.kind = .unread
        error.reason = "part of it is in \(path)-wal, and to read that, a file has to be made beside it"
        return error
    }

    /// Gives up a file that turned out damaged while in use: moves it aside and begins a new one.
    ///
    /// Returns where the damaged file went. The caller appends an anchor again.
    @discardableResult
    public func startAfresh(after damage: StoreError) throws(StoreError) -> String {
        let host = writer()
        try? database.emptyLog(while: "closing a damaged database")
        writesBefore = writes
        database.close()
        rows = RowCache()
        let moved = try Store.moveAside(path, host: host)
        var opening = Opening()
        opening.damage = damage
        opening.movedAside = moved
        database = try Store.open(path, host: host, options: options, opening: &opening)
        self.opening = opening
        return moved
    }

    /// The version of its tables.
    public var version: Int64 { options.schema.version }

    /// Brings everything into the one file and closes it; nothing can be asked of this store any more.
    public func close() {
        if host != nil { try? database.emptyLog(while: "closing the history") }
        database.close()
    }

    /// Writes the file anew without the space that deleted rows have left.
    public func compact() throws(StoreError) {
        let action = "compacting \(path)"
        _ = writer()
        try database.run("VACUUM", while: action)
        try database.emptyLog(while: action)
    }

    /// What was written since the store was opened.
    public var writes: WriteCount { writesBefore + database.writes }

    func writer() -> any StoreHost {
        guard let host else { preconditionFailure("a store opened for reading is not written to") }
        return host
    }
}
