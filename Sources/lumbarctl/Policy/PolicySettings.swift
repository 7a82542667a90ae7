import LumbarAlerts
import LumbarCore
import LumbarDecoders
import LumbarDetectors
import LumbarLinux
import LumbarMonitor
import LumbarSettings

/// The settings of a policy as a configuration file has them.
struct PolicySettings {
    /// When and how often it speaks.
    let alerts: AlertSettings
    /// When the detectors report what goes on.
    let pace: ReportPace
    /// Its values on which the policy depends, as they would stand in a file.
    private let values: [ConfigLoader.Value]

    /// Those of one file, which may be a whole lumbard.conf or only a part of one; what it does not say is built in.
    ///
    /// Every error in it is told on the standard error.
    init(file path: String) throws {
        var loader = PolicyLoader(try KnownProtocols.catalog())
        do throws(SystemError) {
            loader.load(path, try readSmallFile(path, limit: 1 << 20 + 1))
        } catch {
            throw Failure(error, otherwise: .noInput)
        }
        self = try loader.finish("correct \(Printable.text(path)) first; lumbarctl config check tells more")
    }

    /// Those in force on this machine, or those of `path` and its drop-ins.
    init(inForce path: String?) throws {
        var loader = PolicyLoader(try KnownProtocols.catalog())
        do throws(SystemError) {
            let files = try ConfigurationFiles.read(
                path ?? ConfigurationFiles.standardPath, isRequired: path != nil)
            for file in files { loader.load(file.path, file.bytes) }
        } catch {
            if path != nil { throw Failure(error, otherwise: .noInput) }
            // The daemon's own configuration may be closed to others; the built-in values are then the best guess.
            StandardError.write(
                "lumbarctl: warning: \(error); the built-in values are taken for those in force")
            loader = PolicyLoader(try KnownProtocols.catalog())
        }
        self = try loader.finish("correct the configuration in force first, or name another with --config")
    }

    fileprivate init(_ monitor: MonitorSettings, _ values: [ConfigLoader.Value]) {
        alerts = monitor.alerts
        let detectors = monitor.detectorsInForce
        var pace = ReportPace()
        pace.sittingAfter = detectors.sitting.reportAfter
        pace.sittingEvery = detectors.sitting.reportEvery
        pace.flexionWarning = detectors.sustainedFlexion.warnShare
        pace.flexionRecovery = detectors.sustainedFlexion.recovery
        pace.rideAfter = detectors.ride.enterTime
        self.pace = pace
        self.values = values.filter { value in
            value.section == AlertSettings.name
                || Self.paceKeys.contains { $0.section == value.section && $0.key == value.key }
        }
    }

    /// Where it says when detectors report what goes on.
    private static let paceKeys: [(section: String, key: String)] = [
        (SittingSettings.name, "report_after"), (SittingSettings.name, "report_every"),
        (SustainedFlexionSettings.name, "warn_share"), (SustainedFlexionSettings.name, "recovery"),
        (RideSettings.name, "enter_time"),
    ]

    /// What is not as `other` has it: `nudges_per_hour=1 (in force 2)`, outside of `[alerts]` with its section.
    func differences(from other: PolicySettings) -> [String] {
        zip(values, other.values).compactMap { own, others in
            guard own.text != others.text else { return nil }
            let section = own.section == AlertSettings.name ? "" : "[\(own.section)] "
            return "\(section)\(own.key)=\(own.text) (in force \(others.text.isEmpty ? "none" : others.text))"
        }
    }
}

private struct PolicyLoader {
    private let settings: MonitorSettings
    private var loader: ConfigLoader

    init(_ decoders: DecoderCatalog) {
        settings = MonitorSettings()
        loader = ConfigLoader(sections: settings.sections + DaemonSettings(decoders: decoders).sections)
    }

    mutating func load(_ path: String, _ bytes: [UInt8]) { loader.load(file: path, bytes: bytes) }

    mutating func finish(_ advice: String) throws -> PolicySettings {
        loader.finish()
        guard loader.errors.isEmpty else {
            for error in loader.errors { StandardError.write(Printable.text(error.description, limit: 500)) }
            let count = loader.errors.count == 1 ? "1 error" : "\(loader.errors.count) errors"
            throw Failure(.configuration, "\(count) in the settings: \(advice)")
        }
        return PolicySettings(settings, loader.values)
    }
}
