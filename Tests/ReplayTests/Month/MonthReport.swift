import LumbarLive
import Testing

/// `lumbarctl report --month` as a page and as text.
struct MonthReport {
    let month: SimulatedMonth
    private var days: [TrueDay] { Array(month.days.suffix(28)) }

    func check() throws {
        let last = try #require(month.days.last)
        let page = month.folder.path + "/month.html"
        let text = try month.tell(
            "report", "--month", "--until", last.date, "--html", page, "--markdown", "-")
        let html = String(decoding: try Files.read(page), as: UTF8.self)
        try markdown(text)
        try self.html(html)
        try diary(text, html)
    }

    // MARK: Text

    private func markdown(_ text: String) throws {
        let blocks = text.split(separator: "\n## ")
        let states = try #require(blocks.first { $0.hasPrefix("The days") })
        try rows(states, days) { day in
            ["walking_s", "standing_s", "sitting_s", "lying_s", "unknown_s", "not_worn_s", "no_data_s"]
                .map(day.number) + [day.worn]
        }
        let stored = days.filter(\.isStored)
        let sitting = try #require(blocks.first { $0.hasPrefix("Sitting and breaks") })
        try rows(sitting, stored) { day in
            [
                Double(day.bouts.count), Double(day.bouts.count { $0 >= 1800 }), day.bouts.max() ?? 0,
                day.measure("breaks_per_sitting_hour"), day.measure("shifts_per_sitting_hour"),
            ]
        }
        let handling = try #require(blocks.first { $0.hasPrefix("Bends, lifts") })
        try rows(handling, stored) { day in
            ["steps", "bends", "deep_bends", "over_30_deg_s", "lifts", "strained_lifts", "alerts"].map(
                day.number)
        }
        let alerts = try #require(blocks.first { $0.hasPrefix("Alerts and") })
        try self.alerts(alerts)
        let compared = try #require(blocks.first { $0.hasPrefix("Compared with") })
        try comparison(compared)
        try unknown(try #require(blocks.first { $0.hasPrefix("What is not known") }))
    }

    /// The rows of a table without its head: those with numbers.
    private static func cells(_ block: Substring) -> [[Substring]] {
        block.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| --") }.dropFirst()
            .map { $0.split(separator: "|").map { $0 } }
    }

    private func rows(_ block: Substring, _ days: [TrueDay], _ truth: (TrueDay) -> [Double]) throws {
        let rows = Self.cells(block)
        try #require(rows.count == days.count)
        for (row, day) in zip(rows, days) {
            // "Tue 7 Oct": the day of the month has to fit; the order does the rest.
            let number = row[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
            #expect(number == Int(day.date.suffix(2)))
            let text = row.dropFirst().joined(separator: " ")
            #expect(SpokenNumbers.complaint(text, .fine, truth(day)) == nil)
        }
    }

    private func alerts(_ block: Substring) throws {
        let rules = [
            "Sitting": "sitting", "Held bend": "sustained_flexion", "Probable lift": "lift",
            "Several": "digest",
        ]
        let rows = Self.cells(block)
        let told = days.reduce(0) { sum, day in sum + Int(day.number("alerts")) }
        #expect(rows.reduce(0) { $0 + (Int($1[1].filter(\.isNumber)) ?? 0) } == told)
        for row in rows {
            let name = row[0].split(separator: " ").joined(separator: " ")
            let rule = try #require(rules[name])
            let counts = row.dropFirst().compactMap { Int($0.filter(\.isNumber)) }
            #expect(counts.first == days.reduce(0) { $0 + $1.alerts(rule) })
            #expect(counts.dropFirst().reduce(0, +) == counts.first)
        }
    }

    private func comparison(_ block: Substring) throws {
        let period = TruePeriod(
            name: "month", days: days, before: month.days.prefix(2).filter(\.isStored))
        let rows = Self.cells(block)
        try #require(rows.count == TrueDay.measures.count)
        for (row, measure) in zip(rows, TrueDay.measures) {
            let spreads = [period.comparable, period.comparableBefore].map { days in
                TruePeriod.spread(days.map { $0.measure(measure) })
            }
            let truth = spreads.flatMap { [$0.median, $0.least, $0.most] }
            let text = row.dropFirst().joined(separator: " ")
            #expect(SpokenNumbers.complaint(text, .coarse, truth) == nil)
        }
    }

    /// Shares are whole percents; times are cut to the minute.
    private func unknown(_ block: Substring) throws {
        let all = days.reduce(0) { $0 + $1.length }
        func sum(_ key: String) -> Double { days.reduce(0) { $0 + $1.number(key) } }
        let worn = days.reduce(0) { $0 + $1.worn }
        let share = { (part: Double) in 100 * part / all }
        var truth = [share(worn), worn]
        for key in ["not_worn_s", "no_data_s", "unknown_s"] { truth += [sum(key), max(1, share(sum(key)))] }
        let sentences = block.split(separator: "\n")[1]
        #expect(SpokenNumbers.complaint(sentences, .fine, truth) == nil)
        #expect(sentences.contains("Of one day nothing is stored."))
    }

    // MARK: The page

    private func html(_ html: String) throws {
        var seen: [String: Int] = [:]
        for row in html.split(separator: "<tr data-day=\"").dropFirst() {
            let day = try #require(days.first { row.hasPrefix($0.date) })
            let row = row.split(separator: "</tr>")[0]
            let found = cells(row, day.summary.merging(["length_s": .exactly(day.length)]) { $1 }, day.date)
            for key in found.keys { seen[key, default: 0] += 1 }
            guard let length = found["length_s"] else { continue }
            let states = TrueDay.postures.map { found[$0 + "_s"] ?? .nan }
            #expect(states.reduce(found["no_data_s"] ?? .nan, +) == length, "\(day.date)")
        }
        #expect(seen["no_data_s"] == 28 && seen["steps"] == 27 && seen["sitting_breaks"] == 27)
        try totals(html)
    }

    /// Everything that stands for all of the days together.
    private func totals(_ html: String) throws {
        let stored = days.filter(\.isStored)
        let bouts = stored.flatMap(\.bouts)
        var truth: [String: Expected] = [:]
        for (index, limits) in [(0, 10), (10, 20), (20, 30), (30, 60), (60, 90), (90, 9999)].enumerated() {
            let those = bouts.filter { $0 >= Double(limits.0) * 60 && $0 < Double(limits.1) * 60 }
            truth["bouts-\(index)"] = .exactly(those.count)
            truth["bouts-\(index)-s"] = .exactly(those.reduce(0, +))
        }
        let period = TruePeriod(name: "month", days: days, before: month.days.prefix(2).filter(\.isStored))
        for measure in TrueDay.measures {
            for (name, days) in [("now", period.comparable), ("before", period.comparableBefore)] {
                let spread = TruePeriod.spread(days.map { $0.measure(measure) })
                truth["\(measure)-\(name)"] = .list([spread.median, spread.least, spread.most], 2)
            }
        }
        for rule in ["sitting", "sustained_flexion", "lift", "digest"] {
            truth["alerts-" + rule] = .exactly(days.reduce(0) { $0 + $1.alerts(rule) })
        }
        for (key, name) in [
            ("seated_s_by_deg", "flexion_seated_deg"), ("on_feet_s_by_deg", "flexion_on_feet_deg"),
        ] {
            let lists = stored.map { $0.numbers(key) }
            let sums = lists[0].indices.map { place in lists.reduce(0) { $0 + $1[place] } }
            for percent in [5, 10, 50, 90, 95, 99] {
                let degree = stored[0].degree(percent, of: sums)
                truth["\(name)-p\(percent)"] = .within(degree, degree + 1)
            }
        }
        let rest = html.split(separator: "<tr").filter { !$0.hasPrefix(" data-day") }
        var sums: [String: Double] = [:]
        for row in rest {
            for (key, value) in cells(row, truth, "all", isOpen: true) {
                let group = key.split(separator: "-").prefix(1).joined()
                if truth[key] == nil { sums[group, default: 0] += value }
                truth[key] = nil
            }
        }
        #expect(truth.isEmpty, "not on the page: \(truth.keys.sorted())")
        // Classes of bends, of what came after alerts, and of inclination against duration: each adds up to all of them.
        #expect(sums["bends"] == period.sum("bends"))
        #expect(sums["after"] == period.sum("alerts"))
        let upright = days.reduce(0) { $0 + $1.upright }
        #expect(abs((sums["eva_s"] ?? 0) - upright) < 2)
    }

    /// The numbers in the cells of a row, held to the truth, and to what people read of them.
    private func cells(
        _ row: some StringProtocol, _ truth: [String: Expected], _ name: String, isOpen: Bool = false
    ) -> [String: Double] {
        var found: [String: Double] = [:]
        for cell in String(row).split(separator: "data-key=\"").dropFirst() {
            let parts = cell.split(separator: "\"", maxSplits: 3, omittingEmptySubsequences: false)
            let values = parts.count == 4 ? parts[2].split(separator: " ").compactMap { Double($0) } : []
            guard let first = values.first else { continue }
            let key = String(parts[0])
            found[key] = first
            if let expected = truth[key] {
                let told = values.count == 1 ? JSONValue.number(first) : .array(values.map { .number($0) })
                let complaints = expected.complaints(about: told, "\(name) \(key)")
                #expect(complaints.isEmpty, "\(complaints)")
            } else if !isOpen {
                Issue.record("\(name): nothing is known of \(key)")
            }
            // A bout is in seconds on the page, whole minutes are what it stands for.
            let seconds =
                key.hasSuffix("_min") && key.hasPrefix("sitting_bout_") ? values.map { $0 * 60 } : values
            #expect(Self.reads(parts[3], seconds), "\(key): \(parts[3]) is not \(values)")
        }
        return found
    }

    /// Whether a cell, from its first `>` to its end, shows these numbers; one that has none shows a dash or a dot, and a
    /// range whose ends read alike is one number.
    private static func reads(_ markup: Substring, _ values: [Double]) -> Bool {
        let cell = markup.split(separator: "</td>").first ?? ""
        let texts = cell.split(separator: "<").compactMap {
            $0.split(separator: ">", omittingEmptySubsequences: false).dropFirst().first
        }
        let text = texts.joined(separator: " ")
        if text == "·" || text == "-" { return true }
        return [values, Array(values.prefix(2))].contains { values in
            SpokenNumbers.complaint(text, .coarse, values) == nil
                || SpokenNumbers.complaint(text, .fine, values) == nil
        }
    }

    // MARK: The diary

    /// Just the entries of these days, with what was typed; the words about when to see a doctor stand with them.
    private func diary(_ text: String, _ html: String) throws {
        let notes = text.split(separator: "\n").filter { $0.hasPrefix("- 2025-") }
        try #require(notes.count == SimulatedMonth.pains.count)
        let items = html.split(separator: "<ol class=\"notes\">").dropFirst().first?.split(separator: "</ol>")
            .first
        let entries = try #require(items?.split(separator: "<li>"))
        try #require(entries.count == SimulatedMonth.pains.count)
        for (index, pain) in SimulatedMonth.pains.enumerated() {
            let words = "\(pain.kind), pain \(pain.pain) of 10: \(pain.note)"
            #expect(notes[index].contains(pain.at) && notes[index].hasSuffix(words), "\(notes[index])")
            #expect(entries[index].contains(pain.at) && entries[index].contains(words), "\(entries[index])")
        }
    }
}
