import CLinux
import Glibc
import LumbarCore

/// Waits for several descriptors at once and says which are ready, by the token each was registered with.
///
/// There are no callbacks: the caller owns the loop and its one switch. Every registration has a number that travels in
/// the 64 bits epoll hands back, so an event that was already waiting for a descriptor that has since been removed,
/// and perhaps been replaced by another with the same number, is dropped and never mistaken for the newcomer's.
public struct Poller<Token: Sendable>: ~Copyable {
    /// One registered descriptor; needed to remove it again.
    public struct Registration: Hashable, Sendable {
        fileprivate let slot: UInt32
        fileprivate let serial: UInt32
    }

    /// One descriptor that wants attention.
    public struct Event: Sendable {
        /// What it was registered with.
        public let token: Token
        /// Whether the other end is gone or the device reports an error. There may still be bytes to read.
        public let isHungUp: Bool
    }

    private struct Slot {
        var descriptor: Int32
        var serial: UInt32
        var token: Token?
    }

    private let descriptor: OwnedDescriptor
    private var slots: [Slot] = []
    private var serials: UInt32 = 0
    private var pending: [epoll_event]
    private var pendingCount = 0
    private var nextPending = 0

    /// A poller with nothing registered.
    public static func open() throws(SystemError) -> Poller {
        Poller(try system("epoll_create1", "set up polling") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
    }

    private init(_ number: Int32) {
        descriptor = OwnedDescriptor(owning: number)
        pending = Array(repeating: epoll_event(), count: 32)
    }

    /// Watches `number` for something to read; events carry `token`.
    public mutating func add(_ number: Int32, token: Token) throws(SystemError) -> Registration {
        serials &+= 1
        let index = slots.firstIndex { $0.token == nil } ?? slots.count
        let registration = Registration(slot: UInt32(index), serial: serials)
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = UInt64(registration.serial) << 32 | UInt64(registration.slot)
        let poll = descriptor.number
        try system("epoll_ctl", "watch a descriptor") { epoll_ctl(poll, EPOLL_CTL_ADD, number, &event) }
        let slot = Slot(descriptor: number, serial: serials, token: token)
        if index == slots.count { slots.append(slot) } else { slots[index] = slot }
        return registration
    }

    /// Watches for something to read, for room to write, for both, or only for the other end to go.
    public mutating func change(_ registration: Registration, reading: Bool, writing: Bool) {
        guard isCurrent(registration) else { return }
        var event = epoll_event()
        event.events = (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
        event.data.u64 = UInt64(registration.serial) << 32 | UInt64(registration.slot)
        let index = Int(registration.slot)
        // It was added, so nothing but its having been closed can stand in the way.
        _ = epoll_ctl(descriptor.number, EPOLL_CTL_MOD, slots[index].descriptor, &event)
    }

    /// Stops watching. Call it before the descriptor is closed; a registration that is gone already is left alone.
    public mutating func remove(_ registration: Registration) {
        guard isCurrent(registration) else { return }
        let index = Int(registration.slot)
        // The kernel may have forgotten the descriptor (it was closed): nothing is left to do then.
        _ = epoll_ctl(descriptor.number, EPOLL_CTL_DEL, slots[index].descriptor, nil)
        slots[index].token = nil
    }

    /// Sleeps until something is ready, or until `timeout` has passed; nil sleeps for ever.
    ///
    /// Returns whether something is ready; `next()` then hands it out.
    public mutating func wait(timeout: Elapsed? = nil) throws(SystemError) -> Bool {
        nextPending = 0
        pendingCount = 0
        let milliseconds =
            timeout.map { Int32(clamping: max(0, ($0.nanoseconds + 999_999) / 1_000_000)) } ?? -1
        let number = descriptor.number
        // As an in-out argument: the pointer is optional by glibc's headers up to 2.36 or so, and not after.
        let count = epoll_wait(number, &pending, Int32(pending.count), milliseconds)
        if count < 0 {
            let reason = errno
            if reason == EINTR { return false }
            throw SystemError("epoll_wait", reason, doing: "wait for events")
        }
        pendingCount = Int(count)
        return count > 0
    }

    /// The next event of the last `wait`, or nil when all have been handed out.
    public mutating func next() -> Event? {
        while nextPending < pendingCount {
            let event = pending[nextPending]
            nextPending += 1
            let bits = event.data.u64
            let registration = Registration(
                slot: UInt32(truncatingIfNeeded: bits), serial: UInt32(truncatingIfNeeded: bits >> 32))
            guard isCurrent(registration), let token = slots[Int(registration.slot)].token else { continue }
            return Event(token: token, isHungUp: event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0)
        }
        return nil
    }

    private func isCurrent(_ registration: Registration) -> Bool {
        let index = Int(registration.slot)
        return index < slots.count && slots[index].token != nil && slots[index].serial == registration.serial
    }
}
