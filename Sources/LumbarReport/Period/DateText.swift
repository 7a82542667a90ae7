import LumbarCore

/// Days in the words people use; the names are English, as everything that lumbard says.
enum DateText {
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]

    /// 0 for Monday ... 6 for Sunday; 1970-01-01 was a Thursday.
    static func weekdayIndex(_ date: CivilDate) -> Int { Int(((date.daysSinceEpoch + 3) % 7 + 7) % 7) }

    static func weekday(_ date: CivilDate) -> String { weekdays[weekdayIndex(date)] }

    private static func month(_ date: CivilDate) -> String { months[min(12, max(1, date.month)) - 1] }

    /// `Monday 12 October 2026`.
    static func full(_ date: CivilDate) -> String {
        "\(weekday(date)) \(date.day) \(month(date)) \(date.year)"
    }

    /// `Mon 12 Oct`.
    static func short(_ date: CivilDate) -> String {
        "\(weekday(date).prefix(3)) \(date.day) \(month(date).prefix(3))"
    }

    /// `Monday 12 to Sunday 18 October 2026`, with month and year where they differ.
    static func range(_ first: CivilDate, _ last: CivilDate) -> String {
        var start = "\(weekday(first)) \(first.day)"
        if first.year != last.year {
            start = full(first)
        } else if first.month != last.month {
            start += " " + month(first)
        }
        return start + " to " + full(last)
    }

    /// `14:05` of a local moment, `second` seconds after `start`.
    static func clock(_ second: Double, of start: WallTime, zone: ZoneRule) -> String {
        String(LocalTimeText.minute(start + .seconds(second), zone: zone).suffix(5))
    }
}
