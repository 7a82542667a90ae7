import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// All settings of the daemon, as the files say.
///
/// A class, since it is large and never changes: unoptimised, Swift 6.0 makes so many copies of it as a value that reading
/// it anew overruns the stack.
final class Configuration: Sendable {
    let monitor: MonitorSettings
    let daemon: DaemonSettings
    /// The files it was read from, to see whether they have changed.
    let files: [ConfigurationFile]
    /// Those of them that are profiles.
    private let profiles: [ConfigurationFile]

    /// The built-in values, for files that are yet to be read.
    private init(files: [ConfigurationFile], profiles: [ConfigurationFile], decoders: DecoderCatalog) {
        var monitor = MonitorSettings()
        monitor.decoders = decoders
        self.monitor = monitor
        daemon = DaemonSettings(decoders: decoders)
        self.files = files + profiles
        self.profiles = profiles
    }

    /// Reads the files; every error in them is reported, not only the first.
    ///
    /// - Parameter path: the main file, or nil for the usual place, where it may be missing.
    static func load(_ path: String?) throws(Refusal) -> Configuration {
        let files: [ConfigurationFile]
        let profiles: [ConfigurationFile]
        do {
            profiles = try ConfigurationFiles.profiles()
            files = try ConfigurationFiles.read(
                path ?? ConfigurationFiles.standardPath, isRequired: path != nil)
        } catch {
            throw Refusal(error, otherwise: .configuration)
        }
        let configuration = Configuration(
            files: files, profiles: profiles, decoders: try catalog(profiles))
        var loader = ConfigLoader(sections: configuration.monitor.sections + configuration.daemon.sections)
        for file in files { loader.load(file: file.path, bytes: file.bytes) }
        loader.finish()
        guard loader.errors.isEmpty else {
            throw Refusal(.configuration, lines: loader.errors.map(\.description))
        }
        return configuration
    }

    /// Whether `other` says the same but for what it says about single sensors.
    func agreesButForSensors(with other: Configuration) -> Bool {
        profiles == other.profiles && texts == other.texts
    }

    private var texts: [String] {
        (monitor.sections + [daemon.device, daemon.store]).flatMap { $0.settings.map(\.setting.currentText) }
    }

    /// What is known with the profiles in `files`.
    private static func catalog(_ files: [ConfigurationFile]) throws(Refusal) -> DecoderCatalog {
        var decoders = DecoderCatalog()
        var wrong: [String] = []
        for file in files {
            do throws(TextProfileError) {
                let profile = try TextProfile(file: file.path, bytes: file.bytes)
                if !decoders.add(profile) { wrong.append(TextProfile.nameIsTaken(profile.name, file.path)) }
            } catch {
                wrong += error.errors.map(\.description)
            }
        }
        guard wrong.isEmpty else { throw Refusal(.configuration, lines: wrong) }
        return decoders
    }
}
