import CSQLite
import LumbarCore

/// What the store needs done that SQLite cannot do and that this module, which makes no system calls, may not.
///
/// The shell supplies it. A host is used from the thread that owns the store and from no other.
public protocol StoreHost: AnyObject {
    /// Makes `path` a file of `size` zero bytes that only its owner may read and write (mode 0600), unless there is
    /// one already, and does not follow a symbolic link in its last part.
    ///
    /// The bytes have to be really allocated: the file is a reserve of space. It has to be closed again before this
    /// returns, because closing any descriptor of a database drops SQLite's own locks on it.
    func createPrivateFile(_ path: String, size: Int) throws(StoreError)

    /// Renames `old` to `new`, which is replaced if it exists.
    func rename(_ old: String, to new: String) throws(StoreError)

    /// Takes the lock file `path` for this process until it ends (flock, exclusive, not waiting), or says who has it
    /// with `StoreError.Kind.locked`. Taking a lock that this host holds already does nothing.
    func lock(_ path: String) throws(StoreError)

    /// The boot clock, to bound how long the check at the start may take.
    func now() -> Instant

    /// What is known of the file at `path` and of the space around it; nil when there is none.
    func facts(of path: String) -> FileFacts?
}

/// What the system tells of a file.
public struct FileFacts: Sendable, Equatable {
    /// Its size.
    public var bytes: Int
    /// When it was last written.
    public var modified: WallTime
    /// Bytes that its file system has left for whoever asks.
    public var bytesLeft: Int

    /// Facts.
    public init(bytes: Int, modified: WallTime, bytesLeft: Int) {
        self.bytes = bytes
        self.modified = modified
        self.bytesLeft = bytesLeft
    }
}

extension StoreHost {
    /// Nothing is known: no copies are made then.
    public func facts(of path: String) -> FileFacts? { nil }
}

/// What SQLite's own file layer tells and does about files.
enum SQLiteFiles {
    /// Whether there is a file at `path`.
    static func exists(_ path: String) -> Bool {
        guard let files = sqlite3_vfs_find(nil), let access = files.pointee.xAccess else { return false }
        var found: Int32 = 0
        return access(files, path, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found != 0
    }

    /// Deletes `path` if it is there.
    @discardableResult
    static func delete(_ path: String) -> Bool {
        guard let files = sqlite3_vfs_find(nil), let delete = files.pointee.xDelete else { return false }
        return delete(files, path, 0) == SQLITE_OK
    }
}
