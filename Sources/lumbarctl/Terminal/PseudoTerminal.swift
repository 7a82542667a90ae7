import CLinux
import Glibc

/// A serial line that is not there: what is written here is read by whoever opens `path`.
final class PseudoTerminal {
    /// What to open.
    let path: String
    private let descriptor: Int32

    /// Makes a line in raw mode, that nobody has opened.
    init() throws {
        var near: Int32 = -1
        var far: Int32 = -1
        var name = [CChar](repeating: 0, count: 256)
        guard openpty(&near, &far, &name, nil, nil) == 0 else {
            throw Failure(.system, "cannot make a pseudo-terminal: " + String(cString: strerror(errno)))
        }
        var settings = termios()
        tcgetattr(far, &settings)
        cfmakeraw(&settings)
        tcsetattr(far, TCSANOW, &settings)
        // Closed again, so that a hang-up tells whether somebody has it open.
        close(far)
        _ = fcntl(near, F_SETFD, FD_CLOEXEC)
        _ = fcntl(near, F_SETFL, O_NONBLOCK)
        descriptor = near
        path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    deinit { close(descriptor) }

    /// Whether somebody has the line open.
    var isOpen: Bool {
        var state = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&state, 1, 0) >= 0 && state.revents & Int16(POLLHUP) == 0
    }

    /// Sends what fits; the rest is lost, as on a line that nobody reads.
    func send(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// What the program that has the line open wrote to it; empty when there is nothing.
    func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        return Array(bytes.prefix(max(0, count)))
    }

    /// Bits a second that the program at the other end has set.
    var baud: Int {
        var settings = clinux_termios2()
        return clinux_tcgets2(descriptor, &settings) == 0 ? Int(settings.c_ospeed) : 0
    }

    /// Waits until something was written to the line, or until `milliseconds` are over.
    func wait(milliseconds: Int32) {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // A hang-up is reported at once and for ever: then only the time is waited for.
        if poll(&state, 1, 0) > 0, state.revents & Int16(POLLHUP) != 0 { state.fd = -1 }
        poll(&state, 1, milliseconds)
    }
}
