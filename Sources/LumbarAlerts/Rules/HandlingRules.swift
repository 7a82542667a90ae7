import LumbarCore

/// Lifts and turns: acts that share a cooldown, and of which one is told by one rule.
enum HandlingRules {
    static let all = [lift, twist]

    private static let lift = Rule(
        id: .lift, version: 3, title: "A probable lift under strain",
        says:
            "A bend with a rise and a return looked like a lift, and the trunk turned meanwhile or two of deep, fast and "
            + "jerky held. The sensor knows no load.",
        evidence:
            "Lifting while twisted and with straight knees went with three times the disc prolapses in one study. Movement "
            + "of the trunk alone says little about risk: with it alone the correlation was 0.2 to 0.6.",
        sources: ["Kelsey et al. 1984, J Orthop Res 2:61", "Nurse et al. 2023, Sensors 23:2064"], key: "lift",
        dwell: "none", release: "at once", clause: "signs_of_strain", unit: .count,
        cooldown: { .minutes($0.settings.liftCooldown) }, sharesActs: true, restsOnAngles: true,
        isToldAfterwards: true, heldAs: ("probable lift under strain", "probable lifts under strain"),
        mode: { $0.lift }, steps: { _ in [Step(threshold: 0, tier: .nudge)] },
        senses: { fact, _ in
            guard case .episode(let episode) = fact, case .lift(let lift) = episode.kind, lift.isUnderStrain,
                !episode.isOngoing
            else { return .none }
            let signs = [Lift.Strain.deep, .fast, .jerky, .twisted].count { lift.strain.contains($0) }
            var situation = Situation(episode, level: Double(signs), .lift(lift))
            let needed = lift.strain.contains(.twisted) ? 1.0 : 2.0
            situation.clause = .init(name: "signs_of_strain", threshold: needed, unit: .count)
            return .situation(situation)
        },
        text: { telling in
            guard case .lift(let lift) = telling.situation.seen else { return "" }
            return AlertText.lift(lift)
        })

    private static let twist = Rule(
        id: .twist, version: 3, title: "Turning right after a probable lift",
        says:
            "The trunk turned by 30 degrees and more, or fast, while bent and right after a probable lift, and the feet "
            + "stayed where they were. It is not said of a lift that was told itself.",
        evidence: "Lifting and twisting at once goes with more disc prolapses; twisting alone did not.",
        sources: ["Kelsey et al. 1984, J Orthop Res 2:61"], key: "twist", dwell: "none", release: "at once",
        clause: "turn_after_lift", unit: .degrees, cooldown: { .minutes($0.settings.liftCooldown) },
        sharesActs: true, restsOnAngles: true, isToldAfterwards: true,
        heldAs: ("turn while bent", "turns while bent"), mode: { $0.twist },
        steps: { _ in [Step(threshold: 0, tier: .nudge)] },
        senses: { fact, _ in
            guard case .episode(let episode) = fact, case .twist(let twist) = episode.kind, twist.isAfterLift,
                !episode.isOngoing
            else { return .none }
            return .situation(turn(episode, twist, "turn_after_lift"))
        },
        text: { telling in
            guard case .twist(let twist) = telling.situation.seen else { return "" }
            return AlertText.twist(twist)
        })

    static func turn(_ episode: Episode, _ twist: Twist, _ clause: String) -> Situation {
        var situation = Situation(episode, level: twist.turnDegrees.magnitude, .twist(twist))
        situation.clause = .init(name: clause, threshold: 30, unit: .degrees)
        return situation
    }
}
