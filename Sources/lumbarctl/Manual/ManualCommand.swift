import ArgumentParser
import LumbarAlerts

/// `lumbarctl manual`: its own manual page, or that of the rules; for whoever packages it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page lumbarctl(1) or lumbard-rules(7), for man(1).",
        shouldDisplay: false)

    /// Of the page's last change of substance, so that generating it again gives the same page.
    static let date = "November 22, 2026"

    @Flag(help: "The page lumbard-rules(7).")
    var rules = false

    func run() throws {
        try Failure.catching {
            guard !rules else {
                let output = StandardOutput()
                try output.write(bytes: Array(RulesManual().page(date: Self.date).utf8))
                return try output.flush()
            }
            guard let program = CommandTree.ofThisProgram() else {
                throw Failure(.software, "the commands cannot be listed")
            }
            let output = StandardOutput()
            try output.write(bytes: Array(CommandManual(program: program).page(date: Self.date).utf8))
            try output.flush()
        }
    }
}
