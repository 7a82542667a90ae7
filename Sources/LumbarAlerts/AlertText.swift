import LumbarCore

/// Every sentence a wearer reads in an alert: what was seen, and one thing to do.
///
/// The words inform. They hold no score, no blame and no diagnosis: one trunk sensor knows movement, not risk. Angles
/// are whole degrees and times whole minutes, because the sensor gives no more.
public enum AlertText {
    /// What is seen first: the longest run of whole sentences that fits in 100 characters, with the fact and the action.
    public static func firstLine(_ text: String) -> Substring {
        var line = text[..<text.startIndex]
        var index = text.startIndex
        while let stop = text[index...].firstIndex(of: ".") {
            let next = text.index(after: stop)
            guard text.distance(from: text.startIndex, to: next) <= 100 else { break }
            line = text[..<next]
            index = next
        }
        return line
    }

    /// A bout of sitting that has reached a step of the ladder.
    ///
    /// The amounts of walking are those of the B-MOBILE trial (PLoS ONE 9:e100821): 3 min after 30, 6 after 60.
    public static func sitting(
        seconds: Double, tier: AlertTier, isLast: Bool, isGentle: Bool = false
    ) -> String {
        let seen = "You have been sitting for \(duration(seconds: seconds))."
        if isGentle { return seen + " A short walk, as far as is comfortable, keeps you moving." }
        if tier == .notice { return seen + " A short walk would make a good break soon." }
        if isLast { return seen + " A walk would do you good; no more is said until a break." }
        return seen
            + (seconds < 45 * 60 ? " Stand up and walk for about 3 minutes." : " Walk for about 6 minutes.")
    }

    /// A bend that is held, or was held until just now, past its holding time; or is about to be.
    public static func sustainedFlexion(
        _ measures: SustainedFlexion, seconds: Double, isOngoing: Bool, isAhead: Bool = false
    ) -> String {
        let verb = isOngoing ? "have been" : "were"
        let seen =
            "You \(verb) bent forward about \(wholeDegrees(measures.meanDegrees)) degrees for "
            + "\(duration(seconds: seconds)). "
        if isAhead { return seen + "Come up for a moment soon." }
        return seen
            + (isOngoing ? "Stand up and move for a moment." : "Raise the work a little if you go on.")
    }

    /// A probable lift under strain; the advice goes with what made it one.
    public static func lift(_ lift: Lift) -> String {
        var parts = ["a bend of \(wholeDegrees(lift.peakDegrees)) degrees"]
        if lift.strain.contains(.twisted) {
            return "Probable lift with \(parts[0]) and a turn while bent. Next time, turn with your feet."
        }
        if lift.strain.contains(.fast) { parts.append("a fast rise") }
        if lift.strain.contains(.jerky) { parts.append("a jerk") }
        let advice =
            parts.count > 1 ? "Take the next one more slowly." : "Next time, bring it close to you first."
        return "Probable lift with \(list(parts)). " + advice
    }

    /// Turning while bent, right after a probable lift.
    public static func twist(_ twist: Twist) -> String {
        "You turned about \(wholeDegrees(twist.turnDegrees.magnitude)) degrees while bent, after a probable lift. "
            + "Next time, turn with your feet."
    }

    /// A possible fall, with the signs that need a doctor.
    public static var fall: String {
        "Possible fall. If you are hurt or cannot get up, call for help now; this program calls nobody. "
            + SafetyText.afterFall
    }

    /// Nobody has got up after a possible fall.
    public static func stillDown(seconds: Double) -> String {
        "Still lying \(duration(seconds: seconds)) after a possible fall. If you cannot get up, call for help now. "
            + "This program calls nobody."
    }

    /// A bend soon after getting up.
    public static func morning(peakDegrees: Double, seconds: Double) -> String {
        "You bent forward \(wholeDegrees(peakDegrees)) degrees, \(duration(seconds: seconds)) after getting up. "
            + "Leave for later what can wait."
    }

    /// A long time standing.
    public static func standing(seconds: Double) -> String {
        "You have been standing for \(duration(seconds: seconds)). Walk a little or sit for a while."
    }

    /// A long ride.
    public static func riding(seconds: Double) -> String {
        "You have been riding for \(duration(seconds: seconds)). Stop for a short walk when you can."
    }

    /// Turning while bent, without a lift.
    public static func turning(_ twist: Twist) -> String {
        "You turned about \(wholeDegrees(twist.turnDegrees.magnitude)) degrees while bent. "
            + "Rise first, then turn with your feet."
    }

    /// A bend or lift right after a rest; a lift need not be deep.
    static func afterRest(_ rest: Rest, degrees: Double, seconds: Double) -> String {
        let what = rest.kind == .lying ? "lying" : "sitting"
        return "You bent \(wholeDegrees(degrees)) degrees, \(duration(seconds: seconds)) after "
            + "\(long(seconds: rest.seconds)) of \(what). Next time, walk two minutes first."
    }

    /// Bending again and again.
    public static func repeatedBends(perMinute: Double) -> String {
        "You have bent forward \(whole(perMinute * 5)) times in 5 minutes. Raise the work, or take turns."
    }

    /// Much time bent in a day.
    public static func bentToday(seconds: Double, degrees: Int) -> String {
        "You have been bent past \(degrees) degrees for \(duration(seconds: seconds)) today. "
            + "Raise what is left if you can."
    }

    /// Close to the own end of range.
    public static func endRange(share: Double, seconds: Double, isGentle: Bool) -> String {
        let percent = whole(100 * share)
        if isGentle {
            return "That bend went to \(percent) percent of your own range. Bend the knees more for now."
        }
        return
            "You bent to \(percent) percent of your own range for \(duration(seconds: seconds)). Come up a little."
    }

    /// Not worn for long.
    public static func offBody(seconds: Double) -> String {
        "The sensor has been off for \(long(seconds: seconds)). Put it on to have the day counted."
    }

    /// Nothing heard for a while.
    public static func silentSensor(seconds: Double) -> String {
        "Nothing was heard from the sensor for \(long(seconds: seconds)). Look at its light and its battery."
    }

    /// The sensor moved.
    public static func untrusted(seconds: Double) -> String {
        "The sensor sits differently since \(long(seconds: seconds)) ago. Fasten it, then walk half a minute."
    }

    /// Upright is not confirmed.
    public static func staleUpright(seconds: Double) -> String {
        "Upright was not confirmed for \(long(seconds: seconds)). Walk half a minute, so that angles count."
    }

    /// What went well.
    static func goodNews(_ news: GoodNews) -> String {
        switch news {
        case .shorterSits(let longest, let usual):
            "Your longest sit today took \(duration(seconds: longest)), usually \(duration(seconds: usual)). Carry on."
        case .quickBreaks(let count, let all):
            "\(count) of \(all) reminders led to a break within 5 minutes. Carry on like that."
        case .movingStart(let seconds):
            "No sit was longer than \(duration(seconds: seconds)) in the first 2 hours. Carry on like that."
        }
    }

    /// Nudges that were held back, told in one.
    public static func digest(_ rules: [AlertRule], seconds: Double) -> String {
        var parts: [String] = []
        for rule in RuleCatalog.all {
            guard let names = rule.heldAs else { continue }
            let count = rules.count { $0 == rule.id }
            if count > 0 { parts.append("\(count) more " + (count == 1 ? names.one : names.many)) }
        }
        // Of many kinds the number says enough.
        if parts.count > 1 { parts = ["\(rules.count) more bends, lifts or turns"] }
        return "\(list(parts)) in \(duration(seconds: seconds)). Raise the work to hip height if you can."
    }

    /// Whole minutes; whole seconds below a minute and a half, which only a demonstration reaches.
    public static func duration(seconds: Double) -> String {
        if seconds < 89.5 { return counted(whole(seconds), "second") }
        return counted(whole(seconds / 60), "minute")
    }

    /// `duration`, in whole hours from two hours on.
    static func long(seconds: Double) -> String {
        seconds < 2 * 3600 ? duration(seconds: seconds) : counted(whole(seconds / 3600), "hour")
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
