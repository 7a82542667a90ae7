import LumbarCore

/// Everything that was asked for, and how well upright was known, in the order of time.
extension Store {
    /// Notes what was asked for, beside what holds now (`append(control:)`); nothing of what nobody asked for.
    func insert(note control: AskedControl, boot: Int64, while action: String) throws(StoreError) {
        guard let time = control.asked else { return }
        try database.run(
            """
            INSERT OR REPLACE INTO asked (boot, time_ns, wearer, kind, detail, until_ns, until_wall_ns, over)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .int(boot), .int(time.nanoseconds), .int(try wearerRow(control.wearer, while: action)),
                .text(control.kind.rawValue), .text(control.term?.detail ?? ""),
                control.term?.until.map { .int($0.nanoseconds) } ?? .null,
                control.term?.untilWall.map { .int($0.nanoseconds) } ?? .null,
                .flag(control.term == nil),
            ], while: action)
    }

    func insert(
        _ trust: MountTrust, of wearer: WearerID, at time: Instant, boot: Int64, while action: String
    ) throws(StoreError) {
        try database.run(
            "INSERT OR REPLACE INTO trust (boot, time_ns, wearer, trust) VALUES (?, ?, ?, ?)",
            [
                .int(boot), .int(time.nanoseconds), .int(try wearerRow(wearer, while: action)),
                .text(trust.rawValue),
            ], while: action)
    }

    /// What was asked for in a boot; kinds that this program does not know are passed over.
    func eachAsked(
        boot: Int64, from: Instant = Instant(nanoseconds: .min), until: Instant = Instant(nanoseconds: .max),
        _ body: (AskedControl) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, time_ns, kind, detail, until_ns, until_wall_ns, over
            FROM asked JOIN wearer ON wearer.id = asked.wearer
            WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 ORDER BY time_ns, kind
            """, [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds)],
            while: "reading what was asked for"
        ) { row throws(StoreError) in
            guard var control = Store.asked(in: row) else { return }
            if row.flag(6) { control.term = nil }
            try body(control)
        }
    }

    /// What was asked for by a row of a name, a moment, a kind, its words and its end; nil of a kind that is not known.
    private static func asked(in row: Row) -> AskedControl? {
        guard let kind = AskedControl.Kind(rawValue: row.text(2)) else { return nil }
        let time = Instant(nanoseconds: row.int(1))
        let term = AskedControl.Term(
            since: time, until: row.isNull(4) ? nil : Instant(nanoseconds: row.int(4)),
            untilWall: row.isNull(5) ? nil : WallTime(nanoseconds: row.int(5)), detail: row.text(3))
        return AskedControl(wearer: WearerID(row.text(0)), kind: kind, term: term, asked: time)
    }

    /// What holds in a boot and was asked for before version 6, when that was not noted beside it.
    func eachControlNotAsked(
        boot: Int64, _ body: (AskedControl, Instant) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, time_ns, kind, detail, until_ns, until_wall_ns
            FROM control JOIN wearer ON wearer.id = control.wearer
            WHERE boot = ?1 AND NOT EXISTS (
                SELECT 1 FROM asked WHERE asked.wearer = control.wearer AND asked.kind = control.kind)
            ORDER BY time_ns, kind
            """, [.int(boot)], while: "reading what was asked for"
        ) { row throws(StoreError) in
            guard let control = Store.asked(in: row), let time = control.asked else { return }
            try body(control, time)
        }
    }

    /// Everything of one kind that a wearer asked for, over or not, in the order of time, with its place.
    public func asked(
        _ kind: AskedControl.Kind, by wearer: WearerID
    ) throws(StoreError) -> [(control: AskedControl, place: Place)] {
        var found: [(control: AskedControl, place: Place)] = []
        for span in try timeline().spans {
            try eachAsked(boot: span.boot, from: span.from, until: span.until) {
                control throws(StoreError) in
                guard control.kind == kind, control.wearer == wearer, let time = control.asked else { return }
                found.append((control, Store.place(time, in: span)))
            }
        }
        found.sort { ($0.place.wall?.nanoseconds ?? 0) < ($1.place.wall?.nanoseconds ?? 0) }
        return found
    }

    /// How well upright was known in a boot, from each moment on.
    func eachTrust(
        boot: Int64, from: Instant = Instant(nanoseconds: .min), until: Instant = Instant(nanoseconds: .max),
        _ body: (MountTrust, WearerID, Instant) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, time_ns, trust FROM trust JOIN wearer ON wearer.id = trust.wearer
            WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 ORDER BY time_ns
            """, [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds)],
            while: "reading how well upright was known"
        ) { row throws(StoreError) in
            guard let trust = MountTrust(rawValue: row.text(2)) else { return }
            try body(trust, WearerID(row.text(0)), Instant(nanoseconds: row.int(1)))
        }
    }
}
