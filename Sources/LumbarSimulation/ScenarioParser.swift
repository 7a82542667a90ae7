extension Scenario {
    /// Reads a scenario text; throws where and why it cannot be read.
    public init(parsing text: String) throws(ScenarioError) {
        var parser = ScenarioParser(tokens: try ScenarioLexer.tokens(of: text))
        self.init(try parser.list(nested: false))
    }
}

/// A recursive-descent reader of scenario texts: `Scenario.grammar` says what it takes.
struct ScenarioParser {
    private let tokens: [ScenarioLexer.Token]
    private var index = 0
    private var depth = 0

    init(tokens: [ScenarioLexer.Token]) { self.tokens = tokens }

    private var current: ScenarioLexer.Token { tokens[min(index, tokens.count - 1)] }

    func failure(_ expected: String) -> ScenarioError {
        ScenarioError(line: current.line, column: current.column, word: current.text, expected: expected)
    }

    /// Items up to the end of the text, or up to the closing bracket when `nested`.
    mutating func list(nested: Bool) throws(ScenarioError) -> [Activity] {
        var out: [Activity] = []
        skipNewLines()
        while true {
            out += try item()
            guard out.count <= Scenario.longest else {
                throw failure("at most " + String(Scenario.longest) + " activities")
            }
            let lineEnded = current.kind == .newLine
            skipNewLines()
            switch current.kind {
            case .end where !nested: return out
            case .close where nested: return out
            case .comma: index += 1
            case _ where take("then"): break
            case _ where lineEnded: continue
            default: throw failure(nested ? "a comma, \"then\" or )" : "a comma, \"then\" or the end")
            }
            skipNewLines()
        }
    }

    private mutating func skipNewLines() {
        while current.kind == .newLine { index += 1 }
    }

    /// One activity, or a repetition `3x(...)` or `3x lift 60 deg`.
    private mutating func item() throws(ScenarioError) -> [Activity] {
        guard case .number(let value) = current.kind else { return [try activity()] }
        guard value >= 1, value <= 10_000, value == value.rounded() else {
            throw failure("a whole number of repetitions from 1 to 10000")
        }
        index += 1
        guard take("x") || take("times") else { throw failure("\"x\" after the number of repetitions") }
        let part = try repeated()
        guard part.count * Int(value) <= Scenario.longest else {
            throw failure("at most " + String(Scenario.longest) + " activities")
        }
        return Array(repeating: part, count: Int(value)).flatMap { $0 }
    }

    private mutating func repeated() throws(ScenarioError) -> [Activity] {
        guard current.kind == .open else { return [try activity()] }
        guard depth < 20 else { throw failure("at most 20 nested repetitions") }
        index += 1
        depth += 1
        let part = try list(nested: true)
        depth -= 1
        guard current.kind == .close else { throw failure(")") }
        index += 1
        return part
    }

    /// Takes `word` when it comes next.
    mutating func take(_ word: String) -> Bool {
        guard current.kind == .word, current.text == word else { return false }
        index += 1
        return true
    }

    /// Takes the first of `words` that comes next.
    mutating func take(anyOf words: [String]) -> String? {
        words.first { take($0) }
    }

    /// Whether `first` and then `second` come next; takes neither.
    func sees(_ first: String, _ second: String) -> Bool {
        index + 1 < tokens.count && tokens[index].text == first && tokens[index + 1].text == second
    }

    /// Takes a number when one comes next.
    mutating func number() -> Double? {
        guard case .number(let value) = current.kind else { return nil }
        index += 1
        return value
    }

    /// Takes `31 min` and the like, in seconds; at least `least`.
    mutating func duration(atLeast least: Double = 0.1) throws(ScenarioError) -> Double {
        let place = index
        guard let value = number() else { throw failure("a duration such as \"31 min\"") }
        let scale: Double
        switch take(anyOf: Self.timeUnits) {
        case "s", "sec", "second", "seconds": scale = 1
        case "min", "minute", "minutes": scale = 60
        case "h", "hour", "hours": scale = 3600
        default: throw failure("a unit of time: s, min or h")
        }
        let seconds = value * scale
        guard seconds >= least, seconds <= 31 * 86400 else {
            index = place
            throw failure("a duration between " + String(least) + " s and 31 days")
        }
        return seconds
    }

    /// Takes `minute` or `5 min` after `each`.
    mutating func period() throws(ScenarioError) -> Double {
        if take("minute") { return 60 }
        if take("hour") { return 3600 }
        return try duration(atLeast: 20)
    }

    /// Takes `45 deg`; the number must lie in `range`.
    mutating func angle(_ range: ClosedRange<Double>) throws(ScenarioError) -> Double {
        let place = index
        guard let value = number() else { throw failure("an angle such as \"45 deg\"") }
        guard take(anyOf: ["deg", "degrees", "degree"]) != nil else { throw failure("\"deg\"") }
        guard range.contains(value) else {
            index = place
            throw failure(
                "an angle from " + String(Int(range.lowerBound)) + " to " + String(Int(range.upperBound))
                    + " deg")
        }
        return value
    }

    private static let timeUnits = [
        "s", "sec", "second", "seconds", "min", "minute", "minutes", "h", "hour", "hours",
    ]
}
