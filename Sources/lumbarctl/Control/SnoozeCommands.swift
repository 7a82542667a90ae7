import ArgumentParser
import LumbarCore
import LumbarLive

/// `lumbarctl snooze`: quiet for some time.
struct SnoozeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: "Have nothing said but possible falls for some time.",
        discussion: """
            lumbarctl snooze 30m
            lumbarctl snooze until 14:00
            lumbarctl snooze until tomorrow

            A snooze ends by itself, at the end of tomorrow at the latest; everything is measured and kept meanwhile. \
            "until tomorrow" is midnight. Without a time it shows what holds. The daemon has to run.

            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("How long, such as 30m, 1h30min, until 14:00.", valueName: "time"))
    var words: [String] = []

    @Flag(help: "End it sooner, once the wearer has been upright for ten minutes.")
    var untilUpright = false

    @OptionGroup var control: ControlOptions

    func validate() throws {
        if untilUpright, words.isEmpty {
            throw ValidationError(
                "--until-upright ends a snooze sooner; say when it ends otherwise, such as 1h.")
        }
    }

    func run() throws {
        try Failure.catching {
            let run = ControlRun(control)
            guard let term = try ControlTerm(words, command: "snooze") else {
                return try run.showAll(.snooze)
            }
            try run.ask(.snooze, LiveAsk(term: term.term, endsUpright: untilUpright))
        }
    }
}

/// `lumbarctl wake`: the end of a snooze.
struct WakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wake",
        abstract: "End a snooze ahead of its time.",
        discussion: """
            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @OptionGroup var control: ControlOptions

    func run() throws {
        try Failure.catching { try ControlRun(control).ask(.wake, LiveAsk()) }
    }
}
