import CLinux
import Glibc
import LumbarCore

/// Reads the wall clock and the local zone from the system.
public enum WallClockReader {
    /// The anchor of this moment: boot time, UTC, and the zone's rule around now.
    public static func anchor() -> WallAnchor {
        // The two clocks are read one after the other; the boot clock twice, so that the pair is as close as can be.
        let before = BootClock.now()
        let wall = WallTime(BootClock.read(CLOCK_REALTIME))
        let after = BootClock.now()
        let middle = before + Elapsed(nanoseconds: (after - before).nanoseconds / 2)
        return WallAnchor(instant: middle, wall: wall, zone: rule(at: wall))
    }

    /// Whether the system says that its clock is right: set by NTP, a radio clock, or the like.
    ///
    /// The kernel knows; where asking it is forbidden (`ProtectClock=`), systemd-timesyncd leaves a file.
    public static var isSynchronized: Bool {
        var status = timex()
        let state = adjtimex(&status)
        if state >= 0 { return state != TIME_ERROR && status.status & STA_UNSYNC == 0 }
        return access("/run/systemd/timesync/synchronized", F_OK) == 0
    }

    /// The local zone's rule at the beginning of `date` and after.
    public static func rule(of date: CivilDate) -> ZoneRule {
        // No zone is as far as two days from UTC.
        rule(at: WallTime(unixSeconds: (date.daysSinceEpoch - 2) * 86_400))
    }

    /// The local zone's rule around `time`: the offset then, and the first change within 400 days after it.
    public static func rule(at time: WallTime) -> ZoneRule {
        tzset()
        let start = time.unixSeconds
        let offset = offset(at: start)
        // A quarter of a day is shorter than any zone ever kept an offset.
        let step: Int64 = 6 * 3600
        var low = start
        while low < start + 400 * 86400 {
            if self.offset(at: low + step) != offset {
                let change = firstChange(between: low, and: low + step, from: offset)
                return ZoneRule(
                    name: zoneName(), offsetSeconds: offset, change: WallTime(unixSeconds: change),
                    offsetAfterSeconds: self.offset(at: change))
            }
            low += step
        }
        return ZoneRule(name: zoneName(), offsetSeconds: offset)
    }

    /// Seconds east of UTC at `unixSeconds`, by the zone database.
    static func offset(at unixSeconds: Int64) -> Int {
        var parts = tm()
        var time = time_t(unixSeconds)
        return localtime_r(&time, &parts) == nil ? 0 : parts.tm_gmtoff
    }

    // The offset is `old` at `low` and another at `high`.
    private static func firstChange(between low: Int64, and high: Int64, from old: Int) -> Int64 {
        var (low, high) = (low, high)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: middle) == old { low = middle } else { high = middle }
        }
        return high
    }

    /// The zone's name: TZ when it is set, else what /etc/localtime points to, else UTC.
    static func zoneName() -> String {
        if let text = getenv("TZ") {
            let name = String(cString: text)
            let bare = name.hasPrefix(":") ? String(name.dropFirst()) : name
            if !bare.isEmpty { return zoneName(fromPath: bare) ?? bare }
        }
        guard let target = linkTarget("/etc/localtime") else { return "UTC" }
        return zoneName(fromPath: target) ?? "UTC"
    }

    /// `Europe/Amsterdam` from `../usr/share/zoneinfo/Europe/Amsterdam`; nil when the path is not in a zone database.
    static func zoneName(fromPath path: String) -> String? {
        let parts = path.split(separator: "/")
        guard let root = parts.lastIndex(of: "zoneinfo"), root + 1 < parts.count else { return nil }
        return parts[(root + 1)...].joined(separator: "/")
    }
}

extension WallTime {
    init(_ time: timespec) {
        self.init(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

/// What the symbolic link at `path` points to; nil when it is no link.
func linkTarget(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
        guard let start = buffer.baseAddress else { return nil }
        let count = readlink(path, start, buffer.count)
        guard count >= 0 else { return nil }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
