import ArgumentParser

/// `lumbarctl manual`: its own manual page; for whoever packages it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page lumbarctl(1), for man(1).",
        shouldDisplay: false)

    /// Of the page's last change of substance, so that generating it again gives the same page.
    static let date = "November 22, 2026"

    func run() throws {
        try Failure.catching {
            guard let program = CommandTree.ofThisProgram() else {
                throw Failure(.software, "the commands cannot be listed")
            }
            let output = StandardOutput()
            try output.write(bytes: Array(CommandManual(program: program).page(date: Self.date).utf8))
            try output.flush()
        }
    }
}
