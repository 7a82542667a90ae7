import LumbarCore

/// A row of what was asked for, as the tables `asked` and `control` have it, with ids instead of names.
struct AskedRow {
    var boot: Int64
    var time: Int64
    var wearer: Int64
    /// In its own word, as a newer program may know more of them.
    var kind: String
    var until: Int64?
    var untilNoted: Int64?
    var detail: String
    /// Whether it ended what was asked for before.
    var isOver: Bool
    /// When it was asked for, or, in a boot that never knew a wall clock, what time it was after.
    var wall = WallTime(nanoseconds: .min)
    /// When it ends by itself; nil when it does not, or when nobody can say.
    var end: WallTime?

    /// The columns of either table, in the order of these members; `over` is the last.
    init(_ row: Row) {
        boot = row.int(0)
        time = row.int(1)
        wearer = row.int(2)
        kind = row.text(3)
        until = row.isNull(4) ? nil : row.int(4)
        untilNoted = row.isNull(5) ? nil : row.int(5)
        detail = row.text(6)
        isOver = row.flag(7)
    }

    /// Whether it is about the same thing as `other`.
    func replaces(_ other: AskedRow) -> Bool { wearer == other.wearer && kind == other.kind }

    /// Whether it is the same row.
    func isSame(as other: AskedRow) -> Bool { replaces(other) && boot == other.boot && time == other.time }

    /// Whether it holds at `moment`, if nothing was asked for since: what has an end that nobody can place is over, as it
    /// is for the daemon (`StoredControl.placed`).
    func holds(at moment: WallTime) -> Bool {
        guard !isOver else { return false }
        guard until != nil else { return true }
        return end.map { $0 > moment } ?? false
    }
}

extension [AskedRow] {
    /// The last of each wearer and kind, of rows in the order of time.
    var latest: [AskedRow] {
        var found: [AskedRow] = []
        for row in self {
            found.removeAll { $0.replaces(row) }
            found.append(row)
        }
        return found
    }
}

extension Store {
    /// Everything that was asked for, in the order of time; with `control`, what holds now as well, before the row that asks
    /// for the same at that moment.
    ///
    /// What was asked for in a boot that cannot be placed comes behind everything of the boots before it.
    func askedRows(withControl: Bool, _ timeline: Timeline, while action: String) throws(StoreError)
        -> [AskedRow]
    {
        var rows: [AskedRow] = []
        if withControl { rows = try controlRows(while: action) }
        try database.each(
            """
            SELECT boot, time_ns, wearer, kind, until_ns, until_wall_ns, detail, over FROM asked
            ORDER BY boot, time_ns, wearer, kind
            """, while: action
        ) { row in rows.append(AskedRow(row)) }
        return inOrder(rows, timeline)
    }

    /// What holds now, as it was asked for; what is over may be among it.
    func controlRows(while action: String) throws(StoreError) -> [AskedRow] {
        var rows: [AskedRow] = []
        try database.each(
            """
            SELECT boot, time_ns, wearer, kind, until_ns, until_wall_ns, detail, 0 FROM control
            ORDER BY boot, time_ns, wearer, kind
            """, while: action
        ) { row in rows.append(AskedRow(row)) }
        return rows
    }

    /// `rows`, placed by `timeline`, in the order of time.
    func inOrder(_ rows: [AskedRow], _ timeline: Timeline) -> [AskedRow] {
        rows.map { row in
            var row = row
            let time = Instant(nanoseconds: row.time)
            row.wall =
                timeline.span(of: row.boot, at: time)?.wall(at: time)
                ?? timeline.spans.filter { $0.boot < row.boot }.map(\.clock.wall).max()
                ?? WallTime(nanoseconds: .min)
            // The clock may have been set right after it was asked for: anchors know better than the row.
            if let until = row.until.map(Instant.init(nanoseconds:)) {
                row.end =
                    timeline.span(of: row.boot, at: until)?.wall(at: until)
                    ?? row.untilNoted.map(WallTime.init(nanoseconds:))
            }
            return row
        }
        .enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.wall != b.wall { return a.wall < b.wall }
            return (a.boot, a.time, left.offset) < (b.boot, b.time, right.offset)
        }
        .map(\.element)
    }

    /// Has `row` hold from now on in place of what holds of its kind, or nothing when it ended that.
    func put(inForce row: AskedRow, while action: String) throws(StoreError) {
        try database.run(
            "DELETE FROM control WHERE wearer = ?1 AND kind = ?2", [.int(row.wearer), .text(row.kind)],
            while: action)
        guard !row.isOver else { return }
        try database.run(
            """
            INSERT INTO control (boot, time_ns, wearer, kind, until_ns, until_wall_ns, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .int(row.boot), .int(row.time), .int(row.wearer), .text(row.kind),
                row.until.map { .int($0) } ?? .null, row.untilNoted.map { .int($0) } ?? .null,
                .text(row.detail),
            ], while: action)
    }
}
