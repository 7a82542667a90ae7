import LumbarCore
import LumbarReport
import LumbarStore

extension SummaryCommand {
    /// A week or a month in words.
    func runPeriod(_ clock: LocalClock) throws {
        let option = day == nil ? "--date" : "DAY"
        let yesterday = CivilDate(daysSinceEpoch: clock.today.daysSinceEpoch - 1)
        let last = try (day ?? date).map { try clock.date($0, option: option) } ?? yesterday
        let period: ReportPeriod = month ? .month(through: last) : .week(through: last)
        try Failure.translating {
            let store = try history.open()
            let wearers = try store.wearers(named: wearer)
            let output = pager.output
            var shown = 0
            for one in wearers {
                let model = try StoredDays(store: store, clock: clock, wearer: one).report(on: period)
                guard !model.summaries.isEmpty else { continue }
                if isJSON {
                    try output.write(line: PeriodJSON.line(model))
                } else {
                    if shown > 0 { try output.write(line: "") }
                    if wearer == nil, wearers.count > 1 {
                        try output.write(line: Printable.text(one.text, limit: 64) + ":")
                    }
                    let width = StandardOutput.isTerminal ? Terminal.size.columns : 80
                    for line in PeriodSummaryText(model, width: width).lines { try output.write(line: line) }
                }
                shown += 1
            }
            try output.close()
            if shown == 0, !isJSON {
                StandardError.write("Nothing is stored for \(period.first) to \(period.last).")
            }
        }
    }
}
