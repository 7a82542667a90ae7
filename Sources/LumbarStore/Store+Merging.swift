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
        for shape in try TableShape.all(of: database) {
            let statement = try database.statement(ofOwnNames: shape.merging, while: action)
            _ = try statement.step(while: action)
            counts[shape.name] = database.changes
        }
        return counts
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
