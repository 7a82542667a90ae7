import ArgumentParser
import Glibc
import LumbarCore
import LumbarLinux
import LumbarLive

/// `lumbarctl watch`: what happens, as it happens.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract:
            "Look on live: the trunk's angle, the last minute, the day so far, and events as they happen.",
        discussion: """
            On a terminal it is a screen, until q or ^C. With --plain, and when the output is no terminal, it is one line \
            per event: for screen readers, and for other programs' pipes. --json prints the events as the daemon sends \
            them, one object per line; --frames the ten frames a second of each sensor too.

            Exit status: 0 asked to end, 64 wrong usage, 69 the daemon is not running, 77 you may not ask it.
            """)

    @Flag(help: "One line per event, also on a terminal.")
    var plain = false

    @Flag(name: .customLong("json"), help: "Print one JSON object per event.")
    var isJSON = false

    @Flag(help: "With --json: ten frames a second of each sensor too.")
    var frames = false

    @Option(help: ArgumentHelp("Whom the screen shows.", valueName: "name"))
    var wearer = WearerID.sole.text

    @OptionGroup var live: LiveOptions

    func validate() throws {
        if frames, !isJSON { throw ValidationError("--frames goes with --json.") }
        if plain, isJSON { throw ValidationError("--plain and --json are two forms: choose one.") }
    }

    func run() throws {
        try Failure.catching {
            // Signals become something to look at, so that the terminal is put right before anything ends.
            let signals: SignalSource
            do throws(SystemError) { signals = try SignalSource.open() } catch {
                throw Failure(.system, error.description)
            }
            do throws(DaemonConnection.Absence) {
                var connection = try DaemonConnection.open(live.path)
                let isScreen = !plain && !isJSON && StandardOutput.isTerminal && !Terminal.isDumb
                try connection.send(LiveRequest(verb: .subscribe, wantsFrames: isScreen || frames))
                if isScreen {
                    try showScreen(&connection, signals)
                } else {
                    try printLines(&connection, signals)
                }
            } catch {
                throw Failure(error)
            }
        }
    }

    // MARK: Lines

    private func printLines(
        _ connection: inout DaemonConnection, _ signals: borrowing SignalSource
    ) throws(DaemonConnection.Absence) {
        var words = LiveWords()
        if !isJSON { try connection.send(LiveRequest(verb: .status)) }
        while signals.next() == nil {
            guard let (value, text) = try connection.receive(timeout: .milliseconds(100)) else { continue }
            let lines = isJSON ? (isEvent(value) ? [text] : []) : people(value, &words)
            // Whoever reads has gone: that is no error.
            for line in lines where !Terminal.write(line + "\n") { return }
        }
    }

    private func people(_ value: JSONValue, _ words: inout LiveWords) -> [String] {
        if value["type"]?.text == "status", let status = LiveStatus(value) { return words.lines(status) }
        return words.line(value).map { [$0] } ?? []
    }

    private func isEvent(_ value: JSONValue) -> Bool {
        !["hello", "subscribed", "error"].contains(value["type"]?.text)
    }

    // MARK: The screen

    /// How often it is drawn anew, and how often the day is asked for.
    private static let drawEvery = Elapsed.milliseconds(100)
    private static let askEvery = Elapsed.seconds(5)

    private func showScreen(
        _ connection: inout DaemonConnection, _ signals: borrowing SignalSource
    ) throws(DaemonConnection.Absence) {
        var screen = LiveScreen(wearer: WearerID(wearer))
        let terminal = Terminal()
        var asked = Instant(nanoseconds: .min)
        var drawn = asked
        while signals.next() == nil, !terminal.wantsToEnd() {
            if BootClock.now() - asked >= WatchCommand.askEvery {
                asked = BootClock.now()
                try connection.send(LiveRequest(verb: .status))
            }
            if let line = try connection.receive(timeout: WatchCommand.drawEvery) { screen.take(line.value) }
            guard BootClock.now() - drawn >= WatchCommand.drawEvery else { continue }
            drawn = BootClock.now()
            let size = Terminal.size
            terminal.draw(
                screen.lines(columns: size.columns, rows: size.rows, blocks: Terminal.drawsBlocks))
        }
    }
}
