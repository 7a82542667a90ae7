import LumbarLinux

/// How the daemon ends, by the names and numbers of sysexits.h.
enum ExitCode: Int32 {
    case ok = 0
    /// The command line is wrong.
    case usage = 64
    /// Something the daemon needs is not there.
    case unavailable = 69
    /// A file cannot be made.
    case cannotCreate = 73
    /// A file cannot be read or written.
    case inputOutput = 74
    /// Not allowed.
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78
}

/// Why the daemon does not start, or does not go on: one line for people, and how to exit.
struct Refusal: Error {
    var code: ExitCode
    var lines: [String]

    init(_ code: ExitCode, _ lines: String...) {
        self.code = code
        self.lines = lines
    }

    init(_ code: ExitCode, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    init(_ error: SystemError, otherwise code: ExitCode) {
        self.init(error.isPermission ? .noPermission : code, error.description)
    }
}
