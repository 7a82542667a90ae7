import CLinux
import Glibc
import Synchronization

/// The descriptor of a serial line with exactly one owner, closed when the owner is gone, without waiting for the device.
///
/// Nothing is written to a line, and something may wait to be sent all the same: between `open` and the settings that
/// follow it the kernel echoes what comes in. `close` waits for that to be through, for half a minute with a device that
/// takes nothing, and only root may have it otherwise. Then a thread of its own waits. Opening the line anew would
/// wait for that too: until it is closed, `isBeingClosed` says so.
struct LineDescriptor: ~Copyable {
    /// The number. Valid as long as this value lives, and not a moment longer.
    let number: Int32
    // One of those never waits.
    private let isPseudoTerminal: Bool

    /// Takes over an open line.
    init(owning number: Int32, isPseudoTerminal: Bool) {
        precondition(number >= 0, "a descriptor is not negative")
        self.number = number
        self.isPseudoTerminal = isPseudoTerminal
    }

    deinit { Self.release(number, mayWait: !isPseudoTerminal) }

    // Not in `deinit`: Swift 6.0's compiler fails at one with a way out in its middle.
    private static func release(_ number: Int32, mayWait: Bool) {
        if mayWait, hasUnsent(number), closeAside(number) { return }
        close(number)
    }

    /// Whether something is still to be sent, after all was dropped that can be.
    private static func hasUnsent(_ number: Int32) -> Bool {
        tcflush(number, TCOFLUSH)
        var count: Int32 = 0
        return ioctl(number, UInt(TIOCOUTQ), &count) == 0 && count > 0
    }

    /// The lines that a thread is closing, by their numbers among devices.
    private static let closing = Mutex<[dev_t]>([])

    /// Whether this program is still closing the line at `path`.
    static func isBeingClosed(_ path: String) -> Bool {
        var status = stat()
        let isOne = closing.withLock { !$0.isEmpty }
        guard isOne, stat(path, &status) == 0 else { return false }
        let line = status.st_rdev
        return closing.withLock { $0.contains(line) }
    }

    private static func closeAside(_ number: Int32) -> Bool {
        var status = stat()
        guard fstat(number, &status) == 0 else { return false }
        let line = status.st_rdev
        closing.withLock { $0.append(line) }
        do throws(SystemError) {
            try WorkerThread.start(name: "lumbard-close") {
                close(number)
                noteClosed(line)
            }
            return true
        } catch {
            noteClosed(line)
            return false
        }
    }

    private static func noteClosed(_ line: dev_t) {
        closing.withLock { lines in
            if let place = lines.firstIndex(of: line) { lines.remove(at: place) }
        }
    }
}
