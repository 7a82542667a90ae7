import LumbarSettings

/// Settings of timing, plausibility and orientation.
public struct SignalSettings: SettingsSection {
    public static let name = "signal"
    public static let summary = "Timing, plausibility gates, orientation and wear."

    /// The defaults.
    public init() {}
}
