import LumbarCore

/// The history as Prometheus' text format 0.0.4, for the textfile collector of its node exporter.
///
/// Base units, `lumbard_` before every name, `_total` after what only grows; no name of a person in any label, and no
/// time stamps, which that collector refuses.
public struct PrometheusText {
    /// What is counted of everything stored, by what it is of.
    public struct Totals: Sendable {
        /// Seconds by `Posture.index`.
        public var postureSeconds = [Double](repeating: 0, count: Posture.allCases.count)
        /// Seconds without data.
        public var noDataSeconds = 0.0
        /// Seconds with flexion over 30, 45 and 60 degrees.
        public var flexionSeconds = [0.0, 0, 0]
        /// Bends, and those deeper than 60 degrees.
        public var bends = (all: 0, deep: 0)
        /// Probable lifts, and those under strain.
        public var lifts = (all: 0, strained: 0)
        /// Steps.
        public var steps = 0
        /// Times sitting was broken.
        public var sittingBreaks = 0
        /// Shifts of the trunk while seated.
        public var posturalShifts = 0

        /// Nothing.
        public init() {}

        /// Adds a day.
        public mutating func add(_ day: DailySummary) {
            for posture in Posture.allCases { postureSeconds[posture.index] += day.seconds(posture) }
            noDataSeconds += day.noDataSeconds
            for (index, seconds) in [day.over30Seconds, day.over45Seconds, day.over60Seconds].enumerated() {
                flexionSeconds[index] += seconds
            }
            bends = (bends.all + day.bends, bends.deep + day.deepBends)
            lifts = (lifts.all + day.lifts, lifts.strained + day.strainedLifts)
            steps += day.steps
            sittingBreaks += day.sittingBreaks
            posturalShifts += day.posturalShifts
        }
    }

    private var lines: [String] = []

    /// The text: totals of the whole history, and today so far.
    ///
    /// - Parameters:
    ///   - alerts: how many there were of each rule, in all.
    ///   - lastMinute: when the last stored minute ended, or nil without any.
    public static func text(
        totals: Totals, today: DailySummary?, alerts: [(rule: AlertRule, count: Int)],
        lastMinute: WallTime?, historyBytes: Int, version: String
    ) -> String {
        var text = PrometheusText()
        text.metric(
            "lumbard_build_info", "gauge", "The version that made this.", [("version", version)], "1")
        text.add(totals)
        text.begin("lumbard_alerts_total", "counter", "Messages to the wearer.")
        for (rule, count) in alerts {
            text.sample("lumbard_alerts_total", [("rule", rule.rawValue)], String(count))
        }
        if let today { text.add(today: today) }
        if let lastMinute {
            text.metric(
                "lumbard_last_minute_timestamp_seconds", "gauge", "When the last stored minute ended.", [],
                String(lastMinute.unixSeconds))
        }
        text.metric(
            "lumbard_history_size_bytes", "gauge", "Size of the history's file.", [], String(historyBytes))
        return text.lines.map { $0 + "\n" }.joined()
    }

    private mutating func add(_ totals: Totals) {
        begin("lumbard_posture_seconds_total", "counter", "Time in each posture.")
        for posture in Posture.allCases {
            let seconds = totals.postureSeconds[posture.index]
            sample("lumbard_posture_seconds_total", [("posture", posture.rawValue)], number(seconds))
        }
        metric(
            "lumbard_no_data_seconds_total", "counter", "Time without data.", [],
            number(totals.noDataSeconds))
        begin("lumbard_flexion_seconds_total", "counter", "Time with the trunk bent beyond an angle.")
        for (degrees, seconds) in zip([30, 45, 60], totals.flexionSeconds) {
            sample("lumbard_flexion_seconds_total", [("over_degrees", "\(degrees)")], number(seconds))
        }
        count("lumbard_bends_total", "Forward bends of the trunk.", totals.bends.all)
        count("lumbard_deep_bends_total", "Bends deeper than 60 degrees.", totals.bends.deep)
        count("lumbard_lifts_total", "Probable lifts.", totals.lifts.all)
        count("lumbard_strained_lifts_total", "Probable lifts under strain.", totals.lifts.strained)
        count("lumbard_steps_total", "Steps.", totals.steps)
        count("lumbard_sitting_breaks_total", "Times sitting was broken.", totals.sittingBreaks)
        count("lumbard_postural_shifts_total", "Shifts of the trunk while seated.", totals.posturalShifts)
    }

    private mutating func add(today day: DailySummary) {
        begin("lumbard_today_posture_seconds", "gauge", "Time in each posture since local midnight.")
        for posture in Posture.allCases {
            let labels = [("posture", posture.rawValue)]
            sample("lumbard_today_posture_seconds", labels, number(day.seconds(posture)))
        }
        let gauges: [(String, String, String)] = [
            ("no_data_seconds", "Time without data", number(day.noDataSeconds)),
            ("longest_sitting_seconds", "The longest bout of sitting", number(day.longestSittingSeconds)),
            ("sitting_breaks", "Times sitting was broken", String(day.sittingBreaks)),
            ("bends", "Forward bends of the trunk", String(day.bends)),
            ("deep_bends", "Bends deeper than 60 degrees", String(day.deepBends)),
            ("lifts", "Probable lifts", String(day.lifts)),
            ("strained_lifts", "Probable lifts under strain", String(day.strainedLifts)),
            ("steps", "Steps", String(day.steps)),
            ("alerts", "Messages to the wearer", String(day.alerts)),
        ]
        for (name, help, value) in gauges {
            metric("lumbard_today_" + name, "gauge", help + " since local midnight.", [], value)
        }
    }

    // MARK: Lines

    private func number(_ value: Double) -> String { value.isFinite ? DecimalText.fixed(value, 3) : "NaN" }

    private mutating func count(_ name: String, _ help: String, _ value: Int) {
        metric(name, "counter", help, [], String(value))
    }

    private mutating func begin(_ name: String, _ type: String, _ help: String) {
        lines.append("# HELP \(name) \(help)")
        lines.append("# TYPE \(name) \(type)")
    }

    private mutating func metric(
        _ name: String, _ type: String, _ help: String, _ labels: [(String, String)], _ value: String
    ) {
        begin(name, type, help)
        sample(name, labels, value)
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        let texts = labels.map { $0 + "=\"" + PrometheusText.escaped($1) + "\"" }
        let set = texts.isEmpty ? "" : "{" + texts.joined(separator: ",") + "}"
        lines.append(name + set + " " + value)
    }

    /// The value of a label: backslash, quote and line feed escaped, what a terminal could stumble over spelled out.
    static func escaped(_ value: String) -> String {
        var out = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            default: out += Printable.text(String(scalar))
            }
        }
        return out
    }
}
