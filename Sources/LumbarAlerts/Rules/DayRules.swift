import LumbarCore

/// What a time of the day has to do with.
enum DayRules {
    static let all = [morning]

    private static let morning = Rule(
        id: .morning, version: 2, title: "A bend soon after getting up",
        says:
            "The first bend within two hours after getting up from a long time lying; the section [morning] says what that "
            + "is.",
        evidence:
            "People with lasting low-back pain who kept from bending in the first two hours had a third less pain in six "
            + "months, in one trial. Discs take up water overnight.",
        sources: ["Snook et al. 1998, Spine 23:2601"], key: "morning", dwell: "none", release: "at once",
        clause: "time_since_rising", unit: .seconds, repeats: .every(hours: 12), isToldAfterwards: true,
        mode: { $0.morning }, steps: { _ in [Step(threshold: 0, tier: .notice)] },
        senses: { fact, view in
            guard case .episode(let episode) = fact, case .bend(let bend) = episode.kind, !episode.isOngoing,
                let rise = view.body.rise(before: episode.start), let until = view.body.guardedUntil
            else { return .none }
            var situation = Situation(episode, level: (episode.start - rise).seconds, .bend(bend))
            situation.clause = .init(
                name: "time_since_rising", threshold: (until - rise).seconds, unit: .seconds)
            return .situation(situation)
        },
        text: { telling in
            guard case .bend(let bend) = telling.situation.seen else { return "" }
            return AlertText.morning(peakDegrees: bend.peakDegrees, seconds: telling.level)
        })
}
