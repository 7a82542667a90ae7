import ArgumentParser
import LumbarLinux

/// Where declarations of sensors are written, and who hears of it.
struct TrustPlace: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The daemon's configuration; it is written to <file>.d.",
            discussion: "Default: /etc/lumbard/lumbard.conf", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where udev's rules of this machine are.", valueName: "folder"))
    var rulesDirectory = TrustFiles.standardRulesFolder

    @Flag(name: .customLong("no-reload"), help: "Do not tell the running service.")
    var leavesService = false

    @Flag(name: .customLong("json"), help: "Print the outcome as one JSON object.")
    var isJSON = false

    /// Whether it is what the installed service reads.
    var isStandard: Bool { config == nil || config == ConfigurationFiles.standardPath }

    /// Whether udev reads these rules.
    var hasStandardRules: Bool { rulesDirectory == TrustFiles.standardRulesFolder }

    /// Tells the service, if it is the one that reads this and can read all of it.
    func reload(_ known: DaemonConfiguration) -> ServiceReload.Outcome {
        leavesService || !isStandard || !known.loader.errors.isEmpty ? .left : ServiceReload.reload()
    }

    /// Ends the command when the configuration has errors, which were told: the service takes none of it then.
    func refuse(_ known: DaemonConfiguration) throws {
        guard !known.loader.errors.isEmpty else { return }
        throw Failure(
            .configuration,
            "lumbard does not take a configuration with errors; correct them, then: "
                + "sudo systemctl reload lumbard")
    }

    /// The folder of the drop-ins.
    var folder: String { (config ?? ConfigurationFiles.standardPath) + ".d" }

    /// The files for the sensor called `id`.
    func files(_ id: String) -> TrustFiles {
        TrustFiles(
            id: id, configuration: config ?? ConfigurationFiles.standardPath, rulesFolder: rulesDirectory)
    }

    /// What is said to whoever may not write there.
    var notAllowed: Failure {
        let words = ["sudo", "lumbarctl"] + CommandLine.arguments.dropFirst().map(ShellWord.quoted)
        return Failure(
            .noPermission, "only root may write to \(folder). Type: " + words.joined(separator: " "))
    }
}
