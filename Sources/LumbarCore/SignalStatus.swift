/// What the signal chain knows about its sensor, for people and for the journal.
public struct SignalStatus: Sendable, Equatable {
    /// Samples per second as fitted, 0 while unknown.
    public var sampleRateHz = 0.0
    /// Whether the sensor has a gyroscope.
    public var hasAngularRate = false
    /// Whether the sensor measures acceleration, and not only angles.
    public var hasAcceleration = true
    /// Samples accepted.
    public var samples = 0
    /// Samples refused: not finite, out of range, or |a| at rest outside 0.8...1.2 g.
    public var implausible = 0
    /// Samples refused because, on a line that damaged others near by, they departed from both neighbours as no body does.
    public var outliers = 0
    /// Whether |a| at rest says that the sensor's scale is wrong.
    public var hasScaleFault = false
    /// What makes its data doubtful.
    public var troubles: [SensorTrouble] = []
    /// Gaps in the stream.
    public var gaps = 0
    /// How well the upright pose is known, 0...1.
    public var poseQuality = 0.0
    /// Up of the wearer's upright, in the sensor's own frame.
    public var uprightUp = Vector3<SensorFrame>(0, 0, 1)
    /// How the sensor sits, as far as that is known; nil before it has sent anything.
    public var calibration: MountCalibration?
    /// Gyroscope bias in degrees per second.
    public var gyroBiasDps = Vector3<SensorFrame>.zero
    /// How much that bias changes with a degree of temperature, degrees per second and degree Celsius; nil while the sensor
    /// says no temperature or has not warmed up by three degrees.
    public var gyroBiasDpsPerCelsius: Vector3<SensorFrame>?
    /// What the sensor last said of itself.
    public var vitals = SensorVitals()

    /// Nothing known.
    public init() {}
}
