import ArgumentParser
import LumbarCore
import LumbarLive
import LumbarReport
import LumbarStore

/// `lumbarctl import`: takes in what `lumbarctl export` printed, here or on another machine.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in histories that lumbarctl export printed.",
        discussion: """
            lumbarctl export > mine.jsonl
            sudo lumbarctl import mine.jsonl

            Rows that the history has already are left as they are, so importing twice changes nothing, and the histories \
            of two machines come together; of snoozes, pauses, profiles and trainings, the one that was asked for last \
            holds then, unless it was ended. When a line is wrong it is named, and nothing at all is taken in. FILE may be \
            compressed with gzip; - is the standard input. The daemon has to be stopped meanwhile: systemctl stop \
            lumbard. Lines need what exports of this version have: take one from an older machine after updating it.

            Exit status: 0 done, 65 a line is wrong, 66 a file or the history is not there, 69 the daemon runs, 73 there \
            is not enough space, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("What was exported.", valueName: "file"), completion: .file())
    var files: [String]

    @Flag(
        name: .customLong("json"), help: "Print one JSON object, as docs/schema/db.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            // Read first: a wrong path must not make a new history.
            _ = try history.open()
            let words = "import " + files.map(ShellWord.quoted).joined(separator: " ")
            let taken: (lines: Int, added: RowCounts, entries: Int) = try Failure.changing(words) {
                try take()
            }
            let output = StandardOutput()
            if isJSON {
                var object = JSONObject()
                object.add("type", "import")
                object.add("lines", taken.lines)
                object.addRaw("added", RowCountsJSON.object(taken.added))
                object.add("entries", taken.entries)
                try output.write(line: object.text)
            } else {
                try output.write(
                    line: "\(taken.lines) lines read; \(taken.added.total + taken.entries) rows were new.")
            }
            try output.flush()
        }
    }

    private func take() throws -> (lines: Int, added: RowCounts, entries: Int) {
        // The lock first: nothing is done in vain.
        let store = try Store(writing: history.path, bootID: "", host: CommandHost())
        let draft = StagingHistory(beside: history.path)
        defer { draft.delete() }
        let staging = try draft.open()
        var entries = ImportedEntries()
        var lines = 0
        for file in files {
            var batch: [(row: StoreRow, bootID: String)] = []
            try NumberedLines(try InputFile(path: file)).each { line, number in
                lines += 1
                do {
                    switch try ImportedLine(line) {
                    case .rows(let rows): batch += rows
                    case .entry(let entry): entries.take(entry)
                    }
                } catch let fault as ImportFault {
                    throw Failure(.data, "\(file), line \(number): \(fault); nothing was taken in")
                }
                if batch.count >= 1000 {
                    try staging.append(batch, while: "reading \(file)")
                    batch.removeAll(keepingCapacity: true)
                }
            }
            try staging.append(batch, while: "reading \(file)")
        }
        draft.close(staging)
        let added = try store.merge(draft.path)
        return (lines, added, try entries.store(beside: history))
    }
}
