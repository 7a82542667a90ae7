import LumbarCore
import LumbarDecoders
import LumbarSettings

/// The settings of the daemon around the core: which sensor to read, and what to keep.
public struct DaemonSettings: Sendable {
    /// The sensor.
    public var device = DeviceSettings()
    /// The history.
    public var store = StoreSettings()

    /// The defaults.
    public init() {}

    /// The sections, for the loader and the manual.
    public var sections: [any SettingsSection] { [device, store] }
}

/// Which sensor is read, and what is known about it.
public struct DeviceSettings: SettingsSection {
    /// The section's name.
    public static let name = "device"
    /// What the section is about.
    public static let summary =
        "The sensor. Everything may stay as it is when one WitMotion sensor is plugged in by USB."

    /// Paths given by hand.
    @Setting(
        "Serial lines to read besides those udev finds, such as /dev/rfcomm0; several between commas. A line of "
            + "/dev/serial/by-id keeps its name when the sensor is plugged in elsewhere."
    )
    public var path: [String] = []

    /// Whether to listen to common converter chips.
    @Setting(
        "Whether to listen, for some ten seconds after it is plugged in, to a USB converter of a kind that sensors use "
            + "and other things use too. Nothing is written to it, and it is let go unless a sensor speaks."
    )
    public var adopt = true

    /// Protocol, for lines about which a rule says nothing.
    @Setting("The protocol the sensor speaks; empty to find out by listening.")
    public var `protocol` = ""

    /// Rates, for lines about which a rule says nothing.
    @Setting(
        300...4_000_000,
        "Rates in bits per second; with several, each is listened to for two seconds until a sensor is understood."
    )
    public var baud = [115_200, 9600, 921_600, 57_600, 230_400]

    /// Mount, for sensors about which a rule says nothing.
    @Setting(
        "Which axis of the sensor points up and which forward when the wearer stands upright, such as up=-y,forward=+z; "
            + "empty to learn it from walking and standing."
    )
    public var mount = ""

    /// Who wears it.
    @Setting("Who wears the sensor.")
    public var wearer = WearerID.sole.text

    /// The protocols that `protocol` may name: not a setting, what files the shell has loaded decides it too.
    public var decoders = DecoderCatalog.builtIn

    /// The defaults.
    public init() {}

    /// What does not fit.
    public var conflicts: [SettingConflict] {
        var found: [SettingConflict] = []
        if !`protocol`.isEmpty, decoders.make(`protocol`) == nil {
            let names = decoders.names.joined(separator: ", ")
            found.append(
                SettingConflict(
                    "protocol", "there is no protocol \(Printable.text(`protocol`)); there are \(names)"))
        }
        if !mount.isEmpty, Mount(mount) == nil {
            found.append(SettingConflict("mount", "\(Printable.text(mount)) is not like up=-y,forward=+z"))
        }
        if let bad = path.first(where: { !$0.hasPrefix("/") }) {
            found.append(SettingConflict("path", "\(Printable.text(bad)) does not begin with a slash"))
        }
        if wearer.isEmpty { found.append(SettingConflict("wearer", "a wearer has a name")) }
        return found
    }
}

/// What is kept of what was seen.
public struct StoreSettings: SettingsSection {
    /// The section's name.
    public static let name = "store"
    /// What the section is about.
    public static let summary = "The wearer's history, in /var/lib/lumbard; readable by nobody else."

    /// Whether a history is kept.
    @Setting(
        "Whether minutes, episodes, alerts and days are kept. Without them a restart begins the day anew.")
    public var keep = true

    /// The defaults.
    public init() {}
}
