import LumbarCore

/// Several days as a table for people, a line for each; durations are hours and minutes.
public struct SummaryTable {
    private let days: [DailySummary]

    /// A table of `days` in their order.
    public init(_ days: [DailySummary]) { self.days = days }

    /// The lines, the header first; none when there are no days.
    public var lines: [String] {
        guard !days.isEmpty else { return [] }
        var table = TextTable(SummaryTable.header, [.left] + Array(repeating: .right, count: 13))
        for day in days { table.append(cells(day)) }
        var lines = table.lines()
        if days.contains(where: { !$0.isComplete }) { lines.append("* so far") }
        return lines
    }

    /// The same in two tables, one below the other, where one is wider than `columns`.
    public func lines(columns: Int?) -> [String] {
        let whole = lines
        guard let columns, whole.contains(where: { $0.count > columns }) else { return whole }
        var parts = [
            TextTable(Array(SummaryTable.header[..<8]), [.left] + Array(repeating: .right, count: 7)),
            TextTable(
                [SummaryTable.header[0]] + SummaryTable.header[8...],
                [.left] + Array(repeating: .right, count: 6)),
        ]
        for day in days {
            let row = cells(day)
            parts[0].append(Array(row[..<8]))
            parts[1].append([row[0]] + row[8...])
        }
        let note = days.contains { !$0.isComplete } ? ["* so far"] : []
        return parts[0].lines() + [""] + parts[1].lines() + note
    }

    private static let header = [
        "DAY", "WORN", "SAT", "LONGEST", "BREAKS", "STOOD", "WALKED", "LAY", "BENDS", "OVER 45°", "LIFTS",
        "STRAIN", "STEPS", "ALERTS",
    ]

    private func cells(_ day: DailySummary) -> [String] {
        let name = (day.date?.description ?? "no date") + (day.isComplete ? "" : "*")
        let times = [
            day.wornSeconds, day.seconds(.sitting), day.longestSittingSeconds, day.seconds(.standing),
            day.seconds(.walking), day.seconds(.lying),
        ].map { HumanDuration.clock(seconds: $0) }
        // Time in deep flexion is minutes, not hours.
        let bent = day.over45Seconds > 0 ? HumanDuration.text(seconds: day.over45Seconds) : "-"
        let counts = [day.sittingBreaks, day.bends, day.lifts, day.strainedLifts, day.steps, day.alerts].map(
            String.init)
        return [name] + times[..<3] + [counts[0]] + times[3...] + [counts[1], bent] + counts[2...]
    }
}
