import LumbarCore

/// Long times in one position: sitting, standing, riding.
enum SittingRules {
    static let all = [sitting, standing, riding]

    private static let sitting = Rule(
        id: .sitting, version: 5, title: "Long sitting",
        says:
            "The time seated reaches the steps of a ladder: a notice, so that the nudge is no surprise, then three nudges, "
            + "then silence until a break. Breaks are seen by the body: a minute on the feet or twenty steps end the bout, "
            + "whoever asked for them. A shift of the trunk in the seat within shift_delay before a step puts the steps off "
            + "by as much, once in a bout.",
        evidence:
            "The best-supported of all: prompted breaks and prompted shifts of posture lowered new low-back pain in six "
            + "months from 33 % to 9 and 7 % in one trial. Three minutes of walking after 30 of sitting did as much as six "
            + "after 60, and both more than twelve after 120.",
        sources: [
            "Waongenngarm et al. 2021, Scand J Work Environ Health 47:306",
            "Bond et al. 2014 (B-MOBILE), PLoS ONE 9:e100821",
        ], key: "sitting", dwell: "sitting_notice, sitting_first, sitting_second and sitting_third seated",
        release: "a break of a minute or of twenty steps", clause: "seated_time", unit: .seconds,
        repeats: .ladder, cooldown: { _ in .minutes(10) }, vetoes: Vetoes.usual.union(.standing),
        mode: { $0.sitting },
        steps: { numbers in
            let settings = numbers.settings
            return [
                Step(threshold: numbers.sitting(settings.sittingNotice), tier: .notice),
                Step(threshold: numbers.sitting(settings.sittingFirst), tier: .nudge),
                Step(threshold: numbers.sitting(settings.sittingSecond), tier: .nudge),
                Step(threshold: numbers.sitting(settings.sittingThird), tier: .nudge, escalates: true),
            ]
        },
        senses: { fact, view in
            if case .lost = fact { return view.cutOff }
            guard case .episode(let episode) = fact, case .sitting(let bout) = episode.kind else {
                return .none
            }
            var situation = Situation(episode, level: bout.seatedSeconds)
            situation.grows = true
            if view.body.shiftedAt == episode.end { situation.delay = delay(after: bout, view.numbers) }
            return .situation(situation)
        },
        // Seated again: whether it is still the same bout is for the detector to say, with its next record. Detectors tell
        // the end of one posture a moment before the next one, when the wearer is not known to have sat down yet.
        holds: { situation, view in
            let since = view.body.posture == .sitting ? view.body.postureStart : view.body.offSeatUntil
            return since.map { situation.end >= $0 } ?? true
        },
        text: { telling in
            AlertText.sitting(
                seconds: telling.level, tier: telling.tier, isLast: telling.step == telling.steps - 1,
                isGentle: telling.profile == .flare)
        })

    /// By how much a shift puts off the steps, when one of them would come within that time.
    private static func delay(after bout: SittingBout, _ numbers: PolicyNumbers) -> Double {
        let delay = numbers.shiftDelay
        let isNear = numbers.settings.sittingSteps.contains {
            let left = numbers.sitting($0) - bout.seatedSeconds
            return left >= 0 && left <= delay
        }
        return isNear ? delay : 0
    }

    private static let standing = Rule(
        id: .standing, version: 3, title: "Long standing",
        says:
            "The time standing without a walk of a minute reaches standing_notice, then standing_nudge. It is off unless "
            + "switched on, because sitting and standing are told apart with some errors by one sensor.",
        evidence:
            "Pain came after 71 minutes of standing in laboratory studies, after 42 in people prone to it.",
        sources: ["Coenen et al. 2017, Gait Posture 58:310"], key: "standing",
        dwell: "standing_notice and standing_nudge on the feet without a walk of a minute",
        release: "a walk of a minute, sitting or lying", clause: "standing_time", unit: .seconds,
        repeats: .ladder, cooldown: { _ in .minutes(10) },
        vetoes: Vetoes.usual.union([.seated, .unknownPosture]), mode: { $0.standing },
        steps: { numbers in
            [
                Step(threshold: numbers.settings.standingNotice * 60, tier: .notice),
                Step(threshold: numbers.settings.standingNudge * 60, tier: .nudge),
            ]
        },
        senses: { fact, view in
            guard case .episode(let episode) = fact, case .posture = episode.kind else { return .none }
            return view.body.stance.since.map { .situation(Situation(since: $0)) } ?? .over
        },
        text: { AlertText.standing(seconds: $0.level) })

    private static let riding = Rule(
        id: .riding, title: "A long ride in one position",
        says:
            "The time in a moving vehicle reaches riding_notice, and again twice that. How the vehicle shakes the trunk tells "
            + "a ride; while it goes on, nothing else is said but possible falls.",
        evidence:
            "Breaks from sitting are well supported; for vehicles the times are a choice of this program.",
        sources: ["Waongenngarm et al. 2021, Scand J Work Environ Health 47:306"], key: "riding",
        dwell: "riding_notice, and twice that", release: "the end of the ride, a walk or lying",
        clause: "riding_time", unit: .seconds, repeats: .ladder, cooldown: { _ in .minutes(10) },
        vetoes: [.walking, .lying, .notWorn, .probation, .snooze, .quietHours], mode: { $0.riding },
        steps: { numbers in
            let seconds = numbers.settings.ridingNotice * 60
            return [
                Step(threshold: seconds, tier: .notice), Step(threshold: 2 * seconds, tier: .notice),
            ]
        },
        senses: { fact, _ in
            switch fact {
            case .lost: return .over
            case .episode(let episode):
                guard case .ride = episode.kind else { return .none }
                return episode.isOngoing ? .situation(Situation(since: episode.start)) : .over
            default: return .none
            }
        },
        text: { AlertText.riding(seconds: $0.level) })
}
