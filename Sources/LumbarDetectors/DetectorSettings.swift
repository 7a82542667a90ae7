import LumbarSettings

/// The settings sections of all detectors.
public struct DetectorSettings: Sendable {
    /// Posture and transitions.
    public var posture = PostureSettings()
    /// Prolonged sitting.
    public var sitting = SittingSettings()
    /// Bends.
    public var bend = BendSettings()
    /// The time after getting up.
    public var morning = MorningSettings()
    /// Held flexion.
    public var sustainedFlexion = SustainedFlexionSettings()
    /// Probable lifts and turning while bent.
    public var lift = LiftSettings()
    /// Possible falls.
    public var fall = FallSettings()
    /// Rides.
    public var ride = RideSettings()

    /// The defaults.
    public init() {}

    /// The sections, for the loader and the manual.
    public var sections: [any SettingsSection] {
        [posture, sitting, bend, sustainedFlexion, morning, lift, fall, ride]
    }
}
