import CLinux
import Glibc
import LumbarCore

/// The boot clock: counts time asleep, never jumps, begins again with every boot.
public enum BootClock {
    /// This moment.
    public static func now() -> Instant { Instant(read(CLOCK_BOOTTIME)) }

    /// The random name of this boot, as the kernel gives it; empty when /proc does not show it.
    public static func bootID() -> String {
        guard let text = try? readSmallFile("/proc/sys/kernel/random/boot_id", limit: 64) else { return "" }
        return String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // The clocks we ask for always exist.
        clock_gettime(clock, &time)
        return time
    }
}

extension Instant {
    init(_ time: timespec) {
        self.init(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

extension timespec {
    init(nanoseconds: Int64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
