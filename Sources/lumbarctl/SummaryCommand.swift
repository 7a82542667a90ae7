import ArgumentParser
import LumbarAlerts
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl summary`: how a day, or several, went.
struct SummaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Show how a day went, or several.",
        discussion: """
            Without a DAY it is today so far, up to the last stored minute. A day without a summary of its own, \
            such as one at whose midnight lumbard did not run, is added up from its minutes.

            --week is the seven days until DAY, --month the four weeks until it, so that every day of the week counts \
            alike; without a DAY they end with yesterday. Each is told in ranges of days and held against as many days \
            before. A change is named only when a rank-sum test over days finds it rarer than once in twenty by chance, \
            for all measures together (Mann and Whitney 1947, Holm 1979).

            DAY is today, yesterday or 2026-11-01. With several wearers in the history, each is shown under the own \
            name, or one with --wearer.

            Times that nobody wore the sensor, that it gave no data, or that the posture was not known are told apart and \
            are in no other measure. MEASURES.md explains every number and every key of --json.

            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there, 77 not \
            allowed.
            """)

    @Argument(help: ArgumentHelp("The day, or the last of several.", valueName: "day"))
    var day: String?

    @Option(help: ArgumentHelp("The same.", valueName: "day"))
    var date: String?

    @Flag(help: "Seven days in words.")
    var week = false

    @Flag(help: "Four weeks in words.")
    var month = false

    @Option(help: ArgumentHelp("How many days, as a table.", valueName: "count"))
    var days: Int?

    @Option(help: ArgumentHelp("Whose.", discussion: "Default: everyone's.", valueName: "name"))
    var wearer: String?

    @Flag(name: .customLong("json"), help: "Print one JSON object per day and line.")
    var isJSON = false

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if let days, !(1...3660).contains(days) { throw ValidationError("--days is between 1 and 3660.") }
        if day != nil, date != nil { throw ValidationError("Say the day once.") }
        if [week, month, days != nil].count(where: { $0 }) > 1 {
            throw ValidationError("Choose one of --week, --month and --days.")
        }
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            if week || month { return try runPeriod(clock) }
            let last = try clock.date(day ?? date ?? "today", option: day == nil ? "--date" : "DAY")
            let first = CivilDate(daysSinceEpoch: last.daysSinceEpoch - Int64((days ?? 1) - 1))
            try Failure.translating {
                let store = try history.open()
                let wearers = try store.wearers(named: wearer)
                let isNamed = wearer == nil && wearers.count > 1
                let output = pager.output
                var shown = 0
                for one in wearers {
                    let stored = StoredDays(store: store, clock: clock, wearer: one)
                    let found = try stored.summaries(from: first, through: last)
                    if found.isEmpty { continue }
                    if isNamed, !isJSON {
                        if shown > 0 { try output.write(line: "") }
                        try output.write(line: Printable.text(one.text, limit: 64) + ":")
                    }
                    shown += 1
                    try show(found, stored, last, to: output)
                }
                try output.close()
                if shown == 0, !isJSON {
                    StandardError.write(
                        days == nil
                            ? "Nothing is stored for \(last)."
                            : "Nothing is stored for the days until \(last).")
                }
            }
        }
    }

    private func show(
        _ found: [DailySummary], _ stored: StoredDays, _ last: CivilDate, to output: StandardOutput
    ) throws {
        let entries = try history.entries()
        let zone = stored.clock.zone(at:)
        if isJSON {
            for day in found {
                let lifting = try day.date.flatMap { try stored.lifting(on: $0, entries) }
                try output.write(line: StoredJSON.line(day, lifting, zone: zone))
            }
        } else if days != nil {
            let width = StandardOutput.isTerminal ? Terminal.size.columns : nil
            for line in SummaryTable(found).lines(columns: width) { try output.write(text: line) }
        } else if let day = found.first {
            try output.write(text: SummaryText.text(day))
            if let lifting = try stored.lifting(on: last, entries) {
                for line in DeclaredLiftingText.lines(lifting, zone: zone) { try output.write(text: line) }
            }
        }
    }
}
