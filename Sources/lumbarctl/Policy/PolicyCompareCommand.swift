import ArgumentParser
import LumbarAlerts
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl policy compare`: how many alerts policies would have given over the stored history, and when.
struct PolicyCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare how many alerts several settings would have given, and when.",
        discussion: """
            lumbarctl policy compare strict.conf lax.conf

            Plays what is stored of your days over again, with the settings in force and with those of each FILE, and shows \
            beside them what was really told: alerts a day, by rule, at night (22 to 6), by hour and by day. Nothing is \
            changed and nobody is told anything.

            FILE is a whole lumbard.conf, or one with only what is to be different in [alerts]; what it does not say is \
            built in, as it would be for the daemon. Outside of [alerts] only that counts which says when something that \
            goes on is reported, in [sitting], [sustained-flexion] and [ride]: what was detected stays as it is stored.

            The history keeps what happened complete, and not second by second: how well playing it again gives what was \
            told stands on top. A policy that speaks less is not credited with what you would have done without it.

            Without --from and the like it is the last 14 days, through today. DAY is today, yesterday or 2026-11-01.

            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there or has nothing of \
            these days, or FILE is not there, 77 not allowed, 78 a configuration is wrong.
            """)

    @Argument(help: ArgumentHelp("Settings to compare with.", valueName: "file"), completion: .file())
    var files: [String] = []

    @OptionGroup var dates: PeriodOptions

    @Flag(help: "Also each alert, with which settings give it.")
    var list = false

    @Flag(name: .customLong("json"), help: "Print one JSON object per line.")
    var isJSON = false

    @Option(help: ArgumentHelp("Whose; needed when there are several.", valueName: "name"))
    var wearer: String?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration in force, instead of this machine's.", valueName: "file"),
        completion: .file())
    var configuration: String?

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if files.count > PolicyComparisonText.mostFiles {
            throw ValidationError(
                "At most \(PolicyComparisonText.mostFiles) files fit beside each other; compare the rest on their own."
            )
        }
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            let days = try period(clock)
            let inForce = try PolicySettings(inForce: configuration)
            let others = try files.map { try PolicySettings(file: $0) }
            try Failure.translating {
                let store = try history.open()
                if let wearer { _ = try store.wearers(named: wearer) }
                let whose = try store.wearer(named: wearer, for: "whose with --wearer")
                let played = try PlayedHistory(
                    store, history.entries(), whose, from: days.first, through: days.last, clock: clock)
                guard !played.days.isEmpty else {
                    throw Failure(.noInput, "nothing is stored from \(days.first) to \(days.last)")
                }
                try show(try comparison(played, inForce, others, store))
            }
        }
    }

    private func period(_ clock: LocalClock) throws -> ReportPeriod {
        try dates.period(clock, latest: clock.today) { last in
            try .span(CivilDate(daysSinceEpoch: last.daysSinceEpoch - 13), through: last)
        }
    }

    private func comparison(
        _ played: PlayedHistory, _ inForce: PolicySettings, _ others: [PolicySettings], _ store: Store
    ) throws -> PolicyComparison {
        let names = PolicyNames(files).names
        var columns = [
            PolicyComparison.Column(name: "told", alerts: played.told),
            PolicyComparison.Column(
                name: "in force", file: configuration, alerts: played.alerts(inForce)),
        ]
        for (place, other) in others.enumerated() {
            columns.append(
                PolicyComparison.Column(
                    name: names[place], file: files[place], differences: other.differences(from: inForce),
                    alerts: played.alerts(other)))
        }
        var comparison = PolicyComparison(
            first: played.first, last: played.last, days: played.days, columns: columns)
        comparison.notes = try notes(played, store)
        return comparison
    }

    /// What else there is to know of how far it can be trusted.
    private func notes(_ played: PlayedHistory, _ store: Store) throws -> [String] {
        var notes: [String] = []
        let clock = LocalClock()
        let start = clock.start(of: played.first)
        let end = clock.start(of: CivilDate(daysSinceEpoch: played.last.daysSinceEpoch + 1))
        // What was set when the history began was no change.
        let first = max(start, played.begins.map { $0 + .minutes(1) } ?? start)
        let changes = try store.settingChanges("alerts.").filter { $0.time >= first && $0.time < end }
        if let latest = changes.last {
            let time = LocalTimeText.minute(latest.time, zone: clock.zone(at: latest.time))
            notes.append(
                "Settings of [alerts] changed in these days; the present ones hold since \(time), so what was told before that is another policy's."
            )
        }
        if played.leftOut > 0 {
            let alerts = played.leftOut == 1 ? "1 alert is" : "\(played.leftOut) alerts are"
            notes.append(
                "\(alerts) left out: of those days no minutes are kept, so nothing can be played over them."
            )
        }
        if played.isPartlyBlind {
            notes.append(
                "Part of these days was stored before it was kept what was asked for and how well upright was known: there, nothing was snoozed and angles always count."
            )
        }
        return notes
    }

    private func show(_ comparison: PolicyComparison) throws {
        let output = pager.output
        if isJSON {
            let json = PolicyComparisonJSON(comparison)
            for line in json.lines { try output.write(line: line) }
            if list { for line in json.list { try output.write(line: line) } }
        } else {
            let text = PolicyComparisonText(comparison)
            for line in text.lines { try output.write(line: line) }
            if list {
                try output.write(line: "")
                for line in text.list { try output.write(line: line) }
            }
        }
        try output.close()
    }
}

/// What files are called at the head of a column: by their own name where that fits and tells them apart, else by a letter.
struct PolicyNames {
    let names: [String]

    init(_ files: [String]) {
        let short = files.map { path -> String in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return name.hasSuffix(".conf") ? String(name.dropLast(5)) : name
        }
        let plain = short.map { name -> String? in
            let isPlain = !name.isEmpty && name.count <= 8 && Printable.text(name) == name
            let isOwn = short.count { $0 == name } == 1 && !["told", "in force"].contains(name)
            return isPlain && isOwn ? name : nil
        }
        var taken = Set(plain.compactMap { $0 })
        names = plain.enumerated().map { place, name in
            if let name { return name }
            // The letter of its place, unless a file is called so.
            let letters = "ABCDEFGH".map { String($0) }
            let free = (letters[place...] + letters[..<place]).first { taken.insert($0).inserted }
            return free ?? "-"
        }
    }
}
