import ArgumentParser
import Glibc
import LumbarCore

@main
struct LumbarCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lumbarctl", abstract: "Watch, inspect, replay and simulate what lumbard sees.",
        version: "lumbarctl " + ReleaseName.version,
        subcommands: [
            StatusCommand.self, WatchCommand.self, AlertsCommand.self, AckCommand.self, SummaryCommand.self,
            DiaryCommand.self, RedFlagsCommand.self, ReportCommand.self,
            ReplayCommand.self, SimulateCommand.self,
            RecordCommand.self, CalibrateCommand.self, LoadCommand.self, DevicesCommand.self,
            ConfigCommand.self, ProfileCommand.self, SniffCommand.self, DoctorCommand.self,
            DeviceCommand.self,
            ExportCommand.self, ForgetCommand.self, ManualCommand.self,
        ])

    static func main() {
        if let mistyped = MistypedCommand(in: Array(CommandLine.arguments.dropFirst()), of: Self.self) {
            StandardError.write("lumbarctl: " + mistyped.text)
            Glibc.exit(Failure.Status.usage.rawValue)
        }
        main(nil)
    }
}
