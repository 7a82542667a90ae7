import LumbarCore

extension Monitor {
    /// Until when nothing is said to a wearer but possible falls, because that was asked for; a moment in the past when it
    /// was not, or is over.
    public func snoozedUntil(of id: WearerID) -> Instant {
        wearers.first { $0.id == id }?.policy.snoozedUntil ?? Instant(nanoseconds: .min)
    }
}
