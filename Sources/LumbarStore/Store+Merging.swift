import LumbarCore

/// How many rows something was done to, by table.
public struct RowCounts: Sendable, Equatable {
    /// By the names of the tables, in the order of the schema.
    public var tables: [(name: String, rows: Int)] = []

    /// No rows.
    public init() {}

    /// In all.
    public var total: Int { tables.reduce(0) { $0 + $1.rows } }

    /// Those of one table.
    public subscript(name: String) -> Int {
        get { tables.first { $0.name == name }?.rows ?? 0 }
        set {
            if let place = tables.firstIndex(where: { $0.name == name }) {
                tables[place].rows = newValue
            } else {
                tables.append((name, newValue))
            }
        }
    }

    /// Whether both count the same.
    public static func == (left: RowCounts, right: RowCounts) -> Bool {
        left.tables.elementsEqual(right.tables) { $0.name == $1.name && $0.rows == $1.rows }
    }
}

extension Store {
    /// Takes over every row of `other` that is not here, all of them or none; returns how many, by table.
    ///
    /// Rows are the same when their keys are: those that are here stay as they are, except that a day's summary so far
    /// gives way to one of the whole day. Boots and wearers are known by their names, so that histories of two machines
    /// come together. `other` has to be of this version and closed.
    ///
    /// What holds is not taken over but follows from what was asked for in both: what was stopped here stays so, whatever an
    /// old backup still has in force.
    public func merge(_ other: String) throws(StoreError) -> RowCounts {
        let action = "merging \(other) into the history"
        try database.run("ATTACH ?1 AS other", [.text(other)], while: action)
        var counts = RowCounts()
        do {
            counts = try database.transaction(while: action) { () throws(StoreError) -> RowCounts in
                try mergeAttached(while: action)
            }
            rows = RowCache()
        } catch {
            rows = RowCache()
            try? database.run("DETACH other", while: action)
            throw error
        }
        try database.run("DETACH other", while: action)
        return counts
    }

    private func mergeAttached(while action: String) throws(StoreError) -> RowCounts {
        try database.run(
            """
            DELETE FROM main.summary WHERE complete = 0 AND EXISTS (
                SELECT 1 FROM other.summary AS t JOIN other.wearer AS o ON o.id = t.wearer
                    JOIN main.wearer AS m ON m.name = o.name
                WHERE m.id = main.summary.wearer AND t.date = main.summary.date AND t.complete = 1)
            """, while: action)
        var counts = RowCounts()
        let known = try askedRows(withControl: true, try timeline(), while: action).latest
        for shape in try TableShape.all(of: database) {
            counts[shape.name] = 0
            guard shape.name != "control" else { continue }
            let statement = try database.statement(ofOwnNames: shape.merging, while: action)
            _ = try statement.step(while: action)
            counts[shape.name] = database.changes
        }
        counts["control"] = try mergeInForce(known, while: action)
        return counts
    }

    /// Has hold what was asked for last, where that came from the other history; `known` is what was last before. Returns how
    /// much was asked for there.
    ///
    /// What was last before and still is stays as it is: what ran out is in `control` no more, and `asked` does not tell.
    private func mergeInForce(_ known: [AskedRow], while action: String) throws(StoreError) -> Int {
        let timeline = try timeline()
        var count = 0
        var latest = try askedRows(withControl: true, timeline, while: action).latest
        for row in latest where !known.contains(where: { $0.isSame(as: row) }) {
            try put(inForce: row, while: action)
            count += row.isOver ? 0 : 1
        }
        // From before version 6, when only what holds was kept, and not that it was asked for.
        for row in inOrder(try otherControlsNotAsked(while: action), timeline).reversed() {
            let own = try controlRows(while: action)
            guard !own.contains(where: { $0.replaces(row) }),
                latest.allSatisfy({ !$0.replaces(row) || $0.wall < row.wall })
            else { continue }
            try put(inForce: row, while: action)
            latest.append(row)
            count += 1
        }
        return count
    }

    private func otherControlsNotAsked(while action: String) throws(StoreError) -> [AskedRow] {
        var rows: [AskedRow] = []
        try database.each(
            """
            SELECT b.id, t.time_ns, w.id, t.kind, t.until_ns, t.until_wall_ns, t.detail, 0
            FROM other.control AS t
                JOIN other.boot AS ob ON ob.id = t.boot JOIN main.boot AS b ON b.boot_id = ob.boot_id
                JOIN other.wearer AS ow ON ow.id = t.wearer JOIN main.wearer AS w ON w.name = ow.name
            WHERE NOT EXISTS (SELECT 1 FROM other.asked AS a WHERE a.wearer = t.wearer AND a.kind = t.kind)
            ORDER BY b.id, t.time_ns, w.id, t.kind
            """, while: action
        ) { row in rows.append(AskedRow(row)) }
        return rows
    }

    /// Has hold what was asked for last of what was recovered, where a page of either table may be lost and an old copy of one
    /// be there still.
    func settleInForce(while action: String) throws(StoreError) {
        for row in try askedRows(withControl: true, try timeline(), while: action).latest {
            try put(inForce: row, while: action)
        }
    }

    /// How many rows each table has.
    public func rowCounts() throws(StoreError) -> RowCounts {
        let action = "counting rows"
        var counts = RowCounts()
        for shape in try TableShape.all(of: database) {
            let statement = try database.statement(
                ofOwnNames: "SELECT count(*) FROM \"\(shape.name)\"", while: action)
            if try statement.step(while: action) { counts[shape.name] = Row(statement: statement).count(0) }
        }
        return counts
    }
}
