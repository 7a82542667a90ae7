/// The moment of the upper body on the lumbosacral joint, without any load.
///
/// `M(θ) = 0.55·m·g·0.16·H·sin θ`: upper body of 55 % of the mass with its centre 16 % of the height above
/// the joint. For 75 kg and 1.75 m: 39, 57, 80, 98, 113 N·m at 20, 30, 45, 60, 90 degrees. A model from
/// general knowledge, without the load in the hands, which a trunk sensor cannot see.
public enum TrunkMoment {
    static let massShare = 0.55
    static let armShare = 0.16

    /// The moment at `flexionDegrees`, N·m; none while leaning backward, where a seat most often carries the trunk.
    public static func newtonMetres(flexionDegrees: Double, bodyMass: Double, bodyHeight: Double) -> Double {
        massShare * bodyMass * standardGravityMetresPerSecondSquared * armShare * bodyHeight
            * Elementary.sin(max(0, flexionDegrees) * radiansPerDegree)
    }
}

/// How heavy and how tall the wearer is, for models of the load on the low back.
public struct BodySize: Sendable, Equatable {
    /// Body mass, kg.
    public var mass: Double
    /// Body height, m.
    public var height: Double

    /// A size; the defaults are those of the settings.
    public init(mass: Double = 75, height: Double = 1.75) {
        self.mass = mass
        self.height = height
    }
}
