import LumbarSettings

/// Settings of the time after getting up.
public struct MorningSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "morning"
    /// What the section is about.
    public static let summary =
        "The time after getting up, when the spine is stiffer. Needs the sensor to be worn at night."

    /// Whether bends count earlier then.
    @Setting(
        "Whether bends count from a smaller angle, and holding times are shorter, for a while after getting up."
    )
    public var `guard` = true
    /// How long lying lasts before the end of it is getting up.
    @Setting(
        1...1440, .minutes, "Time lying, short interruptions left out, after which rising is getting up.")
    public var lyingTime = 180.0
    /// How long the morning lasts: Snook's trial asked for two hours without bending.
    @Setting(1...480, .minutes, "How long after getting up that holds.")
    public var minutes = 120.0
    /// Flexion at which a bend begins then.
    @Setting(
        10...90, .degrees, "Trunk flexion at which a bend begins then; the other angles of a bend go along.")
    public var bendAngle = 30.0
    /// Share of the holding time then.
    @Setting(0.1...1, "Share of the usual holding time of a bend that is left then.")
    public var holdingShare = 0.5

    /// The defaults.
    public init() {}
}
