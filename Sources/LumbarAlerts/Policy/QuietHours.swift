import LumbarCore
import LumbarSettings

/// A span of quiet hours: from when to when, on the days on which it begins, such as `mon-fri 22:00-07:00`.
public struct QuietSpan: Sendable, Equatable {
    /// The weekdays on which it begins, Monday first.
    public var days: [Bool]
    /// When it begins, minutes after midnight.
    public var from: Int
    /// When it ends, minutes after midnight; not after `from` means on the day after.
    public var to: Int

    /// A span.
    public init(days: [Bool] = Array(repeating: true, count: 7), from: Int, to: Int) {
        self.days = days
        self.from = from
        self.to = to
    }

    static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// The next midnight is in it or ends it.
    var crossesMidnight: Bool { to <= from }
}

extension QuietSpan: SettingValue {
    /// Reads `mon-fri 22:00-07:00`, `sat 23:00-09:00`, or `22:00-07:00` for every day.
    public static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> QuietSpan {
        let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
        guard words.count == 1 || words.count == 2, let times = words.last else {
            throw SettingError(
                "\(shown(text)) is not quiet hours; write them as mon-fri 22:00-07:00"
            )
        }
        var span = QuietSpan(from: 0, to: 0)
        if words.count == 2 { span.days = try parseDays(words[0]) }
        let ends = times.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2 else {
            throw SettingError(
                "\(shown(times)) is not a time to a time; write it as 22:00-07:00")
        }
        span.from = try parseTime(ends[0])
        span.to = try parseTime(ends[1])
        guard span.from != span.to else {
            throw SettingError(
                "\(shown(times)) begins when it ends; for a whole day write 00:00-24:00"
            )
        }
        return span
    }

    private static func parseDays(_ text: String) throws(SettingError) -> [Bool] {
        let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2, let first = ends.first, let last = ends.last else {
            throw SettingError(
                "\(shown(text)) is no weekday; write mon, sat-sun or the like")
        }
        let from = try parseDay(first)
        let to = try parseDay(last)
        var days = Array(repeating: false, count: 7)
        var day = from
        while true {
            days[day] = true
            if day == to { return days }
            day = (day + 1) % 7
        }
    }

    private static func parseDay(_ name: String) throws(SettingError) -> Int {
        if let place = names.firstIndex(of: name) { return place }
        let guess = nearest(to: String(name.prefix(20)), in: names).map { "; did you mean \($0)?" } ?? ""
        throw SettingError(
            "\(shown(name)) is none of \(names.joined(separator: ", "))\(guess)")
    }

    private static func parseTime(_ text: String) throws(SettingError) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
            hour * 60 + minute <= 24 * 60
        {
            return hour * 60 + minute
        }
        throw SettingError(
            "\(shown(text)) is not a time of day; write it as 07:00 or 22:30")
    }

    /// As it would stand in a file.
    public static func text(_ value: QuietSpan, unit: SettingUnit) -> String {
        let times = clock(value.from) + "-" + clock(value.to)
        let days = daysText(value.days)
        return days.isEmpty ? times : days + " " + times
    }

    /// What a span looks like.
    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String {
        "weekdays and times such as mon-fri 22:00-07:00"
    }

    private static func clock(_ minutes: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        return two(minutes / 60) + ":" + two(minutes % 60)
    }

    /// `mon-fri`; empty for every day. Days that do not follow each other never come from a file.
    private static func daysText(_ days: [Bool]) -> String {
        guard days.contains(false) else { return "" }
        guard let first = days.indices.first(where: { days[$0] && !days[($0 + 6) % 7] }) else { return "" }
        var last = first
        while days[(last + 1) % 7] { last = (last + 1) % 7 }
        return first == last ? names[first] : names[first] + "-" + names[last]
    }
}

/// Whether it is quiet by the clock.
///
/// Spans are local times and become moments by the zone's rule: a span that begins in an hour that comes twice begins at
/// the first, one that ends in it ends at the second; in an hour that is skipped both are the moment of the change.
struct QuietHours: Sendable {
    var spans: [QuietSpan]

    /// When the quiet hours that hold `time` end, or nil when none do.
    func end(holding time: Instant, _ anchor: WallAnchor) -> Instant? {
        var latest: Instant?
        visit(around: time, anchor) { start, end in
            if start <= time, time < end, latest.map({ end > $0 }) ?? true { latest = end }
        }
        return latest
    }

    /// When the last quiet hours before `time` ended, or nil when none did for a day and more.
    func lastEnd(before time: Instant, _ anchor: WallAnchor) -> Instant? {
        var latest: Instant?
        visit(around: time, anchor) { _, end in
            if end <= time, latest.map({ end > $0 }) ?? true { latest = end }
        }
        return latest
    }

    /// A span may have begun the evening before; around a change of the clock's offset local days overlap.
    private func visit(around time: Instant, _ anchor: WallAnchor, _ body: (Instant, Instant) -> Void) {
        guard !spans.isEmpty else { return }
        let today = anchor.date(at: time).daysSinceEpoch
        for day in (today - 2)...(today + 1) {
            let weekday = Int(((day + 3) % 7 + 7) % 7)
            for span in spans where span.days[weekday] {
                let from = Self.wall(day, span.from, anchor.zone, isLast: false)
                let last = span.crossesMidnight ? day + 1 : day
                let to = Self.wall(last, span.to, anchor.zone, isLast: true)
                body(anchor.instant(at: from), anchor.instant(at: to))
            }
        }
    }

    /// UTC of a local time; of two, the first or the last.
    static func wall(_ day: Int64, _ minutes: Int, _ zone: ZoneRule, isLast: Bool) -> WallTime {
        let local = day * 86400 + Int64(minutes) * 60
        let before = WallTime(unixSeconds: local - Int64(zone.offsetSeconds))
        guard let change = zone.change else { return before }
        let after = WallTime(unixSeconds: local - Int64(zone.offsetAfterSeconds))
        switch (before < change, after >= change) {
        case (true, false): return before
        case (false, true): return after
        case (true, true): return isLast ? after : before
        case (false, false): return change
        }
    }
}
