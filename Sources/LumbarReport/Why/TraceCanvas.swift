/// Degrees from the lowest row to the highest, in steps that people read easily.
struct Scale {
    let low: Double
    let high: Double
    private let rows: Int
    private let step: Int

    /// One that holds all of `degrees`, and upright.
    init(_ degrees: [Int], rows: Int) {
        self.rows = rows
        let (least, most) = (min(0, degrees.min() ?? 0), max(15, degrees.max() ?? 15))
        // A label every second row.
        let parts = (rows - 1) / 2
        let step = [5, 10, 15, 20, 30, 45, 60, 90].first { size in
            let bottom = Self.down(least, size)
            return bottom + size * parts >= most
        }
        self.step = step ?? 90
        low = Double(Self.down(least, self.step))
        high = low + Double(self.step * parts)
    }

    private static func down(_ value: Int, _ step: Int) -> Int {
        value >= 0 ? value / step * step : -((-value + step - 1) / step) * step
    }

    /// Where an angle is between the middle of the lowest row, 0, and that of the highest, 1.
    func share(_ degrees: Double) -> Double { min(1, max(0, (degrees - low) / (high - low))) }

    /// What stands at the left of a row, the highest first; every second has something.
    func label(_ row: Int) -> Int? {
        let fromBottom = rows - 1 - row
        return fromBottom % 2 == 0 ? Int(low) + fromBottom / 2 * step : nil
    }
}

/// Rows of characters that a curve is drawn on: in dots of braille, eight to a character, or with asterisks.
struct TraceCanvas {
    private let width: Int
    private let rows: Int
    private let isFine: Bool
    private var dots: [Bool]
    private var level: Int?
    private var column: Int?

    private var across: Int { isFine ? 2 * width : width }
    private var down: Int { isFine ? 4 * rows : rows }

    init(width: Int, rows: Int, isFine: Bool) {
        self.width = width
        self.rows = rows
        self.isFine = isFine
        dots = Array(repeating: false, count: (isFine ? 8 : 1) * width * rows)
    }

    /// Draws a line across, at a share of the height between the middles of the lowest and the highest row.
    mutating func level(_ share: Double) { level = rows - 1 - Int((share * Double(rows - 1)).rounded()) }

    /// Draws a line down.
    mutating func column(_ place: Int) { column = place }

    /// Draws values over the whole width, each at its share of the height; a gap where there is none.
    mutating func curve(_ shares: [Double?]) {
        guard !shares.isEmpty else { return }
        var before: Int?
        for x in 0..<across {
            guard let share = shares[min(shares.count - 1, x * shares.count / across)] else {
                before = nil
                continue
            }
            let y = height(share)
            // Steep parts are joined.
            for step in min(y, before ?? y)...max(y, before ?? y) { dots[step * across + x] = true }
            before = y
        }
    }

    private func height(_ share: Double) -> Int {
        let middle = isFine ? 1.5 : 0
        let from = Double(down - 1) - middle
        return min(down - 1, max(0, Int((from - share * (from - middle)).rounded())))
    }

    /// The rows, the highest first.
    var lines: [String] {
        (0..<rows).map { row in
            var line = ""
            for place in 0..<width { line.append(character(row, place)) }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func character(_ row: Int, _ place: Int) -> Character {
        if let drawn = isFine ? braille(row, place) : dots[row * across + place] ? "*" : nil { return drawn }
        if place == column { return isFine ? "┊" : ":" }
        if row == level { return isFine ? "┄" : "-" }
        return " "
    }

    /// The bits of the dots in a character, the left column first, each from the top down.
    private static let bits: [UInt32] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]

    private func braille(_ row: Int, _ place: Int) -> Character? {
        var pattern: UInt32 = 0
        for x in 0..<2 {
            for y in 0..<4 where dots[(4 * row + y) * across + 2 * place + x] {
                pattern |= Self.bits[4 * x + y]
            }
        }
        return pattern == 0 ? nil : Unicode.Scalar(0x2800 + pattern).map { Character($0) }
    }
}
