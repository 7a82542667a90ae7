import LumbarSettings

/// A section that has one setting of every kind.
struct BendSection: SettingsSection {
    static let name = "bend"
    static let summary = "Forward bends of the trunk."

    @Setting(10...90, .degrees, "Trunk flexion at which a bend begins. Chairs stay below it.")
    var enterAngle = 45.0
    @Setting(5...85, .degrees, "Trunk flexion below which it ends.") var leaveAngle = 30.0
    @Setting(0.1...240, .minutes, "How long it may last.") var longest = 25.0
    @Setting(1...20, "How many in a row.") var inARow = 3
    @Setting("Whether bends are counted.") var enabled = true
    @Setting("A name for the wearer.") var label = ""
    @Setting("What to do with them.") var mode = Mode.count
    @Setting(1...600, .seconds, "Steps of a ladder.") var steps = [30, 60.5]

    var conflicts: [SettingConflict] {
        leaveAngle < enterAngle ? [] : [SettingConflict("leave_angle", "is not below enter_angle")]
    }
}

enum Mode: String, SettingChoice {
    case count, tell, both
}

struct SittingSection: SettingsSection {
    static let name = "sitting"
    static let summary = "Bouts of sitting."

    @Setting(1...60, .seconds, "Rise that breaks a bout.") var breakAfter = 60
}
