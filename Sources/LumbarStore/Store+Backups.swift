import LumbarCore

/// Copies of the history beside it: `PATH.backup-1` is the newest.
public enum Backups {
    /// The most that are ever kept.
    public static let most = 31

    /// Where the one with `number` is; 1 is the newest.
    public static func path(of history: String, _ number: Int) -> String { "\(history).backup-\(number)" }

    /// Those that are there, the newest first.
    public static func paths(of history: String) -> [String] {
        (1...most).map { path(of: history, $0) }.filter { SQLiteFiles.exists($0) }
    }

    /// Deletes them all; returns how many there were.
    @discardableResult
    public static func delete(of history: String) -> Int {
        SQLiteFiles.delete(draft(of: history))
        return paths(of: history).filter { SQLiteFiles.delete($0) }.count
    }

    /// Makes room for a new one: each gets the next number, and what is beyond `count` is deleted.
    static func makeRoom(of history: String, keeping count: Int, host: any StoreHost) throws(StoreError) {
        for number in max(1, count)...most { SQLiteFiles.delete(path(of: history, number)) }
        for number in stride(from: count - 1, to: 0, by: -1)
        where SQLiteFiles.exists(path(of: history, number)) {
            try host.rename(path(of: history, number), to: path(of: history, number + 1))
        }
    }

    /// Where one is while it is made.
    static func draft(of history: String) -> String { history + ".backup-new" }
}

/// The copying of one of our databases, and the check of the copy.
struct DatabaseCopy {
    private let database: Database
    private let schema: Schema
    private let action: String

    init(of database: Database, _ schema: Schema, _ action: String) {
        self.database = database
        self.schema = schema
        self.action = action
    }

    /// Makes the copy at `target`, which must not exist; false when `goesOn` gave it up, and nothing is left then.
    @discardableResult
    func make(
        at target: String, host: any StoreHost, goesOn: () -> Bool = { true }
    ) throws(StoreError) -> Bool {
        guard !SQLiteFiles.exists(target) else {
            throw StoreError(.other, action: action, reason: "there is such a file already")
        }
        try host.createPrivateFile(target, size: 0)
        do {
            let isWhole = try write(to: target, goesOn)
            if !isWhole { SQLiteFiles.delete(target) }
            return isWhole
        } catch {
            SQLiteFiles.delete(target)
            throw error
        }
    }

    private func write(to target: String, _ goesOn: () -> Bool) throws(StoreError) -> Bool {
        do {
            let copy = try Database(path: target, mode: .readWrite, busyMilliseconds: 0)
            // Nothing is lost when it is cut short: it has not got its name yet. It is synced once, at its end.
            try copy.run("PRAGMA journal_mode = OFF", while: action)
            guard try database.copy(to: copy, while: action, goesOn: goesOn) else { return false }
            copy.close()
        }
        let written = try Database(path: target, mode: .immutable, busyMilliseconds: 0)
        _ = try schema.recognise(written)
        return try written.each("PRAGMA quick_check(1)", [], while: action, unless: { !goesOn() }) {
            row throws(StoreError) in
            let finding = row.text(0)
            guard finding == "ok" else { throw StoreError(.corrupt, action: action, reason: finding) }
        }
    }
}

extension Store {
    /// Copies the whole history to the file `target`, which must not exist, and checks the copy.
    ///
    /// A few pages at a time: `goesOn` is asked in between, and may do other things; false from it gives the copy up, and
    /// false is returned. What is wrong with the copy is thrown as `.corrupt`, and no copy is left then.
    @discardableResult
    public func copy(
        to target: String, host: any StoreHost, goesOn: () -> Bool = { true }
    ) throws(StoreError) -> Bool {
        try DatabaseCopy(of: database, options.schema, "copying the history to \(target)")
            .make(at: target, host: host, goesOn: goesOn)
    }

    /// Makes the newest backup of the history, and keeps `count` of them; false when `goesOn` gave it up.
    @discardableResult
    public func backUp(keeping count: Int, goesOn: () -> Bool = { true }) throws(StoreError) -> Bool {
        let host = writer()
        let draft = Backups.draft(of: path)
        // Cut short by a crash.
        SQLiteFiles.delete(draft)
        guard try copy(to: draft, host: host, goesOn: goesOn) else { return false }
        try Backups.makeRoom(of: path, keeping: count, host: host)
        try host.rename(draft, to: Backups.path(of: path, 1))
        return true
    }
}
