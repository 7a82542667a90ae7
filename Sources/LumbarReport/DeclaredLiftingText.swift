import LumbarCore
import LumbarMeasures

/// The declared lifting of a day in words: which model says what, and that none of it is about the wearer's health.
public enum DeclaredLiftingText {
    /// The lines, a heading first; clock times by `zone`.
    public static func lines(_ lifting: DeclaredLifting, zone: (WallTime) -> ZoneRule) -> [String] {
        var lines = ["Declared lifting"]
        for task in lifting.tasks {
            let time = LocalTimeText.minute(task.load.time, zone: zone(task.load.time)).suffix(5)
            lines.append(
                "  \(time)  \(quantities(task.load)): adds \(whole(task.addedMoment)) N·m on the low back each time"
            )
        }
        if let frequency = lifting.frequency {
            lines.append(
                "  NIOSH lifting equation, from \(lifting.seenLifts) probable lifts seen, at most "
                    + "\(DecimalText.fixed(frequency.perMinute, 1)) a minute over a quarter of an hour, "
                    + "\(words(frequency.duration)): frequency multiplier "
                    + DecimalText.fixed(frequency.multiplier, 2) + ".")
        } else {
            lines.append("  NIOSH lifting equation: no probable lifts were seen, so there is no frequency.")
        }
        lines.append(
            "  LiFFT: daily damage \(damage(lifting.dailyDamage)); the model puts a job of such days among those with "
                + "many reported back disorders with a probability of \(whole(lifting.probability * 100)) %.")
        lines.append(
            "  Both are ergonomics models of the task as it was declared. They say nothing about your back and are no "
                + "diagnosis.")
        return lines
    }

    /// `12 kg at 45 cm, 3 times`.
    public static func quantities(_ load: DeclaredLoad) -> String {
        let reach = DecimalText.fixed(load.reach * 100, 0)
        let text = "\(kilograms(load.kilograms)) kg at \(reach) cm"
        return load.times == 1 ? text : text + ", \(load.times) times"
    }

    private static func words(_ duration: LiftingFrequency.Duration) -> String {
        switch duration {
        case .short: "up to an hour at a time"
        case .moderate: "up to two hours at a time"
        case .long: "more than two hours at a time"
        }
    }

    /// One decimal unless it is a zero.
    private static func kilograms(_ value: Double) -> String {
        let text = DecimalText.fixed(value, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func whole(_ value: Double) -> String { DecimalText.fixed(value, 0) }

    private static func damage(_ value: Double) -> String {
        value < 0.00005 ? "below 0.0001" : DecimalText.fixed(value, 4)
    }
}
