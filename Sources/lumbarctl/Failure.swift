import ArgumentParser
import Glibc
import LumbarCore

/// Why a command stops: one line for people, and a status from sysexits.h for scripts.
struct Failure: Error {
    /// The statuses this program ends with; see sysexits(3).
    enum Status: Int32 {
        /// An argument cannot be meant.
        case usage = 64
        /// The input is not what it should be.
        case data = 65
        /// The input cannot be opened.
        case noInput = 66
        /// Something needed is not there, or in use.
        case unavailable = 69
        /// Our own bug, or the system lacks something.
        case software = 70
        /// A process or a terminal cannot be made.
        case system = 71
        /// The output cannot be made.
        case cannotCreate = 73
        /// Reading or writing failed.
        case io = 74
        /// Not allowed.
        case noPermission = 77
        /// The configuration is wrong.
        case configuration = 78
    }

    let status: Status
    let message: String

    /// A failure; control characters in `message` are made harmless.
    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = Printable.text(message, limit: 2000)
    }

    /// A failure of a system call on `path`, for the reason in `errno`.
    init(_ status: Status, _ what: String, _ path: String, errno code: Int32) {
        self.init(status, "\(path): \(what): " + String(cString: strerror(code)))
    }

    /// Runs `body`; a failure is printed on one line and becomes the exit status.
    static func catching<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as Failure {
            StandardError.write("lumbarctl: " + failure.message)
            throw ExitCode(failure.status.rawValue)
        }
    }
}
