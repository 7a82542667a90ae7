import LumbarSettings

/// Settings of possible falls.
public struct FallSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "fall"
    /// What the section is about.
    public static let summary =
        "Possible falls: an impact out of an upright posture, and rest near the floor after it."

    /// |a| of an impact that counts by itself.
    @Setting(1.5...8, .g, "Acceleration of an impact that counts by itself.")
    public var impact = 3.0
    /// |a| of an impact that counts with a fast turn of the trunk.
    @Setting(1.2...8, .g, "Acceleration of an impact that counts together with a fast turn of the trunk.")
    public var turningImpact = 2.0
    /// Angular speed of such a turn.
    @Setting(50...1000, .degreesPerSecond, "Angular speed of such a turn.")
    public var turningSpeed = 250.0
    /// |a| of an impact that counts with a tilt when the sensor has no gyroscope.
    @Setting(
        1.2...8, .g, "Acceleration of an impact that counts with a tilt when the sensor has no gyroscope.")
    public var impactWithoutGyroscope = 2.5
    /// Inclination up to which the wearer was upright.
    @Setting(20...80, .degrees, "Inclination up to which the wearer was upright before the impact.")
    public var uprightAngle = 60.0
    /// Inclination at rest after the impact.
    @Setting(30...80, .degrees, "Inclination at rest after the impact from which it was a fall.")
    public var restAngle = 50.0

    /// The defaults.
    public init() {}
}
