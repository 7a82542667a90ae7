import CLinux
import Glibc
import LumbarCore

/// Becomes readable at a chosen moment of the boot clock, also when the machine slept through it.
public struct WakeTimer: ~Copyable {
    private let owned: OwnedDescriptor
    /// What it is set to, or nil when it is not set.
    public private(set) var due: Instant?

    /// A timer that is not set.
    public static func open() throws(SystemError) -> WakeTimer {
        WakeTimer(
            try system("timerfd_create", "make a timer") {
                timerfd_create(CLOCK_BOOTTIME, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
            })
    }

    private init(_ number: Int32) { owned = OwnedDescriptor(owning: number) }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Sets it to `instant`, or stops it with nil. A moment in the past makes it readable at once.
    public mutating func set(_ instant: Instant?) {
        guard instant != due else { return }
        due = instant
        var setting = itimerspec()
        // All zero would stop it: the earliest moment it can be set to is 1 ns after boot.
        if let instant { setting.it_value = timespec(nanoseconds: max(1, instant.nanoseconds)) }
        let result = timerfd_settime(owned.number, Int32(TFD_TIMER_ABSTIME), &setting, nil)
        precondition(result == 0, "a timer takes every valid time")
    }

    /// Takes note that it fired: it is no longer set.
    public mutating func acknowledge() {
        var count: UInt64 = 0
        let got = read(owned.number, &count, MemoryLayout<UInt64>.size)
        if got > 0 { due = nil }
    }
}

/// Becomes readable when the wall clock is set, forward or backward.
public struct ClockSetWatch: ~Copyable {
    private let owned: OwnedDescriptor

    /// A watch.
    public static func open() throws(SystemError) -> ClockSetWatch {
        let watch = ClockSetWatch(
            try system("timerfd_create", "watch the wall clock") {
                timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
            })
        try watch.arm()
        return watch
    }

    private init(_ number: Int32) { owned = OwnedDescriptor(owning: number) }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Whether the clock was set since the last call; watches on in any case.
    public func acknowledge() -> Bool {
        var count: UInt64 = 0
        let got = read(owned.number, &count, MemoryLayout<UInt64>.size)
        guard got < 0, errno == ECANCELED else { return false }
        // Arming itself reports a change that slipped in between: the next read tells.
        try? arm()
        return true
    }

    // A far-off alarm, set only so that a jump of the clock cancels it.
    private func arm() throws(SystemError) {
        var setting = itimerspec()
        setting.it_value = timespec(tv_sec: Int(Int32.max), tv_nsec: 0)
        let flags = Int32(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)
        let number = owned.number
        while timerfd_settime(number, flags, &setting, nil) < 0 {
            if errno != ECANCELED { throw SystemError.last("timerfd_settime", doing: "watch the wall clock") }
        }
    }
}
