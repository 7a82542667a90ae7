import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// All settings of the daemon, as the files say.
///
/// A class, since it is large and never changes: unoptimised, Swift 6.0 makes so many copies of it as a value that reading
/// it anew overruns the stack.
final class Configuration: Sendable {
    let monitor = MonitorSettings()
    let daemon = DaemonSettings()
    /// The files it was read from, to see whether they have changed.
    let files: [ConfigurationFile]

    /// The built-in values, for files that are yet to be read.
    private init(files: [ConfigurationFile]) { self.files = files }

    /// Reads the files; every error in them is reported, not only the first.
    ///
    /// - Parameter path: the main file, or nil for the usual place, where it may be missing.
    static func load(_ path: String?) throws(Refusal) -> Configuration {
        let files: [ConfigurationFile]
        do {
            files = try ConfigurationFiles.read(
                path ?? ConfigurationFiles.standardPath, isRequired: path != nil)
        } catch {
            throw Refusal(error, otherwise: .configuration)
        }
        let configuration = Configuration(files: files)
        var loader = ConfigLoader(sections: configuration.monitor.sections + configuration.daemon.sections)
        for file in files { loader.load(file: file.path, bytes: file.bytes) }
        loader.finish()
        guard loader.errors.isEmpty else {
            throw Refusal(.configuration, lines: loader.errors.map(\.description))
        }
        return configuration
    }
}
