/// Lines with aligned columns, two spaces between them.
struct TextTable {
    /// Where the text of a column stands.
    enum Side {
        case left
        case right
    }

    private let sides: [Side]
    private var rows: [[String]] = []

    init(_ header: [String], _ sides: [Side]) {
        precondition(header.count == sides.count, "a side for each column")
        self.sides = sides
        rows.append(header)
    }

    mutating func append(_ row: [String]) {
        precondition(row.count == sides.count, "a text for each column")
        rows.append(row)
    }

    /// The header, then the rows; `style` may wrap the finished text of a row.
    func lines(style: (Int, String) -> String = { _, text in text }) -> [String] {
        let widths = sides.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.enumerated().map { index, row in
            var line = ""
            for (column, text) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - text.count)
                let isLast = column == row.count - 1
                line += sides[column] == .right ? space + text : text + (isLast ? "" : space)
                if !isLast { line += "  " }
            }
            // What stands last may be nothing.
            while line.last == " " { line.removeLast() }
            return style(index - 1, line)
        }
    }
}
