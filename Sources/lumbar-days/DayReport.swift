import LumbarCore
import LumbarSimulation

/// The scores of many days, for people and for programs.
struct DayReport {
    private let runs: [DayRun]
    private let total: DayScore
    private let hours: Double

    init(_ runs: [DayRun]) {
        self.runs = runs
        total = runs.reduce(into: DayScore()) { $0 += $1.score }
        hours = runs.reduce(0) { $0 + $1.hours }
    }

    /// Days that have something in common.
    private struct Group {
        var name: String
        var score = DayScore()
        var days = 0
    }

    /// The days by what `name` says of them, in the order of first appearance.
    private func groups(_ name: (SimulatedDay) -> String) -> [Group] {
        var groups: [Group] = []
        for run in runs {
            let name = name(run.day)
            let place = groups.firstIndex { $0.name == name } ?? groups.count
            if place == groups.count { groups.append(Group(name: name)) }
            groups[place].score += run.score
            groups[place].days += 1
        }
        return groups
    }

    private var byRate: [Group] {
        groups { Self.rate($0) }.sorted { (Double($0.name) ?? 0) < (Double($1.name) ?? 0) }
    }

    private var byMount: [Group] {
        groups { day in
            let names = [day.sensor.mount.up, day.sensor.mount.forward].map { axis in
                axis.map { ($0.isNegative ? "-" : "+") + ["x", "y", "z"][$0.index] } ?? "?"
            }
            return "up=" + names[0] + ",forward=" + names[1]
        }
    }

    private var byDeclaration: [Group] { groups { $0.declaresMount ? "declared" : "undeclared" } }

    private var byKind: [Group] { groups { $0.kind.rawValue } }

    private static func rate(_ day: SimulatedDay) -> String { String(Int(day.sensor.rateHz)) }

    // MARK: For people

    /// Tables.
    var text: String {
        let seeds = "\(runs.first?.day.seed ?? 0) to \(runs.last?.day.seed ?? 0)"
        var lines: [String] = [
            "\(runs.count) days, \(DecimalText.fixed(hours, 1)) hours, seeds \(seeds)", "",
        ]
        lines += eventLines
        lines += ["", wearLine, ""]
        lines += postureLines
        lines += ["", "alerts, usual settings"] + NudgeReport(runs.map(\.nudges)).lines
        lines += ["", "alerts, every rule on"] + NudgeReport(runs.map(\.everyRule)).lines
        let tables: [(title: String, groups: [Group])] = [
            ("Hz", byRate), ("mount", byDeclaration), ("kind", byKind), ("worst mounts", worstMounts),
        ]
        for table in tables {
            lines.append("")
            lines += Self.table(table.title, table.groups)
        }
        return lines.joined(separator: "\n")
    }

    private var eventLines: [String] {
        var rows = [["", "true", "found", "missed", "wrong", "recall %", "95 %", "precision %", "95 %"]]
        for event in total.events { rows.append(Self.row(event.name, event.score)) }
        return Self.aligned(rows)
    }

    private var wearLine: String {
        let wear = total.wear
        var line = "wear: \(Self.percent(wear.share)) % of \(wear.minutes) minutes right "
        line += "(\(Self.interval(wear.interval))); off told as worn \(wear.missed), of which carried about "
        line += "\(wear.carried); worn told as off \(wear.wrong)"
        return line
    }

    private var postureLines: [String] {
        var rows = [["seconds in", "recall %", "precision %"]]
        for kind in PostureScore.kinds {
            let recall = Self.percent(total.postures.recall(of: kind))
            rows.append([kind.rawValue, recall, Self.percent(total.postures.precision(of: kind))])
        }
        return Self.aligned(rows)
    }

    private var worstMounts: [Group] {
        func slips(_ score: DayScore) -> Int {
            score.events.prefix(4).reduce(0) { $0 + $1.score.missed + $1.score.wrong }
        }
        let sorted = byMount.sorted {
            (Double(slips($1.score)) / Double($1.days), $0.name) < (
                Double(slips($0.score)) / Double($0.days), $1.name
            )
        }
        return Array(sorted.prefix(5))
    }

    /// Recall and precision of what has a target, for each group.
    private static func table(_ title: String, _ groups: [Group]) -> [String] {
        var head: [String] = [title, "days"]
        head += DayScore().events.prefix(4).map(\.name)
        head.append("wear")
        return aligned([head] + groups.map(row))
    }

    private static func row(_ group: Group) -> [String] {
        var cells: [String] = [group.name, String(group.days)]
        for event in group.score.events.prefix(4) {
            cells.append(percent(event.score.recall) + "/" + percent(event.score.precision))
        }
        cells.append(percent(group.score.wear.share))
        return cells
    }

    static func row(_ name: String, _ score: EventScore) -> [String] {
        [
            name, String(score.happened), String(score.found), String(score.missed), String(score.wrong),
            percent(score.recall), interval(score.recallInterval), percent(score.precision),
            interval(score.precisionInterval),
        ]
    }

    static func percent(_ share: Double?) -> String {
        share.map { DecimalText.fixed($0 * 100, 1) } ?? "-"
    }

    static func interval(_ range: ClosedRange<Double>) -> String {
        percent(range.lowerBound) + "-" + percent(range.upperBound)
    }

    /// Columns two spaces apart, the first to the left and the others to the right.
    static func aligned(_ rows: [[String]]) -> [String] {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
        }
    }

    // MARK: For programs

    /// One JSON object.
    var json: String {
        var object = JSONObject()
        object.add("days", runs.count)
        object.add("first_seed", Int(runs.first?.day.seed ?? 0))
        object.add("hours", hours, decimals: 2)
        object.addRaw("all", Self.json(total))
        object.addRaw("alerts", NudgeReport(runs.map(\.nudges)).json)
        object.addRaw("alerts_every_rule", NudgeReport(runs.map(\.everyRule)).json)
        object.addRaw("by_rate_hz", Self.json(byRate))
        object.addRaw("by_mount", Self.json(byMount))
        object.addRaw("by_declaration", Self.json(byDeclaration))
        object.addRaw("by_kind", Self.json(byKind))
        return object.text
    }

    private static func json(_ groups: [Group]) -> String {
        var object = JSONObject()
        for group in groups {
            object.addRaw(group.name, json(group.score))
        }
        return object.text
    }

    private static func json(_ score: DayScore) -> String {
        var object = JSONObject()
        for event in score.events {
            object.addRaw(event.name.split(separator: " ").joined(separator: "_"), json(event.score))
        }
        var wear = JSONObject()
        wear.add("minutes", score.wear.minutes)
        wear.add("right", score.wear.right)
        wear.add("off_told_as_worn", score.wear.missed)
        wear.add("of_which_carried", score.wear.carried)
        wear.add("worn_told_as_off", score.wear.wrong)
        wear.add("right_pct", score.wear.share * 100, decimals: 2)
        object.addRaw("wear", wear.text)
        var postures = JSONObject()
        for posture in PostureScore.kinds {
            var one = JSONObject()
            one.add("recall_pct", score.postures.recall(of: posture) * 100, decimals: 2)
            one.add("precision_pct", score.postures.precision(of: posture) * 100, decimals: 2)
            postures.addRaw(posture.rawValue, one.text)
        }
        object.addRaw("seconds", postures.text)
        return object.text
    }

    static func json(_ score: EventScore) -> String {
        var object = JSONObject()
        object.add("true", score.happened)
        object.add("found", score.found)
        object.add("missed", score.missed)
        object.add("told", score.told)
        object.add("wrong", score.wrong)
        add("recall", score.recall, score.recallInterval, to: &object)
        add("precision", score.precision, score.precisionInterval, to: &object)
        return object.text
    }

    static func add(
        _ name: String, _ share: Double?, _ interval: ClosedRange<Double>, to object: inout JSONObject
    ) {
        object.add(name + "_pct", (share ?? .nan) * 100, decimals: 2)
        object.addRaw(
            name + "_95_pct",
            "[\(DecimalText.fixed(interval.lowerBound * 100, 2)),\(DecimalText.fixed(interval.upperBound * 100, 2))]"
        )
    }
}

/// Every miss and every wrong thing of many days, one a line.
enum SlipList {
    static func text(_ runs: [DayRun]) -> String {
        var lines: [String] = []
        for run in runs {
            for event in run.score.events {
                for slip in event.score.slips {
                    lines.append(line(run, event.name, slip))
                }
            }
            lines += run.nudges.slips.map { self.line(run, $0) }
            lines += run.everyRule.slips.map { "every rule on, " + self.line(run, $0) }
            for (name, score) in run.nudges.missed {
                lines += score.slips.filter(\.isMiss).map { self.line(run, "nudge about " + name, $0) }
            }
            let wear = run.score.wear
            if wear.missed + wear.wrong > 0 {
                lines.append(
                    "seed \(run.day.seed) \(Int(run.day.sensor.rateHz)) Hz wear: \(wear.missed) minutes missed "
                        + "(\(wear.carried) carried), \(wear.wrong) wrong")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ run: DayRun, _ slip: NudgeScore.Slip) -> String {
        var line = "seed \(run.day.seed) \(Int(run.day.sensor.rateHz)) Hz "
        if !run.day.declaresMount { line += "undeclared " }
        line += DayLog.line(slip.alert)
        return line + " -- truth: " + slip.truth
    }

    private static func line(_ run: DayRun, _ name: String, _ slip: EventScore.Slip) -> String {
        var line = "seed \(run.day.seed) \(Int(run.day.sensor.rateHz)) Hz "
        if !run.day.declaresMount { line += "undeclared " }
        line += name
        line += slip.isMiss ? " missed " : " wrong "
        line += "\(DecimalText.fixed(slip.start, 1)) to \(DecimalText.fixed(slip.end, 1))"
        return line
    }
}
