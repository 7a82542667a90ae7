import ArgumentParser
import LumbarCore
import LumbarLive
import LumbarSettings

/// `lumbarctl policy`: when the program speaks, and by which numbers.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Say by which profile alerts are decided, and compare settings.",
        subcommands: [PolicyProfileCommand.self, PolicyCompareCommand.self])
}

/// `lumbarctl policy profile`: which profile is in force.
struct PolicyProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Go by the numbers of a profile: desk, manual, driving, flare, or default.",
        discussion: """
            lumbarctl policy profile manual

            It holds until another is named, also across restarts of the daemon; default is the profile of the settings. \
            Without a name it shows what holds. The daemon has to run.

            Exit status: 0 done, 64 wrong usage, 65 nobody of that name, 69 the daemon cannot be asked, 77 not allowed.
            """)

    @Argument(
        help: ArgumentHelp("desk, manual, driving, flare or default.", valueName: "profile"),
        completion: .list(AlertProfile.allCases.map(\.rawValue) + ["default"]))
    var name: String?

    @OptionGroup var control: ControlOptions

    func validate() throws { _ = try profile() }

    func run() throws {
        try Failure.catching {
            let run = ControlRun(control)
            guard let asked = try profile() else { return try run.showAll(.profile) }
            try run.ask(.profile, LiveAsk(profile: asked))
        }
    }

    /// What was named; nil when nothing was.
    private func profile() throws -> AlertProfile?? {
        guard let name else { return .none }
        let word = name.lowercased()
        if word == "default" { return .some(nil) }
        if let known = AlertProfile(rawValue: word) { return .some(known) }
        let words = AlertProfile.allCases.map(\.rawValue) + ["default"]
        let near = nearest(to: word, in: words).map { "did you mean \($0)?" }
        throw ValidationError(
            "There is no profile \"\(Printable.text(name, limit: 40))\"; "
                + (near ?? "there are " + words.joined(separator: ", ") + "."))
    }
}
