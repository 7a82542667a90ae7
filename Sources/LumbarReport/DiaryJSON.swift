import LumbarCore

/// Diary entries as JSON.
public enum DiaryJSON {
    /// One line for an entry; times by the clock it was written by.
    public static func line(_ entry: DiaryEntry) -> String {
        var object = JSONObject()
        object.add("type", "diary")
        object.addRaw("id", String(entry.id))
        object.add("time", LocalTimeText.standard(entry.time, zone: entry.zone))
        object.addRaw("end", entry.end.map { quoted($0, entry) } ?? "null")
        object.addRaw("pain", entry.pain.map { String($0) } ?? "null")
        object.add("kind", entry.kind.rawValue)
        object.add("note", entry.note)
        object.add("wearer", entry.wearer.text)
        object.addRaw("written", quoted(entry.written, entry))
        object.addRaw("edited", quoted(entry.edited, entry))
        object.add("uuid", entry.uniqueID.description)
        return object.text
    }

    private static func quoted(_ time: WallTime, _ entry: DiaryEntry) -> String {
        JSONObject.quoted(LocalTimeText.standard(time, zone: entry.zone))
    }
}
