/// Cuts a scenario text into words, numbers and marks, each with its place.
struct ScenarioLexer {
    enum Kind: Equatable {
        case word
        case number(Double)
        case comma
        case newLine
        case open
        case close
        case end
    }

    struct Token {
        var kind: Kind
        var text: String
        var line: Int
        var column: Int
    }

    /// All tokens of `text`; the last is always `.end`.
    static func tokens(of text: String) throws(ScenarioError) -> [Token] {
        var lexer = ScenarioLexer(characters: Array(text))
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private let characters: [Character]
    private var index = 0
    private var line = 1
    private var column = 1

    private init(characters: [Character]) { self.characters = characters }

    private var current: Character? { index < characters.count ? characters[index] : nil }

    private mutating func advance() {
        if characters[index].isNewline {
            line += 1
            column = 1
        } else {
            column += 1
        }
        index += 1
    }

    private mutating func next() throws(ScenarioError) -> Token {
        skipBlanks()
        guard let first = current else { return Token(kind: .end, text: "", line: line, column: column) }
        let (startLine, startColumn, start) = (line, column, index)
        let kind: Kind
        switch first {
        case ",", ";": kind = .comma
        case "(": kind = .open
        case ")": kind = .close
        case "°": kind = .word
        case _ where first.isNewline: kind = .newLine
        case _ where Self.isDigit(first): return try number()
        case _ where Self.isLetter(first): return word()
        default:
            throw ScenarioError(
                line: line, column: column, word: String(first), expected: "a word, a number or a comma")
        }
        advance()
        let text = kind == .newLine ? "" : String(characters[start])
        return Token(kind: kind, text: text == "°" ? "deg" : text, line: startLine, column: startColumn)
    }

    /// Blanks, the hyphens of `take-off`, and comments.
    private mutating func skipBlanks() {
        while let c = current {
            if c == "#" {
                while let c = current, !c.isNewline { advance() }
            } else if (c.isWhitespace && !c.isNewline) || c == "-" {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func word() -> Token {
        let (line, column, start) = (line, column, index)
        while let c = current, Self.isLetter(c) { advance() }
        let text = String(characters[start..<index]).lowercased()
        return Token(kind: .word, text: text, line: line, column: column)
    }

    private mutating func number() throws(ScenarioError) -> Token {
        let (line, column, start) = (line, column, index)
        while let c = current, Self.isDigit(c) || c == "." { advance() }
        let text = String(characters[start..<index])
        guard let value = Double(text), value.isFinite, value < 1e7 else {
            throw ScenarioError(
                line: line, column: column, word: text, expected: "a number such as 31 or 2.5")
        }
        return Token(kind: .number(value), text: text, line: line, column: column)
    }

    private static func isDigit(_ c: Character) -> Bool { c >= "0" && c <= "9" }

    private static func isLetter(_ c: Character) -> Bool { (c >= "a" && c <= "z") || (c >= "A" && c <= "Z") }
}
