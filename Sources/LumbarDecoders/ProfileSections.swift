import LumbarCore
import LumbarSettings

/// What the lines of a sketch look like.
public struct ProfileSection: SettingsSection {
    /// The section's name.
    public static let name = "profile"
    /// What the section is about.
    public static let summary = "What the lines look like."

    /// Name.
    @Setting(
        "The name of the protocol, as in protocol=NAME: lower case letters, digits and -. A profile in "
            + "/etc/lumbard/profiles takes the place of one of the same name that came with the program.")
    public var name = ""

    /// Description.
    @Setting("One line for people.")
    public var description = ""

    /// Prefix.
    @Setting(
        "What every line begins with, as it is printed: #YPR= or ypr. Empty when there is none; then the protocol "
            + "has to be declared for the sensor.")
    public var prefix = ""

    @Setting(
        "What stands between the cells. With blanks, any run of spaces and tabs is one. JSON lines have no cells."
    )
    var delimiter = ProfileDelimiter.comma

    /// Header.
    @Setting(
        "Whether a line of names comes first; columns are then given by name, and those of time and angular rate may "
            + "be missing.")
    public var header = false

    /// More cells.
    @Setting(
        "Whether a line may have more cells than are needed, or more than the header has names. If not, it has "
            + "exactly as many: two lines run together by a lost line end look just like a longer one.")
    public var more = false

    @Setting("Texts that a line must hold, such as /accel/unit=g or 6=ypr; several between commas.")
    var require: [ProfileRequirement] = []

    @Setting("How a line proves that it is whole: xor is the two hexadecimal digits after * in $...*hh.")
    var checksum = ProfileChecksum.none

    /// Lines to pass over.
    @Setting(
        "Beginnings of other lines that the sensor sends all the time and that mean nothing here; several between "
            + "commas.")
    public var ignore: [String] = []

    /// Messages.
    @Setting(
        "Whether a line of words, such as FIFO overflow!, breaks the stream: what comes after it is not taken as the "
            + "continuation of what came before.")
    public var breaks = true

    /// Sniffing.
    @Setting("Whether a line whose protocol was not declared may be recognised as this one; needs a prefix.")
    public var sniff = false

    /// Advice.
    @Setting(
        "Makes this a profile that only recognises: what to tell whoever plugs in a sensor that prints such lines, "
            + "which cannot be used.")
    public var advice = ""

    /// The defaults.
    public init() {}

    /// What does not fit together.
    public var conflicts: [SettingConflict] {
        var found: [SettingConflict] = []
        let isName = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        if name.isEmpty {
            found.append(SettingConflict("name", "it is missing: write name = what the protocol is called"))
        } else if !isName || name.utf8.count > 32 {
            found.append(SettingConflict("name", "a name is up to 32 lower case letters, digits and -"))
        }
        if sniff, prefix.utf8.count < 2 {
            found.append(
                SettingConflict("sniff", "nothing to recognise it by: give a prefix of two bytes or more"))
        }
        if prefix.utf8.count > 64 { found.append(SettingConflict("prefix", "it is longer than 64 bytes")) }
        if checksum == .xor, !prefix.hasPrefix("$") {
            found.append(SettingConflict("checksum", "xor needs a prefix that begins with $"))
        }
        if require.count > 8 { found.append(SettingConflict("require", "at most eight texts")) }
        if ignore.count > 16 { found.append(SettingConflict("ignore", "at most sixteen beginnings")) }
        return found
    }
}

/// Which column holds what.
public struct ProfileColumns: SettingsSection {
    /// The section's name.
    public static let name = "columns"
    /// What the section is about.
    public static let summary =
        "Where each value stands, and in which unit: a place, a blank, the unit. A place is the number of a cell after the "
        + "prefix, counted from 1, or a name in the header, or a JSON pointer; a minus before it turns the sign. Give ax, ay "
        + "and az (acceleration as the accelerometer has it: +1 g along the axis that points up, at rest), or roll and "
        + "pitch, or qw, qx, qy and qz; more than one is welcome."

    @Setting("Acceleration along x, in g, mg, mps2 (m/s²) or raw/N, where N counts are 1 g.")
    var ax = ProfileColumn.absent
    @Setting("Along y.")
    var ay = ProfileColumn.absent
    @Setting("Along z.")
    var az = ProfileColumn.absent
    @Setting("Angular rate about x, in dps (degrees per second), radps or raw/N, where N counts are 1 dps.")
    var gx = ProfileColumn.absent
    @Setting("About y.")
    var gy = ProfileColumn.absent
    @Setting("About z.")
    var gz = ProfileColumn.absent
    @Setting("Rotation about z, in deg or rad; needed only where it is not about the vertical.")
    var yaw = ProfileColumn.absent
    @Setting("Rotation about y, in deg or rad.")
    var pitch = ProfileColumn.absent
    @Setting("Rotation about x, in deg or rad.")
    var roll = ProfileColumn.absent
    @Setting("The scalar part of the quaternion; its unit is 1, or raw/N, where N counts are 1.")
    var qw = ProfileColumn.absent
    @Setting("The first part of its vector.")
    var qx = ProfileColumn.absent
    @Setting("The second.")
    var qy = ProfileColumn.absent
    @Setting("The third.")
    var qz = ProfileColumn.absent
    @Setting("The sensor's own time, in s, ms, us or ns; any origin will do.")
    var time = ProfileColumn.absent

    /// The defaults.
    public init() {}

    func column(_ quantity: ProfileQuantity) -> ProfileColumn {
        switch quantity {
        case .ax: ax
        case .ay: ay
        case .az: az
        case .gx: gx
        case .gy: gy
        case .gz: gz
        case .yaw: yaw
        case .pitch: pitch
        case .roll: roll
        case .qw: qw
        case .qx: qx
        case .qy: qy
        case .qz: qz
        case .time: time
        }
    }
}

/// What the angles mean.
public struct ProfileAngles: SettingsSection {
    /// The section's name.
    public static let name = "angles"
    /// What the section is about.
    public static let summary =
        "What angles and quaternions mean. Roll is a right-handed rotation about the sensor's x axis, pitch about y, yaw "
        + "about z: one that is printed the other way round gets a minus before its place. They serve to find up; only "
        + "where no acceleration is sent is that all there is."

    @Setting("The order in which the rotations are made, each about the axes as turned by those before.")
    var order = UpDirection.Order.zyx

    @Setting("Which axis points up when all angles are zero: +z, or -z for sensors that count z downward.")
    var up = UpDirection.LevelAxis.plusZ

    /// Folding.
    @Setting(
        "Whether pitch beyond 90 degrees only says again that roll is beyond 90, as i2cdevlib prints it.")
    public var foldedPitch = false

    /// Direction.
    @Setting(
        "Whether the quaternion turns vectors of the room into the sensor's axes, and not the other way.")
    public var toSensor = false

    /// The defaults.
    public init() {}
}

/// What cannot be true.
public struct ProfileGates: SettingsSection {
    /// The section's name.
    public static let name = "gates"
    /// What the section is about.
    public static let summary = "What cannot be true: a line with a value beyond these is refused as a whole."

    /// Acceleration.
    @Setting(0.5...256, .g, "Largest acceleration along an axis.")
    public var largestAcceleration = 32.0
    /// Rate.
    @Setting(10...6000, .degreesPerSecond, "Largest angular rate about an axis.")
    public var largestRate = 4000.0
    /// Pitch.
    @Setting(10...360, .degrees, "Largest pitch.")
    public var largestPitch = 180.0
    /// Roll.
    @Setting(10...360, .degrees, "Largest roll.")
    public var largestRoll = 180.0
    /// Norm.
    @Setting(0.001...0.2, .none, "How far the length of a quaternion may be from 1.")
    public var normError = 0.02

    /// The defaults.
    public init() {}
}
