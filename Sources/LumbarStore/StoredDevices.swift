import LumbarCore

/// What is known of a sensor.
public struct SeenDevice: Sendable, Equatable {
    /// Which, across replugging.
    public var id: DeviceID
    /// What it, or its line, is called.
    public var name: String
    /// What it speaks; empty while that is not known.
    public var protocolName: String

    /// A sensor.
    public init(id: DeviceID, name: String, protocolName: String) {
        self.id = id
        self.name = name
        self.protocolName = protocolName
    }
}

/// A stretch of time during which a sensor was read as somebody's.
public struct DeviceWear: Sendable, Equatable {
    /// Which sensor.
    public var device: DeviceID
    /// Whose.
    public var wearer: WearerID
    /// Where on the body.
    public var role: SensorRole
    /// From when on.
    public var from: Instant
    /// Until when; nil while it is read, or when that was never noted.
    public var until: Instant?

    /// A stretch.
    public init(device: DeviceID, wearer: WearerID, role: SensorRole, from: Instant, until: Instant? = nil) {
        self.device = device
        self.wearer = wearer
        self.role = role
        self.from = from
        self.until = until
    }
}

/// A setting that is not at its default.
public struct SettingInForce: Sendable, Equatable {
    /// Its section and key, as in `sitting.report_after`.
    public var key: String
    /// Its value, as in a configuration file; nil where a change leads back to the default.
    public var value: String?

    /// A setting.
    public init(key: String, value: String?) {
        self.key = key
        self.value = value
    }
}

/// A sensor with when it was first and last seen.
public struct StoredDevice: Sendable, Equatable {
    /// The sensor.
    public var device: SeenDevice
    /// When it was first seen.
    public var first: Place
    /// The same on the clock of that boot.
    public var firstInstant: Instant
    /// When it was last seen.
    public var last: Place
    /// The same on the clock of that boot.
    public var lastInstant: Instant
}
