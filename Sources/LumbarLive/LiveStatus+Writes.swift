import LumbarCore
import LumbarStore

extension LiveStatus {
    /// What keeping the history costs the medium it lies on.
    public struct Writes: Sendable, Equatable {
        /// One day's.
        public struct Day: Sendable, Equatable {
            /// Which, as in 2026-11-21; nil while that was not known.
            public var date: String?
            /// Bytes that the whole program wrote, as the kernel counts them; nil when it does not.
            public var bytes: Int?
            /// Bytes of them that the history handed over.
            public var historyBytes: Int
            /// Transactions of the history.
            public var commits: Int
            /// Times that the history waited for the medium.
            public var syncs: Int
        }

        /// The day so far, or since the daemon was started if that was today.
        public var today: Day
        /// The day before, if the daemon ran then.
        public var yesterday: Day?

        /// What `writes` say.
        public init(_ writes: CardWrites) {
            today = Day(writes.today)
            yesterday = writes.yesterday.map { Day($0) }
        }

        init?(_ value: JSONValue) {
            guard let today = value["today"].flatMap({ Day($0) }) else { return nil }
            self.today = today
            yesterday = value["yesterday"].flatMap { Day($0) }
        }

        var json: String {
            var object = JSONObject()
            object.addRaw("today", today.json)
            object.addRaw("yesterday", yesterday?.json ?? "null")
            return object.text
        }

        /// `1.3 MB in 312 syncs today, 8.1 MB in 1204 yesterday`.
        var words: String {
            "\(today.words) syncs today" + (yesterday.map { ", \($0.words) yesterday" } ?? "")
        }
    }
}

extension LiveStatus.Writes.Day {
    init(_ day: CardWrites.Day) {
        self.init(
            date: day.date?.description, bytes: day.bytes, historyBytes: day.history.bytes,
            commits: day.history.commits, syncs: day.history.syncs)
    }

    init?(_ value: JSONValue) {
        guard let syncs = value["syncs"]?.int else { return nil }
        self.init(
            date: value["date"]?.text, bytes: value["bytes"]?.int,
            historyBytes: value["history_bytes"]?.int ?? 0, commits: value["commits"]?.int ?? 0, syncs: syncs)
    }

    var json: String {
        var object = JSONObject()
        object.addRaw("date", date.map(JSONObject.quoted) ?? "null")
        object.addRaw("bytes", bytes.map { String($0) } ?? "null")
        object.add("history_bytes", historyBytes)
        object.add("commits", commits)
        object.add("syncs", syncs)
        return object.text
    }

    var words: String {
        "\(DecimalText.fixed(Double(bytes ?? historyBytes) / 1e6, 1)) MB in \(syncs)"
    }
}
