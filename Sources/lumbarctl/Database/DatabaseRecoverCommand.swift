import ArgumentParser
import LumbarCore
import LumbarStore

/// `lumbarctl db recover`: what can be had of a damaged history.
struct DatabaseRecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Get back what can be had of a damaged history, or of a backup.",
        discussion: """
            FILE is a damaged history that the daemon moved aside, a backup, or a copy from another machine; without \
            one, the last that was moved aside. FILE itself is not changed. Every page of it is read by itself, and every \
            row on a page that is whole is taken over. A damaged page loses its own rows, some five to ten minutes or \
            twenty postures, but nothing tells whether a number in it was changed into another: look at the days in \
            question.

            What people said lies beside each history: with FILE, FILE.entries is taken over too, and FILE may be such a file \
            or a backup of it itself. Without FILE and without a damaged history, the newest backup of what was said is \
            taken over when that file is damaged.

            Rows that the history has already are left as they are, so doing this twice changes nothing, and what was ended \
            since a backup was made stays so: of snoozes, pauses, profiles and trainings, the one that was asked for last \
            holds. The daemon has \
            to be stopped meanwhile: systemctl stop lumbard. With --into, a new history is made and the present one left \
            alone, and the daemon may run.

            Exit status: 0 done, 65 there is nothing to be had, 66 there is no such file, 69 the daemon runs, 73 the new \
            file cannot be made, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The damaged file.", valueName: "file"), completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp("Make a new history there instead.", valueName: "path"), completion: .file())
    var into: String?

    @Flag(
        name: .customLong("json"), help: "Print one JSON object, as docs/schema/db.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            let source = try source()
            if Entries.isOne(source) {
                // A wrong path must not make a file.
                if into == nil { _ = try history.open() }
                return try tell(source, try RecoveredEntries(source, beside: into ?? history.path))
            }
            let damaged = try PieceFile(source)
            let outcome: Salvage.Outcome
            var added: RowCounts?
            if let into {
                guard DatabaseFile(into) == nil else {
                    throw Failure(
                        .cannotCreate, "\(into) is there already; choose another name or remove it first")
                }
                outcome = try Failure.translating { try salvage(damaged, source, into: into) }
            } else {
                // Read first: a wrong path must not make a new history.
                _ = try history.open()
                (outcome, added) = try Failure.changing("db recover " + ShellWord.quoted(source)) {
                    try merge(damaged, source)
                }
            }
            let beside = Entries.path(beside: source)
            // Beside the present history lies what is present.
            let hasOwn = source != history.path && Entries.isOne(beside)
            let said = hasOwn ? try RecoveredEntries(beside, beside: into ?? history.path) : nil
            try tell(source, outcome, added, said)
        }
    }

    private func source() throws -> String {
        if let file { return file }
        let moved = (1...9).map { "\(history.path).corrupt-\($0)" }.compactMap { DatabaseFile($0) }
        guard let last = moved.max(by: { $0.modified.nanoseconds < $1.modified.nanoseconds }) else {
            let said = Entries.path(beside: history.path)
            if !Entries.isSound(said), let backup = Entries.backups(beside: history.path).first {
                return backup
            }
            throw Failure(
                .noInput,
                "no damaged history was moved aside beside \(history.path); name the file to recover")
        }
        return last.path
    }

    private func merge(_ damaged: PieceFile, _ source: String) throws -> (Salvage.Outcome, RowCounts) {
        // The lock first: nothing is done in vain.
        let store = try Store(writing: history.path, bootID: "", host: CommandHost())
        let draft = StagingHistory(beside: history.path)
        defer { draft.delete() }
        let outcome = try salvage(damaged, source, into: draft.path)
        return (outcome, try store.merge(draft.path))
    }

    private func salvage(_ damaged: PieceFile, _ source: String, into path: String) throws -> Salvage.Outcome
    {
        let log = DatabaseFile(source + "-wal").flatMap { try? PieceFile($0.path) }
        let staging = StagingHistory(path: path)
        let store = try staging.open()
        let isShown = StandardError.isTerminal
        let outcome = try Salvage.run(
            size: damaged.size, read: damaged.bytes, logSize: log?.size ?? 0,
            readLog: { log?.bytes(at: $0, $1) }, into: store
        ) { done, all in
            if isShown { StandardError.put("\r\(done) of \(all) pages ") }
        }
        if isShown { StandardError.put("\r\u{1B}[K") }
        staging.close(store)
        guard outcome.rows.total > 0 else {
            staging.delete()
            throw Failure(.data, "\(source): there is not a row of a history in it")
        }
        return outcome
    }

    private func tell(
        _ source: String, _ outcome: Salvage.Outcome, _ added: RowCounts?, _ said: RecoveredEntries?
    ) throws {
        let output = StandardOutput()
        if isJSON {
            try output.write(line: json(source, outcome, added, said))
        } else {
            for line in lines(source, outcome, added) { try output.write(text: line) }
            for line in said?.lines ?? [] { try output.write(text: line) }
        }
        try output.flush()
    }

    /// Of a file that holds nothing else.
    private func tell(_ source: String, _ said: RecoveredEntries) throws {
        let output = StandardOutput()
        if isJSON {
            var object = JSONObject()
            object.add("type", "db_recover_entries")
            object.add("path", source)
            object.addRaw("entries", said.json)
            try output.write(line: object.text)
        } else {
            for line in said.lines { try output.write(text: line) }
        }
        try output.flush()
    }

    private func lines(_ source: String, _ outcome: Salvage.Outcome, _ added: RowCounts?) -> [String] {
        let found = outcome.rows.tables.filter { $0.rows > 0 }.map { "\($0.rows) \($0.name)" }
        var lines = [
            Printable.text(source, limit: 4096),
            "  \(outcome.pages) pages, \(outcome.treePages) with rows, \(outcome.unreadable) that cannot be read",
            "  rows found: " + found.joined(separator: ", "),
        ]
        if outcome.damagedRows + outcome.unplacedRows > 0 {
            lines.append(
                "  \(outcome.damagedRows + outcome.unplacedRows) places hold no row that makes sense any more"
            )
        }
        if outcome.renamed > 0 {
            lines.append("  \(outcome.renamed) boots or wearers lost their names and are called recovered-N")
        }
        if let added {
            lines.append("  \(added.total) rows were new to the history")
        } else if let into {
            lines.append("  now in \(Printable.text(into, limit: 4096))")
        }
        return lines
    }

    private func json(
        _ source: String, _ outcome: Salvage.Outcome, _ added: RowCounts?, _ said: RecoveredEntries?
    ) -> String {
        var object = JSONObject()
        object.add("type", "db_recover")
        object.add("path", source)
        object.addRaw("into", into.map(JSONObject.quoted) ?? "null")
        object.add("pages", outcome.pages)
        object.add("tree_pages", outcome.treePages)
        object.add("unreadable_pages", outcome.unreadable)
        object.add("damaged_rows", outcome.damagedRows)
        object.add("unplaced_rows", outcome.unplacedRows)
        object.add("renamed", outcome.renamed)
        object.addRaw("found", RowCountsJSON.object(outcome.rows))
        object.addRaw("added", added.map(RowCountsJSON.object) ?? "null")
        object.addRaw("entries", said?.json ?? "null")
        return object.text
    }
}
