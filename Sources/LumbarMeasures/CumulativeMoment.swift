import LumbarCore

/// The moment of the unloaded upper body on the lumbosacral joint, added up over the day: a model, not a measurement.
///
/// `∫ M dt` and `∫ M² dt` with M of `TrunkMoment`. These two, linear and squared, went with low-back pain in the cohort of
/// Coenen et al. 2014 (Occup Environ Med 71:332), where the peak did not. There they held the loads in the hands too,
/// which are not in here: no figure of that study applies. Lying does not count, and neither does leaning backward.
public struct CumulativeMoment: Sendable, Equatable {
    /// ∫ M dt, N·m·h.
    public let newtonMetreHours: Double
    /// ∫ M² dt, N²·m²·h.
    public let squaredHours: Double
    /// The part of `newtonMetreHours` while standing or walking.
    public let onFeetNewtonMetreHours: Double

    /// The sums over `table` for a wearer of this size.
    public init(_ table: ExposureTable, body: BodySize) {
        var linear = 0.0
        var squared = 0.0
        var onFeet = 0.0
        for index in 0..<ExposureTable.flexionOnFeet.count {
            let feet = Double(table[ExposureTable.flexionOnFeet, index]) / 3_600_000
            let seated = Double(table[ExposureTable.flexionSeated, index]) / 3_600_000
            guard feet + seated > 0 else { continue }
            let moment = TrunkMoment.newtonMetres(
                flexionDegrees: Double(ExposureTable.lowestFlexion + index) + 0.5, bodyMass: body.mass,
                bodyHeight: body.height)
            linear += moment * (feet + seated)
            squared += moment * moment * (feet + seated)
            onFeet += moment * feet
        }
        newtonMetreHours = linear
        squaredHours = squared
        onFeetNewtonMetreHours = onFeet
    }
}
