import LumbarCore

/// Moments as other programs read them.
enum ExportTime {
    /// `2026-11-21T11:14:03.250+01:00`: local, with its offset, to the millisecond (RFC 3339).
    static func text(_ wall: WallTime, _ zone: ZoneRule) -> String {
        let rounded = WallTime(nanoseconds: milliseconds(wall) &* 1_000_000)
        let whole = LocalTimeText.standard(rounded, zone: zone)
        return whole.dropLast(6) + "." + DecimalText.padded(part(wall), width: 3) + whole.suffix(6)
    }

    /// Seconds since 1970-01-01T00:00:00Z with three decimals.
    static func epoch(_ wall: WallTime) -> String {
        let all = milliseconds(wall)
        let seconds = all >= 0 ? all / 1000 : (all - 999) / 1000
        // Before 1970 the fraction counts the other way; no such time is stored.
        return String(seconds) + "." + DecimalText.padded(all - seconds * 1000, width: 3)
    }

    /// When a day ended; one that is not over reaches as far as its times add up to.
    static func end(of day: DailySummary, on date: CivilDate, _ zone: ZoneRule) -> WallTime {
        let midnight = zone.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        guard !day.isComplete else { return midnight }
        let known = day.wornSeconds + day.seconds(.notWorn) + day.noDataSeconds
        return min(midnight, zone.start(of: date) + .seconds(known))
    }

    private static func milliseconds(_ wall: WallTime) -> Int64 {
        let whole = wall.nanoseconds / 1_000_000
        let rest = wall.nanoseconds % 1_000_000
        return rest >= 500_000 ? whole + 1 : rest < -500_000 ? whole - 1 : whole
    }

    private static func part(_ wall: WallTime) -> Int64 {
        let part = milliseconds(wall) % 1000
        return part < 0 ? part + 1000 : part
    }
}
