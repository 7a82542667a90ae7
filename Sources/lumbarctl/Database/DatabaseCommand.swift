import ArgumentParser

/// `lumbarctl db`: looks after the file of the history.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Look after the file the history is in.",
        discussion: """
            status and check only read, and backup copies, while the daemon runs. recover and compact change the \
            history, so the daemon has to be stopped meanwhile: sudo systemctl stop lumbard.
            """,
        subcommands: [
            DatabaseStatusCommand.self, DatabaseCheckCommand.self, DatabaseBackupCommand.self,
            DatabaseRecoverCommand.self, DatabaseCompactCommand.self,
        ])
}

extension Failure {
    /// Runs `body`, which changes the history; when the daemon has it, says how to go about it.
    static func changing<Result>(_ command: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try translating(body)
        } catch let failure as Failure where failure.status == .unavailable {
            throw Failure(
                .unavailable,
                failure.message
                    + ". If that is lumbard: sudo systemctl stop lumbard; sudo lumbarctl \(command); "
                    + "sudo systemctl start lumbard")
        }
    }
}
