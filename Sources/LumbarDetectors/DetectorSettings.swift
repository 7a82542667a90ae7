import LumbarSettings

/// The settings sections of all detectors.
public struct DetectorSettings: Sendable {
    /// The defaults.
    public init() {}

    /// The sections, for the loader and the manual.
    public var sections: [any SettingsSection] { [] }
}
