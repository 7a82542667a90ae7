import LumbarCore

/// Bends: held, repeated, deep, too much of them in a day.
enum BendingRules {
    static let all = [sustainedFlexion]

    private static let sustainedFlexion = Rule(
        id: .sustainedFlexion, version: 3, title: "A bend held for long",
        says:
            "A bend has used up its holding time: a notice at 0.8 of it, a nudge when all of it is used. The holding time "
            + "comes back while the trunk is up, over twice the time it was held. A bend that ended while it waited to be "
            + "told is told as news for a minute.",
        evidence:
            "ISO 11226 accepts a static trunk inclination for 4 minutes at 20 degrees down to 1 minute at 60 degrees. That "
            + "rests on when holding becomes uncomfortable, not on injuries; how fast it comes back is a choice of this "
            + "program.",
        sources: ["ISO 11226:2000", "Miedema et al. 1997, Int J Ind Ergon 19:9"], key: "sustained_flexion",
        dwell: "0.8 and all of the holding time", release: "below 15 degrees for a second",
        clause: "holding_time_used", unit: .share, repeats: .ladder,
        cooldown: { .minutes($0.settings.flexionCooldown) }, restsOnAngles: true, isToldAfterwards: true,
        heldAs: ("long bend", "long bends"), mode: { $0.sustainedFlexion },
        steps: { _ in [Step(threshold: 0.8, tier: .notice), Step(threshold: 1, tier: .nudge)] },
        senses: { fact, _ in
            guard case .episode(let episode) = fact, case .sustainedFlexion(let held) = episode.kind
            else { return .none }
            return .situation(Situation(episode, level: held.budgetUsed, .flexion(held)))
        },
        text: { telling in
            guard case .flexion(let held) = telling.situation.seen else { return "" }
            return AlertText.sustainedFlexion(
                held, seconds: telling.seconds, isOngoing: telling.situation.isOngoing,
                isAhead: telling.tier == .notice)
        })
}
