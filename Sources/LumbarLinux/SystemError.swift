import CLinux
import Glibc

/// The system refused something: which call, why, and what was being done.
///
/// Reads as one clause after "cannot": "cannot open /dev/ttyUSB0: permission denied (open, EACCES)".
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The call that failed, such as `open`.
    public var call: String
    /// The error number.
    public var number: Int32
    /// What was being done, such as `open /dev/ttyUSB0`.
    public var doing: String
    /// What a person can do about it, or who is in the way; empty when there is nothing to add.
    public var advice: String

    /// An error.
    public init(_ call: String, _ number: Int32, doing: String, advice: String = "") {
        self.call = call
        self.number = number
        self.doing = doing
        self.advice = advice
    }

    /// The error that the last failed call left in `errno`.
    public static func last(_ call: String, doing: String) -> SystemError {
        SystemError(call, errno, doing: doing)
    }

    /// Whether it is about not being allowed.
    public var isPermission: Bool { number == EACCES || number == EPERM }

    /// Whether somebody else has it.
    public var isBusy: Bool { number == EBUSY }

    /// Whether it is about something that is not there.
    public var isAbsence: Bool { [ENOENT, ENXIO, ENODEV].contains(number) }

    /// Whether nobody listens at the other end.
    public var isRefused: Bool { number == ECONNREFUSED }

    /// The reason in the system's words, in lower case.
    public var reason: String {
        let text = String(cString: strerror(number))
        guard let first = text.first else { return "error \(number)" }
        return first.lowercased() + text.dropFirst()
    }

    /// One line for people.
    public var description: String {
        "cannot \(doing): \(reason) (\(call))" + (advice.isEmpty ? "" : "; \(advice)")
    }
}

/// Makes one system call, again and again while a signal interrupts it.
///
/// - Parameter call: the call's name, for the error.
/// - Parameter doing: what it is for, as it would follow "cannot".
@discardableResult
func system<Result: SignedInteger>(
    _ call: StaticString, _ doing: @autoclosure () -> String, _ body: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = body()
        if result >= 0 { return result }
        let number = errno
        if number != EINTR { throw SystemError(call.description, number, doing: doing()) }
    }
}
