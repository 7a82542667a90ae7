import ArgumentParser
import LumbarAlerts
import LumbarCore
import LumbarReport
import LumbarSettings
import LumbarStore

/// `lumbarctl diary`: what the wearer notes about their back, and what it says together with the history.
struct DiaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diary",
        abstract: "Note how your back is, and see what came before.",
        discussion: """
            lumbarctl diary add --pain 6 --kind spasm --note "tying my shoes" --at "today 07:10"

            Without a verb it shows the episodes so far, how they follow each other, and what your back did in the day \
            and in the three days before them, against other days of yours. The diary lies beside the history, readable \
            by nobody else, and the daemon may run meanwhile.

            This program counts movement; it cannot tell why your back hurts. `lumbarctl redflags` tells which signs \
            need a doctor.
            """,
        subcommands: [
            DiaryHistoryCommand.self, DiaryAddCommand.self, DiaryEndCommand.self, DiaryEditCommand.self,
            DiaryListCommand.self, DiaryRemoveCommand.self,
        ], defaultSubcommand: DiaryHistoryCommand.self)
}

/// What an entry says, as it is given on the command line.
struct DiaryWords: ParsableArguments {
    @Option(help: ArgumentHelp("From 0, none, to 10, the worst imaginable.", valueName: "number"))
    var pain: Int?

    @Option(
        help: ArgumentHelp(
            "spasm (sudden and gripping), ache (dull or burning), stiffness (hard to bend or straighten), leg (pain or "
                + "tingling down a leg), fall (a fall or a blow), other.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("Anything, in your own words.", valueName: "text"))
    var note: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("When it began.", valueName: "time"))
    var at: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("When it was over.", valueName: "time"))
    var until: String?

    /// Longer notes are a book.
    static let longestNote = 2000

    func validate() throws {
        if let pain, !DiaryEntry.painScale.contains(pain) {
            throw ValidationError("--pain is between 0 (none) and 10 (the worst imaginable).")
        }
        if let note, note.unicodeScalars.count > Self.longestNote {
            throw ValidationError("--note is at most \(Self.longestNote) characters long.")
        }
        _ = try knownKind()
    }

    /// What it is like; nil when that was not said.
    func knownKind() throws -> DiaryEntry.Kind? {
        guard let kind else { return nil }
        if let known = DiaryEntry.Kind(rawValue: kind.lowercased()) { return known }
        let words = DiaryEntry.Kind.allCases.map(\.rawValue)
        let near = nearest(to: kind, in: words).map { "did you mean \($0)?" }
        throw ValidationError(
            "\"\(Printable.text(kind, limit: 40))\" is no kind; "
                + (near ?? "write \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")."))
    }

    /// Whether anything is said.
    var isEmpty: Bool { pain == nil && kind == nil && note == nil && at == nil && until == nil }

    /// Puts what is said into `entry`.
    func fill(_ entry: inout DiaryEntry, _ clock: LocalClock) throws {
        if let pain { entry.pain = pain }
        if let kind = try knownKind() { entry.kind = kind }
        if let note { entry.note = note }
        if let at {
            entry.time = try clock.past(at, option: "--at")
            entry.offsetSeconds = clock.zone(at: entry.time).offset(at: entry.time)
        }
        if let until { entry.end = try clock.past(until, option: "--until") }
        if let end = entry.end, end < entry.time {
            throw Failure(.data, "it cannot be over before it began")
        }
    }
}

extension LocalClock {
    /// The moment that `text` means, which has been.
    func past(_ text: String, option: String) throws -> WallTime {
        let time = try moment(text, option: option)
        guard time <= now else { throw Failure(.data, "\(option) \(text) has not been yet") }
        return time
    }
}

extension Entries {
    /// The diary entry of a number.
    func knownEntry(_ id: Int64) throws -> DiaryEntry {
        guard let entry = try diaryEntry(id) else {
            throw Failure(
                .data, "there is no entry \(id); `lumbarctl diary list` shows them with their numbers")
        }
        return entry
    }
}

extension HistoryOptions {
    /// What was said, for changing it; nothing is made when nothing ever was.
    func entriesToChange(_ id: Int64) throws -> Entries {
        // Read first: neither a wrong path nor a wrong number must make a file.
        _ = try open()
        guard let known = try entries() else {
            throw Failure(.data, "there is no entry \(id): the diary is empty")
        }
        _ = try known.knownEntry(id)
        return try writableEntries()
    }
}

/// What is said when an entry was written.
enum DiaryNotice {
    /// The entry, and where it tells of pain or of a fall, which signs need a doctor.
    static func tell(_ entry: DiaryEntry, hadSigns: Bool = false) {
        StandardError.write("Entry \(entry.id): \(DiaryText.line(entry)).")
        guard needsSigns(entry), !hadSigns else { return }
        for line in WrappedText.lines(SafetyText.redFlags, width: 80) { StandardError.write(line) }
        StandardError.write("All of it: lumbarctl redflags")
    }

    /// Whether the static text belongs to an entry.
    static func needsSigns(_ entry: DiaryEntry) -> Bool { entry.isPain || entry.kind == .fall }
}
