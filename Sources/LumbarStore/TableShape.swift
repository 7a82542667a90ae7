import LumbarCore

/// A table of the schema, as SQLite describes it in a file that this program made.
struct TableShape {
    /// A column.
    struct Column {
        var name: String
        /// INTEGER, REAL, TEXT or BLOB: all tables are STRICT.
        var type: String
        var isRequired: Bool
        /// The table whose id stands here.
        var refersTo: String?
    }

    var name: String
    /// In the order in which a row stores them: the key's first where there is no row id.
    var columns: [Column]
    /// Whether a row has an id of its own, stored apart from its columns: the first of them.
    var hasRowID: Bool

    /// How many columns a row must have at least: columns that a later version added may be missing.
    var required: Int { (columns.lastIndex { $0.isRequired } ?? -1) + 1 }

    /// Every table of `database`, those that others refer to first.
    static func all(of database: Database) throws(StoreError) -> [TableShape] {
        let action = "reading the tables"
        var names: [(name: String, hasRowID: Bool)] = []
        try database.each(
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name",
            while: action
        ) { row in
            if !row.text(0).hasPrefix("sqlite_") { names.append((row.text(0), !row.flag(1))) }
        }
        var shapes: [TableShape] = []
        for (name, hasRowID) in names {
            shapes.append(
                TableShape(
                    name: name, columns: try columns(of: name, hasRowID: hasRowID, in: database),
                    hasRowID: hasRowID))
        }
        return shapes.filter { !$0.isChild } + shapes.filter(\.isChild)
    }

    /// Whether its rows belong to those of other tables.
    var isChild: Bool { columns.contains { $0.refersTo != nil } }

    private static func columns(
        of table: String, hasRowID: Bool, in database: Database
    ) throws(StoreError) -> [Column] {
        let action = "reading the columns of \(table)"
        var parents: [(column: String, table: String)] = []
        try database.each(
            "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)", [.text(table)], while: action
        ) {
            row in parents.append((row.text(0), row.text(1)))
        }
        var found: [(key: Int, column: Column)] = []
        try database.each(
            "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1)", [.text(table)], while: action
        ) {
            row in
            let name = row.text(0)
            found.append(
                (
                    row.count(3),
                    Column(
                        name: name, type: row.text(1), isRequired: row.flag(2),
                        refersTo: parents.first { $0.column == name }?.table)
                ))
        }
        guard !hasRowID else { return found.map(\.column) }
        let key = found.filter { $0.key > 0 }.sorted { $0.key < $1.key }
        return (key + found.filter { $0.key == 0 }).map(\.column)
    }

    /// Whether `values`, as they were stored, may be a row of this table.
    func fits(_ values: [SQLValue]) -> Bool {
        guard (required...columns.count).contains(values.count) else { return false }
        for (index, (value, column)) in zip(values, columns).enumerated() {
            // The id itself is stored apart, and NULL stands in its place.
            if hasRowID, index == 0 {
                guard case .null = value else { return false }
                continue
            }
            switch (value, column.type) {
            case (.null, _): if column.isRequired { return false }
            // A whole number is stored as one in a column of real numbers too.
            case (.int, "INTEGER"), (.int, "REAL"), (.real, "REAL"), (.text, "TEXT"), (.blob, "BLOB"): break
            default: return false
            }
        }
        return true
    }

    /// A statement that stores a row of all columns, unless there is one with its key.
    var insertion: String {
        let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT OR IGNORE INTO \"\(name)\" (\(names)) VALUES (\(places))"
    }

    /// A statement that stores the rows which the attached database `other` has and this one has not, with the ids that
    /// wearers and boots have here.
    var merging: String {
        let own = columns.filter { !(hasRowID && $0.name == "id") }
        let names = own.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let values = own.map { column -> String in
            guard let parent = column.refersTo else { return "t.\"\(column.name)\"" }
            let label = parent == "boot" ? "boot_id" : "name"
            return
                "(SELECT m.id FROM main.\"\(parent)\" AS m JOIN other.\"\(parent)\" AS o ON o.\"\(label)\" = m.\"\(label)\" "
                + "WHERE o.id = t.\"\(column.name)\")"
        }
        let order = hasRowID ? " ORDER BY t.id" : ""
        return "INSERT OR IGNORE INTO main.\"\(name)\" (\(names)) SELECT \(values.joined(separator: ", ")) "
            + "FROM other.\"\(name)\" AS t WHERE true" + order
    }
}
