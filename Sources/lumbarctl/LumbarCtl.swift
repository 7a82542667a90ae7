import ArgumentParser
import Glibc
import LumbarCore

@main
struct LumbarCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lumbarctl", abstract: "Watch, inspect, replay and simulate what lumbard sees.",
        version: "lumbarctl " + ReleaseName.version,
        subcommands: [
            StatusCommand.self, WatchCommand.self, AlertsCommand.self, WhyCommand.self, AckCommand.self,
            SummaryCommand.self, SnoozeCommand.self, WakeCommand.self, PauseCommand.self, ResumeCommand.self,
            PolicyCommand.self, TrainingCommand.self,
            ReportCommand.self, DiaryCommand.self, RedFlagsCommand.self, LoadCommand.self,
            ReplayCommand.self, SimulateCommand.self, RecordCommand.self, CalibrateCommand.self,
            DevicesCommand.self, DeviceCommand.self, SniffCommand.self, DoctorCommand.self,
            ConfigCommand.self, ProfileCommand.self, ExportCommand.self, ConvertCommand.self,
            ImportCommand.self, ForgetCommand.self, DatabaseCommand.self, ManualCommand.self,
        ])

    static func main() {
        if let mistyped = MistypedCommand(in: Array(CommandLine.arguments.dropFirst()), of: Self.self) {
            StandardError.write("lumbarctl: " + mistyped.text)
            Glibc.exit(Failure.Status.usage.rawValue)
        }
        main(nil)
    }
}
