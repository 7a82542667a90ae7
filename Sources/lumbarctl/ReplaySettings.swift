import LumbarCore
import LumbarMonitor
import LumbarSettings

/// The settings of a replay: the defaults, and what configuration files say.
enum ReplaySettings {
    /// The settings in `paths`, later files over earlier ones; fails with every error in them.
    ///
    /// Settings that only the daemon has are left alone: a file may be the one the daemon reads.
    static func load(_ paths: [String]) throws -> MonitorSettings {
        let settings = MonitorSettings()
        guard !paths.isEmpty else { return settings }
        var loader = ConfigLoader(sections: settings.sections)
        for path in paths {
            let file = try InputFile(path: path)
            var bytes: [UInt8] = []
            while let piece = try file.next() {
                bytes.append(contentsOf: piece)
                guard bytes.count <= 1 << 20 else {
                    throw Failure(.configuration, "\(path): larger than 1 MB; is this a configuration file?")
                }
            }
            loader.load(file: file.name, bytes: bytes)
        }
        loader.finish()
        guard loader.errors.isEmpty else {
            for error in loader.errors { StandardError.write(Printable.text(error.description, limit: 500)) }
            throw Failure(.configuration, "nothing was replayed: correct the configuration first")
        }
        return settings
    }
}
