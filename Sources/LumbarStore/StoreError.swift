import CSQLite

/// Why the store could not do something: what was tried, what came back, and what to do about it.
public struct StoreError: Error, Sendable, Equatable {
    /// What sort of refusal it was; what the caller decides by.
    public var kind: Kind
    /// SQLite's primary result code, 0 when SQLite had no part in it.
    public var code: Int32
    /// SQLite's extended result code.
    public var extendedCode: Int32
    /// The `errno` behind it, 0 when there was none.
    public var systemErrno: Int32
    /// What was being done, as in "while adding an alert".
    public var action: String
    /// What SQLite or the system said.
    public var reason: String

    /// An error.
    public init(
        _ kind: Kind, code: Int32 = 0, extendedCode: Int32 = 0, systemErrno: Int32 = 0, action: String,
        reason: String
    ) {
        self.kind = kind
        self.code = code
        self.extendedCode = extendedCode
        self.systemErrno = systemErrno
        self.action = action
        self.reason = reason
    }

    /// The sorts of refusal.
    public enum Kind: Sendable, Equatable, CaseIterable {
        /// No space (or quota) left: keep the rows and try again later.
        case full
        /// The file is damaged, or is no database: move it aside and start a new one.
        case corrupt
        /// The file was written by a newer version.
        case newerSchema
        /// The file is a database of another program.
        case foreign
        /// Another process writes to it.
        case locked
        /// There is no such file or directory.
        case missing
        /// The user may not.
        case permission
        /// The file has a log that can only be read where a file may be made beside it.
        case unread
        /// The file system is mounted read-only.
        case readOnly
        /// The medium failed.
        case io
        /// Anything else, our own mistakes included.
        case other
    }
}

extension StoreError: CustomStringConvertible {
    /// What to do about it, one clause.
    public var advice: String {
        switch kind {
        case .full: "free some space on that file system; nothing is lost meanwhile"
        case .corrupt:
            "check the path; if it is a history, `lumbarctl db recover FILE` gets back what can be had"
        case .newerSchema: "update this program, or move the file aside to begin a new history"
        case .foreign: "check the path; that file is left alone"
        case .locked: "stop the other program that writes to it"
        case .missing: "check the path; the directory has to exist"
        case .permission: "run it as root or as the user that owns the file"
        case .unread:
            "copy it and its -wal to a folder that you may write to, or run it as the user that owns the file"
        case .readOnly: "mount that file system writable, or choose another path"
        case .io: "check the medium (`journalctl -k` tells of failing cards and disks)"
        case .other: "please report this"
        }
    }

    /// One line: what was being done, what went wrong, what to do.
    public var description: String {
        var said = "\(action): \(reason)"
        if code != 0 { said += " (SQLite \(extendedCode))" }
        return said + "; " + advice
    }
}

extension StoreError {
    // Linux numbers, the same on every processor this runs on; this module imports no libc to name them.
    private static let noEntry: Int32 = 2
    private static let notPermitted: [Int32] = [1, 13]
    private static let noSpace: [Int32] = [28, 122]
    private static let readOnlyFileSystem: Int32 = 30

    /// What SQLite refused on `connection`, judged by its code and by the `errno` behind it.
    init(_ connection: OpaquePointer?, _ result: Int32, while action: String) {
        let extended = connection.map(sqlite3_extended_errcode) ?? result
        let code = extended & 0xFF == result & 0xFF ? extended : result
        let systemErrno = connection.map(sqlite3_system_errno) ?? 0
        let said = connection.flatMap { sqlite3_errmsg($0) } ?? sqlite3_errstr(result)
        self.init(
            StoreError.kind(code: code & 0xFF, systemErrno: systemErrno), code: code & 0xFF,
            extendedCode: code,
            systemErrno: systemErrno, action: action,
            reason: said.map { String(cString: $0) } ?? "unknown error")
    }

    static func kind(code: Int32, systemErrno: Int32) -> Kind {
        switch code {
        case SQLITE_FULL: return .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt
        case SQLITE_BUSY, SQLITE_LOCKED: return .locked
        case SQLITE_PERM, SQLITE_AUTH: return .permission
        case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_READONLY:
            // A full disk is also met while the shared memory grows, and then comes as an I/O error.
            if noSpace.contains(systemErrno) { return .full }
            if notPermitted.contains(systemErrno) { return .permission }
            if systemErrno == readOnlyFileSystem { return .readOnly }
            if systemErrno == noEntry { return .missing }
            return code == SQLITE_CANTOPEN ? .missing : code == SQLITE_READONLY ? .readOnly : .io
        default: return .other
        }
    }
}
