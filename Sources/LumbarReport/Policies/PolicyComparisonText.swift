import LumbarCore
import LumbarStore

/// A comparison of policies for people, in 80 columns.
public struct PolicyComparisonText {
    private let comparison: PolicyComparison
    private let counts: [AlertCounts]
    /// Names that fit a column.
    private let names: [String]

    /// The most policies besides what was told and what is in force.
    public static let mostFiles = 4
    private static let width = 80
    /// Of what a row is called, and of a policy: six of these fit.
    private static let label = 26
    private static let column = 7

    /// The text of `comparison`.
    public init(_ comparison: PolicyComparison) {
        self.comparison = comparison
        counts = comparison.columns.map { AlertCounts($0.alerts, days: comparison.days) }
        names = comparison.columns.map { Printable.text($0.name, limit: 8) }
    }

    /// The lines.
    public var lines: [String] {
        var lines = head
        lines += summary + [""] + rules
        let shadows = self.shadows
        if !shadows.isEmpty { lines += [""] + shadows }
        lines += [""] + hours + [""] + days
        return lines
    }

    private var head: [String] {
        let count = comparison.days.count
        let title =
            "Alerts from \(comparison.first) to \(comparison.last), \(count) "
            + "\(count == 1 ? "day" : "days") with data, local time"
        var lines = [title, ""]
        let sentences = [comparison.fidelity.sentence] + comparison.notes
        for sentence in sentences { lines += WrappedText.lines(sentence, width: Self.width) }
        lines.append("")
        for (name, column) in zip(names, comparison.columns) {
            guard let file = column.file, name != "in force" else { continue }
            var text = "\(name): \(Printable.text(file, limit: 200))"
            text +=
                column.differences.isEmpty
                ? "; it says what is in force."
                : "; " + column.differences.map { Printable.text($0, limit: 200) }.joined(separator: ", ")
                    + "."
            lines += WrappedText.lines(text, width: Self.width, rest: "  ")
        }
        if lines.last != "" { lines.append("") }
        return lines
    }

    private func table(_ title: String, _ rows: [(String, (AlertCounts) -> String)]) -> [String] {
        // All tables are as wide, so that a policy stands in one column from top to bottom.
        let wide = names.map { name in
            String(repeating: " ", count: max(0, Self.column - name.count)) + name
        }
        var table = TextTable([title.filled(Self.label)] + wide, [.left] + names.map { _ in .right })
        for (name, cell) in rows { table.append([name] + counts.map(cell)) }
        return table.lines()
    }

    private var summary: [String] {
        let days = Double(max(1, comparison.days.count))
        let perDay: (Int) -> String = { DecimalText.fixed(Double($0) / days, 1) }
        return table(
            "A DAY",
            [
                ("nudges", { perDay($0.nudges) }), ("urgent", { perDay($0.urgent) }),
                ("notices", { perDay($0.notices) }),
                ("at night (22-6), in all", { String($0.atNight) }),
                ("busiest hour", { $0.busiestHour.map { "\($0):00" } ?? "-" }),
                ("busiest day", { $0.busiestDay.map { String($0.date.description.dropFirst(5)) } ?? "-" }),
                ("  alerts on it", { $0.busiestDay.map { String($0.count) } ?? "-" }),
            ])
    }

    private var rules: [String] {
        var rows: [(String, (AlertCounts) -> String)] = []
        for (place, rule) in AlertRule.allCases.enumerated()
        where counts.contains(where: { $0.rules[place] > 0 }) {
            rows.append((AlertTable.words(rule), { String($0.rules[place]) }))
        }
        rows.append(("all", { String($0.total) }))
        return table("IN ALL, BY RULE", rows)
    }

    private var shadows: [String] {
        var rows: [(String, (AlertCounts) -> String)] = []
        for (place, rule) in AlertRule.allCases.enumerated()
        where counts.contains(where: { $0.shadows[place] > 0 }) {
            rows.append((AlertTable.words(rule), { String($0.shadows[place]) }))
        }
        return rows.isEmpty ? [] : table("ON TRIAL, TOLD TO NOBODY", rows)
    }

    private var hours: [String] {
        var rows: [(String, (AlertCounts) -> String)] = []
        for hour in 0..<24 where counts.contains(where: { $0.hours[hour] > 0 }) {
            rows.append(("\(hour):00", { String($0.hours[hour]) }))
        }
        return table("IN ALL, BY HOUR", rows)
    }

    private var days: [String] {
        var rows: [(String, (AlertCounts) -> String)] = []
        for (place, date) in comparison.days.enumerated() {
            rows.append(
                (
                    date.description,
                    { counts in "\(counts.perDay[place].nudges) + \(counts.perDay[place].notices)" }
                ))
        }
        return table("BY DAY: NUDGES + NOTICES", rows)
    }

    /// Each alert with which policies give it, in the order of time.
    public var list: [String] {
        var table = TextTable(["TIME", "TIER", "ABOUT", "GIVEN BY"], [.left, .left, .left, .left])
        for row in PolicyAlerts(comparison).rows {
            table.append([
                row.stored.place.wall.map { LocalTimeText.minute($0, zone: row.stored.place.zone) }
                    ?? "unknown",
                row.tierWords, AlertTable.words(row.stored.alert.rule),
                row.isByAll ? "all" : row.columns.map { names[$0] }.joined(separator: ", "),
            ])
        }
        return table.lines()
    }
}

extension String {
    fileprivate func filled(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

/// Every alert of a comparison once, with the policies that give it.
public struct PolicyAlerts {
    /// An alert.
    public struct RowOfList {
        /// As the first of these policies gives it.
        public var stored: StoredAlert
        /// Which policies, by their places.
        public var columns: [Int]
        /// Whether it is all of them.
        public var isByAll: Bool

        var tierWords: String {
            stored.alert.delivery == .told ? stored.alert.tier.rawValue : stored.alert.delivery.rawValue
        }
    }

    /// In the order of time.
    public let rows: [RowOfList]

    /// Those of `comparison`; alerts of one rule, tier and delivery within two minutes are the same.
    public init(_ comparison: PolicyComparison) {
        var rows: [RowOfList] = []
        for (place, column) in comparison.columns.enumerated() {
            // Within a column every alert is one of its own.
            var taken: Set<Int> = []
            for stored in column.alerts {
                let best = rows.indices.filter { !taken.contains($0) && rows[$0].stored.isLike(stored) }
                    .min { rows[$0].stored.apart(from: stored) < rows[$1].stored.apart(from: stored) }
                if let best {
                    rows[best].columns.append(place)
                    taken.insert(best)
                } else {
                    taken.insert(rows.count)
                    rows.append(RowOfList(stored: stored, columns: [place], isByAll: false))
                }
            }
        }
        let count = comparison.columns.count
        for place in rows.indices { rows[place].isByAll = rows[place].columns.count == count }
        self.rows = rows.enumerated().sorted {
            let left = $0.element.stored.place.wall ?? WallTime(nanoseconds: .min)
            let right = $1.element.stored.place.wall ?? WallTime(nanoseconds: .min)
            return (left, $0.offset) < (right, $1.offset)
        }.map(\.element)
    }
}

extension StoredAlert {
    fileprivate func apart(from other: StoredAlert) -> Double {
        guard let wall = place.wall, let there = other.place.wall else { return .infinity }
        return (wall - there).seconds.magnitude
    }

    fileprivate func isLike(_ other: StoredAlert) -> Bool {
        alert.rule == other.alert.rule && alert.tier == other.alert.tier
            && alert.delivery == other.alert.delivery && apart(from: other) < PlayedFidelity.most.seconds
    }
}
