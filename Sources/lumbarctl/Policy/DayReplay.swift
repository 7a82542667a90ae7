import LumbarAlerts
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl replay --policy FILE DAYS`: which alerts the stored days would have had with other settings.
struct DayReplay {
    let policy: String
    let configuration: String?
    let isJSON: Bool
    let wearer: String?
    let history: HistoryOptions
    let clock = LocalClock()

    func run(_ words: [String], to output: StandardOutput) throws {
        let spans = try words.map { try DaySpan($0, clock) }
        let settings = try PolicySettings(file: policy)
        try Failure.translating {
            let store = try history.open()
            if let wearer { _ = try store.wearers(named: wearer) }
            let whose = try store.wearer(named: wearer, for: "whose with --wearer")
            var all: [StoredAlert] = []
            var shown: Set<CivilDate> = []
            for span in spans {
                let played = try PlayedHistory(
                    store, history.entries(), whose, from: span.first, through: span.last, clock: clock)
                guard !played.days.isEmpty else {
                    throw Failure(.noInput, "nothing is stored of \(span.text)")
                }
                let alerts = played.alerts(settings)
                // A day that is named twice is one day.
                for date in played.days where shown.insert(date).inserted {
                    let today = alerts.filter { $0.localDate == date }
                    try show(today, of: date, to: output)
                    all += today
                }
            }
            guard !isJSON, shown.count > 1 else { return }
            try output.write(line: "\(shown.count) days: " + Self.words(AlertCounts(all, days: [])) + ".")
        }
    }

    private func show(_ alerts: [StoredAlert], of date: CivilDate, to output: StandardOutput) throws {
        let counts = AlertCounts(alerts, days: [date])
        if isJSON {
            for alert in alerts { try output.write(line: PolicyComparisonJSON.line(alert)) }
            var object = JSONObject()
            object.add("type", "policy_day")
            object.add("date", date.description)
            object.add("nudges", counts.nudges)
            object.add("urgent", counts.urgent)
            object.add("notices", counts.notices)
            object.add("shadow", counts.shadows.reduce(0, +))
            return try output.write(line: object.text)
        }
        let silent = counts.shadows.reduce(0, +)
        let trial = silent > 0 ? "; on trial and told to nobody, \(silent)" : ""
        try output.write(line: "\(date): \(Self.words(counts))\(trial).")
        for stored in alerts where stored.alert.delivery == .told {
            let time = stored.place.wall.map { LocalTimeText.minute($0, zone: stored.place.zone) } ?? ""
            let tier = stored.alert.tier.rawValue
            let space = String(repeating: " ", count: max(0, 8 - tier.count))
            let lines = WrappedText.lines(
                Printable.text(stored.alert.message, limit: 1000), width: 80,
                first: "  " + time.suffix(5) + "  " + tier + space, rest: String(repeating: " ", count: 17))
            for line in lines { try output.write(line: line) }
        }
    }

    /// `3 nudges, 1 notice`.
    static func words(_ counts: AlertCounts) -> String {
        let parts = [
            (counts.urgent, "urgent alert"), (counts.nudges, "nudge"), (counts.notices, "notice"),
        ]
        let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return words.isEmpty ? "no alerts" : words.joined(separator: ", ")
    }
}

/// Local days as they are named on the command line: `yesterday`, `2026-11-03`, `2026-11-01..2026-11-07`.
struct DaySpan {
    let first: CivilDate
    let last: CivilDate

    var text: String { first == last ? "\(first)" : "\(first)..\(last)" }

    init(_ word: String, _ clock: LocalClock) throws {
        guard let parts = Self.parts(word, clock) else {
            throw Failure(
                .usage,
                "with --policy, name days of the history: \"\(Printable.text(word, limit: 200))\" is none; write "
                    + "yesterday, 2026-11-03 or 2026-11-01..2026-11-07; to play a file, leave --policy out")
        }
        (first, last) = parts
        guard first <= last else { throw Failure(.usage, "\(word): the first day is after the last") }
        guard last.daysSinceEpoch - first.daysSinceEpoch < ReportPeriod.longest else {
            throw Failure(.usage, "\(word) is more than \(ReportPeriod.longest) days")
        }
    }

    private static func parts(_ word: String, _ clock: LocalClock) -> (CivilDate, CivilDate)? {
        let dots = word.indices.first { word[$0...].hasPrefix("..") }
        guard let dots else { return TimeExpression.date(word, today: clock.today).map { ($0, $0) } }
        guard let first = TimeExpression.date(String(word[..<dots]), today: clock.today),
            let last = TimeExpression.date(
                String(word[word.index(dots, offsetBy: 2)...]), today: clock.today)
        else { return nil }
        return (first, last)
    }

    /// Whether `word` names days, and not a file.
    static func isDay(_ word: String, _ clock: LocalClock) -> Bool { parts(word, clock) != nil }
}
