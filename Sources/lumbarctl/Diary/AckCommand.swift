import ArgumentParser
import LumbarCore
import LumbarReport
import LumbarSettings
import LumbarStore

/// `lumbarctl ack`: what the wearer says of an alert.
struct AckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Say whether an alert was useful.",
        discussion: """
            lumbarctl ack 8k3 useful

            ID is the name that `lumbarctl alerts` shows, or its first letters. ANSWER is useful, false (it was not so, \
            or not worth saying) or later (right, but not now). It may be given again: the last one counts. \
            `lumbarctl alerts --precision` adds the answers up. The daemon may run meanwhile.

            Exit status: 0 done, 64 wrong usage, 65 there is no such alert, or nothing to undo, 66 there is no \
            history, 77 not allowed.
            """)

    @Argument(help: ArgumentHelp("The alert.", valueName: "id"))
    var id: String?

    @Argument(help: ArgumentHelp("useful, false or later.", valueName: "answer"))
    var answer: String?

    @Flag(help: "Take the last answer to the alert back.")
    var undo = false

    @Flag(help: "Show every answer that was given, in their order.")
    var list = false

    @Option(help: ArgumentHelp("With --list: only to alerts of this wearer.", valueName: "name"))
    var wearer: String?

    @Flag(name: .customLong("json"), help: "With --list: print one JSON object per line.")
    var isJSON = false

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        if list {
            guard id == nil, !undo else { throw ValidationError("--list shows all answers; give no alert.") }
            return
        }
        if isJSON || wearer != nil { throw ValidationError("--json and --wearer go with --list.") }
        guard id != nil else { throw ValidationError("Say which alert: lumbarctl ack ID ANSWER, or --list.") }
        if undo {
            guard answer == nil else { throw ValidationError("--undo takes an answer back; give none.") }
        } else {
            _ = try verdict()
        }
    }

    func run() throws {
        try Failure.catching {
            try Failure.translating {
                let store = try history.open()
                if list { return try show(store) }
                guard let id else { return }
                let alert = try store.alert(named: id)
                if undo { try takeBack(alert) } else { try note(alert) }
            }
        }
    }

    private func verdict() throws -> AlertVerdict {
        guard let answer else { throw ValidationError("Say what it was: useful, false or later.") }
        if let known = AlertVerdict(rawValue: answer.lowercased()) { return known }
        let words = AlertVerdict.allCases.map(\.rawValue)
        let near = nearest(to: answer, in: words).map { "did you mean \($0)?" }
        throw ValidationError(
            "\"\(Printable.text(answer, limit: 40))\" is no answer; "
                + (near ?? "write useful, false or later."))
    }

    private func note(_ stored: StoredAlert) throws {
        let verdict = try verdict()
        try history.writableEntries().append(
            Acknowledgement(
                uniqueID: CommandHost.uniqueID(), alert: AlertKey(stored.alert, bootID: stored.place.bootID),
                alertTime: stored.place.wall, verdict: verdict, time: LocalClock().now))
        StandardError.write("\(Self.name(stored)): \(verdict.rawValue).")
    }

    private func takeBack(_ stored: StoredAlert) throws {
        let key = AlertKey(stored.alert, bootID: stored.place.bootID)
        let given = try history.entries()?.acknowledgements().filter { $0.alert == key } ?? []
        guard let last = given.last else {
            throw Failure(.data, "\(Self.name(stored)) has no answer to take back")
        }
        _ = try history.writableEntries().removeAcknowledgement(last.id, at: LocalClock().now)
        let before = given.dropLast().last.map { "\($0.verdict.rawValue), as before" } ?? "no answer"
        StandardError.write("\(Self.name(stored)): \(before).")
    }

    private func show(_ store: Store) throws {
        let clock = LocalClock()
        let output = pager.output
        let only = try wearer.flatMap { try store.wearers(named: $0).first }
        let answers = try history.entries()?.acknowledgements(wearer: only) ?? []
        let lines =
            isJSON
            ? answers.map { AcknowledgementJSON.line($0, zone: clock.zone) }
            : AcknowledgementTable.lines(answers, zone: clock.zone)
        for line in lines { try output.write(line: line) }
        try output.close()
        if answers.isEmpty, !isJSON { StandardError.write("No alert was answered.") }
    }

    /// `Alert 8k3r0vm (sitting, 2026-11-21 11:01)`.
    private static func name(_ stored: StoredAlert) -> String {
        let time = stored.place.wall.map { LocalTimeText.minute($0, zone: stored.place.zone) }
        return "Alert \(stored.id) (\(AlertTable.words(stored.alert.rule)), \(time ?? "time unknown"))"
    }
}
