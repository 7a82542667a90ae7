/// One line of `lumbarctl replay --attitude`: where up was at a sample.
public struct AttitudeReport: Sendable, Equatable {
    /// When.
    public var time: Instant
    /// Unit vector that points up, in the sensor's own frame.
    public var up: Vector3<SensorFrame>
    /// Flexion from the wearer's upright, degrees.
    public var flexionDegrees: Double
    /// Lateral angle, degrees.
    public var lateralDegrees: Double
    /// Expected error of the inclination, one standard deviation in degrees: wide without a gyroscope.
    public var uncertaintyDegrees: Double

    /// A report.
    public init(
        time: Instant, up: Vector3<SensorFrame>, flexionDegrees: Double, lateralDegrees: Double,
        uncertaintyDegrees: Double = 0
    ) {
        self.uncertaintyDegrees = uncertaintyDegrees
        self.time = time
        self.up = up
        self.flexionDegrees = flexionDegrees
        self.lateralDegrees = lateralDegrees
    }
}
