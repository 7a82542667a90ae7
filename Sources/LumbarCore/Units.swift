/// Standard gravity, the g of every "g" in this program: 9.80665 m/s² (CGPM 1901).
public let standardGravityMetresPerSecondSquared = 9.80665

/// Radians in a degree.
public let radiansPerDegree = 0.017453292519943295

/// Degrees in a radian.
public let degreesPerRadian = 57.29577951308232

/// The units that accelerations arrive in.
public enum AccelerationUnit: String, Sendable, CaseIterable {
    /// Standard gravity.
    case g
    /// Thousandths of standard gravity.
    case milliG = "mg"
    /// Metres per second squared.
    case metresPerSecondSquared = "mps2"

    /// Multiply a value in this unit by this to get g.
    public var inG: Double {
        switch self {
        case .g: 1
        case .milliG: 0.001
        case .metresPerSecondSquared: 1 / standardGravityMetresPerSecondSquared
        }
    }
}

/// The units that angular rates arrive in.
public enum AngularRateUnit: String, Sendable, CaseIterable {
    /// Degrees per second.
    case degreesPerSecond = "dps"
    /// Radians per second.
    case radiansPerSecond = "radps"

    /// Multiply a value in this unit by this to get rad/s.
    public var inRadiansPerSecond: Double {
        switch self {
        case .degreesPerSecond: radiansPerDegree
        case .radiansPerSecond: 1
        }
    }
}
