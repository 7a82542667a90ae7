import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// The settings of a replay: the defaults, and what configuration files say.
struct ReplaySettings {
    /// Those of the core.
    let monitor: MonitorSettings
    /// How the sensor sits, as far as the files say.
    let mount: Mount?

    /// The settings in `paths`, later files over earlier ones, each with its drop-ins; names every error in
    /// them.
    ///
    /// What only the daemon has is checked too, but changes nothing here: a file may be the one the daemon
    /// reads.
    init(loading paths: [String], decoders: DecoderCatalog = .builtIn) throws {
        var monitor = MonitorSettings()
        let daemon = DaemonSettings(decoders: decoders)
        monitor.decoders = decoders
        self.monitor = monitor
        var loader = ConfigLoader(sections: monitor.sections + daemon.sections)
        for path in paths {
            do throws(SystemError) {
                for file in try ConfigurationFiles.read(path, isRequired: true) {
                    loader.load(file: file.path, bytes: file.bytes)
                }
            } catch { throw Failure(.configuration, "\(error)") }
        }
        loader.finish()
        if !loader.errors.isEmpty {
            for error in loader.errors { StandardError.write(Printable.text(error.description, limit: 500)) }
            throw Failure(.configuration, "nothing was replayed: correct the configuration first")
        }
        mount = daemon.device.mount.isEmpty ? nil : Mount(daemon.device.mount)
    }
}
