import LumbarCore

/// Copies of what people said: nobody can measure it again.
extension Entries {
    /// The backups of what was said beside a history, the newest first: `PATH.entries.backup-1` and on.
    public static func backups(beside historyPath: String) -> [String] {
        Backups.paths(of: path(beside: historyPath))
    }

    /// How many rows there are of each kind.
    public func rowCounts() throws(StoreError) -> (loads: Int, diary: Int, acknowledgements: Int) {
        (try loads().count, try diary().count, try acknowledgements().count)
    }

    /// What is wrong with the file; empty when it is sound.
    public func integrityFindings() throws(StoreError) -> [String] {
        try database.integrityFindings() ?? []
    }

    /// Copies everything to the file `target`, which must not exist, and checks the copy.
    public func copy(to target: String, host: any StoreHost) throws(StoreError) {
        try DatabaseCopy(of: database, Self.schema, "copying what was said to \(target)")
            .make(at: target, host: host)
    }

    /// Makes the newest backup of what was said beside a history, and keeps `count` of them; false when nothing has changed
    /// since the last, or nothing was ever said.
    static func backUpChanges(
        beside historyPath: String, keeping count: Int, host: any StoreHost
    ) throws(StoreError) -> Bool {
        guard let entries = try Entries(readingBeside: historyPath) else { return false }
        let path = path(beside: historyPath)
        let newest = Backups.path(of: path, 1)
        if SQLiteFiles.exists(newest), let last = try? Entries(reading: newest), try entries.isAlike(last) {
            return false
        }
        let draft = Backups.draft(of: path)
        // Cut short by a crash.
        SQLiteFiles.delete(draft)
        try entries.copy(to: draft, host: host)
        try Backups.makeRoom(of: path, keeping: count, host: host)
        try host.rename(draft, to: newest)
        return true
    }

    private func isAlike(_ other: Entries) throws(StoreError) -> Bool {
        guard try loads() == other.loads() else { return false }
        guard try diary() == other.diary() else { return false }
        return try acknowledgements() == other.acknowledgements()
    }

    /// Puts everything of the file at `source`, a backup as a rule, into what was said beside a history; returns how many
    /// rows are new.
    ///
    /// When the present file is damaged, it is moved aside to `PATH.entries.corrupt-N`, which is returned too, and what can
    /// be read of it is taken over as well.
    public static func recover(
        _ source: String, beside historyPath: String, host: any StoreHost
    ) throws(StoreError) -> (found: Int, added: Int, movedAside: String?) {
        guard let found = try Entries(reading: source) else { return (0, 0, nil) }
        let all = try found.rowCounts()
        let path = path(beside: historyPath)
        var moved: String?
        if !isSound(path) {
            let target = try Store.moveAside(path, host: host)
            // Or it would be played back into the new file.
            let journal = path + "-journal"
            if SQLiteFiles.exists(journal) { try host.rename(journal, to: target + "-journal") }
            moved = target
        }
        let present = try Entries(writingBeside: historyPath, host: host)
        if let moved, let damaged = try? Entries(reading: moved) { present.addWhatCanBeRead(of: damaged) }
        let before = try present.rowCounts()
        try present.add(all: found)
        let after = try present.rowCounts()
        let added = after.loads + after.diary + after.acknowledgements
        return (
            all.loads + all.diary + all.acknowledgements,
            added - (before.loads + before.diary + before.acknowledgements), moved
        )
    }

    /// Whether the file at `path` is whole, or not there at all.
    public static func isSound(_ path: String) -> Bool {
        guard SQLiteFiles.exists(path) else { return true }
        do throws(StoreError) {
            return try Entries(reading: path)?.integrityFindings().isEmpty ?? true
        } catch {
            return error.kind != .corrupt
        }
    }

    /// Whether the file at `path` holds what people said, and not a history.
    public static func isOne(_ path: String) -> Bool {
        SQLiteFiles.exists(path) && (try? open(path).version) ?? 0 > 0
    }

    private func addWhatCanBeRead(of damaged: Entries) {
        for load in (try? damaged.loads()) ?? [] { _ = try? append(load) }
        for entry in (try? damaged.diary()) ?? [] { _ = try? append(entry) }
        for answer in (try? damaged.acknowledgements()) ?? [] { _ = try? append(answer) }
    }
}
