import LumbarCore
import LumbarDecoders
import LumbarSettings

/// What is said about one sensor: `[sensor ID]`.
public struct SensorSettings: NamedSettingsSection {
    /// The section's name.
    public static let name = "sensor"
    /// What its argument is called.
    public static let argumentName = "ID"
    /// What the section is about.
    public static let summary =
        "One sensor, by the identity that lumbarctl devices shows or by a path such as /dev/rfcomm0; as many sections as "
        + "there are sensors. What stands here goes before what a udev rule says, and that before [device]. "
        + "lumbarctl device trust writes such a section."

    /// Whether it is read at all.
    @Setting("Whether it is used. no: it is never opened, and not even listened to.")
    public var use = true

    /// Who wears it.
    @Setting("Who wears it; empty for the wearer under [device].")
    public var wearer = ""

    /// Where.
    @Setting(
        "Where it is worn. Sensors of one wearer with the same role may be worn in turn: the first that speaks is used."
    )
    public var role = SensorRole.lumbar

    /// How it sits.
    @Setting(
        "Which of its axes points up and which forward when the wearer stands upright, such as up=-y,forward=+z; empty "
            + "for what a udev rule or [device] says."
    )
    public var mount = ""

    /// What it speaks.
    @Setting("The protocol it speaks; empty for what a udev rule or [device] says.")
    public var `protocol` = ""

    /// Rates.
    @Setting(300...4_000_000, "Its rates in bits per second; empty for what a udev rule or [device] says.")
    public var baud: [Int] = []

    /// The protocols that `protocol` may name: not a setting, what files the shell has loaded decides it too.
    public var decoders = DecoderCatalog.builtIn

    /// The defaults.
    public init() {}

    /// Longest identity or path, in bytes of UTF-8: longer than any that udev makes.
    public static let longestID = 255
    /// Longest name of a wearer, in characters.
    public static let longestWearer = 64

    /// Whether the section is about a path and no identity.
    public static func isPath(_ argument: String) -> Bool { argument.hasPrefix("/") }

    /// Why no sensor can be called `argument`.
    public static func refusal(of argument: String) -> String? {
        guard argument.utf8.count <= longestID else {
            return "an identity or path is no longer than \(longestID) bytes"
        }
        return argument.unicodeScalars.allSatisfy(Printable.isSafe)
            ? nil : "an identity or path has no control characters"
    }

    /// Why nobody can be called `wearer`; nil when somebody can.
    public static func refusal(ofWearer wearer: String) -> String? {
        guard wearer.unicodeScalars.count <= longestWearer else {
            return "a name is no longer than \(longestWearer) characters"
        }
        return wearer.unicodeScalars.allSatisfy(Printable.isSafe) ? nil : "a name has no control characters"
    }

    /// What does not fit.
    public var conflicts: [SettingConflict] {
        Self.conflicts(`protocol`, decoders, mount: mount, wearer: wearer)
    }

    /// What cannot be meant, here and under [device].
    static func conflicts(
        _ protocolName: String, _ decoders: DecoderCatalog, mount: String, wearer: String
    ) -> [SettingConflict] {
        var found: [SettingConflict] = []
        if !protocolName.isEmpty, decoders.make(protocolName) == nil {
            let names = decoders.names.joined(separator: ", ")
            let reason = "there is no protocol \(Printable.text(protocolName)); there are \(names)"
            found.append(SettingConflict("protocol", reason))
        }
        if !mount.isEmpty, Mount(mount) == nil {
            found.append(SettingConflict("mount", "\(Printable.text(mount)) is not like up=-y,forward=+z"))
        }
        if let reason = refusal(ofWearer: wearer) { found.append(SettingConflict("wearer", reason)) }
        return found
    }
}

extension SensorRole: SettingChoice {}
