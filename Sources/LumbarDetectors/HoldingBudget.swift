import LumbarCore

/// The holding time that ISO 11226 accepts for a bent trunk, as a budget that fills.
///
/// `T_max(θ) = 4 − 3·(θ − 20)/40` minutes between 20 and 60 degrees without full trunk support, 1 minute
/// beyond (the standard does not recommend those at all). A posture held for t uses t/T_max of it. The
/// formula is from general knowledge of ISO 11226:2000, not checked against the paid text: no conformity is
/// claimed.
enum HoldingBudget {
    /// Flexion up to which any holding time is acceptable, degrees.
    static let freeDegrees = 20.0

    /// Share of the budget that one second at `degrees` uses.
    static func perSecond(at degrees: Double) -> Double {
        guard degrees > freeDegrees else { return 0 }
        let minutes = 4 - 3 * (min(degrees, 60) - freeDegrees) / 40
        return 1 / (60 * minutes)
    }
}
