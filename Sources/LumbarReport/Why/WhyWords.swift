import LumbarCore

/// Why an alert was raised, in a sentence, and its measures as people say them.
public enum WhyWords {
    /// What was measured against what: `You had been sitting for 30 min; the rule speaks from 30 min on.`
    public static func sentence(_ alert: Alert) -> String {
        guard let reason = alert.reason else {
            return "Why is not known: reasons were not kept yet when this alert was stored."
        }
        let measured = amount(reason.measured, reason.unit)
        let threshold = amount(reason.threshold, reason.unit)
        if reason.clause == TrainingSession.endClause {
            return "Of the bends of the session, \(measured) went past 60 degrees; "
                + "the target was \(threshold)."
        }
        guard let what = clauses.first(where: { $0.name == reason.clause })?.sentence else {
            return "\(Printable.text(plain(reason.clause), limit: 64)) was \(measured)"
                + "; the rule speaks \(limit(reason, threshold))."
        }
        return what(measured) + "; the rule speaks \(limit(reason, threshold))."
    }

    /// On which side of its threshold the measure was.
    private static func limit(_ reason: AlertReason, _ threshold: String) -> String {
        reason.measured < reason.threshold ? "up to " + threshold : "from " + threshold + " on"
    }

    /// By the clause of a rule; one that is not among them is told by its name.
    private static let clauses: [(name: String, sentence: @Sendable (String) -> String)] = [
        ("seated_time", { "You had been sitting for \($0)" }),
        ("standing_time", { "You had been standing for \($0)" }),
        ("holding_time_used", { "You had used \($0) of the time that your back may be held bent like that" }),
        ("time_since_rising", { "You bent \($0) after getting up" }),
        ("impact_and_rest", { "There was an impact of \($0), and then you lay still" }),
        ("lying_since_fall", { "You had been lying for \($0) after a possible fall" }),
        ("signs_of_strain", { "Signs of strain in what looked like a lift: \($0)" }),
        ("turn_after_lift", { "You turned by \($0) right after a probable lift" }),
        ("turn_while_bent", { "You turned by \($0) while bent" }),
        ("share_of_own_range", { "You were bent to \($0) of the deepest bend that you have shown" }),
        ("zone_entries_per_minute", { "You went into one zone of bending \($0)" }),
        ("time_bent_today", { "You had been bent for \($0) on that day" }),
        ("time_since_rest", { "You bent deeply \($0) after a long rest" }),
        ("riding_time", { "You had been riding for \($0)" }),
        ("time_not_worn", { "The sensor had not been worn for \($0)" }),
        ("time_silent", { "Nothing had been heard from the sensor for \($0)" }),
        ("time_moved", { "The sensor had moved, and its angles had not counted for \($0)" }),
        ("time_stale", { "Upright had not been confirmed for \($0)" }),
        ("longest_sit", { "Your longest sit was \($0)" }),
        ("quick_breaks", { "Of the nudges about sitting, \($0) were followed by a break" }),
        ("moving_start", { "Your longest sit of the first two hours was \($0)" }),
        ("session_begin", { "You had been on your feet for \($0)" }),
        ("bend_past_limit", { "A bend in a session of your training went to \($0)" }),
        ("held_back", { "Messages that were held back before: \($0)" }),
    ]

    /// `seated_time` as `Seated time`.
    static func plain(_ name: String) -> String {
        let words = name.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// A measure with its unit, as people say it.
    static func amount(_ value: Double, _ unit: MeasureUnit) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "an unknown amount" }
        switch unit {
        case .seconds: return span(seconds: value)
        case .degrees: return DecimalText.fixed(value, 0) + "°"
        case .share: return DecimalText.fixed(value * 100, 0) + " %"
        case .perMinute: return DecimalText.fixed(value, 1) + " a minute"
        case .count: return DecimalText.fixed(value, 0)
        case .standardGravity: return DecimalText.fixed(value, 1) + " g"
        }
    }

    /// The same to the last digit that means something.
    static func exact(_ value: Double, _ unit: MeasureUnit) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return "unknown" }
        switch unit {
        case .seconds:
            return value < 120 ? span(seconds: value) : "\(span(seconds: value)) (\(whole(value)) s)"
        case .degrees: return DecimalText.fixed(value, 1) + "°"
        case .perMinute: return DecimalText.fixed(value, 2) + " a minute"
        case .standardGravity: return DecimalText.fixed(value, 2) + " g"
        case .share, .count: return amount(value, unit)
        }
    }

    private static func whole(_ value: Double) -> String { DecimalText.fixed(value, 0) }

    /// A length of time; under two minutes in seconds, over two days in days.
    static func span(seconds: Double) -> String {
        if seconds < 10, seconds != seconds.rounded() { return DecimalText.fixed(max(0, seconds), 1) + " s" }
        if seconds < 120 { return whole(max(0, seconds)) + " s" }
        if seconds < 172_800 { return HumanDuration.text(seconds: seconds) }
        return whole(seconds / 86_400) + " days"
    }
}
