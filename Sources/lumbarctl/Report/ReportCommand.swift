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

    @Option(help: ArgumentHelp("One day.", valueName: "day"))
    var day: String?

    @Flag(help: "Seven days.")
    var week = false

    @Flag(help: "Four weeks.")
    var month = false

    @Option(help: ArgumentHelp("The last day of --week or --month.", valueName: "day"))
    var until: String?

    @Option(help: ArgumentHelp("The first day of any stretch.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("Its last day.", discussion: "Default: yesterday.", valueName: "day"))
    var to: String?

    @Option(help: ArgumentHelp("Write HTML to this file.", valueName: "file"), completion: .file())
    var html: String?

    @Option(help: ArgumentHelp("Write Markdown to this file.", valueName: "file"), completion: .file())
    var markdown: String?

    @Option(help: ArgumentHelp("Whose; needed when there are several.", valueName: "name"))
    var wearer: String?

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        let chosen = [day != nil, week, month, from != nil].count { $0 }
        if chosen > 1 { throw ValidationError("Choose one of --day, --week, --month and --from.") }
        if to != nil, from == nil { throw ValidationError("--to goes with --from.") }
        if until != nil, day != nil || from != nil {
            throw ValidationError("--until goes with --week or --month.")
        }
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
        if let day { return .day(try clock.date(day, option: "--day")) }
        if let from {
            return try .span(
                clock.date(from, option: "--from"),
                through: to.map { try clock.date($0, option: "--to") } ?? yesterday)
        }
        let last = try until.map { try clock.date($0, option: "--until") } ?? yesterday
        return month ? .month(through: last) : .week(through: last)
    }

    private func write(_ text: String, to path: String) throws {
        let output = path == "-" ? StandardOutput() : try StandardOutput(path: path)
        try output.write(bytes: Array(text.utf8))
        try output.close()
    }
}
