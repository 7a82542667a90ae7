import LumbarSettings

/// Settings of flexion that is held.
public struct SustainedFlexionSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "sustained-flexion"
    /// What the section is about.
    public static let summary = "Flexion held against the holding times of ISO 11226."

    /// Flexion from which holding counts.
    @Setting(15...60, .degrees, "Trunk flexion from which holding it counts.")
    public var enterAngle = 20.0
    /// Flexion below which holding ends.
    @Setting(5...60, .degrees, "Trunk flexion below which holding ends.")
    public var leaveAngle = 15.0
    /// How long a posture lasts before it is held.
    @Setting(0...60, .seconds, "Time after which a posture counts as held.")
    public var staticTime = 4.0
    /// Variation within a second up to which a posture is held.
    @Setting(0.5...30, .degrees, "Variation of tilt within a second up to which a posture counts as held.")
    public var variation = 4.0
    /// Holding times, in multiples of the standard's.
    @Setting(0.05...2, .none, "Holding time that is granted, in multiples of that of ISO 11226.")
    public var holdingTime = 1.0
    /// Share of the budget at which it is told first.
    @Setting(0.1...1, .none, "Share of the holding time at which it is reported first.")
    public var warnShare = 0.8
    /// Recovery, in multiples of the time held.
    @Setting(0.1...20, .none, "Time to recover, in multiples of the time held.")
    public var recovery = 2.0

    /// The defaults.
    public init() {}
}
