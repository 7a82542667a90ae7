import ArgumentParser
import LumbarCore
import LumbarMeasures
import LumbarReport
import LumbarStore

/// `lumbarctl alerts`: what was said to the wearer.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Show what lumbard said to its wearer.",
        discussion: """
            Reads the history, which outlives the journal: on a Raspberry Pi the journal is gone after a reboot.

            TIME is today, yesterday, 2026-11-01, "2026-11-01 14:00", 14:00 (today), or back from now: -2h, -90min, \
            -3d. A day means its midnight, local time. Without --since and -n, the newest 20 are shown.

            Each has a name of seven letters; its first ones do, in any case, as long as they are nobody else's.

            What was said of an alert with `lumbarctl ack` stands before its message. --precision adds that up: for each \
            rule, how many of its alerts were useful, false or early, and the share of the judged ones that was useful \
            with its 95 % interval. Alerts of rules on trial, which were told to nobody, count too.

            Exit status: 0 done, 64 wrong usage, 65 there is no such alert, or the history cannot be understood, 66 \
            it is not there, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("Only the one of this name.", valueName: "id"))
    var id: String?

    @Option(
        name: [.customLong("since"), .customShort("S")], parsing: .unconditional,
        help: ArgumentHelp("Only alerts at or after this time.", valueName: "time"))
    var since: String?

    @Option(
        name: [.customLong("until"), .customShort("U")], parsing: .unconditional,
        help: ArgumentHelp("Only alerts before this time.", valueName: "time"))
    var until: String?

    @Option(name: .customShort("n"), help: ArgumentHelp("Only the newest so many.", valueName: "count"))
    var count: Int?

    @Option(help: ArgumentHelp("Only those to this wearer.", valueName: "name"))
    var wearer: String?

    @Flag(help: "For each rule, how its alerts were answered.")
    var precision = false

    @Flag(help: "Also those that were told to nobody, because their rule is on trial.")
    var shadow = false

    @Flag(name: .customLong("json"), help: "Print one JSON object per line.")
    var isJSON = false

    @Option(name: [.customLong("color"), .customLong("colour")], help: "When to use colour.")
    var colour = ColourChoice.auto

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if let count, count < 0 { throw ValidationError("-n cannot be negative.") }
        if precision, id != nil || count != nil || shadow {
            throw ValidationError(
                "--precision is about all that was said in a time; leave the name, -n and --shadow out.")
        }
        if id != nil, since != nil || until != nil || count != nil || wearer != nil {
            throw ValidationError("An alert that is named is shown whenever it was.")
        }
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            let from = try since.map { try clock.moment($0, option: "--since") }
            let to = try until.map { try clock.moment($0, option: "--until") }
            try Failure.translating {
                let store = try history.open()
                let wearers = try store.wearers(named: wearer)
                if let id { return try show([store.alert(named: id)], namesWearers: wearers.count > 1) }
                let (first, last) = (from ?? WallTime(nanoseconds: .min), to ?? WallTime(nanoseconds: .max))
                let whose = wearer.map { WearerID($0) }
                let newest = count ?? (since == nil && !precision ? 20 : Int.max)
                let alerts = try store.alerts(
                    since: first, until: last, wearer: whose, limit: newest, withShadows: shadow || precision)
                if precision {
                    // A rule on trial is where one most wants to know, and its alerts can be answered too.
                    let silent = alerts.filter { $0.alert.delivery == .shadow }
                    try show(
                        AlertPrecision.byRule(
                            raised: alerts.map(\.alert.rule), onTrial: silent.map(\.alert.rule),
                            answers: answers(since: first, until: last, wearer: whose)))
                } else {
                    try show(alerts, namesWearers: wearers.count > 1)
                }
            }
        }
    }

    /// The answers that count, to alerts of a time.
    private func answers(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime = WallTime(nanoseconds: .max),
        wearer: WearerID? = nil
    ) throws -> [Acknowledgement] {
        let all = try history.entries()?.acknowledgements(since: since, until: until, wearer: wearer)
        return Entries.counting(all ?? [])
    }

    private func show(_ rules: [AlertPrecision]) throws {
        let output = pager.output
        let lines = isJSON ? rules.map(AlertPrecisionText.json) : AlertPrecisionText.lines(rules)
        for line in lines { try output.write(line: line) }
        try output.close()
        if rules.isEmpty, !isJSON {
            StandardError.write("No alerts" + (since == nil ? "." : " in that time."))
        }
    }

    private func show(_ alerts: [StoredAlert], namesWearers: Bool) throws {
        let output = pager.output
        var verdicts: [AlertKey: AlertVerdict] = [:]
        for answer in try answers() { verdicts[answer.alert] = answer.verdict }
        let keys = alerts.map { AlertKey($0.alert, bootID: $0.place.bootID) }
        if isJSON {
            for (alert, key) in zip(alerts, keys) {
                try output.write(line: StoredJSON.line(alert, verdict: verdicts[key]))
            }
        } else {
            var table = AlertTable(alerts)
            for key in keys { table.verdicts[key] = verdicts[key] }
            table.isColoured = colour.isOn
            table.columns = StandardOutput.isTerminal ? Terminal.size.columns : nil
            table.namesWearers = namesWearers
            for line in table.lines { try output.write(line: line) }
            if alerts.isEmpty { StandardError.write("No alerts" + (since == nil ? "." : " in that time.")) }
        }
        try output.close()
    }
}
