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

    /// A report.
    public init(time: Instant, up: Vector3<SensorFrame>, flexionDegrees: Double, lateralDegrees: Double) {
        self.time = time
        self.up = up
        self.flexionDegrees = flexionDegrees
        self.lateralDegrees = lateralDegrees
    }
}
