import LumbarCore

/// Lifts and turns: acts that share a cooldown, and of which one is told by one rule.
enum HandlingRules {
    static let all = [lift, twist, turning, afterRest]

    private static let lift = Rule(
        id: .lift, version: 4, title: "A probable lift under strain",
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
        id: .twist, version: 4, title: "Turning right after a probable lift",
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

    private static let turning = Rule(
        id: .turning, title: "Turning while bent",
        says:
            "The trunk turned by 30 degrees and more while bent by 30 and more, without a lift and with the feet still.",
        evidence:
            "Weak: in the study that found lifting while twisted harmful, turning without lifting went with no excess.",
        sources: ["Kelsey et al. 1984, J Orthop Res 2:61"], key: "turning", dwell: "5 s without a lift",
        release: "at once",
        clause: "turn_while_bent", unit: .degrees, cooldown: { .minutes($0.settings.liftCooldown) },
        sharesActs: true, patience: .seconds(5), restsOnAngles: true, isToldAfterwards: true,
        mode: { $0.turning },
        steps: { _ in [Step(threshold: 0, tier: .nudge)] },
        senses: { fact, _ in
            guard case .episode(let episode) = fact, case .twist(let twist) = episode.kind,
                !twist.isAfterLift,
                !episode.isOngoing
            else { return .none }
            return .situation(turn(episode, twist, "turn_while_bent"))
        },
        text: { telling in
            guard case .twist(let twist) = telling.situation.seen else { return "" }
            return AlertText.turning(twist)
        })

    /// How soon after a rest a bend is soon after it.
    private static let soon = 300.0
    /// A deep bend, degrees.
    private static let deep = 60.0

    private static let afterRest = Rule(
        id: .afterRest, title: "A deep bend or a lift right after a long rest",
        says:
            "A bend beyond 60 degrees, or a probable lift, within five minutes after half an hour or more of nearly still "
            + "sitting, slumped where that is known, or after three hours lying.",
        evidence:
            "After 20 minutes of bending as far as they could, 47 people bent 5.5 degrees further; half of the stiffness of "
            + "their backs was there again after 2 minutes, all of it only after more than those 20. The authors think it "
            + "wise to stand and walk for a few minutes before heavy work. Sitting bends a back less than that, and such a "
            + "warning was not tried. That the first hours after a night count is from the trial of the rule for mornings.",
        sources: ["McGill and Brown 1992, Clin Biomech 7:43", "Snook et al. 1998, Spine 23:2601"],
        key: "after_rest", dwell: "none", release: "five minutes after the rest", clause: "time_since_rest",
        unit: .seconds, cooldown: { .minutes($0.settings.liftCooldown) }, sharesActs: true,
        restsOnAngles: true, isToldAfterwards: true, mode: { $0.afterRest },
        steps: { _ in [Step(threshold: 0, tier: .nudge)] },
        senses: { fact, view in
            guard case .episode(let episode) = fact, !episode.isOngoing, let degrees = depth(episode.kind),
                let rest = view.body.rest, rest.isLong, episode.start >= rest.end
            else { return .none }
            let since = (episode.start - rest.end).seconds
            guard since <= soon else { return .none }
            var situation = Situation(episode, level: since, .rest(rest, degrees: degrees))
            let name = rest.kind == .lying ? "time_since_lying" : "time_since_sitting"
            situation.clause = .init(name: name, threshold: soon, unit: .seconds)
            return .situation(situation)
        },
        text: { telling in
            guard case .rest(let rest, let degrees) = telling.situation.seen else { return "" }
            return AlertText.afterRest(rest, degrees: degrees, seconds: telling.level)
        })

    private static func depth(_ kind: Episode.Kind) -> Double? {
        switch kind {
        case .lift(let lift): lift.peakDegrees
        case .bend(let bend): bend.peakDegrees >= deep ? bend.peakDegrees : nil
        default: nil
        }
    }

    static func turn(_ episode: Episode, _ twist: Twist, _ clause: String) -> Situation {
        var situation = Situation(episode, level: twist.turnDegrees.magnitude, .twist(twist))
        situation.clause = .init(name: clause, threshold: 30, unit: .degrees)
        return situation
    }
}
