import CLinux
import Glibc

/// A file descriptor with exactly one owner, closed when the owner is gone.
public struct OwnedDescriptor: ~Copyable, Sendable {
    /// The number. Valid as long as this value lives, and not a moment longer.
    public let number: Int32

    /// Takes over an open descriptor.
    public init(owning number: Int32) {
        precondition(number >= 0, "a descriptor is not negative")
        self.number = number
    }

    // A close that a signal interrupts has closed the descriptor all the same on Linux: never repeat it.
    deinit { close(number) }

    /// Reads what is there into `buffer`; nil when nothing is there yet, 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer, doing: String) throws(SystemError) -> Int? {
        while true {
            let count = CLinux.read(number, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            let reason = errno
            if reason == EAGAIN { return nil }
            if reason != EINTR { throw SystemError("read", reason, doing: doing) }
        }
    }

    /// Writes all of `bytes`, however many calls it takes.
    public func writeAll(_ bytes: UnsafeRawBufferPointer, doing: String) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let number = self.number
            let part = rest
            let count = try system("write", doing) { write(number, part.baseAddress, part.count) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
