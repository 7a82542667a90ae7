import LumbarCore

/// The moment of the unloaded upper body on L5/S1.
///
/// `M(θ) = 0.55·m·g·0.16·H·sin θ`: upper body of 55 % of the mass with its centre 16 % of the height above
/// the joint. For 75 kg and 1.75 m: 39, 57, 80, 98, 113 N·m at 20, 30, 45, 60, 90 degrees. A model from
/// general knowledge, without the load in the hands, which a trunk sensor cannot see.
enum TrunkMoment {
    static let massShare = 0.55
    static let armShare = 0.16

    static func newtonMetres(flexionDegrees: Double, bodyMass: Double, bodyHeight: Double) -> Double {
        massShare * bodyMass * standardGravityMetresPerSecondSquared * armShare * bodyHeight
            * Elementary.sin(max(0, flexionDegrees) * radiansPerDegree)
    }
}
