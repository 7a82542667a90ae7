import LumbarCore

/// Wall time in the forms people and programs read, by the zone of the moment.
public enum LocalTimeText {
    /// `2026-11-21 11:14`.
    public static func minute(_ wall: WallTime, zone: ZoneRule) -> String {
        let parts = Parts(wall, zone)
        return parts.date.description + " " + parts.clock(withSeconds: false)
    }

    /// `2026-11-21T11:14:03+01:00`, as in RFC 3339.
    public static func standard(_ wall: WallTime, zone: ZoneRule) -> String {
        let parts = Parts(wall, zone)
        let minutes = Int64(parts.offset.magnitude) / 60
        let offset = (parts.offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
        return parts.date.description + "T" + parts.clock(withSeconds: true) + offset
    }

    private static func two(_ value: Int64) -> String { DecimalText.padded(value, width: 2) }

    private struct Parts {
        let date: CivilDate
        let second: Int64
        let offset: Int

        init(_ wall: WallTime, _ zone: ZoneRule) {
            offset = zone.offset(at: wall)
            let local = wall.unixSeconds + Int64(offset)
            let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
            date = CivilDate(daysSinceEpoch: day)
            second = local - day * 86_400
        }

        func clock(withSeconds: Bool) -> String {
            let short = two(second / 3600) + ":" + two(second / 60 % 60)
            return withSeconds ? short + ":" + two(second % 60) : short
        }
    }
}
