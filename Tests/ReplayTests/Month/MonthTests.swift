import LumbarLive
import LumbarTestKit
import Testing

/// A month goes in, and every number that comes out is held to what really happened. See `TrueDay` for the intervals.
@Suite("A simulated month", .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct MonthTests {
    /// In one, because the month takes the longest to make.
    @Test("comes out of summaries, reports and exports as it went in, on days of 23, 24 and 25 hours")
    func month() throws {
        let month = try SimulatedMonth(from: "2025-10-05", days: 30)
        try month.enterDiary()
        try #require(month.days.count == 30)
        let lengths = month.days.map(\.length)
        #expect(lengths.count { $0 == 86_400 } == 29)
        #expect(month.day("2025-10-26")?.length == 90_000)
        #expect(month.days.filter { !$0.isStored }.map(\.date) == ["2025-10-10"])

        try MonthSummaries(month: month).check()
        try MonthPeriods(month: month).check()
        try MonthReport(month: month).check()
        try MonthExports(month: month).check()
        try MonthDiary(month: month).check()
        try MonthImport(month: month).check()
    }

    @Test("so does the day on which summer time begins")
    func spring() throws {
        let days = try SimulatedMonth(from: "2026-03-28", days: 3)
        #expect(days.days.map(\.length) == [86_400, 82_800, 86_400])
        try MonthSummaries(month: days).check()
        try MonthExports(month: days).check()
    }
}

/// `lumbarctl summary DAY`, `--days`, and their `--json`.
struct MonthSummaries {
    let month: SimulatedMonth
    private var stored: [TrueDay] { month.days.filter(\.isStored) }

    func check() throws {
        let last = try #require(month.days.last)
        let all = try month.lines(["summary", last.date, "--days", String(month.days.count), "--json"])
        #expect(all.map { $0["date"]?.text } == stored.map(\.date))
        for (summary, day) in zip(all, stored) { check(summary, day) }
        try table(last)
        for day in stored where day.length != 86_400 || day.date.hasSuffix("-14") { try text(day) }
    }

    /// Every member of a summary, and that its states are the whole of the day.
    private func check(_ summary: JSONValue, _ day: TrueDay) {
        let complaints = Expected.table(day.summary).complaints(about: summary, day.date)
        #expect(complaints.isEmpty, "\(complaints)")
        #expect(day.variationComplaints(summary).isEmpty, "\(day.date): \(day.variationComplaints(summary))")
        let states = TrueDay.postures.map { summary[$0 + "_s"]?.double ?? .nan }
        #expect(states.reduce(summary["no_data_s"]?.double ?? .nan, +) == day.length, "\(day.date)")
    }

    private func table(_ last: TrueDay) throws {
        let lines = try month.tell("summary", last.date, "--days", String(month.days.count)).split(
            separator: "\n")
        try #require(lines.count == stored.count + 1)
        for (line, day) in zip(lines.dropFirst(), stored) {
            let cells = line.split(separator: " ", maxSplits: 1)
            #expect(cells[0] == day.date)
            let truth = [
                day.worn, day.number("sitting_s"), day.bouts.max() ?? 0, day.number("sitting_breaks"),
                day.number("standing_s"), day.number("walking_s"), day.number("lying_s"), day.number("bends"),
                day.number("over_45_deg_s"), day.number("lifts"), day.number("strained_lifts"),
                day.number("steps"), day.number("alerts"),
            ]
            #expect(SpokenNumbers.complaint(cells[1], .fine, truth) == nil)
        }
    }

    /// The day as its owner reads it.
    private func text(_ day: TrueDay) throws {
        let lines = try month.tell("summary", day.date).split(separator: "\n")
        let head = try #require(lines.first?.split(separator: ":", maxSplits: 1))
        #expect(head[0] == day.date)
        let bouts = Double(day.bouts.count)
        let longest = day.bouts.max() ?? 0
        #expect(
            SpokenNumbers.complaint(head[1], .fine, [day.worn, day.number("sitting_s"), bouts, longest])
                == nil)
        var truth = rows(of: day)
        for line in lines.dropFirst() {
            let name = line.dropFirst(2).prefix(9).filter { $0 != " " }
            let known = truth.removeValue(forKey: name)
            let expected = try #require(known, "\(line)")
            #expect(SpokenNumbers.complaint(line.dropFirst(11), .fine, expected) == nil)
        }
        // What did not happen is left out.
        #expect(truth.values.allSatisfy { $0.first == 0...0 }, "\(truth.keys) of \(day.date)")
    }

    private func rows(of day: TrueDay) -> [String: [ClosedRange<Double>]] {
        let all = zip(day.numbers("seated_s_by_deg"), day.numbers("on_feet_s_by_deg")).map { $0 + $1 }
        let degrees = [50, 90, 99].map { day.degree($0, of: all) }.map { $0...($0 + 1) }
        let long = Double(day.bouts.count { $0 >= 1800 })
        let longest: Double = day.bouts.max() ?? 0
        let bouts: [Double] = [Double(day.bouts.count), long, 1800, longest]
        let over = [30, 45, 60].map { day.number("over_\($0)_deg_s") }
        var sitting: [Double] = [day.number("sitting_s")]
        sitting += bouts
        sitting.append(day.number("sitting_breaks"))
        let rows: [String: [Double]] = [
            "Sitting": sitting,
            "": [day.usualBout * 60, day.measure("breaks_per_sitting_hour")],
            "Standing": [day.number("standing_s")], "Lying": [day.number("lying_s")],
            "Unknown": [day.number("unknown_s")], "Notworn": [day.number("not_worn_s")],
            "Nodata": [day.number("no_data_s")],
            "Bends": [day.number("bends"), day.number("deep_bends"), 60],
            "Bent": [over[0], 30, over[1], 45, over[2], 60],
            "Lifts": [day.number("lifts"), day.number("strained_lifts")],
            "Shifts": [day.number("postural_shifts"), day.measure("shifts_per_sitting_hour")],
            "Alerts": [day.number("alerts")],
        ]
        var ranges = rows.mapValues { $0.map { $0...$0 } }
        let walked = [day.number("walking_s"), day.number("steps")].map { $0...$0 }
        ranges["Walking"] = walked + [day.cadenceRange]
        ranges["Trunk"] = [day.upright...day.upright] + degrees
        return ranges
    }
}
