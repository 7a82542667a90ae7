import LumbarAlerts
import LumbarDecoders
import LumbarDetectors
import LumbarSettings
import LumbarSignal

/// All settings of the core in one value.
public struct MonitorSettings: Sendable {
    /// Timing, gates, orientation, wear.
    public var signal = SignalSettings()
    /// Detectors.
    public var detectors = DetectorSettings()
    /// The protocols that are known: not a setting, but what files the shell has loaded decides it too.
    public var decoders = DecoderCatalog.builtIn
    /// Alert policy.
    public var alerts = AlertSettings()

    /// The defaults.
    public init() {}

    /// The detectors' settings as the policy needs them: a bout of sitting is reported from before its first step on.
    public var detectorsInForce: DetectorSettings {
        var detectors = detectors
        detectors.sitting.reportAfter = min(detectors.sitting.reportAfter, alerts.sittingHeardFrom)
        return detectors
    }

    /// The sections, for the loader and the manual.
    public var sections: [any SettingsSection] { [signal] + detectors.sections + [alerts] }
}
