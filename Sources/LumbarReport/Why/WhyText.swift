import LumbarCore
import LumbarStore

/// Why an alert was raised, for people: in words first, then in numbers, then what was measured around it.
public struct WhyText {
    /// The alert.
    public var stored: StoredAlert
    /// What was measured around it; nil when that was not kept.
    public var trace: AlertTrace?
    /// What the wearer said of it.
    public var verdict: AlertVerdict?
    /// Whether words and a table stand for the plot.
    public var isPlain = false
    /// How wide lines may be, and whether more than ASCII can be shown.
    public var columns = 80
    /// Whether the terminal shows more than ASCII.
    public var drawsBlocks = true

    /// Why `stored` was raised.
    public init(_ stored: StoredAlert) { self.stored = stored }

    private var alert: Alert { stored.alert }

    /// The lines.
    public var lines: [String] {
        var lines = [shown(heading), ""]
        lines += wrapped(WhyWords.sentence(alert))
        lines += wrapped("\"" + Printable.text(alert.message, limit: 1000) + "\"") + [""]
        for (name, text) in facts {
            let label = name + String(repeating: " ", count: max(1, 13 - name.count))
            lines += wrapped(text, first: label, rest: String(repeating: " ", count: 13))
        }
        lines.append("")
        guard let trace, !trace.flexionDegrees.isEmpty else {
            return lines + wrapped("What was measured around it was not kept.")
        }
        var plot = TracePlot(trace, stored)
        plot.columns = columns
        plot.drawsBlocks = drawsBlocks
        return lines + (isPlain ? plot.table : plot.lines)
    }

    private func wrapped(_ text: String, first: String = "", rest: String = "") -> [String] {
        WrappedText.lines(shown(text), width: width, first: first, rest: rest)
    }

    private func shown(_ text: String) -> String { drawsBlocks ? text : WhyText.ascii(text) }

    private var width: Int { min(max(40, columns), 100) }

    private var heading: String {
        let name = AlertTable.words(alert.rule)
        return "\(stored.id)  \(time(alert.time, withSeconds: true))  \(alert.tier.rawValue): \(name)"
    }

    private func time(_ instant: Instant, withSeconds: Bool = false) -> String {
        guard let wall = stored.place.wall else { return "unknown time" }
        let moment = LocalTimeText.standard(wall + (instant - alert.time), zone: stored.place.zone)
        let day = moment.prefix(10)
        return day + " " + moment.dropFirst(11).prefix(withSeconds ? 8 : 5)
    }

    private var facts: [(String, String)] {
        var facts: [(String, String)] = []
        if stored.alert.wearer != .sole {
            facts.append(("wearer", Printable.text(alert.wearer.text, limit: 64)))
        }
        facts.append(("told", told))
        facts.append(("answer", answer))
        let clause = alert.reason.map { ", clause " + Printable.text($0.clause, limit: 64) } ?? ""
        facts.append(("rule", alert.rule.rawValue + clause))
        if let reason = alert.reason { facts += Self.facts(reason) }
        let length = alert.duration > .zero ? ", for " + WhyWords.span(seconds: alert.duration.seconds) : ""
        facts.append(("about", "what began at " + time(alert.episodeStart, withSeconds: true) + length))
        if let degrees = alert.flexionDegrees { facts.append(("flexion", "\(degrees)°")) }
        if alert.step > 1 { facts.append(("step", "number \(alert.step) of those about this")) }
        if alert.count > 1 { facts.append(("stands for", "\(alert.count) events")) }
        return facts
    }

    private var told: String {
        switch alert.delivery {
        case .told: "yes"
        case .shadow: "no: its rule is on trial, and this is kept for the history only (shadow)"
        }
    }

    private var answer: String {
        verdict?.rawValue ?? "none yet: lumbarctl ack \(stored.id) useful, false or later"
    }

    private static func facts(_ reason: AlertReason) -> [(String, String)] {
        let error = reason.uncertainty.map {
            " ± \(WhyWords.amount($0, reason.unit)) (one standard deviation)"
        }
        return [
            ("measured", WhyWords.exact(reason.measured, reason.unit) + (error ?? "")),
            ("threshold", WhyWords.exact(reason.threshold, reason.unit)),
            (
                "dwell",
                reason.dwell > .zero
                    ? WhyWords.span(seconds: reason.dwell.seconds) : "none: it counts at once"
            ),
            ("confidence", WhyWords.amount(reason.confidence, .share)),
            ("algorithm", Printable.text(reason.algorithm, limit: 64)),
            (
                "calibration",
                reason.calibrationAge.map {
                    "upright was confirmed \(WhyWords.span(seconds: $0.seconds)) before"
                }
                    ?? "rests on no angle, or upright was not confirmed yet"
            ),
        ]
    }

    /// Without what only some terminals show.
    static func ascii(_ line: String) -> String {
        var out = ""
        for character in line {
            switch character {
            case "°": out += " deg"
            case "±": out += "+-"
            case _ where character.isASCII: out.append(character)
            default: out += "?"
            }
        }
        return out
    }
}
