import ArgumentParser
import LumbarCore
import LumbarLive
import LumbarMeasures
import LumbarReport
import LumbarStore

/// `lumbarctl training`: fewer deep bends, with feedback that becomes rarer.
struct TrainingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training",
        abstract: "Train to bend less deep, with feedback that becomes rarer.",
        discussion: """
            lumbarctl training start
            lumbarctl training
            lumbarctl training stop

            What is trained is the share of bends that go past 60 degrees. Once a day there is a session of 40 minutes on \
            your feet in which each of them is told; sessions grow shorter while the share stays below the target, and \
            then there is a short one a week. 1, 3 and 12 weeks after the last session a day without a word about bends \
            shows what is left. lumbard-rules(7) has the evidence: what is learned with feedback that becomes rarer was \
            kept better in some laboratories and not in others, and for backs that was not shown.
            """,
        subcommands: [TrainingStatusCommand.self, TrainingStartCommand.self, TrainingStopCommand.self],
        defaultSubcommand: TrainingStatusCommand.self)
}

/// `lumbarctl training status`: how it goes, by the history alone.
struct TrainingStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how a training goes: each session, what comes next, and what is left weeks later.",
        discussion: """
            Read from the history; the daemon need not run. A training that is over or was stopped is shown until another \
            is started. A session is held when its share of bends past 60 degrees is at \
            most the target; sessions with fewer than 5 bends are added to the next one. What is left of the gain is told \
            where the share before the training is known.

            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there, 77 not allowed.
            """)

    @Option(help: ArgumentHelp("Whose.", discussion: "Default: everyone's.", valueName: "name"))
    var wearer: String?

    @Flag(
        name: .customLong("json"),
        help: "Print one JSON object per line, as docs/schema/training.schema.json describes it.")
    var isJSON = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            try Failure.translating {
                let store = try history.open()
                let wearers = try store.wearers(named: wearer)
                let output = StandardOutput()
                for one in wearers.isEmpty ? [.sole] : wearers {
                    try show(one, store, clock, isNamed: wearers.count > 1 && wearer == nil, to: output)
                }
                try output.flush()
            }
        }
    }

    private func show(
        _ wearer: WearerID, _ store: Store, _ clock: LocalClock, isNamed: Bool, to output: StandardOutput
    ) throws {
        let name = Printable.text(wearer.text, limit: 64)
        let known = try store.trainingStanding(
            of: wearer, today: clock.today, zone: clock.zone(of:), day: clock.day(of:))
        guard let standing = known else {
            let text = "Nothing is trained; `lumbarctl training start` begins."
            return try output.write(
                line: isJSON ? TrainingJSON.none(wearer) : isNamed ? "\(name): \(text)" : text)
        }
        let lines =
            isJSON
            ? TrainingJSON.lines(standing, of: wearer)
            : (isNamed ? [name + ":"] : []) + TrainingStatusText(standing).lines
        for line in lines { try output.write(line: line) }
    }
}

/// `lumbarctl training stop`: no more of it.
struct TrainingStopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "End a training.",
        discussion: """
            What came of it stays in the history: `lumbarctl training` shows it until another is started. The daemon has \
            to run.

            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @OptionGroup var control: ControlOptions

    func run() throws {
        try Failure.catching { try ControlRun(control).ask(.training, LiveAsk(training: nil)) }
    }
}
