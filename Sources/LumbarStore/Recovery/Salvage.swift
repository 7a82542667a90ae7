import LumbarCore

/// Gets out of a damaged database file what can be had, page by page.
///
/// Every page that looks like one with rows is read by itself, whether or not the pages that should lead to it are whole,
/// and every row in it that looks like one of ours is stored in a new file. A page has no checksum: a number that was
/// changed into another passes, and only what became impossible is refused.
public struct Salvage {
    /// What was found.
    public struct Outcome: Sendable, Equatable {
        /// Pages of the file.
        public var pages = 0
        /// Pages that could not be read at all.
        public var unreadable = 0
        /// Pages that hold rows, or lead to such.
        public var treePages = 0
        /// Places in them that hold no row any more.
        public var damagedRows = 0
        /// Rows that look like those of no table, or of several.
        public var unplacedRows = 0
        /// Rows that were got out, by table.
        public var rows = RowCounts()
        /// Boots and wearers whose own rows are lost; they are called `recovered-N`.
        public var renamed = 0

        /// Nothing yet.
        public init() {}
    }

    private let file: PageFile
    private let store: Store
    private let shapes: [TableShape]
    private var statements: [Statement] = []
    /// The table a page belongs to, where what leads to it is whole.
    private var owners: [Int: Int] = [:]
    private(set) var outcome = Outcome()

    /// Reads a file of `size` bytes, and the log beside it, into `store`, which is new and empty.
    ///
    /// `isOver` is asked every so many pages; true gives it up, and nil is returned.
    public static func run(
        size: Int, read: @escaping (_ offset: Int, _ count: Int) -> [UInt8]?, logSize: Int,
        readLog: @escaping (_ offset: Int, _ count: Int) -> [UInt8]?, into store: Store,
        progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws(StoreError) -> Outcome {
        let file = PageFile(read: read, size: size, readLog: readLog, logSize: logSize)
        var salvage = try Salvage(file, store)
        try salvage.run(progress)
        return salvage.outcome
    }

    private init(_ file: PageFile, _ store: Store) throws(StoreError) {
        self.file = file
        self.store = store
        shapes = try TableShape.all(of: store.database)
        for shape in shapes {
            statements.append(
                try store.database.statement(ofOwnNames: shape.insertion, while: "recovering rows"))
        }
    }

    private mutating func run(_ progress: (Int, Int) -> Void) throws(StoreError) {
        let action = "recovering rows"
        let database = store.database
        // Rows come in any order, and those that others belong to may be lost.
        try database.run("PRAGMA foreign_keys = OFF", while: action)
        findOwners()
        outcome.pages = file.count
        try database.run("BEGIN IMMEDIATE", while: action)
        if file.count > 0 {
            for number in 1...file.count {
                try take(number)
                if number % 256 == 0 { progress(number, file.count) }
            }
        }
        try nameTheLost(while: action)
        try store.settleInForce(while: action)
        try database.run("COMMIT", while: action)
        try database.run("PRAGMA foreign_keys = ON", while: action)
        progress(file.count, file.count)
    }

    private mutating func take(_ number: Int) throws(StoreError) {
        guard let bytes = file.page(number) else {
            outcome.unreadable += 1
            return
        }
        guard let page = TreePage(bytes, number: number, in: file) else { return }
        outcome.treePages += 1
        for cell in page.cells where page.kind != .tableInner {
            guard let values = cell.values else {
                outcome.damagedRows += 1
                continue
            }
            try take(values, rowID: cell.rowID, from: number)
        }
    }

    private mutating func take(_ values: [SQLValue], rowID: Int64?, from page: Int) throws(StoreError) {
        // An index of names, and the schema itself.
        guard !Self.isSchema(values), rowID != nil || values.count > 2 else { return }
        var fitting = shapes.indices.filter {
            shapes[$0].hasRowID == (rowID != nil) && shapes[$0].fits(values)
        }
        if let owner = owners[page], fitting.contains(owner) { fitting = [owner] }
        if fitting.count > 1, values.count == 2, case .text(let name) = values[1] {
            // Two tables of names: boots are called by 32 hexadecimal digits.
            let isBoot = name.utf8.count == 32 && name.allSatisfy(\.isHexDigit)
            fitting = fitting.filter { (shapes[$0].name == "boot") == isBoot }
        }
        guard let place = fitting.first, fitting.count == 1 else {
            outcome.unplacedRows += 1
            return
        }
        var row = values + Array(repeating: .null, count: shapes[place].columns.count - values.count)
        if let rowID { row[0] = .int(rowID) }
        let statement = statements[place]
        defer { statement.reset() }
        try statement.bind(row, while: "recovering rows")
        _ = try statement.step(while: "recovering rows")
        outcome.rows[shapes[place].name] += store.database.changes
    }

    /// `type`, `name`, `tbl_name`, `rootpage`, `sql`.
    private static func isSchema(_ values: [SQLValue]) -> Bool {
        guard values.count == 5, case .text(let type) = values[0] else { return false }
        return ["table", "index", "trigger", "view"].contains(type)
    }

    /// Follows every table from its first page down, as far as pages are whole.
    private mutating func findOwners() {
        guard file.count > 0 else { return }
        for number in 1...file.count {
            guard let bytes = file.page(number),
                bytes[number == 1 ? 100 : 0] == TreePage.Kind.tableLeaf.rawValue,
                let page = TreePage(bytes, number: number, in: file)
            else { continue }
            for cell in page.cells {
                guard let values = cell.values, Self.isSchema(values), case .text("table") = values[0],
                    case .text(let name) = values[1], case .int(let root) = values[3],
                    let table = shapes.firstIndex(where: { $0.name == name })
                else { continue }
                follow(Int(clamping: root), table)
            }
        }
    }

    private mutating func follow(_ root: Int, _ table: Int) {
        var ahead = [root]
        while let number = ahead.popLast() {
            guard number > 1, owners[number] == nil, let bytes = file.page(number),
                let page = TreePage(bytes, number: number, in: file)
            else { continue }
            owners[number] = table
            ahead += page.cells.compactMap(\.child)
            if let last = page.last { ahead.append(last) }
        }
    }

    /// Gives names to the boots and wearers that rows speak of and whose own rows are lost.
    private mutating func nameTheLost(while action: String) throws(StoreError) {
        for shape in shapes {
            for column in shape.columns {
                guard let parent = column.refersTo else { continue }
                let label = parent == "boot" ? "boot_id" : "name"
                let statement = try store.database.statement(
                    ofOwnNames: "INSERT OR IGNORE INTO \"\(parent)\" (id, \(label)) "
                        + "SELECT DISTINCT \"\(column.name)\", 'recovered-' || \"\(column.name)\" FROM \"\(shape.name)\" "
                        + "WHERE \"\(column.name)\" NOT IN (SELECT id FROM \"\(parent)\")",
                    while: action)
                _ = try statement.step(while: action)
                outcome.renamed += store.database.changes
            }
        }
    }
}
