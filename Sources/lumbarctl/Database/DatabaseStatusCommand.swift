import ArgumentParser
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl db status`: what is in the file, and which copies of it there are.
struct DatabaseStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how large the history is, what is in it, and which backups there are.",
        discussion: """
            The daemon makes a backup a day (a history of many megabytes less often), checks it, and keeps seven; \
            [store] backups= in lumbard.conf changes that. --verify checks them again now. What people said (loads, \
            diary, answers to alerts) lies in a file of its own beside the history, with backups of its own.

            Exit status: 0 done, 65 a backup is damaged, 66 there is no history, 77 not allowed.
            """)

    @Flag(help: "Check every backup, page by page.")
    var verify = false

    @Flag(
        name: .customLong("json"), help: "Print one JSON object, as docs/schema/db.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    /// A backup, and what is wrong with it: nil while that was not looked at.
    struct Backup {
        let file: DatabaseFile
        var findings: [String]?

        /// `2026-11-21 03:10  1.2 MB, sound`.
        func text(_ time: String) -> String {
            let state = findings.map {
                $0.isEmpty ? ", sound" : ", damaged: " + Printable.text($0[0], limit: 200)
            }
            let size = DatabaseFile.size(file.bytes)
            return "\(time)  \(size)\(state ?? ", checked when it was made")"
        }
    }

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let store = try history.open()
                let backups = Backups.paths(of: history.path).compactMap { DatabaseFile($0) }.map { file in
                    Backup(file: file, findings: verify ? findings(file.path) : nil)
                }
                let said = try SaidStatus(beside: history, isToVerify: verify)
                let copies = store.copies.compactMap { DatabaseFile($0) }
                let output = StandardOutput()
                if isJSON {
                    try output.write(line: json(store, backups, copies, said))
                } else {
                    for line in try lines(store, backups, copies, said) { try output.write(text: line) }
                }
                try output.flush()
                if backups.contains(where: { $0.findings?.isEmpty == false }) || said.hasDamagedBackup {
                    throw Failure(.data, "a backup is damaged; the next one replaces the oldest")
                }
            }
        }
    }

    private func findings(_ path: String) -> [String] {
        do {
            return try Store(reading: path).integrityFindings() ?? []
        } catch {
            return ["\(error)"]
        }
    }

    private func lines(
        _ store: Store, _ backups: [Backup], _ copies: [DatabaseFile], _ said: SaidStatus
    ) throws -> [String] {
        let clock = LocalClock()
        func time(_ file: DatabaseFile) -> String {
            LocalTimeText.minute(file.modified, zone: clock.zone(at: file.modified))
        }
        let file = DatabaseFile(history.path)
        let log = DatabaseFile(history.path + "-wal").map { ", log " + DatabaseFile.size($0.bytes) } ?? ""
        var lines = [
            "history   " + Printable.text(history.path, limit: 4096),
            "          \(DatabaseFile.size(file?.bytes ?? 0))\(log), tables of version \(store.version)",
        ]
        let days = try store.days()
        if let first = days.first, let last = days.last {
            lines.append("days      \(days.count), from \(first) to \(last)")
        }
        let rows = try store.rowCounts().tables.filter { $0.rows > 0 }
        for (index, table) in rows.enumerated() {
            lines.append((index == 0 ? "rows      " : "          ") + "\(table.rows) \(table.name)")
        }
        if backups.isEmpty { lines.append("backups   none yet") }
        for (index, backup) in backups.enumerated() {
            lines.append((index == 0 ? "backups   " : "          ") + backup.text(time(backup.file)))
        }
        lines += said.lines(time)
        for copy in copies {
            lines.append(
                "copy      \(Printable.text(copy.path, limit: 4096)), \(DatabaseFile.size(copy.bytes)), \(time(copy))"
            )
            if copy.path.contains(".corrupt-") {
                lines.append("          lumbarctl db recover gets back what can be had of it")
            }
        }
        return lines
    }

    private func json(
        _ store: Store, _ backups: [Backup], _ copies: [DatabaseFile], _ said: SaidStatus
    ) throws -> String {
        let clock = LocalClock()
        func describe(_ file: DatabaseFile) -> JSONObject {
            var object = JSONObject()
            object.add("path", file.path)
            object.add("bytes", file.bytes)
            object.add("modified", LocalTimeText.standard(file.modified, zone: clock.zone(at: file.modified)))
            return object
        }
        var object = JSONObject()
        object.add("type", "db_status")
        object.add("path", history.path)
        object.add("bytes", DatabaseFile(history.path)?.bytes ?? 0)
        object.add("log_bytes", DatabaseFile(history.path + "-wal")?.bytes ?? 0)
        object.add("version", Int(store.version))
        let days = try store.days()
        object.add("days", days.count)
        object.addRaw("first_day", days.first.map { JSONObject.quoted($0.description) } ?? "null")
        object.addRaw("last_day", days.last.map { JSONObject.quoted($0.description) } ?? "null")
        object.addRaw("rows", RowCountsJSON.object(try store.rowCounts()))
        let told = backups.map { backup in
            var one = describe(backup.file)
            one.addRaw("sound", backup.findings.map { $0.isEmpty ? "true" : "false" } ?? "null")
            return one.text
        }
        object.addRaw("backups", "[" + told.joined(separator: ",") + "]")
        object.addRaw("entries", said.json(describe))
        object.addRaw("copies", "[" + copies.map { describe($0).text }.joined(separator: ",") + "]")
        return object.text
    }
}

/// Numbers of rows as JSON.
enum RowCountsJSON {
    static func object(_ counts: RowCounts) -> String {
        var object = JSONObject()
        for table in counts.tables { object.add(table.name, table.rows) }
        return object.text
    }
}
