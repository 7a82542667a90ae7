import LumbarLive
import Testing

/// `lumbarctl summary --week` and `--month`, in words and as JSON.
struct MonthPeriods {
    let month: SimulatedMonth

    func check() throws {
        // Four weeks with two days before them, and a week of seven days against another: there is something to compare.
        try check("--month", "month", first: 2, count: 28)
        try check("--week", "week", first: 16, count: 7)
    }

    private func check(_ option: String, _ name: String, first: Int, count: Int) throws {
        let days = Array(month.days[first..<first + count])
        let before = month.days[max(0, first - count)..<first].filter(\.isStored)
        let last = try #require(days.last)
        let truth = TruePeriod(name: name, days: days, before: before)
        let lines = try month.lines(["summary", option, last.date, "--json"])
        let told = try #require(lines.first)
        let complaints = Expected.table(truth.summary).complaints(about: told, name)
        #expect(complaints.isEmpty, "\(complaints)")
        try words(told, truth)
        let text = try month.tell("summary", option, last.date)
        try self.text(text, told, truth)
    }

    /// The sentences, each by its numbers.
    private func words(_ told: JSONValue, _ truth: TruePeriod) throws {
        let story = told["story"]?.elements.compactMap(\.text) ?? []
        try #require(story.count == truth.story.count)
        for (sentence, numbers) in zip(story, truth.story) {
            #expect(SpokenNumbers.complaint(sentence, .coarse, numbers) == nil)
        }
        if let well = told["went_well"]?.text { check(well, .fine, truth) }
        for idea in told["suggestions"]?.elements.compactMap(\.text) ?? [] { check(idea, .coarse, truth) }
        let changes = told["changes"]?.elements.compactMap(\.text) ?? []
        let changed = TrueDay.measures.filter { truth.change($0) == "more" || truth.change($0) == "less" }
        if truth.canCompare, !changed.isEmpty {
            try #require(changes.count == changed.count)
            for (sentence, measure) in zip(changes, changed) {
                let now = TruePeriod.spread(truth.comparable.map { $0.measure(measure) })
                let then = TruePeriod.spread(truth.comparableBefore.map { $0.measure(measure) })
                #expect(SpokenNumbers.complaint(sentence, .coarse, [now.median, then.median]) == nil)
            }
        } else if !truth.canCompare {
            let numbers = [4, Double(truth.comparable.count), Double(truth.comparableBefore.count)]
            #expect(SpokenNumbers.complaint(changes.first ?? "", .coarse, numbers) == nil)
        }
    }

    private func check(_ sentence: String, _ rounding: SpokenNumbers.Rounding, _ truth: TruePeriod) {
        #expect(SpokenNumbers.complaint(sentence, rounding, truth.numbers(of: sentence)) == nil)
    }

    /// On a terminal the same sentences stand, and a table of the same spreads.
    private func text(_ text: String, _ told: JSONValue, _ truth: TruePeriod) throws {
        let flat = text.split { " \n".contains($0) }.joined(separator: " ")
        for key in ["story", "suggestions", "changes"] {
            for sentence in told[key]?.elements.compactMap(\.text) ?? [] { #expect(flat.contains(sentence)) }
        }
        let lines = text.split(separator: "\n")
        let head = try #require(lines.lastIndex { $0.contains("RANGE OF DAYS") })
        #expect(SpokenNumbers.complaint(lines[head], .coarse, [Double(truth.comparable.count)]) == nil)
        let rows = lines[(head + 1)...]
        try #require(rows.count == TrueDay.measures.count)
        for (row, measure) in zip(rows, TrueDay.measures) {
            let now = TruePeriod.spread(truth.comparable.map { $0.measure(measure) })
            let then = TruePeriod.spread(truth.comparableBefore.map { $0.measure(measure) })
            let numbers = row.drop { !$0.isNumber }
            let degrees = measure == "over_30_deg_s" ? [30.0] : measure == "deep_bends" ? [60.0] : []
            #expect(
                SpokenNumbers.complaint(
                    numbers, .coarse, degrees + [now.median, now.least, now.most, then.median]) == nil)
        }
    }
}

/// A stretch of days as it really was.
struct TruePeriod {
    let name: String
    let days: [TrueDay]
    let before: [TrueDay]
    /// How often chance divides the days so unevenly, by measure; empty when they are too few.
    let probabilities: [String: Double]

    init(name: String, days: [TrueDay], before: [TrueDay]) {
        self.name = name
        self.days = days
        self.before = before
        let all = [days.filter(\.isStored), before].map { $0.filter { $0.upright >= Self.leastUpright } }
        guard all.allSatisfy({ $0.count >= 4 }) else {
            probabilities = [:]
            return
        }
        let pairs = TrueDay.measures.map { measure in
            let values = all.map { $0.map { $0.comparable(measure) } }
            return (measure, Self.probability(values[0], values[1]))
        }
        probabilities = Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Four hours upright make a day one that is compared.
    private static let leastUpright = 4.0 * 3600

    var stored: [TrueDay] { days.filter(\.isStored) }
    var comparable: [TrueDay] { stored.filter { $0.upright >= Self.leastUpright } }
    var comparableBefore: [TrueDay] { before.filter { $0.upright >= Self.leastUpright } }
    var canCompare: Bool { !probabilities.isEmpty }

    func sum(_ key: String) -> Double { days.reduce(0) { $0 + $1.number(key) } }

    static func spread(_ values: [Double]) -> (median: Double, least: Double, most: Double) {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        guard let least = sorted.first, let most = sorted.last else { return (.nan, .nan, .nan) }
        let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        return (median, least, most)
    }

    // MARK: Numbers

    /// Every member of the period's summary.
    var summary: [String: Expected] {
        var all: [String: Expected] = [
            "type": .text("period_summary"), "period": .text(name), "first": .text(days[0].date),
            "last": .text(days[days.count - 1].date), "wearer": .text("me"), "days": .exactly(days.count),
            "days_worn": .exactly(stored.count), "days_comparable": .exactly(comparable.count),
            "days_comparable_before": .exactly(comparableBefore.count),
            "length_s": .exactly(days.reduce(0) { $0 + $1.length }),
            "worn_s": .exactly(days.reduce(0) { $0 + $1.worn }), "to_come_s": .exactly(0.0),
            "measures": .list(TrueDay.measures.map(line)),
            "story": .elsewhere, "went_well": .elsewhere, "suggestions": .elsewhere, "changes": .elsewhere,
        ]
        for key in TrueDay.postures.map({ $0 + "_s" }) + ["no_data_s"] { all[key] = .exactly(sum(key)) }
        return all
    }

    private func line(_ measure: String) -> Expected {
        let unit = measure.hasSuffix("_s") ? "s" : measure.hasSuffix("_hour") ? "1/h" : "1"
        return .table([
            "measure": .text(measure), "unit": .text(unit), "now": spread(comparable, measure),
            "before": spread(comparableBefore, measure), "probability": .optional(probabilities[measure], 4),
            "change": .text(change(measure)),
        ])
    }

    private func spread(_ days: [TrueDay], _ measure: String) -> Expected {
        guard !days.isEmpty else { return .null }
        let spread = Self.spread(days.map { $0.measure(measure) })
        return .table([
            "median": .exactly(spread.median, 2), "least": .exactly(spread.least, 2),
            "most": .exactly(spread.most, 2), "days": .exactly(days.count),
        ])
    }

    /// Every division of the same values into two such groups is tried.
    private static func probability(_ a: [Double], _ b: [Double]) -> Double {
        let values = a + b
        let ranks = values.map { value in
            2 * values.count { $0 < value } + values.count { $0 == value } + 1
        }
        let middle = a.count * (values.count + 1)
        let distance = abs(ranks.prefix(a.count).reduce(0, +) - middle)
        var divisions = 0
        var far = 0
        for chosen in 0..<1 << values.count where chosen.nonzeroBitCount == a.count {
            var rest = chosen
            var sum = -middle
            while rest != 0 {
                sum += ranks[rest.trailingZeroBitCount]
                rest &= rest - 1
            }
            divisions += 1
            if abs(sum) >= distance { far += 1 }
        }
        return Double(far) / Double(divisions)
    }

    /// More, less or none, when all ten are asked at once (Holm) and the medians are a tenth apart.
    func change(_ measure: String) -> String {
        guard canCompare else { return "unknown" }
        let sorted = probabilities.values.sorted()
        let failed = sorted.enumerated().first { $1 > 0.05 / Double(sorted.count - $0) }?.element ?? 2
        guard let own = probabilities[measure], own < failed else { return "none" }
        let now = Self.spread(comparable.map { $0.comparable(measure) }).median
        let then = Self.spread(comparableBefore.map { $0.comparable(measure) }).median
        guard abs(now - then) >= 0.1 * max(abs(now), abs(then)) else { return "none" }
        return now > then ? "more" : "less"
    }

    // MARK: Words

    /// The numbers of each sentence of the story.
    var story: [[Double]] {
        func spread(_ measure: String) -> (median: Double, least: Double, most: Double) {
            Self.spread(comparable.map { $0.measure(measure) })
        }
        let (walking, steps, sitting) = (spread("walking_s"), spread("steps"), spread("sitting_s"))
        let (breaks, shifts) = (spread("breaks_per_sitting_hour"), spread("shifts_per_sitting_hour"))
        let worn = Self.spread(stored.map(\.worn))
        var wearing = [Double(stored.count), Double(days.count), worn.least, worn.most]
        for key in ["unknown_s", "no_data_s"] where sum(key) >= 600 { wearing.append(sum(key)) }
        return [
            [walking.least, walking.most, walking.median, steps.median],
            [sitting.least, sitting.most, breaks.least, breaks.most, breaks.median],
            [shifts.least, shifts.most], wearing,
        ]
    }

    /// The numbers of a sentence that says what went well, or what to try.
    func numbers(of sentence: String) -> [Double] {
        let bouts = stored.flatMap(\.bouts)
        if sentence.contains("ended within half an hour") {
            return [Double(bouts.count { $0 < 1800 }), Double(bouts.count)]
        }
        if sentence.contains("bouts of sitting lasted an hour or more") {
            return [Double(bouts.count { $0 >= 3600 })]
        }
        if sentence.contains("You turned while bent") { return [sum("twists")] }
        if sentence.contains("You held a bend") { return [sum("held_bends")] }
        if sentence.contains("your trunk shifted about") {
            return [sum("postural_shifts") / (sum("sitting_s") / 3600)]
        }
        return []
    }
}
