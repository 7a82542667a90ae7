/// Something wrong in the configuration, said as `lumbard.conf:12: bend.enter_angle: 200 is outside 10...90 deg`.
public struct ConfigError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where it stands.
    public let origin: ConfigOrigin
    /// What it is about: `section.key`, `[section]`, or nothing.
    public let subject: String
    /// What is wrong, one clause for people.
    public let reason: String

    /// An error at `origin`.
    public init(_ origin: ConfigOrigin, subject: String = "", _ reason: String) {
        self.origin = origin
        self.subject = subject
        self.reason = reason
    }

    /// The whole line for people.
    public var description: String {
        "\(origin): " + (subject.isEmpty ? "" : subject + ": ") + reason
    }
}

/// A line of a configuration file.
public struct ConfigOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The path as the file was named.
    public let file: String
    /// The line, from 1; 0 for the file as a whole.
    public let line: Int

    /// A line of a file.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `lumbard.conf:12`.
    public var description: String { line > 0 ? "\(file):\(line)" : file }
}
