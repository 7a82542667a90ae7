import LumbarCore
import LumbarDecoders
import LumbarSettings

/// The settings of the daemon around the core: which sensors to read, and what to keep.
public struct DaemonSettings: Sendable {
    /// Sensors in general.
    public var device = DeviceSettings()
    /// Single sensors, by identity or path.
    public let sensors: SectionList<SensorSettings>
    /// The history.
    public var store = StoreSettings()

    /// The defaults; `decoders` are the protocols that settings may name.
    public init(decoders: DecoderCatalog = .builtIn) {
        device.decoders = decoders
        sensors = SectionList { $0.decoders = decoders }
    }

    /// The sections, for the loader and the manual.
    ///
    /// Sensors come last: a key of theirs that somebody takes out of the sample without its header is then an error, and
    /// does not silently count for all sensors.
    public var sections: [any SettingsSection] { [device, store, sensors] }

    /// What is declared about devices, for deciding what becomes of each.
    public var declarations: SensorDeclarations {
        var declared = SensorDeclarations()
        declared.listens = device.adopt
        declared.trustsAll = device.trust == .all
        for (id, sensor) in sensors.elements {
            declared.entries.append(SensorDeclarations.Entry(id: id, isUsed: sensor.use))
        }
        for path in device.path + sensors.elements.map(\.argument).filter(SensorSettings.isPath)
        where !declared.paths.contains(path) && sensors[path]?.use != false {
            declared.paths.append(path)
        }
        return declared
    }

    /// Everyone who is named, the wearer of sensors about which nothing is said first.
    public var wearers: [WearerID] {
        var names = [WearerID(device.wearer)]
        for (_, sensor) in sensors.elements where sensor.use && !sensor.wearer.isEmpty {
            let name = WearerID(sensor.wearer)
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}

/// Whether a sensor is used that nobody has said anything about.
public enum TrustPolicy: String, SettingChoice {
    /// It waits, pending, until it is trusted by its identity.
    case ask
    /// Whatever speaks is used.
    case all
}

/// Which sensor is read, and what is known about it.
public struct DeviceSettings: SettingsSection {
    /// The section's name.
    public static let name = "device"
    /// What the section is about.
    public static let summary =
        "Sensors in general. Everything may stay as it is: a sensor that is plugged in is made known once, with "
        + "lumbarctl device trust."

    /// Paths given by hand.
    @Setting(
        "Serial lines to read besides those udev finds, such as /dev/rfcomm0; several between commas. A line of "
            + "/dev/serial/by-id keeps its name when the sensor is plugged in elsewhere."
    )
    public var path: [String] = []

    /// Whether to listen to common converter chips.
    @Setting(
        "Whether to listen, for some ten seconds after it is plugged in, to a USB converter of a kind that sensors use "
            + "and other things use too, to find out whether it is one. Nothing is written to it. Without, such a converter "
            + "is opened only when it is declared."
    )
    public var adopt = true

    /// What becomes of sensors that nobody declared.
    @Setting(
        "What becomes of a sensor that is found by listening and that neither a [sensor] section nor a udev rule declares. "
            + "ask: it is listed by lumbarctl devices as pending and nothing is kept of it. all: it is used at once; for "
            + "machines into which nobody else plugs anything."
    )
    public var trust = TrustPolicy.ask

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

    /// What a HID sensor is told to do.
    @Setting(
        0...1000, .milliseconds,
        "How often a HID sensor that is declared is told to report; 0 writes nothing to it. "
            + "Needed by sensors that stay silent until they are told to report."
    )
    public var reportInterval = 0

    /// Who wears it.
    @Setting("Who wears the sensor.")
    public var wearer = WearerID.sole.text

    /// The protocols that `protocol` may name: not a setting, what files the shell has loaded decides it too.
    public var decoders = DecoderCatalog.builtIn

    /// The defaults.
    public init() {}

    /// What does not fit.
    public var conflicts: [SettingConflict] {
        var found = SensorSettings.conflicts(`protocol`, decoders, mount: mount, wearer: wearer)
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

    /// How many backups are kept.
    @Setting(
        0...31,
        "How many backups of the history are kept beside it, and how many of what people said. One is made and checked a day; "
            + "of a history of more than 8 MB only as often as keeps that to 8 MB a day on average, to spare the card; 0 "
            + "makes none.")
    public var backups = 7

    /// How long minutes are kept.
    @Setting(
        0...36_500, .days,
        "How long minutes are kept; 0 keeps them for ever. What is older is deleted once a day. Days whose summary is "
            + "complete stay in the history.")
    public var keepMinutes = 0

    /// How long postures are kept.
    @Setting(
        0...36_500, .days,
        "How long postures are kept, each with its beginning and end; 0 keeps them for ever.")
    public var keepPostures = 0

    /// How long other episodes are kept.
    @Setting(
        0...36_500, .days, "How long bends, lifts and all other episodes are kept; 0 keeps them for ever.")
    public var keepEpisodes = 0

    /// How long alerts are kept.
    @Setting(0...36_500, .days, "How long alerts are kept; 0 keeps them for ever.")
    public var keepAlerts = 0

    /// The defaults.
    public init() {}
}
