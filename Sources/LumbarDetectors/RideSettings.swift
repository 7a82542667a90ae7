import LumbarSettings

/// Settings of rides.
public struct RideSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "ride"
    /// What the section is about.
    public static let summary = "Sitting or standing in a vehicle that moves, told by how it shakes."

    /// Shaking of the trunk from which a vehicle may move.
    ///
    /// Cars on paved roads shake the seat by 0.2 to 0.6 m/s2, root mean square over all directions (ISO 2631-1 gives the
    /// measure); somebody at a desk stays below 0.1.
    @Setting(
        0.005...0.2, .g, "Shaking of the trunk within a second from which a vehicle may move.")
    public var shaking = 0.018
    /// How long it shakes before it is a ride.
    @Setting(20...600, .seconds, "How long the trunk is shaken, nearly all the time, before that is a ride.")
    public var enterTime = 60.0
    /// How long a vehicle may stand.
    @Setting(20...1800, .seconds, "How long a vehicle may stand without the ride being over.")
    public var stopTime = 180.0

    /// The defaults.
    public init() {}
}
