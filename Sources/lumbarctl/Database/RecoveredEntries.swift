import LumbarCore
import LumbarStore

/// What people said, taken over from a backup.
struct RecoveredEntries {
    private let source: String
    private let found: Int
    private let added: Int
    private let movedAside: String?

    /// Takes over the file `source` beside a history.
    init(_ source: String, beside history: String) throws {
        self.source = source
        let host = CommandHost(isToRename: true)
        (found, added, movedAside) = try Failure.translating {
            try Entries.recover(source, beside: history, host: host)
        }
    }

    /// In words.
    var lines: [String] {
        var lines = [
            Printable.text(source, limit: 4096),
            "  \(found) loads, diary entries and answers to alerts in it, \(added) of them new",
        ]
        if let movedAside {
            lines.append(
                "  the file there was is damaged, and now \(Printable.text(movedAside, limit: 4096))")
        }
        return lines
    }

    /// As JSON.
    var json: String {
        var object = JSONObject()
        object.add("path", source)
        object.add("found", found)
        object.add("added", added)
        object.addRaw("moved_aside", movedAside.map(JSONObject.quoted) ?? "null")
        return object.text
    }
}
