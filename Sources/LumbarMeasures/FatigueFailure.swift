import LumbarCore

/// The Lifting Fatigue Failure Tool: an ergonomics model of a declared task, never of what a trunk sensor sees.
///
/// Each lift with peak load moment M uses up `exp(0.038·M + 0.32)/902 416` of what the tissue bears until it fails; a
/// day's damage is the sum over its lifts, and `1/(1 + e^−(1.72 + 1.03·log10 D))` is the probability that a job of such
/// days is among those with 12 and more reported low-back disorders in 200 000 hours (Gallagher et al. 2017, Appl Ergon
/// 63:142).
///
/// Public implementations divide by 902 416 or by 1 902 416. The former is used: it is the constant of the fatigue curve
/// the tool rests on, `N = 902 416·exp(−0.162·S)` with S the compression in percent of the ultimate, which gives the
/// plausible 1384 lifts to failure at 40 % and 54 at 60 %; the latter reads like "1/902 416" misread. It halves the
/// damage.
public enum FatigueFailure {
    /// Peak moment of a load held `reach` metres in front of the lumbosacral joint, N·m.
    public static func moment(load kilograms: Double, reach: Double) -> Double {
        kilograms * 9.81 * reach
    }

    /// Damage of one lift with peak moment `moment`, N·m; 1 is failure.
    public static func damagePerLift(moment: Double) -> Double {
        Elementary.exp(0.038 * moment + 0.32) / 902_416
    }

    /// Probability that a job with this daily damage is among those with many reported disorders, 0...1.
    public static func probability(dailyDamage: Double) -> Double {
        guard dailyDamage > 0 else { return 0 }
        let decades = Elementary.log(dailyDamage) / Elementary.log(10)
        return 1 / (1 + Elementary.exp(-(1.72 + 1.03 * decades)))
    }
}
