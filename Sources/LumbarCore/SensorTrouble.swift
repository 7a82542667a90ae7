/// What makes a sensor's data doubtful, beyond a wrong scale and a mount that moved.
public enum SensorTrouble: String, Sendable, CaseIterable {
    /// An axis keeps its value while the body moves.
    case stuckAxis = "stuck_axis"
    /// The movement goes beyond the sensor's range, again and again.
    case saturated
    /// At rest the sensor's own angles differ from what its accelerometer says.
    case anglesDisagree = "angles_disagree"
    /// Samples are lost between the sensor and this machine.
    case lostSamples = "lost_samples"
    /// The sensor sends at another rate than it did.
    case rateChanged = "rate_changed"
    /// The sensor's clock goes at another pace than this machine's.
    case clockDrift = "clock_drift"
    /// The gyroscope turns at rest by more than can be relied on to be constant.
    case gyroBias = "gyro_bias"

    /// Whether angles and movements made from such data cannot be used.
    ///
    /// A stuck axis gives wrong angles that look right; the others make things worse or say something about the sensor.
    public var forbidsUse: Bool { self == .stuckAxis }
}
