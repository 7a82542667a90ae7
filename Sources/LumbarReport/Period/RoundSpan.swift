import LumbarCore
import LumbarMeasures

/// Numbers as one would say them of a week: no more precise than days are alike.
enum RoundSpan {
    /// `45 s`, `8 min`, `50 min`, `1 h 25 min`, `4½ h`: to 5 min from 10 min on, to half hours from 2 h on.
    static func text(seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "-" }
        if seconds < 59.5 { return "\(whole(max(0, seconds))) s" }
        let minutes = whole(seconds / 60)
        if minutes < 10 { return "\(minutes) min" }
        let fives = whole(seconds / 300) * 5
        if fives < 60 { return "\(fives) min" }
        if fives < 120 { return fives == 60 ? "1 h" : "1 h \(fives - 60) min" }
        let halves = whole(seconds / 1800)
        return "\(halves / 2)" + (halves % 2 == 1 ? "½" : "") + " h"
    }

    /// `0`, `7`, `340`, `8200`: two figures from a hundred on.
    static func count(_ value: Double) -> String {
        guard value.isFinite, value < 1e12 else { return "-" }
        var scale = 1
        var rest = value
        while rest >= 100 {
            rest /= 10
            scale *= 10
        }
        return grouped(whole(rest) * scale)
    }

    /// `1.6`, `0.4`, `12`.
    static func rate(_ value: Double) -> String {
        value < 9.95 ? DecimalText.fixed(value, 1) : DecimalText.fixed(value, 0)
    }

    /// `value` in the words of `unit`.
    static func text(_ value: Double, _ unit: PeriodMeasure.Unit) -> String {
        switch unit {
        case .seconds: text(seconds: value)
        case .count: count(value)
        case .perHour: rate(value)
        }
    }

    /// `between 4 h and 6 h`, or `about 4 h` when both ends read alike.
    static func range(_ spread: DaySpread, _ unit: PeriodMeasure.Unit) -> String {
        let (low, high) = (text(spread.least, unit), text(spread.most, unit))
        return low == high ? "about \(low)" : "between \(low) and \(high)"
    }

    /// Thousands apart by a thin space: a comma means another thing in half of Europe.
    static func grouped(_ value: Int) -> String {
        guard value >= 10_000 else { return String(value) }
        return String(value / 1000) + "\u{202F}" + DecimalText.padded(Int64(value % 1000), width: 3)
    }

    static func whole(_ value: Double) -> Int { Int(value.rounded(.toNearestOrAwayFromZero)) }
}
