import LumbarCore
import LumbarLive
import LumbarStore

/// What people said, on its way from an export into the file that holds it.
struct ImportedEntries {
    private var entries: [ImportedEntry] = []

    /// Takes an entry.
    mutating func take(_ entry: ImportedEntry) { entries.append(entry) }

    /// Stores what is not there yet, and later edits; returns how many are new.
    func store(beside history: HistoryOptions) throws -> Int {
        guard !entries.isEmpty else { return 0 }
        let file = try history.writableEntries()
        let before = try Self.count(file)
        for entry in entries {
            switch entry {
            case .load(let load): try file.append(load)
            case .diary(let entry): try file.append(entry)
            case .acknowledgement(let answer): try file.append(answer)
            }
        }
        return try Self.count(file) - before
    }

    private static func count(_ file: Entries) throws -> Int {
        try file.loads().count + file.diary().count + file.acknowledgements().count
    }
}
