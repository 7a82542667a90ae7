/// Why a recording or a CSV file cannot be read on, and what to do about it.
public struct RecordingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line, counted from 1.
    public var line: Int
    /// What is wrong with it.
    public var reason: String
    /// What to do.
    public var advice: String
    /// Whether the file merely breaks off: everything before was whole, and has been handed out.
    public var isTruncation: Bool

    /// An error.
    public init(line: Int, _ reason: String, advice: String, isTruncation: Bool = false) {
        self.line = line
        self.reason = reason
        self.advice = advice
        self.isTruncation = isTruncation
    }

    /// `line 12: reason; advice`.
    public var description: String { "line \(line): \(reason); \(advice)" }
}
