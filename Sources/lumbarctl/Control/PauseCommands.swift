import ArgumentParser
import LumbarCore
import LumbarLive

/// `lumbarctl pause`: the sensors are closed for some time.
struct PauseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Close the sensors for some time: nothing is measured.",
        discussion: """
            lumbarctl pause
            lumbarctl pause 2h
            lumbarctl pause until 2026-11-23

            A pause lasts seven days at most, which is also how long it lasts without a time. It holds across restarts of \
            the daemon, is said in the journal once a day, and ends by itself. `lumbarctl status` shows it. The daemon has \
            to run.

            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("How long, such as 2h, 3d, until tomorrow.", valueName: "time"))
    var words: [String] = []

    @OptionGroup var control: ControlOptions

    func run() throws {
        try Failure.catching {
            let term = try ControlTerm(words, command: "pause")
            try ControlRun(control).ask(.pause, LiveAsk(term: term?.term))
        }
    }
}

/// `lumbarctl resume`: the end of a pause.
struct ResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "End a pause ahead of its time: the sensors are opened again.",
        discussion: """
            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @OptionGroup var control: ControlOptions

    func run() throws {
        try Failure.catching { try ControlRun(control).ask(.resume, LiveAsk()) }
    }
}
