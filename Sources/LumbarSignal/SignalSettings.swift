import LumbarSettings

/// Settings of timing, plausibility and orientation.
public struct SignalSettings: SettingsSection {
    /// The section's name.
    public static let name = "signal"
    /// What the section is about.
    public static let summary = "Timing, plausibility gates, orientation and wear."

    /// Time constant of the accelerometer in the orientation filter.
    @Setting(0.5...20, .seconds, "Time over which the accelerometer corrects the gyroscope's idea of up.")
    public var accelerationTime = 3.0
    /// Seconds of stillness that make rest.
    @Setting(0.5...10, .seconds, "Stillness after which the gyroscope's zero is learned.")
    public var restTime = 1.5
    /// Rate that ends rest.
    @Setting(0.2...10, .degreesPerSecond, "Angular rate, away from its mean, that ends rest.")
    public var restRate = 2.0
    /// Acceleration that ends rest.
    @Setting(0.005...0.5, .g, "Acceleration, away from its mean, that ends rest.")
    public var restAcceleration = 0.051
    /// Readings above are refused.
    @Setting(2...400, .g, "Acceleration above which a reading is refused and counted.")
    public var largestAcceleration = 16.1
    /// Readings above are refused.
    @Setting(100...10000, .degreesPerSecond, "Angular rate above which a reading is refused and counted.")
    public var largestRate = 2100.0
    /// Lowest |a| at rest.
    @Setting(0.1...0.99, .g, "Acceleration at rest below which the sensor's scale is taken as wrong.")
    public var lowestAtRest = 0.8
    /// Highest |a| at rest.
    @Setting(1.01...10, .g, "Acceleration at rest above which the sensor's scale is taken as wrong.")
    public var highestAtRest = 1.2
    /// Smallest step.
    @Setting(0.05...3, .g, "Peak of the vertical acceleration, 0.5 to 3 Hz, below which nothing is a step.")
    public var smallestStep = 0.05
    /// When a still sensor counts as taken off.
    @Setting(0.5...60, .minutes, "How long a sensor must lie without a sign of life to count as not worn.")
    public var notWornAfter = 2.0
    /// Whether the upright pose is learned.
    @Setting(
        "Whether the wearer's own upright is learned from walking; otherwise the declared mount is exact.")
    public var learnUpright = true
    /// Whether the gesture is recognised.
    @Setting("Whether standing still for 5 s and then bowing three times sets upright and forward.")
    public var recogniseGesture = true

    /// The defaults.
    public init() {}
}
