import ArgumentParser
import LumbarCore
import LumbarStore

/// `lumbarctl db backup`: a copy of the history, to take elsewhere.
struct DatabaseBackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the history to a file and check the copy.",
        discussion: """
            The daemon may run meanwhile. FILE must not exist yet, and is readable by its owner only. What people said \
            (loads, diary, answers to alerts) goes to FILE.entries. What is in them can be taken over again with lumbarctl \
            db recover FILE, on this machine or another.

            Exit status: 0 done, 66 there is no history, 73 the file cannot be made, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("Where to.", valueName: "file"), completion: .file())
    var target: String

    @Flag(
        name: .customLong("json"), help: "Print one JSON object, as docs/schema/db.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            let store = try history.open()
            let entries = try history.entries()
            let beside = entries.map { _ in Entries.path(beside: target) }
            for path in [target] + [beside].compactMap({ $0 }) where DatabaseFile(path) != nil {
                throw Failure(
                    .cannotCreate, "\(path) is there already; choose another name or remove it first")
            }
            do {
                try store.copy(to: target, host: CommandHost())
                if let entries, let beside { try entries.copy(to: beside, host: CommandHost()) }
            } catch let error as StoreError {
                // It is the copy that cannot be made, wherever the reason lies.
                throw error.kind == .missing ? Failure(.cannotCreate, error.description) : Failure(error)
            }
            let bytes = DatabaseFile(target)?.bytes ?? 0
            let output = StandardOutput()
            if isJSON {
                var object = JSONObject()
                object.add("type", "db_backup")
                object.add("path", target)
                object.add("bytes", bytes)
                object.addRaw("entries", beside.map(JSONObject.quoted) ?? "null")
                try output.write(line: object.text)
            } else {
                for file in [target, beside].compactMap({ $0.flatMap { DatabaseFile($0) } }) {
                    let name = Printable.text(file.path, limit: 4096)
                    try output.write(line: "Copied and checked: \(name), \(DatabaseFile.size(file.bytes))")
                }
            }
            try output.flush()
        }
    }
}
