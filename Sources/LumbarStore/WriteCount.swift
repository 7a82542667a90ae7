import CSQLite

/// What a connection has written to its file and to the log beside it.
public struct WriteCount: Sendable, Equatable {
    /// Transactions that changed something.
    public var commits = 0
    /// Times that the file system was asked to bring everything to the medium.
    public var syncs = 0
    /// Bytes handed to the file system; of a checkpoint the most that it can have been.
    public var bytes = 0

    /// Nothing.
    public init() {}

    /// Both together.
    static func + (left: WriteCount, right: WriteCount) -> WriteCount {
        var sum = left
        sum.commits += right.commits
        sum.syncs += right.syncs
        sum.bytes += right.bytes
        return sum
    }

    /// What came on top of `earlier`.
    public func since(_ earlier: WriteCount) -> WriteCount {
        var difference = WriteCount()
        difference.commits = commits - earlier.commits
        difference.syncs = syncs - earlier.syncs
        difference.bytes = bytes - earlier.bytes
        return difference
    }
}

/// Counts what one connection in WAL mode writes, and checkpoints when the log has grown long.
///
/// SQLite tells it of every commit. It does so in place of SQLite's own checkpointing, which happens at that very place and
/// tells nobody.
final class WriteLog {
    private(set) var count = WriteCount()
    private var framesWritten = 0
    private var framesInLog = 0
    private let pageBytes: Int
    /// How many frames the log may have before they go to the database.
    private let limit: Int

    init(pageBytes: Int, limit: Int) {
        self.pageBytes = pageBytes
        self.limit = limit
    }

    /// Has `connection` call this, which has to live as long as that.
    func attach(to connection: OpaquePointer) {
        sqlite3_wal_hook(
            connection,
            { context, connection, _, frames in
                guard let context, let connection else { return SQLITE_OK }
                Unmanaged<WriteLog>.fromOpaque(context).takeUnretainedValue().note(Int(frames), connection)
                return SQLITE_OK
            },
            Unmanaged.passUnretained(self).toOpaque())
    }

    private func note(_ frames: Int, _ connection: OpaquePointer) {
        let written = framesWritten(by: connection)
        count.commits += 1
        count.syncs += 1
        count.bytes += (written - framesWritten) * (pageBytes + 24)
        // The log began anew: its head is written, and synced before the frames.
        if frames <= framesInLog || framesInLog == 0 {
            count.bytes += 32
            count.syncs += 1
        }
        framesWritten = written
        framesInLog = frames
        // A reader may hold it up; it is tried again at the next commit.
        if frames >= limit { checkpoint(connection, mode: SQLITE_CHECKPOINT_PASSIVE) }
    }

    /// Brings the log's frames to the database; what SQLite answers.
    @discardableResult
    func checkpoint(_ connection: OpaquePointer, mode: Int32) -> Int32 {
        var inLog: Int32 = 0
        var done: Int32 = 0
        let result = sqlite3_wal_checkpoint_v2(connection, nil, mode, &inLog, &done)
        if result == SQLITE_OK, done > 0 || framesInLog > 0 {
            // The log is synced before its pages are copied, and the database after.
            count.syncs += 2
            count.bytes += min(framesInLog, pages(of: connection)) * pageBytes
            if inLog <= done { framesInLog = 0 }
        }
        return result
    }

    private func framesWritten(by connection: OpaquePointer) -> Int {
        var now: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(connection, SQLITE_DBSTATUS_CACHE_WRITE, &now, &highest, 0)
        return Int(now)
    }

    /// How many pages the database has: no more of them are copied.
    private func pages(of connection: OpaquePointer) -> Int {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(connection, "PRAGMA page_count", -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW
        else { return 0 }
        return Int(sqlite3_column_int64(statement, 0))
    }
}
