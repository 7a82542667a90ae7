import CLinux
import Glibc

/// The descriptor of a serial line with exactly one owner, closed when the owner is gone, without waiting for the device.
///
/// Nothing is written to a line, and something may wait to be sent all the same: between `open` and the settings that
/// follow it the kernel echoes what comes in. `close` waits for that to be through, for half a minute with a device that
/// takes nothing, and only root may have it otherwise. Then a thread of its own waits; the line stays ours until it is
/// closed, and whoever opens it anew before is told that it is busy.
struct LineDescriptor: ~Copyable {
    /// The number. Valid as long as this value lives, and not a moment longer.
    let number: Int32
    private let isPseudoTerminal: Bool

    /// Takes over an open line.
    init(owning number: Int32, isPseudoTerminal: Bool) {
        precondition(number >= 0, "a descriptor is not negative")
        self.number = number
        self.isPseudoTerminal = isPseudoTerminal
    }

    deinit {
        // A pseudo-terminal never waits.
        if !isPseudoTerminal, Self.hasUnsent(number), Self.closeAside(number) { return }
        close(number)
    }

    /// Whether something is still to be sent, after all was dropped that can be.
    private static func hasUnsent(_ number: Int32) -> Bool {
        tcflush(number, TCOFLUSH)
        var count: Int32 = 0
        return ioctl(number, UInt(TIOCOUTQ), &count) == 0 && count > 0
    }

    private static func closeAside(_ number: Int32) -> Bool {
        do throws(SystemError) {
            try WorkerThread.start(name: "lumbard-close") { close(number) }
            return true
        } catch {
            return false
        }
    }
}
