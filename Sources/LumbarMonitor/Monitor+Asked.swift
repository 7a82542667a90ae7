import LumbarAlerts
import LumbarCore

extension Monitor {
    /// Until when nothing is said to a wearer but possible falls, because that was asked for; a moment in the past when it
    /// was not, or is over.
    public func snoozedUntil(of id: WearerID) -> Instant {
        wearers.first { $0.id == id }?.policy.snoozedUntil ?? Instant(nanoseconds: .min)
    }

    /// The profile that a wearer's alerts go by, and why; nil of one who is not known.
    public func profileInForce(of id: WearerID) -> ProfileInForce? {
        wearers.first { $0.id == id }?.policy.profileInForce
    }

    /// Whether nothing of a wearer's training is to come.
    public func isTrainingOver(of id: WearerID) -> Bool {
        wearers.first { $0.id == id }?.policy.isTrainingOver ?? false
    }

    /// How much of what the wearer may take is used up at `now`; nil of one who is not known.
    public func budgetUse(of id: WearerID, at now: Instant) -> BudgetUse? {
        guard let wearer = wearers.first(where: { $0.id == id }) else { return nil }
        return wearer.policy.budgetUse(holdingTime: wearer.detectors.body.holdingTimeUsed, at: now)
    }
}
