/// UTC in nanoseconds since 1970-01-01T00:00:00Z.
public struct WallTime: Comparable, Hashable, Sendable {
    /// Nanoseconds since the epoch.
    public var nanoseconds: Int64

    /// The moment `nanoseconds` after the epoch.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The moment `seconds` after the epoch.
    public init(unixSeconds seconds: Int64) {
        let (n, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        nanoseconds = overflow ? (seconds > 0 ? .max : .min) : n
    }

    /// Whole seconds since the epoch, rounded down.
    public var unixSeconds: Int64 {
        let q = nanoseconds / 1_000_000_000
        return nanoseconds % 1_000_000_000 < 0 ? q - 1 : q
    }

    /// Orders by time.
    public static func < (a: WallTime, b: WallTime) -> Bool { a.nanoseconds < b.nanoseconds }

    /// `a` moved by `span`; saturates instead of trapping.
    public static func + (a: WallTime, span: Elapsed) -> WallTime {
        WallTime(nanoseconds: (Elapsed(nanoseconds: a.nanoseconds) + span).nanoseconds)
    }

    /// The time from `b` to `a`; saturates instead of trapping.
    public static func - (a: WallTime, b: WallTime) -> Elapsed {
        Elapsed(nanoseconds: a.nanoseconds) - Elapsed(nanoseconds: b.nanoseconds)
    }
}

/// A day of the proleptic Gregorian calendar.
public struct CivilDate: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// Year.
    public var year: Int
    /// Month, 1...12.
    public var month: Int
    /// Day, 1...31.
    public var day: Int

    /// A day; the parts are taken as they are.
    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that is `days` after 1970-01-01.
    public init(daysSinceEpoch days: Int64) {
        // Counts in 400-year eras from 0000-03-01, so that the leap day is the last of its year.
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01.
    public var daysSinceEpoch: Int64 {
        let y = Int64(month <= 2 ? year - 1 : year)
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Orders by date.
    public static func < (a: CivilDate, b: CivilDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    /// `2026-11-21`.
    public var description: String {
        DecimalText.padded(Int64(year), width: 4) + "-" + DecimalText.padded(Int64(month), width: 2) + "-"
            + DecimalText.padded(Int64(day), width: 2)
    }
}

/// The rule of the local zone around an anchor: the offset now, and the next change of it.
///
/// The shell reads it from the zone database and gives a new anchor when the change comes, so the core needs no database.
public struct ZoneRule: Hashable, Sendable {
    /// Name of the zone, such as `Europe/Amsterdam`.
    public var name: String
    /// Seconds east of UTC before the change.
    public var offsetSeconds: Int
    /// When the offset changes next, or nil when it does not.
    public var change: WallTime?
    /// Seconds east of UTC after the change.
    public var offsetAfterSeconds: Int

    /// A rule.
    public init(name: String, offsetSeconds: Int, change: WallTime? = nil, offsetAfterSeconds: Int? = nil) {
        self.name = name
        self.offsetSeconds = offsetSeconds
        self.change = change
        self.offsetAfterSeconds = offsetAfterSeconds ?? offsetSeconds
    }

    /// UTC, always.
    public static let utc = ZoneRule(name: "UTC", offsetSeconds: 0)

    /// The offset in force at `time`.
    public func offset(at time: WallTime) -> Int {
        guard let change, time >= change else { return offsetSeconds }
        return offsetAfterSeconds
    }

    /// The local day that holds `time`.
    public func date(at time: WallTime) -> CivilDate {
        let local = time.unixSeconds + Int64(offset(at: time))
        return CivilDate(daysSinceEpoch: local >= 0 ? local / 86400 : (local - 86399) / 86400)
    }

    /// The first moment of `date`, local time; days last 23, 24 or 25 hours around a change.
    public func start(of date: CivilDate) -> WallTime {
        let before = WallTime(unixSeconds: date.daysSinceEpoch * 86400 - Int64(offsetSeconds))
        guard let change, before >= change else { return before }
        return lastStart(of: date)
    }

    /// The moment `date` begins for good: a clock set back across midnight makes a day begin twice.
    func lastStart(of date: CivilDate) -> WallTime {
        let after = WallTime(unixSeconds: date.daysSinceEpoch * 86400 - Int64(offsetAfterSeconds))
        // Midnight itself may be skipped by the change: then the day begins at the change.
        return max(change ?? after, after)
    }
}

/// Ties the boot clock to the wall clock: at `instant` it was `wall`, in `zone`.
public struct WallAnchor: Hashable, Sendable {
    /// Boot time.
    public var instant: Instant
    /// UTC at that moment.
    public var wall: WallTime
    /// The local zone.
    public var zone: ZoneRule

    /// An anchor.
    public init(instant: Instant, wall: WallTime, zone: ZoneRule) {
        self.instant = instant
        self.wall = wall
        self.zone = zone
    }

    /// UTC at `instant` by this anchor.
    public func wall(at instant: Instant) -> WallTime { wall + (instant - self.instant) }

    /// Boot time of `wall` by this anchor.
    public func instant(at wall: WallTime) -> Instant {
        instant + (wall - self.wall)
    }

    /// The local day at `instant`.
    public func date(at instant: Instant) -> CivilDate { zone.date(at: wall(at: instant)) }

    /// When the local day after the one at `instant` begins.
    public func nextMidnight(after instant: Instant) -> Instant {
        let tomorrow = CivilDate(daysSinceEpoch: date(at: instant).daysSinceEpoch + 1)
        let start = self.instant(at: zone.start(of: tomorrow))
        // Never in the past: the clock may have shown tomorrow already, and been set back.
        return start > instant ? start : self.instant(at: zone.lastStart(of: tomorrow))
    }
}
