import LumbarCore
import LumbarStore

/// A comparison of policies as one JSON object per line.
public struct PolicyComparisonJSON {
    private let comparison: PolicyComparison

    /// The lines of `comparison`.
    public init(_ comparison: PolicyComparison) { self.comparison = comparison }

    /// One line for all of it, and one for each policy.
    public var lines: [String] { [head] + comparison.columns.map(line) }

    private var head: String {
        let fidelity = comparison.fidelity
        var object = JSONObject()
        object.add("type", "policy_comparison")
        object.add("from", comparison.first.description)
        object.add("to", comparison.last.description)
        object.add("days", comparison.days.count)
        object.add("told", fidelity.told)
        object.add("told_again", fidelity.same)
        object.add("added", fidelity.added.count)
        object.addRaw("apart_s_max", fidelity.apart.max().map { DecimalText.fixed($0, 3) } ?? "null")
        object.addRaw("notes", "[" + comparison.notes.map(JSONObject.quoted).joined(separator: ",") + "]")
        return object.text
    }

    private func line(_ column: PolicyComparison.Column) -> String {
        let counts = AlertCounts(column.alerts, days: comparison.days)
        var object = JSONObject()
        object.add("type", "policy")
        object.add("name", column.name)
        object.addRaw("file", column.file.map(JSONObject.quoted) ?? "null")
        object.addRaw(
            "differences", "[" + column.differences.map(JSONObject.quoted).joined(separator: ",") + "]")
        object.add("nudges", counts.nudges)
        object.add("urgent", counts.urgent)
        object.add("notices", counts.notices)
        object.add("at_night", counts.atNight)
        object.addRaw("busiest_hour", counts.busiestHour.map { String($0) } ?? "null")
        object.addRaw(
            "busiest_day", counts.busiestDay.map { JSONObject.quoted($0.date.description) } ?? "null")
        object.addRaw("rules", Self.rules(counts.rules))
        object.addRaw("shadow", Self.rules(counts.shadows))
        object.addRaw("hours", "[" + counts.hours.map { String($0) }.joined(separator: ",") + "]")
        let days = counts.perDay.map { day -> String in
            var object = JSONObject()
            object.add("date", day.date.description)
            object.add("nudges", day.nudges)
            object.add("notices", day.notices)
            return object.text
        }
        object.addRaw("by_day", "[" + days.joined(separator: ",") + "]")
        return object.text
    }

    private static func rules(_ counts: [Int]) -> String {
        var object = JSONObject()
        for (rule, count) in zip(AlertRule.allCases, counts) where count > 0 {
            object.add(rule.rawValue, count)
        }
        return object.text
    }

    /// One line for each alert, with the policies that give it.
    public var list: [String] {
        PolicyAlerts(comparison).rows.map { row in
            var object = JSONObject()
            PolicyComparisonJSON.add(row.stored, to: &object)
            let names = row.columns.map { JSONObject.quoted(comparison.columns[$0].name) }
            object.addRaw("given_by", "[" + names.joined(separator: ",") + "]")
            return object.text
        }
    }

    /// One line for an alert that a policy would have given; it has no name, since it was given to nobody.
    public static func line(_ stored: StoredAlert) -> String {
        var object = JSONObject()
        add(stored, to: &object)
        return object.text
    }

    private static func add(_ stored: StoredAlert, to object: inout JSONObject) {
        let alert = stored.alert
        object.add("type", "policy_alert")
        object.addRaw(
            "time",
            stored.place.wall.map { JSONObject.quoted(LocalTimeText.standard($0, zone: stored.place.zone)) }
                ?? "null")
        object.add("rule", alert.rule.rawValue)
        object.add("tier", alert.tier.rawValue)
        object.add("delivery", alert.delivery.rawValue)
        object.add("duration_s", alert.duration.seconds, decimals: 1)
        object.add("message", alert.message)
        object.add("wearer", alert.wearer.text)
    }
}
