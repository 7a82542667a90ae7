import LumbarCore

/// Why a scenario text could not be read: where, at which word, and what was expected there.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Line, counted from 1.
    public var line: Int
    /// Character in the line, counted from 1.
    public var column: Int
    /// The word that does not fit; empty at the end of the text.
    public var word: String
    /// What would have fitted.
    public var expected: String

    /// An error at this place.
    public init(line: Int, column: Int, word: String, expected: String) {
        self.line = line
        self.column = column
        self.word = word
        self.expected = expected
    }

    /// One line for people.
    public var description: String {
        let place = "line " + String(line) + ", character " + String(column)
        let found = word.isEmpty ? "the end" : "\"" + Printable.text(word, limit: 40) + "\""
        return "scenario, " + place + ": expected " + expected + ", found " + found
    }
}
