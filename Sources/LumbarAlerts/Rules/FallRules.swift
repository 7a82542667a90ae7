import LumbarCore

/// Possible falls: told at once, whatever the budget, the hour and the wearer's wish for quiet.
enum FallRules {
    static let all = [fall, stillDown]

    private static let fall = Rule(
        id: .fall, version: 3, title: "Possible fall",
        says:
            "A hard impact out of an upright posture, and rest near the floor after it. It is said at once. A second "
            + "impact within a minute is taken for the same fall.",
        evidence:
            "Sensors on the back see most simulated falls, and far fewer real ones: thirteen published methods found "
            + "57 % of 29 real falls, with 3 to 85 false alarms a day.",
        sources: ["Bagala et al. 2012, PLoS ONE 7:e37062", "Palmerini et al. 2020, Sensors 20:6479"],
        key: "fall", dwell: "none", release: "at once", clause: "impact_and_rest", unit: .standardGravity,
        cooldown: { _ in .minutes(1) }, vetoes: [], isExempt: true, isToldAfterwards: true,
        mode: { $0.fall }, steps: { _ in [Step(threshold: 0, tier: .urgent)] },
        senses: { fact, _ in
            guard case .episode(let episode) = fact, case .fall(let fall) = episode.kind,
                fall.downSeconds == 0
            else { return .none }
            var situation = Situation(episode, level: fall.impactG)
            situation.isOngoing = false
            situation.clause = .init(name: "impact_and_rest", threshold: 2, unit: .standardGravity)
            return .situation(situation)
        },
        text: { _ in AlertText.fall })

    private static let stillDown = Rule(
        id: .stillDown, version: 3, title: "Still lying after a possible fall",
        says:
            "Nobody has got up 30 and 60 seconds after a possible fall. It is said with the switch of possible falls, and "
            + "needs no alert before it.",
        evidence:
            "Of people over 90 who fell, four in five could not get up by themselves at least once, and three in ten lay "
            + "for an hour or longer.",
        sources: ["Fleming and Brayne 2008, BMJ 337:a2227"], key: "fall", dwell: "30 and 60 s lying",
        release: "when the trunk is raised", clause: "lying_since_fall", unit: .seconds, repeats: .ladder,
        vetoes: [], isExempt: true, mode: { $0.fall },
        steps: { _ in [Step(threshold: 30, tier: .urgent), Step(threshold: 60, tier: .urgent)] },
        senses: { fact, _ in
            guard case .episode(let episode) = fact, case .fall(let fall) = episode.kind,
                fall.downSeconds > 0
            else { return .none }
            return .situation(Situation(episode, level: fall.downSeconds))
        },
        text: { AlertText.stillDown(seconds: $0.level) })
}
