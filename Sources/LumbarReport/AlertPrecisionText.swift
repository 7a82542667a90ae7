import LumbarCore
import LumbarMeasures

/// How the rules were received, as a table for people and as JSON.
public enum AlertPrecisionText {
    /// The lines, the header first; none without rules.
    public static func lines(_ rules: [AlertPrecision]) -> [String] {
        guard !rules.isEmpty else { return [] }
        var table = TextTable(
            ["ABOUT", "RAISED", "ON TRIAL", "USEFUL", "FALSE", "LATER", "USEFUL OF THOSE JUDGED"],
            [.left, .right, .right, .right, .right, .right, .left])
        for rule in rules {
            table.append([
                AlertTable.words(rule.rule), String(rule.raised), String(rule.onTrial), String(rule.useful),
                String(rule.wrong), String(rule.later), share(rule),
            ])
        }
        return table.lines()
    }

    private static func share(_ rule: AlertPrecision) -> String {
        guard let found = rule.usefulShare else { return "not enough answers yet" }
        return "\(percent(found.share)) % (95 %: \(percent(found.low)) to \(percent(found.high)) %)"
    }

    private static func percent(_ share: Double) -> String { DecimalText.fixed(share * 100, 0) }

    /// One line of JSON for a rule.
    public static func json(_ rule: AlertPrecision) -> String {
        var object = JSONObject()
        object.add("type", "alert_precision")
        object.add("rule", rule.rule.rawValue)
        object.add("raised", rule.raised)
        object.add("on_trial", rule.onTrial)
        object.add("useful", rule.useful)
        object.add("false", rule.wrong)
        object.add("later", rule.later)
        if let found = rule.usefulShare {
            object.add("useful_share", found.share, decimals: 4)
            object.addRaw(
                "useful_share_95", "[\(DecimalText.fixed(found.low, 4)),\(DecimalText.fixed(found.high, 4))]")
        } else {
            object.addRaw("useful_share", "null")
            object.addRaw("useful_share_95", "null")
        }
        return object.text
    }
}
