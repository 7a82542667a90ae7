import LumbarSettings

/// Settings of posture: when the body counts as still, lying, stepping, and as having sat down or risen.
public struct PostureSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "posture"
    /// What the section is about.
    public static let summary = "Lying, sitting, standing and walking, and the moves between them."

    /// Mean angular speed below which a body is still.
    @Setting(1...30, .degreesPerSecond, "Mean angular speed below which the body counts as still.")
    public var stillAngularSpeed = 10.0
    /// Range of |a| within a tenth of a second below which a body is still.
    @Setting(0.01...0.3, .g, "Range of acceleration within 0.1 s below which the body counts as still.")
    public var stillAccelerationRange = 0.07
    /// Height change that counts as sitting down or rising as likely as not.
    @Setting(0.05...0.4, .metres, "Height change at which a chair transition is as likely as not.")
    public var transitionHeight = 0.12
    /// Vertical speed that a transition reaches.
    @Setting(0.05...0.6, .metresPerSecond, "Vertical speed that a chair transition reaches.")
    public var transitionVelocity = 0.2
    /// How long a body stays below before it has sat down and not squatted.
    @Setting(0.2...10, .seconds, "Time below after which a drop was sitting down and no squat.")
    public var settleTime = 0.8
    /// Inclination above which a resting trunk lies.
    @Setting(40...80, .degrees, "Inclination from upright above which a resting trunk is lying.")
    public var lyingAngle = 60.0
    /// Inclination below which a trunk no longer lies.
    @Setting(20...70, .degrees, "Inclination from upright below which the trunk is no longer lying.")
    public var risenAngle = 45.0
    /// How long the trunk rests beyond the lying angle before it lies.
    @Setting(0.5...30, .seconds, "Rest beyond the lying angle that counts as lying.")
    public var lyingTime = 3.0
    /// How long it rests bent forward beyond the lying angle before it lies face down and is not bent.
    @Setting(1...600, .seconds, "Rest beyond the lying angle, face down, that counts as lying.")
    public var proneTime = 150.0
    /// Chance of being seated before anything is known.
    @Setting(0.05...0.95, .none, "Chance of being seated before anything is known.")
    public var seatedPrior = 0.4

    /// The defaults.
    public init() {}
}
