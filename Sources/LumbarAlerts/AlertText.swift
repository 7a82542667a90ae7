import LumbarCore

/// Every sentence a wearer reads in an alert: what was seen, and one thing to do.
///
/// The words inform. They hold no score, no blame and no diagnosis: one trunk sensor knows movement, not risk. Angles
/// are whole degrees and times whole minutes, because the sensor gives no more.
public enum AlertText {
    /// A bout of sitting that has reached a step of the ladder.
    ///
    /// The amounts of walking are those of the B-MOBILE trial (PLoS ONE 9:e100821): 3 min after 30, 6 after 60.
    public static func sitting(seconds: Double, tier: AlertTier, isLast: Bool) -> String {
        let seen = "You have been sitting for \(duration(seconds: seconds))."
        if tier == .notice { return seen + " A short walk would make a good break soon." }
        if isLast { return seen + " A walk would do you good now; the next reminder comes after a break." }
        return seen
            + (seconds < 45 * 60 ? " Stand up and walk for about 3 minutes." : " Walk for about 6 minutes.")
    }

    /// A bend that is held, or was held until just now, past its holding time.
    public static func sustainedFlexion(
        _ measures: SustainedFlexion, seconds: Double, isOngoing: Bool
    ) -> String {
        let verb = isOngoing ? "have been" : "were"
        return "You \(verb) bent forward about \(wholeDegrees(measures.meanDegrees)) degrees for "
            + "\(duration(seconds: seconds)). "
            + (isOngoing
                ? "Stand up and move for a moment." : "Raise the work a little if you go on with it.")
    }

    /// A probable lift under strain; the advice goes with what made it one.
    public static func lift(_ lift: Lift) -> String {
        var parts = ["a bend of \(wholeDegrees(lift.peakDegrees)) degrees"]
        if lift.strain.contains(.fast) { parts.append("a fast rise") }
        if lift.strain.contains(.jerky) { parts.append("a jerk") }
        if lift.strain.contains(.twisted) { parts.append("a turn while bent") }
        let seen = "Probable lift with \(list(parts)). "
        if lift.strain.contains(.twisted) { return seen + "Next time, turn with your feet." }
        if lift.strain.contains(.fast) || lift.strain.contains(.jerky) {
            return seen + "Take the next one more slowly."
        }
        return seen + "Next time, bring it close to you first."
    }

    /// Turning while bent, right after a probable lift.
    public static func twist(_ twist: Twist) -> String {
        "You turned about \(wholeDegrees(twist.turnDegrees.magnitude)) degrees while bent, right after a probable "
            + "lift. Next time, turn with your feet."
    }

    /// A possible fall, with the signs that need a doctor.
    public static var fall: String {
        "Possible fall. If you are hurt or cannot get up, call for help now; this program calls nobody. "
            + SafetyText.afterFall
    }

    /// Nobody has got up after a possible fall.
    public static func stillDown(seconds: Double) -> String {
        "Still lying \(duration(seconds: seconds)) after a possible fall. If you are hurt or cannot get up, call for help "
            + "now; this program calls nobody."
    }

    /// A bend soon after getting up.
    public static func morning(peakDegrees: Double, seconds: Double) -> String {
        "You bent forward about \(wholeDegrees(peakDegrees)) degrees, \(duration(seconds: seconds)) after getting up. "
            + "Backs are stiffer early in the day: leave bending that can wait for later."
    }

    /// A long time standing.
    public static func standing(seconds: Double) -> String {
        "You have been standing for \(duration(seconds: seconds)). Walk a little or sit for a while."
    }

    /// Nudges that were held back, told in one.
    public static func digest(_ rules: [AlertRule], seconds: Double) -> String {
        var parts: [String] = []
        for (rule, one, many) in heldNames {
            let count = rules.reduce(0) { $0 + ($1 == rule ? 1 : 0) }
            if count > 0 { parts.append("\(count) more " + (count == 1 ? one : many)) }
        }
        return
            "In the last \(duration(seconds: seconds)): \(list(parts)). Raise the work to hip height if you can."
    }

    private static let heldNames: [(AlertRule, String, String)] = [
        (.lift, "probable lift under strain", "probable lifts under strain"),
        (.twist, "turn while bent", "turns while bent"),
        (.sustainedFlexion, "long bend", "long bends"),
    ]

    /// Whole minutes; whole seconds below a minute and a half, which only a demonstration reaches.
    public static func duration(seconds: Double) -> String {
        if seconds < 89.5 { return counted(whole(seconds), "second") }
        return counted(whole(seconds / 60), "minute")
    }

    /// `degrees` rounded; 0 when it is not a number.
    public static func wholeDegrees(_ degrees: Double) -> Int { whole(degrees) }

    /// `1 bend`, `2 bends`.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)" + (count == 1 ? "" : "s")
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `value` rounded half away from zero and clamped to what is sensible to print.
    static func whole(_ value: Double) -> Int {
        guard value.isFinite else { return 0 }
        return Int(max(-1e9, min(1e9, value)).rounded(.toNearestOrAwayFromZero))
    }
}
