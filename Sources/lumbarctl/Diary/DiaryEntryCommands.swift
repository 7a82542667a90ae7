import ArgumentParser
import LumbarCore
import LumbarReport
import LumbarStore

/// `lumbarctl diary add`.
struct DiaryAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Note how your back is, or was.",
        discussion: """
            TIME is now unless it is said: "today 07:10", yesterday, "2026-11-01 14:00", -2h.

            Exit status: 0 done, 64 wrong usage, 65 that has not been yet, 66 there is no history, 77 not allowed.
            """)

    @OptionGroup var words: DiaryWords

    @Option(
        help: ArgumentHelp(
            "Whose back.", discussion: "Default: the only one in the history.", valueName: "name"))
    var wearer: String?

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        guard words.pain != nil || words.kind != nil || words.note != nil else {
            throw ValidationError("Say how it is: --pain 0 to 10, --kind, or --note.")
        }
        if wearer?.isEmpty == true { throw ValidationError("A wearer has a name.") }
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            try Failure.translating {
                // Read first: a wrong path must not make a file.
                let store = try history.open()
                _ = try store.wearers(named: wearer)
                let wearer = try store.wearer(named: wearer, for: "whose back with --wearer NAME")
                let offset = clock.anchor.zone.offset(at: clock.now)
                var entry = DiaryEntry(
                    uniqueID: CommandHost.uniqueID(), wearer: wearer, time: clock.now, offsetSeconds: offset,
                    kind: .other, written: clock.now)
                try words.fill(&entry, clock)
                entry.id = try history.writableEntries().append(entry)
                DiaryNotice.tell(entry)
            }
        }
    }
}

/// `lumbarctl diary edit`.
struct DiaryEditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change what an entry says; what is not given stays.",
        discussion: """
            Exit status: 0 done, 64 wrong usage, 65 there is no such entry, 66 there is no history, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The entry.", valueName: "number"))
    var id: Int64

    @OptionGroup var words: DiaryWords

    @Flag(help: "It is not over after all.")
    var goingOn = false

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        guard !words.isEmpty || goingOn else {
            throw ValidationError("Say what to change, such as --pain 4.")
        }
        if goingOn, words.until != nil { throw ValidationError("Choose one of --until and --going-on.") }
    }

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            try Failure.translating {
                let entries = try history.entriesToChange(id)
                var entry = try entries.knownEntry(id)
                let hadSigns = DiaryNotice.needsSigns(entry)
                if goingOn { entry.end = nil }
                try words.fill(&entry, clock)
                try entries.change(entry, at: clock.now)
                DiaryNotice.tell(entry, hadSigns: hadSigns)
            }
        }
    }
}

/// `lumbarctl diary end`.
struct DiaryEndCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "Say that it is over.",
        discussion: """
            Exit status: 0 done, 64 wrong usage, 65 there is no such entry, 66 there is no history, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The entry it began with.", valueName: "number"))
    var id: Int64

    @Option(parsing: .unconditional, help: ArgumentHelp("Since when.", valueName: "time"))
    var at = "now"

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            try Failure.translating {
                let entries = try history.entriesToChange(id)
                var entry = try entries.knownEntry(id)
                let end = try clock.past(at, option: "--at")
                guard end >= entry.time else { throw Failure(.data, "it cannot be over before it began") }
                entry.end = end
                try entries.change(entry, at: clock.now)
                DiaryNotice.tell(entry, hadSigns: true)
            }
        }
    }
}

/// `lumbarctl diary remove`.
struct DiaryRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Delete an entry for good.",
        discussion: """
            What is deleted is overwritten in the file and in the backups beside it; on flash memory and in copies made \
            elsewhere it may live on. Taking in what another machine exported does not bring it back, unless it was edited \
            there since. What an entry said before an edit stays in backups until they are replaced, a week as a rule.

            Exit status: 0 done, 64 wrong usage, 65 there is no such entry, 66 there is no history, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The entry.", valueName: "number"))
    var id: Int64

    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let entries = try history.entriesToChange(id)
                guard try entries.removeDiaryEntry(id, at: LocalClock().now) else {
                    throw Failure(.data, "there is no entry \(id)")
                }
                StandardError.write("Entry \(id) was removed.")
            }
        }
    }
}

/// `lumbarctl diary list`.
struct DiaryListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show what was noted.",
        discussion: """
            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there, 77 not \
            allowed.
            """)

    @Option(
        name: [.customLong("since"), .customShort("S")], parsing: .unconditional,
        help: ArgumentHelp("Only what began at or after this time.", valueName: "time"))
    var since: String?

    @Option(
        name: [.customLong("until"), .customShort("U")], parsing: .unconditional,
        help: ArgumentHelp("Only what began before this time.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Only what is theirs.", valueName: "name"))
    var wearer: String?

    @Flag(name: .customLong("json"), help: "Print one JSON object per line.")
    var isJSON = false

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            let first = try since.map { try clock.moment($0, option: "--since") }
            let last = try until.map { try clock.moment($0, option: "--until") }
            try Failure.translating {
                let store = try history.open()
                let only = try wearer.flatMap { try store.wearers(named: $0).first }
                let found =
                    try history.entries()?.diary(
                        since: first ?? WallTime(nanoseconds: .min),
                        until: last ?? WallTime(nanoseconds: .max), wearer: only) ?? []
                let output = pager.output
                let lines = isJSON ? found.map(DiaryJSON.line) : DiaryText.table(found)
                for line in lines {
                    if isJSON { try output.write(line: line) } else { try output.write(text: line) }
                }
                try output.close()
                if found.isEmpty, !isJSON {
                    StandardError.write("Nothing was noted" + (since == nil ? "." : " in that time."))
                }
            }
        }
    }
}

extension Entries {
    /// Stores what `entry` says now; later than it was last changed, whatever the clock did.
    func change(_ entry: DiaryEntry, at now: WallTime) throws {
        var changed = entry
        changed.edited = max(now, WallTime(nanoseconds: entry.edited.nanoseconds + 1))
        try append(changed)
    }
}
