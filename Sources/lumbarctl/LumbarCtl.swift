import ArgumentParser

@main
struct LumbarCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lumbarctl", abstract: "Replays, simulates and inspects what lumbard sees.",
        subcommands: [ReplayCommand.self, SimulateCommand.self, RecordCommand.self, DevicesCommand.self])
}
