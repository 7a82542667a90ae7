import CSystemd
import Glibc
import LumbarCore

/// Talks to systemd about the state of the service; without systemd every call does nothing.
public struct ServiceNotifier: Sendable {
    /// How often the watchdog wants to be fed at most, or nil when there is none.
    public let watchdogInterval: Elapsed?

    /// Asks systemd whether a watchdog is set.
    public init() {
        var microseconds: UInt64 = 0
        let enabled = sd_watchdog_enabled(0, &microseconds) > 0
        watchdogInterval = enabled ? Elapsed(nanoseconds: Int64(clamping: microseconds) * 1000) : nil
    }

    /// The service is up.
    public func ready(status: String) { send("READY=1\nSTATUS=\(status)") }

    /// One line on what the service is doing, for `systemctl status`.
    public func status(_ text: String) { send("STATUS=\(text)") }

    /// The loop still turns.
    public func feedWatchdog() { send("WATCHDOG=1") }

    /// The configuration is being read again; `ready` ends it.
    public func reloading() {
        // systemd wants the moment with it, to order this against the reload it asked for.
        let time = BootClock.read(CLOCK_MONOTONIC)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
    }

    /// The service is going down.
    public func stopping() { send("STOPPING=1") }

    private func send(_ state: String) { sd_notify(0, state) }
}
