/// Which sensors a figure comes from; more of them tell more.
public enum SensorTier: String, Sendable, CaseIterable {
    /// A lumbar sensor that sends angles only: neither steps nor how the hips rise and sink are known.
    case angles
    /// A lumbar sensor.
    case lumbar
    /// A lumbar sensor and one on a thigh: whether the wearer sits was measured and not inferred.
    case lumbarThigh = "lumbar+thigh"
    /// A lumbar sensor and one on the thorax: bending and turning of the spine itself were measured.
    case lumbarThorax = "lumbar+thorax"

    /// Its place among all cases, from 0, for rows and arrays.
    public var index: Int {
        switch self {
        case .angles: 0
        case .lumbar: 1
        case .lumbarThigh: 2
        case .lumbarThorax: 3
        }
    }
}
