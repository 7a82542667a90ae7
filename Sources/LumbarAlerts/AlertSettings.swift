import LumbarSettings

/// Settings of the alert policy.
public struct AlertSettings: SettingsSection {
    public static let name = "alerts"
    public static let summary = "When and how often the program speaks."

    /// The defaults.
    public init() {}
}
