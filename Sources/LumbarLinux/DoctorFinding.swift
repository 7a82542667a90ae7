/// What one check of `lumbarctl doctor` found.
public struct DoctorFinding: Sendable, Equatable {
    /// How it stands.
    public enum State: String, Sendable {
        /// Nothing to do.
        case ok
        /// It works, and could be better.
        case advice
        /// Something needs doing.
        case problem
    }

    /// What was checked, one or two words.
    public var check: String
    /// How it stands.
    public var state: State
    /// What was found, one line.
    public var text: String
    /// The line to type; empty when there is nothing to do.
    public var command: String

    /// A finding.
    public init(_ check: String, _ state: State, _ text: String, command: String = "") {
        self.check = check
        self.state = state
        self.text = text
        self.command = command
    }
}
