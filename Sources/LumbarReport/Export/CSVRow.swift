import LumbarCore

/// One line of a CSV table (RFC 4180), cell by cell.
///
/// Spreadsheets run a text that begins with one of `= + - @` as a formula, wherever it came from: such a text gets an
/// apostrophe before it. Numbers are numbers and keep their sign.
struct CSVRow {
    private(set) var text = ""
    private var isEmpty = true

    /// Adds a cell that is a number, a time or a word of ours.
    mutating func add(_ plain: String) {
        if !isEmpty { text += "," }
        isEmpty = false
        text += plain
    }

    /// Adds a text that people or devices made.
    mutating func add(free text: String) { add(CSVRow.cell(free: text)) }

    /// `text` as a cell: nothing in it can break the line, disturb a terminal, or run.
    static func cell(free text: String) -> String {
        var safe = Printable.text(text, limit: 100_000)
        if let first = text.unicodeScalars.first, begins(formula: first) { safe = "'" + safe }
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0 == "'" }) else { return safe }
        var quoted = "\""
        for character in safe.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }

    /// Whether spreadsheets may take a text for a formula; tabs and line ends before one are skipped by some.
    private static func begins(formula scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }
}

/// The cells of one row by the names of its columns; what has no column is left out.
struct CSVCells: KeyedValues {
    private let columns: CSVColumns
    private var cells: [String]

    init(_ columns: CSVColumns) {
        self.columns = columns
        cells = Array(repeating: "", count: columns.names.count)
    }

    /// The row.
    var line: String {
        var row = CSVRow()
        for cell in cells { row.add(cell) }
        return row.text
    }

    private mutating func set(_ key: String, _ cell: String) {
        if let index = columns.index[key] { cells[index] = cell }
    }

    mutating func add(_ key: String, _ value: String) { set(key, CSVRow.cell(free: value)) }
    mutating func add(_ key: String, _ value: Int) { set(key, String(value)) }
    mutating func add(_ key: String, _ value: Bool) { set(key, value ? "true" : "false") }

    mutating func add(_ key: String, _ value: Double, decimals: Int) {
        set(key, value.isFinite ? DecimalText.fixed(value, decimals) : "")
    }

    mutating func addRaw(_ key: String, _ json: String) { set(key, json == "null" ? "" : json) }
    mutating func add(_ key: String, words: [String]) { set(key, words.joined(separator: " ")) }

    /// A moment: `KEY_time` is local with its offset, `KEY_epoch_s` counts from 1970.
    mutating func add(_ key: String, at wall: WallTime?, _ zone: ZoneRule) {
        guard let wall else { return }
        let prefix = key.isEmpty ? "" : key + "_"
        set(prefix + "time", ExportTime.text(wall, zone))
        set(prefix + "epoch_s", ExportTime.epoch(wall))
    }
}

/// The columns of a table in order.
struct CSVColumns: Sendable {
    let names: [String]
    let index: [String: Int]

    init(_ names: [String]) {
        self.names = names
        index = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    }
}
