import ArgumentParser
import LumbarCore

@main
struct LumbarCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lumbarctl", abstract: "Watch, inspect, replay and simulate what lumbard sees.",
        version: "lumbarctl " + ReleaseName.version,
        subcommands: [
            StatusCommand.self, WatchCommand.self, AlertsCommand.self, SummaryCommand.self,
            ReplayCommand.self, SimulateCommand.self,
            RecordCommand.self, CalibrateCommand.self, LoadCommand.self, DevicesCommand.self,
            ConfigCommand.self, ProfileCommand.self, SniffCommand.self, DoctorCommand.self,
            DeviceCommand.self,
            ExportCommand.self, ImportCommand.self, DatabaseCommand.self, ForgetCommand.self,
        ])
}
