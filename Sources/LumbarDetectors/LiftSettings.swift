import LumbarSettings

/// Settings of probable lifts and of turning while bent.
public struct LiftSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "lift"
    /// What the section is about.
    public static let summary =
        """
        Probable lifts (bend, rise, return), what makes one a strain, and turning while bent. A lift is under strain \
        when the trunk turns with the feet still, or when two of these hold: deep, fast, jerky. There is no load \
        sensor, and none of this has been checked on people who lift loads.
        """

    /// Flexion from which a bend can become a lift.
    @Setting(15...80, .degrees, "Trunk flexion from which bending and rising can be a lift.")
    public var bendAngle = 42.0
    /// Inclination from which turning is turning while bent.
    @Setting(15...80, .degrees, "Trunk inclination from which turning is turning while bent.")
    public var turnAngle = 30.0
    /// Flexion below which the trunk is back upright.
    @Setting(5...60, .degrees, "Trunk flexion below which the trunk is back upright.")
    public var returnAngle = 20.0
    /// Upward velocity of a lift.
    @Setting(0.05...2, .metresPerSecond, "Upward velocity that the rise of a lift reaches.")
    public var riseVelocity = 0.3
    /// Longest rise.
    @Setting(1...60, .seconds, "Longest time from the deepest point to upright.")
    public var longestRise = 10.0
    /// Depth that strains.
    @Setting(30...120, .degrees, "Trunk flexion of a deep lift.")
    public var deepAngle = 60.0
    /// Extension rate that strains.
    @Setting(20...400, .degreesPerSecond, "Trunk extension rate of a fast lift.")
    public var fastRate = 90.0
    /// Jerk that strains. Nothing that jerks more than `LiftDetector.strikingJerk` is a lift, so no more can be asked for.
    @Setting(0.5...60, .gPerSecond, "Jerk of a jerky lift. From 60 on a foot struck the ground: no lift.")
    public var jerkyRate = 15.0
    /// Turn that twists.
    @Setting(10...120, .degrees, "Turn about the trunk's own axis that counts as twisting while bent.")
    public var twistAngle = 30.0
    /// Axial rate that twists right after a lift.
    @Setting(20...400, .degreesPerSecond, "Axial rate right after a lift that counts as twisting.")
    public var twistRate = 60.0
    /// Body mass.
    @Setting(20...250, .kilograms, "Body mass of the wearer, for the model of the load on the low back.")
    public var bodyMass = 75.0
    /// Body height.
    @Setting(1...2.5, .metres, "Body height of the wearer, for the model of the load on the low back.")
    public var bodyHeight = 1.75

    /// The defaults.
    public init() {}
}
