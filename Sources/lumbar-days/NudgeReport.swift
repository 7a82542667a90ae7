import LumbarCore
import LumbarSimulation

/// What was told on many days, and whether it was so.
struct NudgeReport {
    private let total: NudgeScore

    init(_ days: [NudgeScore]) { total = days.reduce(into: NudgeScore()) { $0 += $1 } }

    /// The rules that said something in this way.
    private func rules(_ voice: NudgeScore.Voice) -> [AlertRule] {
        AlertRule.allCases.filter { total.count($0, voice).told > 0 }
    }

    // MARK: For people

    /// A table of what was told and one of what should have been.
    var lines: [String] {
        var rows = [["said", "told", "justified", "doubtful", "wrong", "justified %", "95 %"]]
        for voice in NudgeScore.Voice.allCases {
            rows.append(Self.row("all, " + voice.rawValue, total.count(voice)))
            for rule in rules(voice) {
                rows.append(Self.row("  " + rule.rawValue, total.count(rule, voice)))
            }
        }
        var missed = [["asked for", "true", "found", "missed", "recall %", "95 %"]]
        for (name, score) in total.missed {
            missed.append(
                [name, String(score.happened), String(score.found), String(score.missed)]
                    + [DayReport.percent(score.recall), DayReport.interval(score.recallInterval)])
        }
        let hours = DecimalText.fixed(total.wornHours, 1)
        let often = "\(DecimalText.fixed(total.nudgesPerHour, 2)) nudges an hour, \(hours) hours worn"
        return DayReport.aligned(rows) + ["", often, ""] + DayReport.aligned(missed)
    }

    private static func row(_ name: String, _ count: NudgeScore.Count) -> [String] {
        [
            name, String(count.told), String(count.justified), String(count.doubtful), String(count.wrong),
            DayReport.percent(count.share), DayReport.interval(count.interval),
        ]
    }

    // MARK: For programs

    /// One JSON object.
    var json: String {
        var object = JSONObject()
        object.add("worn_hours", total.wornHours, decimals: 2)
        object.add("nudges_per_hour", total.nudgesPerHour, decimals: 3)
        for voice in NudgeScore.Voice.allCases {
            var said = JSONObject()
            said.addRaw("all", Self.json(total.count(voice)))
            for rule in rules(voice) { said.addRaw(rule.rawValue, Self.json(total.count(rule, voice))) }
            object.addRaw(voice.rawValue, said.text)
        }
        var missed = JSONObject()
        for (name, score) in total.missed {
            missed.addRaw(name.split(separator: " ").joined(separator: "_"), DayReport.json(score))
        }
        object.addRaw("asked_for", missed.text)
        return object.text
    }

    private static func json(_ count: NudgeScore.Count) -> String {
        var object = JSONObject()
        object.add("told", count.told)
        object.add("justified", count.justified)
        object.add("doubtful", count.doubtful)
        object.add("wrong", count.wrong)
        DayReport.add("justified", count.share, count.interval, to: &object)
        return object.text
    }
}
