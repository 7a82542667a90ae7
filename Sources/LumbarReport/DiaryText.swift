import LumbarCore

/// Diary entries in words.
public enum DiaryText {
    /// `spasm, pain 6 of 10, 2026-11-21 07:10 to 2026-11-23 12:00`.
    public static func line(_ entry: DiaryEntry) -> String {
        var text = entry.kind.rawValue
        if let pain = entry.pain { text += ", pain \(pain) of 10" }
        text += ", " + LocalTimeText.minute(entry.time, zone: entry.zone)
        if let end = entry.end { text += " to " + LocalTimeText.minute(end, zone: entry.zone) }
        return text
    }

    /// The entries as a table, the header first; none without entries.
    public static func table(_ entries: [DiaryEntry]) -> [String] {
        guard let first = entries.first else { return [] }
        let hasSeveralWearers = entries.contains { $0.wearer != first.wearer }
        var header = ["ENTRY", "BEGAN", "OVER", "PAIN", "KIND", "NOTE"]
        var sides: [TextTable.Side] = [.right, .left, .left, .right, .left, .left]
        if hasSeveralWearers {
            header.insert("WEARER", at: 1)
            sides.insert(.left, at: 1)
        }
        var table = TextTable(header, sides)
        for entry in entries {
            var row = [
                String(entry.id), LocalTimeText.minute(entry.time, zone: entry.zone),
                entry.end.map { LocalTimeText.minute($0, zone: entry.zone) } ?? "-",
                entry.pain.map { String($0) } ?? "-", entry.kind.rawValue,
                Printable.text(entry.note, limit: 1000),
            ]
            if hasSeveralWearers { row.insert(Printable.text(entry.wearer.text, limit: 24), at: 1) }
            table.append(row)
        }
        return table.lines()
    }
}
