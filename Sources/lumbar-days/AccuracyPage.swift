/// The page that says how well everything works, written from a template and the figures.
///
/// In the template `{recordings DATA MEASURE}` stands for what was measured on recordings of people, and
/// `{days MEASURE}` for what simulated days came to.
struct AccuracyPage {
    /// The folder of the template and of the figures.
    let folder: String
    /// The page itself.
    let path: String

    /// How many days the page is of.
    static let days: UInt64 = 200
    /// How many of them are replayed again to see whether the page is stale.
    static let checkedDays: UInt64 = 20

    /// How long a day is, seconds.
    static let length = 7200.0

    private var figuresPath: String { folder + "/days.csv" }

    /// Replays the days, stores their figures and writes the page.
    func write() async throws {
        let runs = await DayRun.all(1..<Self.days + 1, length: Self.length)
        let first = Array(runs.prefix(Int(Self.checkedDays)))
        let lines = [DayFigures.header] + DayFigures.lines(runs) + DayFigures.lines(first)
        try TextFile.write(lines.joined(separator: "\n") + "\n", to: figuresPath)
        try TextFile.write(try filled(), to: path)
    }

    /// What is stale: figures that this program does not reach or exceeds, and a page that says something else.
    func staleness() async throws -> [String] {
        let stored = try TextFile.read(figuresPath).split(separator: "\n").map(String.init)
        let now = DayFigures.lines(await DayRun.all(1..<Self.checkedDays + 1, length: Self.length))
        var found = now.filter { !stored.contains($0) }.map {
            figuresPath + ": the first days now give " + $0
        }
        if try filled() != TextFile.read(path) {
            found.append(path + ": does not say what its template and figures say")
        }
        return found
    }

    /// The template with every figure in its place.
    private func filled() throws -> String {
        let recordings = Figures(parsing: try TextFile.read(folder + "/recordings.csv"), keyColumns: 2)
        let days = Figures(parsing: try TextFile.read(figuresPath), keyColumns: 2)
        var page = ""
        var rest = try TextFile.read(folder + "/template.md")[...]
        while let open = rest.firstIndex(of: "{") {
            page += rest[..<open]
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else { throw Fault(what: "a { without its }") }
            page += try figure(rest[..<close].split(separator: " ").map(String.init), recordings, days)
            rest = rest[rest.index(after: close)...]
        }
        return page + rest
    }

    private func figure(_ words: [String], _ recordings: Figures, _ days: Figures) throws -> String {
        if words.count == 3, words[0] == "recordings", let cells = recordings.cells(Array(words[1...])) {
            return Self.measured(cells)
        }
        let measure = words.dropFirst().joined(separator: " ")
        if words.first == "days", let cells = days.cells([String(Self.days), measure]), cells.count == 5 {
            return "\(cells[2]) (\(cells[3]) to \(cells[4])), \(cells[1]) of \(cells[0])"
        }
        throw Fault(what: "no figure for {" + words.joined(separator: " ") + "}")
    }

    /// `97.8 (95.9 to 99.1), worst SE06 80.0`.
    private static func measured(_ cells: [String]) -> String {
        guard cells.count == 6 else { return cells.joined(separator: " ") }
        let interval = cells[1].isEmpty ? "" : " (\(cells[1]) to \(cells[2]))"
        return cells[0] + interval
            + (cells[4].isEmpty || cells[5] == cells[0] ? "" : ", worst \(cells[4]) \(cells[5])")
    }

    /// The page cannot be written from what there is.
    struct Fault: Error, CustomStringConvertible {
        let what: String
        var description: String { "template.md: " + what }
    }
}
