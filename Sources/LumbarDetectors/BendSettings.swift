import LumbarSettings

/// Settings of bends.
public struct BendSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "bend"
    /// What the section is about.
    public static let summary = "Forward bends of the trunk."

    /// Flexion at which a bend begins.
    @Setting(20...90, .degrees, "Trunk flexion at which a bend begins.")
    public var enterAngle = 45.0
    /// Flexion below which a bend ends.
    @Setting(10...80, .degrees, "Trunk flexion below which a bend ends.")
    public var leaveAngle = 30.0
    /// How long flexion stays above the enter angle.
    @Setting(0...10, .seconds, "Time above the enter angle before it counts as a bend.")
    public var enterTime = 0.5
    /// How long flexion stays below the leave angle.
    @Setting(0...10, .seconds, "Time below the leave angle before the bend is over.")
    public var leaveTime = 0.3

    /// The defaults.
    public init() {}
}
