import ArgumentParser
import LumbarAlerts
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl report`: days, weeks or months as a page to read, to print, or to send.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a report of a day, a week or a month, to read, print or send.",
        discussion: """
            One HTML file that loads nothing and runs nothing: it opens in any browser, on a phone too, and prints on A4. \
            --markdown writes the same as text with tables, for an e-mail; - is the standard output. Without either it is \
            --markdown -.

            Without --day and the like it is the seven days until yesterday. --week and --month end with yesterday or \
            with --until; a month is four weeks, so that every day of the week counts alike. DAY is today, yesterday or \
            2026-11-01. Each is held against as many days before, a day against the seven before it.

            The file holds what the sensor saw of you. Whoever has it can read it: send it to whom you trust.

            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there or has nothing \
            of these days, 73 the file cannot be written, 77 not allowed.
            """)

    @OptionGroup var dates: PeriodOptions

    @Option(help: ArgumentHelp("Write HTML to this file.", valueName: "file"), completion: .file())
    var html: String?

    @Option(help: ArgumentHelp("Write Markdown to this file.", valueName: "file"), completion: .file())
    var markdown: String?

    @Option(help: ArgumentHelp("Whose; needed when there are several.", valueName: "name"))
    var wearer: String?

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if html == "-", markdown == "-" {
            throw ValidationError("Only one of --html and --markdown can be the standard output.")
        }
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            let period = try period(clock)
            try Failure.translating {
                let store = try history.open()
                if let wearer { _ = try store.wearers(named: wearer) }
                let whose = try store.wearer(named: wearer, for: "whose report with --wearer")
                let stored = StoredDays(store: store, clock: clock, wearer: whose)
                var model = try stored.report(on: period)
                guard !model.summaries.isEmpty else {
                    throw Failure(.noInput, "nothing is stored for \(PeriodText(model).title)")
                }
                model.marks = try stored.marks(on: period, history.entries())
                if model.marks.contains(where: \.isPain) { model.safety = SafetyText.redFlags }
                if let html { try write(ReportPage(model).text, to: html) }
                if let text = markdown ?? (html == nil ? "-" : nil) {
                    try write(MarkdownReport(model).lines.joined(separator: "\n") + "\n", to: text)
                }
            }
        }
    }

    private func period(_ clock: LocalClock) throws -> ReportPeriod {
        let yesterday = CivilDate(daysSinceEpoch: clock.today.daysSinceEpoch - 1)
        return try dates.period(clock, latest: yesterday) { .week(through: $0) }
    }

    private func write(_ text: String, to path: String) throws {
        let output = path == "-" ? StandardOutput() : try StandardOutput(path: path)
        try output.write(bytes: Array(text.utf8))
        try output.close()
    }
}
