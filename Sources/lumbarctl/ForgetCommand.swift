import ArgumentParser
import Glibc
import LumbarCore
import LumbarLinux
import LumbarReport
import LumbarStore

/// `lumbarctl forget`: deletes the older part of the history.
struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Delete part of the history, diary, loads and answers included, for good.",
        discussion: """
            lumbarctl forget --before 2026-01-01
            lumbarctl forget --between "2026-11-01 14:00" "2026-11-01 18:00"

            The daemon has to be stopped meanwhile: systemctl stop lumbard. What is deleted is overwritten in the file, \
            and the backups beside it, which have it still, are deleted; the daemon makes a new one within a day. On flash \
            memory, and in copies made elsewhere, it may live on.

            What was asked for and still holds stays, with when it was asked for and what for: a snooze, a pause, a profile, \
            a training with the figures it was planned by. End it first, and it goes with the rest. Where later days stay, \
            so does what they began with: what held then, how well upright was known, how the sensors in use sit, and \
            since when the machine and the daemon ran.

            DAY is today, yesterday or 2026-11-01; that day itself stays. --before tomorrow deletes everything, also what was \
            stored while the machine did not know the time. With another DAY that goes only where what came after it shows \
            that it is older; how many rows stay for that reason is said. FROM and TO are today, 14:00, 2026-11-01 or \
            "2026-11-01 14:00"; what reaches into the time between them goes, and the summaries of these days, which are then \
            added up from what is left.

            With several wearers in the history, say whose it is with --wearer, or --everyone.
            """)

    @Option(help: ArgumentHelp("The first day that stays.", valueName: "day"))
    var before: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What reaches into the time between these two: FROM TO.", valueName: "time"))
    var between: [String] = []

    @Option(help: ArgumentHelp("Only what is theirs.", valueName: "name"))
    var wearer: String?

    @Flag(help: "What is everyone's.")
    var everyone = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if everyone, wearer != nil { throw ValidationError("Choose one of --wearer and --everyone.") }
        guard (before == nil) != between.isEmpty else {
            throw ValidationError("Say what: --before DAY, or --between FROM TO.")
        }
        guard between.isEmpty || between.count == 2 else {
            throw ValidationError("--between wants two times, such as --between yesterday today.")
        }
    }

    /// What is to go.
    private struct Part {
        var from: WallTime
        var until: WallTime
        /// The first day that stays, when it is everything before.
        var firstKept: CivilDate?
        /// In words, after "everything".
        var words: String
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            let part = try part(clock)
            // Read first: a wrong path must not make a new history.
            let (whose, holds): (WearerID?, Bool) = try Failure.translating {
                let store = try history.open()
                let whose = try self.whose(store)
                return (whose, try self.holds(store, whose, at: clock.now))
            }
            guard try yes || confirmed(part, whose, holds) else { return }
            try Failure.changing("forget ...") { try forget(part, whose, clock) }
        }
    }

    private func part(_ clock: LocalClock) throws -> Part {
        if let before {
            let tomorrow = CivilDate(daysSinceEpoch: clock.today.daysSinceEpoch + 1)
            let first = before == "tomorrow" ? tomorrow : try clock.date(before, option: "--before")
            return Part(
                from: WallTime(nanoseconds: .min), until: clock.start(of: first), firstKept: first,
                words: "before \(first)")
        }
        let from = try clock.moment(between[0], option: "--between")
        let until = try clock.moment(between[1], option: "--between")
        guard from < until else {
            throw Failure(.usage, "--between: \(between[1]) is not after \(between[0])")
        }
        let words = [from, until].map { LocalTimeText.minute($0, zone: clock.zone(at: $0)) }
        return Part(from: from, until: until, firstKept: nil, words: "from \(words[0]) to \(words[1])")
    }

    private func forget(_ part: Part, _ whose: WearerID?, _ clock: LocalClock) throws {
        let backups = Backups.paths(of: history.path).count + Entries.backups(beside: history.path).count
        let store = try Store(writing: history.path, bootID: "", host: CommandHost())
        let gone: Forgotten
        if let first = part.firstKept {
            gone = try store.forget(
                before: first, zone: clock.zone(of: first), wearer: whose, now: clock.now)
        } else {
            let last = WallTime(nanoseconds: part.until.nanoseconds - 1)
            let days = clock.day(of: part.from).daysSinceEpoch...clock.day(of: last).daysSinceEpoch
            gone = try store.forget(
                from: part.from, until: part.until, days: days, wearer: whose, now: clock.now)
        }
        var count = gone.rows
        if try history.entries() != nil {
            let entries = try history.writableEntries()
            count += try entries.forget(since: part.from, until: part.until, wearer: whose)
        }
        StandardError.write("\(count) rows were deleted.")
        tell(of: gone)
        if backups > 0 {
            StandardError.write(
                backups == 1
                    ? "The backup, which had them still, was deleted too."
                    : "The \(backups) backups, which had them still, were deleted too.")
        }
        for copy in store.copies + Entries.copies(beside: history.path) {
            StandardError.write("An older copy is left: \(Printable.text(copy, limit: 4096))")
        }
    }

    /// Says what stays, and why.
    private func tell(of gone: Forgotten) {
        if !gone.held.isEmpty {
            let held = gone.held.map { "a \($0.rawValue)" }.joined(separator: ", ")
            StandardError.write(
                "What still holds stays, with when it was asked for: \(held). End it and forget again to have it gone too."
            )
        }
        if gone.unplaced > 0 {
            StandardError.write(
                (gone.unplaced == 1 ? "1 row stays" : "\(gone.unplaced) rows stay")
                    + " of which nobody knows the day, as the machine did not know the time. "
                    + "--before tomorrow deletes everything there is.")
        }
    }

    /// Whether anything was asked for that still holds.
    private func holds(_ store: Store, _ whose: WearerID?, at now: WallTime) throws(StoreError) -> Bool {
        try store.controls().contains { row in
            row.holds(at: now) && (whose == nil || row.control.wearer == whose)
        }
    }

    /// Whose history is meant; nil for everyone's. Never a matter of guessing: it is gone afterwards.
    private func whose(_ store: Store) throws -> WearerID? {
        if let wearer { return try store.wearers(named: wearer).first }
        if !everyone { _ = try store.wearer(named: nil, for: "whose with --wearer NAME, or --everyone") }
        return nil
    }

    private func confirmed(_ part: Part, _ whose: WearerID?, _ holds: Bool) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(
                .usage, "nothing was deleted, as there is nobody to ask; say --yes if that is what you want")
        }
        let owner = whose.map { " of " + Printable.text($0.text, limit: 64) } ?? ""
        let rest = holds ? ", but for what was asked for and still holds" : ""
        StandardError.put("Delete everything\(owner) \(part.words) for good\(rest)? [y/N] ")
        let answer = readLine() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }
}
