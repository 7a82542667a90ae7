import ArgumentParser
import LumbarAlerts

/// `lumbarctl redflags`: signs that need a doctor, as static text.
struct RedFlagsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redflags",
        abstract: "Show which signs with back pain need a doctor.",
        discussion: "The text is the same for everybody; nothing in it comes from the sensor.")

    @Flag(name: .customLong("json"), help: "Print one JSON object.")
    var isJSON = false

    func run() throws {
        try Failure.catching {
            let output = StandardOutput()
            for line in isJSON ? [RedFlags.json] : RedFlags.lines { try output.write(line: line) }
            try output.flush()
        }
    }
}
