import LumbarCore
import LumbarMeasures

/// How a training goes, for people: its aim, a table of what was made and measured, and what comes next.
public struct TrainingStatusText {
    private let standing: TrainingStanding
    private var course: TrainingCourse { standing.course }
    private var today: CivilDate { standing.today }

    /// The words for a training.
    public init(_ standing: TrainingStanding) { self.standing = standing }

    /// The lines, at most 80 columns wide.
    public var lines: [String] {
        var out = [aim]
        let rows = rows
        if !rows.isEmpty {
            var table = TextTable(
                ["DATE", "WHAT", "BENDS", "PAST 60", "SHARE", ""],
                [.left, .left, .right, .right, .right, .left])
            for row in rows { table.append(row) }
            out += [""] + table.lines() + [""]
        }
        return out + gained + outlook
    }

    /// What is trained, and what was known before it.
    private var aim: String {
        let plan = course.log.plan
        let before = plan.baseline.map { "\(Self.percent($0)) before" } ?? "not known before"
        return
            "Fewer bends past 60 degrees, since \(standing.asked): \(Self.percent(plan.target)) at most, \(before)."
    }

    private var rows: [[String]] {
        var rows = course.made.map { made in
            (
                made.session.date,
                row(
                    made.session.date, Self.what(made), made.session.count, Self.verdict(made.verdict))
            )
        }
        rows += course.retention.compactMap { retention in
            if let day = retention.day { return (day.date, measured(retention, day)) }
            guard standing.fate(of: retention) == .missed else { return nil }
            let what = [retention.due.description, weeks(retention.weeks), "-", "-", "-"]
            return (retention.due, what + ["no day was worn for 4 h"])
        }
        return rows.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func row(_ date: CivilDate, _ what: String, _ count: BendCount, _ note: String) -> [String] {
        [
            date.description, what, String(count.bends), String(count.deep),
            count.share.map(Self.percent) ?? "-", note,
        ]
    }

    private func measured(_ retention: TrainingCourse.Retention, _ day: TrainingDay) -> [String] {
        let kept = day.count.share.flatMap(course.kept).map(Self.kept) ?? "no gain to hold it against"
        return row(day.date, weeks(retention.weeks), day.count, kept)
    }

    private func weeks(_ weeks: Int) -> String { weeks == 1 ? "1 week later" : "\(weeks) weeks later" }

    private static func what(_ made: TrainingCourse.Made) -> String {
        let minutes = DecimalText.fixed(made.session.seconds / 60, 0) + " min"
        return made.isBooster ? minutes + ", booster" : minutes
    }

    private static func verdict(_ verdict: TrainingCourse.Verdict) -> String {
        switch verdict {
        case .held: "held"
        case .above: "above"
        case .tooFew: "too few bends to tell"
        }
    }

    private static func kept(_ share: Double) -> String {
        if share <= 0 { return "nothing of the gain is left" }
        return share >= 1 ? "all of the gain is left" : "\(percent(share)) of the gain is left"
    }

    /// What it came to, in a sentence; none before its last session.
    private var gained: [String] {
        guard let end = course.endShare else { return [] }
        let last = "\(Self.percent(end)) in the last \(TrainingCourse.lastHeld) sessions held"
        guard let before = course.log.plan.baseline else { return ["Not known before, \(last)."] }
        return [(end < before ? "Gained: " : "") + "\(Self.percent(before)) before, \(last)."]
    }

    /// What comes, in sentences.
    private var outlook: [String] {
        let another = "`lumbarctl training start` begins another."
        switch standing.state {
        case .goesOn: return coming
        case .over: return ["The training is over; \(another)"]
        case .stopped: return [stop, another]
        }
    }

    private var stop: String {
        let stopped = "Stopped" + (standing.stopped.map { " on \($0)" } ?? "")
        guard course.trained != nil else { return "\(stopped), before the last session." }
        let weeks = course.retention.filter { standing.fate(of: $0) == .stopped }.map { String($0.weeks) }
        guard let last = weeks.last else { return stopped + "." }
        let all = weeks.count == 1 ? last : weeks.dropLast().joined(separator: ", ") + " and " + last
        return stopped + "; what is left after \(all) weeks was not measured."
    }

    private var coming: [String] {
        guard let next = standing.next else { return [] }
        let when = when(next.date)
        switch next.duty {
        case .session(let minutes):
            return [
                "Next: \(minutes) minutes on your feet, \(when).",
                "1, 3 and 12 weeks after the last session it is measured what is left.",
            ]
        case .booster(let minutes):
            return ["Next: \(minutes) minutes on your feet, \(when).", waiting].compactMap { $0 }
        case .retention:
            return ["Next: a day without a word about bends, \(when), to see what is left."]
        case .nothing: return []
        }
    }

    private var waiting: String? {
        course.retention.first { $0.day == nil && $0.last >= today }.map {
            "What is left is measured on \($0.due), or the first worn day after it."
        }
    }

    private func when(_ date: CivilDate) -> String {
        switch date.daysSinceEpoch - today.daysSinceEpoch {
        case 0: "today"
        case 1: "tomorrow"
        default: "on \(date)"
        }
    }

    /// `17 %`.
    public static func percent(_ share: Double) -> String { DecimalText.fixed(share * 100, 0) + " %" }
}
