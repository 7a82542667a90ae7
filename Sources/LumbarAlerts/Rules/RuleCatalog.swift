import LumbarCore

/// All rules, in the order in which they are asked: of two that are due at one moment, the first speaks first.
///
/// A new rule is a value in one of the lists below, a case of `AlertRule`, a `MessageID` and a switch in
/// `AlertSettings`; it starts in shadow, until its alerts were looked at.
public enum RuleCatalog {
    /// The rules.
    public static let all: [Rule] = lists.flatMap { $0 }

    private static let lists: [[Rule]] = [
        FallRules.all, SittingRules.all, BendingRules.all, HandlingRules.all, [digest], DayRules.all,
        SensorRules.all, TrainingRule.all,
    ]

    /// The rule called `id`.
    public static func rule(_ id: AlertRule) -> Rule? { all.first { $0.id == id } }

    /// What the budget and the cooldowns of other rules held back; the engine makes it (`AlertPolicy.digestDue`).
    private static let digest = Rule(
        id: .digest, version: 2, title: "Several in one",
        says:
            "Nudges that the budget or a cooldown held back are counted and told in one, when there is budget again.",
        evidence:
            "A full-time operator follows about one alarm in ten minutes; somebody at other work bears far less. What "
            + "people answer to is how informative alarms are, not how many there are.",
        sources: ["EEMUA 191", "Rayo and Moffatt-Bruce 2015, BMJ Qual Saf 24:282"], key: "digest",
        dwell: "digest_minimum nudges held back within digest_window", release: "when it was told",
        clause: "held_back", unit: .count, mode: { $0.digest },
        steps: { _ in [Step(threshold: 0, tier: .nudge)] },
        senses: { _, _ in .none }, text: { _ in "" })
}
