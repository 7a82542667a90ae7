import ArgumentParser
import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// `lumbarctl forget`: deletes the older part of the history.
struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract:
            "Delete what is older than a day from the history, diary, loads and answers included, for good.",
        discussion: """
            The daemon has to be stopped meanwhile: systemctl stop lumbard. What is deleted is overwritten in the file; \
            on flash memory and in backups older copies may live on.

            DAY is today, yesterday or 2026-11-01; that day itself stays. --before tomorrow deletes everything.

            With several wearers in the history, say whose it is with --wearer, or --everyone.
            """)

    @Option(help: ArgumentHelp("The first day that stays.", valueName: "day"))
    var before: String

    @Option(help: ArgumentHelp("Only what is theirs.", valueName: "name"))
    var wearer: String?

    @Flag(help: "What is everyone's.")
    var everyone = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if everyone, wearer != nil { throw ValidationError("Choose one of --wearer and --everyone.") }
    }

    func run() throws {
        let clock = LocalClock()
        let tomorrow = CivilDate(daysSinceEpoch: clock.today.daysSinceEpoch + 1)
        try Failure.catching {
            let first = before == "tomorrow" ? tomorrow : try clock.date(before, option: "--before")
            try Failure.translating {
                // Read first: a wrong path must not make a new history.
                let whose = try whose(try history.open())
                guard try yes || confirmed(first, whose) else { return }
                let store = try Store(writing: history.path, bootID: "", host: CommandHost())
                var count = try store.forget(before: first, zone: clock.zone(of: first), wearer: whose)
                if try history.entries() != nil {
                    let entries = try history.writableEntries()
                    count += try entries.forget(until: clock.start(of: first), wearer: whose)
                }
                StandardError.write("\(count) rows were deleted.")
                for copy in store.copies + Entries.copies(beside: history.path) {
                    StandardError.write("An older copy is left: \(Printable.text(copy, limit: 4096))")
                }
            }
        }
    }

    /// Whose history is meant; nil for everyone's. Never a matter of guessing: it is gone afterwards.
    private func whose(_ store: Store) throws -> WearerID? {
        if let wearer { return try store.wearers(named: wearer).first }
        if !everyone { _ = try store.wearer(named: nil, for: "whose with --wearer NAME, or --everyone") }
        return nil
    }

    private func confirmed(_ first: CivilDate, _ whose: WearerID?) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(
                .usage, "nothing was deleted, as there is nobody to ask; say --yes if that is what you want")
        }
        let owner = whose.map { " of " + Printable.text($0.text, limit: 64) } ?? ""
        StandardError.put("Delete everything\(owner) before \(first) for good? [y/N] ")
        let answer = readLine() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }
}
