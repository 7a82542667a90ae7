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

/// SplitMix64: the same numbers on every machine.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
