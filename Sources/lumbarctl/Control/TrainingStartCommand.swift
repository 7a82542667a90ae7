import ArgumentParser
import LumbarCore
import LumbarLive
import LumbarMeasures
import LumbarReport
import LumbarSettings
import LumbarStore

/// `lumbarctl training start`: what was is looked up, what is aimed at is said, and the daemon is asked.
struct TrainingStartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Begin a training.",
        discussion: """
            lumbarctl training start
            lumbarctl training start --target 15%

            How you bend is looked up in the history: the share of bends past 60 degrees on the last 7 days of four weeks \
            that were worn for 4 hours, from 3 days and 50 bends on. After another training only the days since its last \
            session count, and where they are too few, what was known before it. Half of the share is the target, \
            10 % at least; 20 % where too little is known. The training holds across restarts of the daemon, which \
            has to run.

            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, there is nothing to train, or the history cannot \
            be understood, 66 it is not there, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @Option(
        help: ArgumentHelp("What is trained: bending.", valueName: "goal"),
        completion: .list(TrainingGoal.allCases.map(\.rawValue)))
    var goal = TrainingGoal.bending.rawValue

    @Option(
        help: ArgumentHelp("The share of bends past 60 degrees to aim at, such as 15%.", valueName: "share"))
    var target: String?

    @OptionGroup var control: ControlOptions

    @OptionGroup var history: HistoryOptions

    /// How many days back are looked at.
    static let reach: Int64 = 28

    func validate() throws {
        _ = try trained()
        _ = try aim()
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            let baseline = try Failure.translating { try lookUp(clock) }
            let aim = try aim() ?? baseline.target
            try check(aim, against: baseline)
            if !control.isJSON {
                let output = StandardOutput()
                try output.write(line: Self.words(baseline))
                try output.flush()
            }
            let training = LiveAsk.Training(goal: try trained(), target: aim, baseline: baseline.share)
            try ControlRun(control).ask(.training, LiveAsk(training: training))
        }
    }

    private func trained() throws -> TrainingGoal {
        if let known = TrainingGoal(rawValue: goal.lowercased()) { return known }
        let words = TrainingGoal.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
            "There is no goal \"\(Printable.text(goal, limit: 40))\"; there is \(words).")
    }

    /// What was asked for: `15%`, `15 %` or `0.15`.
    private func aim() throws -> Double? {
        guard let target else { return nil }
        let number = target.last == "%" ? target.dropLast() : target[...]
        let share = Double(number.filter { $0 != " " }).map { target.last == "%" ? $0 / 100 : $0 }
        guard let share, TrainingPlan.targets.contains(share) else {
            throw ValidationError(
                "\"\(Printable.text(target, limit: 40))\" is no share to aim at; write one from 1% to 90%, such as 15%."
            )
        }
        return share
    }

    private func lookUp(_ clock: LocalClock) throws -> TrainingBaseline {
        let store = try history.open()
        let wearer = try store.wearer(named: control.wearer, for: "whose with --wearer")
        let known = try store.trainingStanding(
            of: wearer, today: clock.today, zone: clock.zone(of:), day: clock.day(of:))
        if let known, known.state == .goesOn {
            throw Failure(
                .usage, "a training goes on since \(known.asked); `lumbarctl training stop` ends it")
        }
        let today = clock.today.daysSinceEpoch
        return try store.trainingBaseline(
            from: CivilDate(daysSinceEpoch: today - Self.reach),
            through: CivilDate(daysSinceEpoch: today - 1), after: known, wearer: wearer, zone: clock.zone(of:)
        )
    }

    private func check(_ aim: Double, against baseline: TrainingBaseline) throws {
        guard let share = baseline.share, aim >= share else { return }
        let known = "\(TrainingStatusText.percent(share)) of your bends go past 60 degrees"
        if target == nil {
            throw Failure(.data, "\(known), which leaves little to train; name less with --target")
        }
        throw Failure(.usage, "\(known) already; aim at less than that, or leave --target out")
    }

    private static func words(_ baseline: TrainingBaseline) -> String {
        let count = baseline.count
        let days = baseline.days.count == 1 ? "day" : "days"
        guard let share = baseline.measured else {
            if let earlier = baseline.earlier {
                return
                    "Too few days have been worn since the last session of a training. Before that training, "
                    + "\(TrainingStatusText.percent(earlier)) of your bends went past 60 degrees."
            }
            return
                "Too little is known of how you bend: \(baseline.days.count) \(days) worn for 4 hours, "
                + "\(count.bends) bends. What is left can be measured, but not held against before."
        }
        return
            "On the last \(baseline.days.count) \(days) worn, \(count.deep) of \(count.bends) bends "
            + "(\(TrainingStatusText.percent(share))) went past 60 degrees."
    }
}
