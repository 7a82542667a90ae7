import CLinux
import Glibc

/// Signals as something to read: they are blocked, and wait in a descriptor.
public struct SignalSource: ~Copyable {
    /// What the signals mean to a daemon.
    public enum Request: Sendable {
        /// SIGTERM or SIGINT.
        case stop
        /// SIGHUP.
        case reload
    }

    private let owned: OwnedDescriptor

    /// Blocks SIGTERM, SIGINT and SIGHUP in this thread, and so in the threads it starts later, and collects them.
    public static func open() throws(SystemError) -> SignalSource {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        let failure = pthread_sigmask(SIG_BLOCK, &set, nil)
        if failure != 0 { throw SystemError("pthread_sigmask", failure, doing: "block signals") }
        // A reader of our output that goes away is an error of the write, not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        return SignalSource(
            try system("signalfd", "collect signals") {
                signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
            })
    }

    private init(_ number: Int32) { owned = OwnedDescriptor(owning: number) }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// The next signal that waits, or nil.
    public func next() -> Request? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(owned.number, &info, size) == size else { return nil }
        return Int32(info.ssi_signo) == SIGHUP ? .reload : .stop
    }
}
