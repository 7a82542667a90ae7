import LumbarSettings

/// Settings of prolonged sitting.
public struct SittingSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "sitting"
    /// What the section is about.
    public static let summary = "Bouts of sitting: what breaks them and when they are told."

    /// Time upright that breaks a bout.
    @Setting(1...600, .seconds, "Time on the feet or lying that breaks a bout of sitting.")
    public var breakTime = 60.0
    /// Steps that break a bout.
    @Setting(1...500, .none, "Steps that break a bout of sitting.")
    public var breakSteps = 20
    /// Shorter bouts are not told.
    @Setting(0...3600, .seconds, "Bouts of sitting shorter than this are not recorded.")
    public var shortestBout = 60.0
    /// Length from which an ongoing bout is told.
    @Setting(0...7200, .seconds, "When a bout that goes on is first told; sooner if [alerts] needs it.")
    public var reportAfter = 600.0
    /// Time between reports of an ongoing bout.
    @Setting(1...3600, .seconds, "Time between two reports of a bout that still goes on.")
    public var reportEvery = 60.0
    /// Change of tilt that counts as a postural shift.
    @Setting(2...30, .degrees, "Change of trunk tilt that counts as a shift of posture while seated.")
    public var shiftAngle = 5.0
    /// How long a new tilt is held before it counts.
    @Setting(1...60, .seconds, "How long a new tilt is held before it counts as a shift.")
    public var shiftTime = 5.0

    /// The defaults.
    public init() {}
}
