import ArgumentParser
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl why`: why an alert was raised.
struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Show why an alert was raised, and what was measured around it.",
        discussion: """
            lumbarctl why 8k3

            ID is the name that `lumbarctl alerts` shows, or its first letters; without one it is the newest alert. In words \
            first: what was measured, and from where on the rule speaks. Then which clause of which rule held, how sure that \
            is, how old the calibration was, and whether you were told. Then the angle of the trunk and the posture before \
            and after, as a plot; --plain has a short table instead, for screen readers.

            Alerts of before version 5 of the history have no reason, and say so.

            Exit status: 0 done, 64 wrong usage, 65 there is no such alert, or the history cannot be understood, 66 it is \
            not there, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The alert.", valueName: "id"))
    var id: String?

    @Flag(help: "Words and a table instead of a plot.")
    var plain = false

    @Flag(name: .customLong("json"), help: "Print one JSON object.")
    var isJSON = false

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if plain, isJSON { throw ValidationError("--plain and --json are two forms: choose one.") }
    }

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let store = try history.open()
                guard let alert = try id.map({ try store.alert(named: $0) }) ?? store.alerts(limit: 1).last
                else {
                    throw Failure(.data, "no alert was raised yet")
                }
                let key = AlertKey(alert.alert, bootID: alert.place.bootID)
                let trace = try store.trace(of: key)
                let answers = Entries.counting(try history.entries()?.acknowledgements() ?? [])
                let verdict = answers.last { $0.alert == key }?.verdict
                let output = pager.output
                if isJSON {
                    try output.write(line: WhyJSON.line(alert, verdict: verdict, trace: trace))
                } else {
                    var text = WhyText(alert)
                    text.trace = trace
                    text.verdict = verdict
                    text.isPlain = plain
                    text.columns = Terminal.size.columns
                    text.drawsBlocks = Terminal.drawsBlocks
                    for line in text.lines { try output.write(line: line) }
                }
                try output.close()
            }
        }
    }
}
