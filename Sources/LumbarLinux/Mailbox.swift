import CLinux
import Glibc
import LumbarCore
import Synchronization

/// A queue from one thread to another that never makes the sender wait.
///
/// What may be dropped (pieces of a recording) is bounded: when `capacity` droppable messages wait, a new one is
/// dropped and counted. Everything else (episodes, alerts) always gets in; there is little of it, a few thousand
/// messages a day. The receiver polls `descriptor`, or sleeps in `wait`.
public final class Mailbox<Message: Sendable>: Sendable {
    private struct State: Sendable {
        var messages: [Message] = []
        var droppable = 0
        var dropped = 0
    }

    private let state = Mutex(State())
    private let bell: OwnedDescriptor
    /// How many droppable messages may wait.
    public let capacity: Int

    /// An empty mailbox.
    public init(capacity: Int) throws(SystemError) {
        self.capacity = capacity
        bell = OwnedDescriptor(
            owning: try system("eventfd", "make a mailbox") { eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC)) })
    }

    /// Readable while messages wait.
    public var descriptor: Int32 { bell.number }

    /// Leaves a message that must arrive.
    public func send(_ message: Message) {
        let wasEmpty = state.withLock { state in
            state.messages.append(message)
            return state.messages.count == 1
        }
        if wasEmpty { ring() }
    }

    /// Leaves a message that may be dropped; returns whether it got in.
    @discardableResult
    public func offer(_ message: Message) -> Bool {
        let (accepted, wasEmpty) = state.withLock { state in
            guard state.droppable < capacity else {
                state.dropped += 1
                return (false, false)
            }
            state.droppable += 1
            state.messages.append(message)
            return (true, state.messages.count == 1)
        }
        if wasEmpty { ring() }
        return accepted
    }

    /// Takes everything that waits, in order.
    public func take() -> [Message] {
        // Silenced first: a message that comes after is then announced again, never missed.
        var count: UInt64 = 0
        _ = read(bell.number, &count, MemoryLayout<UInt64>.size)
        return state.withLock { state in
            let messages = state.messages
            state.messages = []
            state.droppable = 0
            return messages
        }
    }

    /// Sleeps until messages wait, or until `timeout` has passed; nil sleeps for ever.
    public func wait(timeout: Elapsed? = nil) {
        var entry = pollfd(fd: bell.number, events: Int16(POLLIN), revents: 0)
        let milliseconds =
            timeout.map { Int32(clamping: max(0, ($0.nanoseconds + 999_999) / 1_000_000)) } ?? -1
        poll(&entry, 1, milliseconds)
    }

    /// How many messages were dropped since this was last asked.
    public func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell.number, &one, MemoryLayout<UInt64>.size)
    }
}
