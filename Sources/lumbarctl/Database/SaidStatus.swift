import LumbarCore
import LumbarReport
import LumbarStore

/// The file of what people said, as `lumbarctl db status` tells of it.
struct SaidStatus {
    private var file: DatabaseFile?
    private var counts = (loads: 0, diary: 0, acknowledgements: 0)
    /// Why it cannot be read.
    private var damage: String?
    private var backups: [DatabaseStatusCommand.Backup] = []

    /// Looks at what was said beside a history, and at its backups.
    init(beside history: HistoryOptions, isToVerify: Bool) throws {
        let path = Entries.path(beside: history.path)
        do {
            if let entries = try history.entries() {
                file = DatabaseFile(path)
                counts = try entries.rowCounts()
            }
        } catch let error as Failure where error.status == .data {
            (file, damage) = (DatabaseFile(path), error.message)
        } catch let error as StoreError where error.kind == .corrupt {
            (file, damage) = (DatabaseFile(path), error.description)
        }
        backups = Entries.backups(beside: history.path).compactMap { DatabaseFile($0) }.map { file in
            DatabaseStatusCommand.Backup(file: file, findings: isToVerify ? Self.findings(file.path) : nil)
        }
    }

    /// Whether a check found one damaged.
    var hasDamagedBackup: Bool { backups.contains { $0.findings?.isEmpty == false } }

    /// What is wrong with the file at `path`.
    static func findings(_ path: String) -> [String] {
        do {
            return try Entries(reading: path)?.integrityFindings() ?? []
        } catch {
            return ["\(error)"]
        }
    }

    /// A few lines; none when nothing was ever said.
    func lines(_ time: (DatabaseFile) -> String) -> [String] {
        guard let file else { return [] }
        var lines = ["said      \(Printable.text(file.path, limit: 4096)), \(DatabaseFile.size(file.bytes))"]
        if let damage {
            lines.append("          damaged: \(Printable.text(damage, limit: 200))")
            lines.append("          lumbarctl db recover takes over the newest backup")
        } else {
            let parts = [
                (counts.loads, "loads"), (counts.diary, "diary"), (counts.acknowledgements, "answers"),
            ]
            lines.append("          " + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
        }
        for (index, backup) in backups.enumerated() {
            lines.append(
                (index == 0 ? "its       " : "          ") + "backup of " + backup.text(time(backup.file)))
        }
        if backups.isEmpty { lines.append("          no backup yet") }
        return lines
    }

    /// The same as JSON; `null` when nothing was ever said.
    func json(_ describe: (DatabaseFile) -> JSONObject) -> String {
        guard let file else { return "null" }
        var object = describe(file)
        object.add("readable", damage == nil)
        object.add("loads", counts.loads)
        object.add("diary", counts.diary)
        object.add("acknowledgements", counts.acknowledgements)
        let told = backups.map { backup in
            var one = describe(backup.file)
            one.addRaw("sound", backup.findings.map { $0.isEmpty ? "true" : "false" } ?? "null")
            return one.text
        }
        object.addRaw("backups", "[" + told.joined(separator: ",") + "]")
        return object.text
    }
}
