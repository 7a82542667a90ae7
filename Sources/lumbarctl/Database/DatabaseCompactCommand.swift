import ArgumentParser
import LumbarCore
import LumbarStore

/// `lumbarctl db compact`: gives space back.
struct DatabaseCompactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Write the history anew, without the space that deleted rows have left.",
        discussion: """
            The daemon has to be stopped meanwhile: systemctl stop lumbard. As much free space as the file has is needed.

            Exit status: 0 done, 66 there is no history, 69 the daemon runs, 73 there is not enough space, 77 not allowed.
            """)

    @Flag(
        name: .customLong("json"), help: "Print one JSON object, as docs/schema/db.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            // Read first: a wrong path must not make a new history.
            _ = try history.open()
            let before = DatabaseFile(history.path)?.bytes ?? 0
            try Failure.changing("db compact") {
                try Store(writing: history.path, bootID: "", host: CommandHost()).compact()
            }
            let after = DatabaseFile(history.path)?.bytes ?? 0
            let output = StandardOutput()
            if isJSON {
                var object = JSONObject()
                object.add("type", "db_compact")
                object.add("path", history.path)
                object.add("bytes_before", before)
                object.add("bytes", after)
                try output.write(line: object.text)
            } else {
                try output.write(
                    line: "\(DatabaseFile.size(before)) before, \(DatabaseFile.size(after)) now.")
            }
            try output.flush()
        }
    }
}
