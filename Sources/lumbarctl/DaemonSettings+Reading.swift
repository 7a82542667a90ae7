import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarSettings

extension DaemonSettings {
    /// What the daemon's configuration says about sensors; its other sections are read and left alone.
    ///
    /// Errors in it are told on the standard error.
    init(readFrom path: String?) throws {
        self = try DaemonConfiguration(path).settings
    }
}

extension DeviceSettings {
    /// What the daemon's configuration says about sensors in general.
    init(readFrom path: String?) throws { self = try DaemonSettings(readFrom: path).device }
}

/// The daemon's configuration as a command reads it, with where everything stands.
struct DaemonConfiguration {
    let settings: DaemonSettings
    let loader: ConfigLoader

    /// Reads `path`, or what the installed daemon reads; errors in it are told on the standard error, unless that was done.
    init(_ path: String?, isRequired: Bool? = nil, tellsErrors: Bool = true) throws {
        settings = DaemonSettings(decoders: try KnownProtocols.catalog())
        var loader = ConfigLoader(sections: MonitorSettings().sections + settings.sections)
        do throws(SystemError) {
            let files = try ConfigurationFiles.read(
                path ?? ConfigurationFiles.standardPath, isRequired: isRequired ?? (path != nil))
            for file in files { loader.load(file: file.path, bytes: file.bytes) }
        } catch {
            // The daemon's own configuration may be closed to others; the built-in values are then the best guess.
            if path != nil { throw Failure(.configuration, error.description) }
            StandardError.write("lumbarctl: warning: \(error); the built-in values are used")
        }
        loader.finish()
        for error in loader.errors where tellsErrors {
            StandardError.write("lumbarctl: warning: " + Printable.text(error.description, limit: 500))
        }
        self.loader = loader
    }
}
