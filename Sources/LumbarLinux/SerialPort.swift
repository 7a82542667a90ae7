import CLinux
import Glibc
import LumbarCore

/// A serial line, opened for listening: nothing is ever written to it.
///
/// The line is opened for reading and writing all the same, since several drivers set up their line only then.
/// It is ours alone while open: TIOCEXCL keeps out programs that open it later, and the lock keeps out those that may
/// open it regardless. A plain file or a pipe is refused: what is not a line has no hang-up and no rate, and a file
/// is better given to `lumbarctl replay`.
public struct SerialPort: ~Copyable {
    private let owned: LineDescriptor
    /// The path it was opened by.
    public let path: String
    /// Whether it is a pseudo-terminal, which has no real rate.
    public let isPseudoTerminal: Bool

    /// Opens the line at `path`, raw, at `baud`.
    ///
    /// Errors name the remedy: EACCES the group that may open it, EBUSY the program that has it.
    public static func open(_ path: String, baud: Int) throws(SystemError) -> SerialPort {
        guard !LineDescriptor.isBeingClosed(path) else {
            throw SystemError(
                "open", EBUSY, doing: "open \(Printable.text(path))",
                advice: "it is still being closed, which its device keeps waiting")
        }
        let number: Int32
        do throws(SystemError) {
            number = try system("open", "open \(Printable.text(path))") {
                Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
            }
        } catch {
            throw explained(error, path: path)
        }
        let port = SerialPort(owning: number, path)
        try port.claim()
        try LineSettings.makeRaw(number, baud: baud, path: Printable.text(path))
        return port
    }

    /// Whether another program has the line at `path` to itself. Looked at with a descriptor that cannot write.
    public static func isTaken(_ path: String) -> Bool {
        if LineDescriptor.isBeingClosed(path) { return true }
        let number = Glibc.open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { return errno == EBUSY }
        let port = SerialPort(owning: number, path)
        if flock(port.descriptor, LOCK_EX | LOCK_NB) != 0 { return true }
        return !port.isPseudoTerminal && clinux_is_exclusive(port.descriptor) != 0
    }

    private init(owning number: Int32, _ path: String) {
        var status = stat()
        // /dev/pts/N: majors 136...143 by the kernel's list of devices.
        let known = fstat(number, &status) == 0
        isPseudoTerminal = known && (136...143).contains(clinux_major(UInt64(status.st_rdev)))
        owned = LineDescriptor(owning: number, isPseudoTerminal: isPseudoTerminal)
        self.path = path
    }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Changes the rate; what was received at the old one is dropped.
    public func setBaud(_ baud: Int) throws(SystemError) {
        try LineSettings.makeRaw(owned.number, baud: baud, path: Printable.text(path))
    }

    /// The rate the driver really uses.
    public var actualBaud: Int? { LineSettings.baud(of: owned.number) }

    /// Reads what is there into `buffer`, without waiting.
    ///
    /// Nothing at all on a line that polling called readable is a hang-up, and so are the errors of a device that is
    /// gone. Both are everyday business, so nothing is thrown and nothing is allocated.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        ReadOutcome(reading: owned.number, into: buffer, path: path)
    }

    /// Errors of the line as the driver counted them since it was loaded; nil for drivers that do not count.
    public var lineErrors: LineErrors? {
        var counters = serial_icounter_struct()
        guard clinux_get_icount(owned.number, &counters) == 0 else { return nil }
        return LineErrors(
            framing: Int(counters.frame), parity: Int(counters.parity),
            overruns: Int(counters.overrun) + Int(counters.buf_overrun))
    }

    /// Whether the line at `path` is in cooked mode, as `cat` and a login would have it; false when it cannot be opened.
    public static func isCooked(_ path: String) -> Bool {
        if LineDescriptor.isBeingClosed(path) { return false }
        let number = Glibc.open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { return false }
        let line = LineDescriptor(owning: number, isPseudoTerminal: false)
        var settings = clinux_termios2()
        return clinux_tcgets2(line.number, &settings) == 0
            && settings.c_lflag & UInt32(bitPattern: ICANON) != 0
    }

    // Only ours: refuse what is not a terminal line, then lock, then shut the door.
    private func claim() throws(SystemError) {
        let doing = "open \(Printable.text(path))"
        let number = owned.number
        guard isatty(number) == 1 else {
            throw SystemError(
                "isatty", ENOTTY, doing: doing,
                advice: "it is not a serial line; a recording or a CSV file is read by lumbarctl replay")
        }
        if flock(number, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno == EWOULDBLOCK ? EBUSY : errno
            throw SerialPort.explained(SystemError("flock", reason, doing: doing), path: path)
        }
        // A pseudo-terminal stays exclusive after it is closed, for as long as its other end lives: nobody but root,
        // not even we, could open it again. There the lock has to do.
        guard !isPseudoTerminal else { return }
        // Root gets in even so. A line that nobody has open forgets, so somebody has.
        if clinux_is_exclusive(number) != 0 {
            throw SerialPort.explained(SystemError("TIOCGEXCL", EBUSY, doing: doing), path: path)
        }
        try system("TIOCEXCL", doing) { clinux_set_exclusive(number, 1) }
    }

    static func explained(_ error: SystemError, path: String) -> SystemError {
        var error = error
        switch error.number {
        case EACCES: error.advice = permissionAdvice(path)
        case EPERM:
            error.advice =
                "the service's device policy does not allow it; see DeviceAllow= in lumbard.service"
        case EBUSY:
            error.advice =
                PortHolder.find(path).map { "\($0) has it open" }
                ?? "another program has it open; sudo lumbarctl devices says which"
        case ENOENT, ENXIO, ENODEV: error.advice = "no such device is plugged in"
        default: break
        }
        return error
    }

    private static func permissionAdvice(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "" }
        let group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
        guard status.st_mode & S_IRGRP != 0 else { return "only its owner may open it" }
        return "members of the group \(group) may open it"
    }
}

/// Errors of a serial line as its driver counts them.
public struct LineErrors: Sendable, Equatable {
    /// Bytes without a stop bit: the rate is wrong, or the cable is bad.
    public var framing: Int
    /// Bytes with bad parity.
    public var parity: Int
    /// Bytes lost because nobody fetched them in time.
    public var overruns: Int
}
