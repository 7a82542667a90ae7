import LumbarCore

/// A moment as people write it, in forms of systemd.time(7): `now`, `today`, `yesterday`, `tomorrow`, `2026-11-01`,
/// `2026-11-01 14:00`, `14:00`, `-2h`, `+90min`, `-1d12h`, `2 hours ago`, `@1795256043`.
///
/// Days and clock times are local: what they are in UTC only the zone database says, so they come out as parts.
public enum TimeExpression: Equatable, Sendable {
    /// This moment of the wall clock.
    case exact(WallTime)
    /// A local day, and seconds since its midnight by the clock on the wall.
    case local(CivilDate, second: Int)

    /// Reads `text`; nil when it is none of the forms.
    ///
    /// - Parameters:
    ///   - now: what relative forms count from.
    ///   - today: the local day of `now`.
    public init?(_ text: String, now: WallTime, today: CivilDate) {
        let words = text.split(separator: " ").map(String.init)
        if words.count > 1, words.last == "ago",
            let back = TimeExpression.duration(words.dropLast().joined(separator: " "))
        {
            self = .exact(now + Elapsed(nanoseconds: -back.nanoseconds))
            return
        }
        switch words.count {
        case 1:
            let word = words[0]
            if word == "now" {
                self = .exact(now)
            } else if let span = TimeExpression.span(word) {
                self = .exact(now + span)
            } else if let wall = TimeExpression.unix(word) {
                self = .exact(wall)
            } else if let date = TimeExpression.date(word, today: today) {
                self = .local(date, second: 0)
            } else if let second = TimeExpression.clock(word) {
                self = .local(today, second: second)
            } else if let both = TimeExpression.joined(word) {
                self = both
            } else {
                return nil
            }
        case 2:
            guard let date = TimeExpression.date(words[0], today: today),
                let second = TimeExpression.clock(words[1])
            else { return nil }
            self = .local(date, second: second)
        default: return nil
        }
    }

    /// `today`, `yesterday`, `tomorrow` or `2026-11-01`; nil when it is none of them, or no day of the calendar.
    public static func date(_ text: String, today: CivilDate) -> CivilDate? {
        switch text {
        case "today": return today
        case "yesterday": return CivilDate(daysSinceEpoch: today.daysSinceEpoch - 1)
        case "tomorrow": return CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1)
        default: break
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = number(parts[0]), let month = number(parts[1]), let day = number(parts[2])
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        // The 31st of June comes back as the 1st of July.
        return CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date ? date : nil
    }

    /// `14:00` or `14:00:30`, as seconds since midnight.
    private static func clock(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ $0.count == 2 }) else { return nil }
        let values = parts.compactMap { number($0) }
        guard values.count == parts.count, values[0] < 24, values.dropFirst().allSatisfy({ $0 < 60 }) else {
            return nil
        }
        return values[0] * 3600 + values[1] * 60 + (values.count == 3 ? values[2] : 0)
    }

    /// `2026-11-01T14:00`.
    private static func joined(_ text: String) -> TimeExpression? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[0].count == 10,
            let date = date(parts[0], today: CivilDate(daysSinceEpoch: 0)),
            let second = clock(parts[1])
        else { return nil }
        return .local(date, second: second)
    }

    /// `-2h`, `+90min`, `-1d12h`: back from now, or on from it.
    private static func span(_ text: String) -> Elapsed? {
        guard let sign = text.first, sign == "-" || sign == "+" else { return nil }
        let rest = text.dropFirst()
        guard !rest.contains(" "), let length = duration(String(rest)) else { return nil }
        return sign == "+" ? length : Elapsed(nanoseconds: -length.nanoseconds)
    }

    /// `@1795256043`: seconds since 1970, UTC.
    private static func unix(_ text: String) -> WallTime? {
        let digits = text.dropFirst()
        guard text.first == "@", (1...11).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(digits).map { WallTime(unixSeconds: $0) }
    }

    /// A length of time: `90min`, `1d12h`, `2 hours 30 min`; whole numbers, each with its unit. Nil for anything else.
    public static func duration(_ text: String) -> Elapsed? {
        var rest = text[...]
        var seconds: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            rest = rest.drop { $0 == " " }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let count = number(digits),
                let size = units.first(where: { $0.names.contains(String(unit)) })?.seconds
            else { return nil }
            seconds += Int64(count) * size
        }
        return Elapsed(nanoseconds: min(seconds, 9_000_000_000) * 1_000_000_000)
    }

    private static let units: [(names: [String], seconds: Int64)] = [
        (["s", "sec", "second", "seconds"], 1), (["m", "min", "minute", "minutes"], 60),
        (["h", "hr", "hour", "hours"], 3600), (["d", "day", "days"], 86_400),
        (["w", "week", "weeks"], 604_800),
    ]

    /// At most six plain digits.
    private static func number(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        return Int(digits)
    }
}
