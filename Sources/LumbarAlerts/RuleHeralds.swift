import LumbarCore

extension AlertRule {
    /// Whether its notices only say ahead what a nudge says later: they are for the record, and disturb nobody.
    ///
    /// A rule whose ladder has both has such notices. One that never nudges has no other way to be heard, and neither has
    /// one that a profile makes gentle.
    public var isAnnounced: Bool {
        guard let rule = RuleCatalog.rule(self) else { return false }
        return AlertProfile.allCases.contains { profile in
            let tiers = rule.steps(PolicyNumbers(settings: AlertSettings(), profile: profile)).map(\.tier)
            return tiers.contains(.notice) && tiers.contains { $0 != .notice }
        }
    }
}
