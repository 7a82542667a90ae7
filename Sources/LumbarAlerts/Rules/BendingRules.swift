import LumbarCore

/// Bends: held, repeated, deep, too much of them in a day.
enum BendingRules {
    static let all = [sustainedFlexion, endRange, repeatedBends, bentToday]

    private static let sustainedFlexion = Rule(
        id: .sustainedFlexion, version: 4, title: "A bend held for long",
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
        senses: { fact, view in
            switch fact {
            case .lost: return view.cutOff
            case .episode(let episode):
                guard case .sustainedFlexion(let held) = episode.kind else { return .none }
                return .situation(Situation(episode, level: held.budgetUsed, .flexion(held)))
            default: return .none
            }
        },
        text: { telling in
            guard case .flexion(let held) = telling.situation.seen else { return "" }
            return AlertText.sustainedFlexion(
                held, seconds: telling.seconds, isOngoing: telling.situation.isOngoing,
                isAhead: telling.tier == .notice)
        })

    private static let endRange = Rule(
        id: .endRange, title: "Bent close to your own end of range",
        says:
            "A bend stays beyond 70 % of the deepest bend that was seen of you for ten seconds. In the profile flare every "
            + "bend beyond a share of it that grows from day to day is noticed, half at first.",
        evidence:
            "Ten people new to caring for others heard a tone beyond 70 % of their largest bend of the lumbar spine, on two "
            + "days; they bent less far, and still did two months later, and ten without it did not. Pain was not measured. "
            + "That was the bend of the spine itself; one sensor measures the bend of the trunk.",
        sources: ["Owlia et al. 2020, Work 66:41", "Kamachi et al. 2021, Appl Ergon 97:103547"],
        key: "end_range",
        dwell: "10 s",
        release: "the end of the bend", clause: "share_of_own_range", unit: .share, dwellTime: .seconds(10),
        cooldown: { .minutes($0.changes.isGentle ? 30 : 10) }, restsOnAngles: true, isToldAfterwards: true,
        heldAs: ("deep bend", "deep bends"), mode: { $0.endRange },
        steps: { [Step(threshold: 0, tier: $0.changes.isGentle ? .notice : .nudge)] },
        senses: { fact, view in
            switch fact {
            case .lost: return view.cutOff
            case .episode(let episode):
                switch episode.kind {
                case .bend(let bend):
                    // A bend that ends short of the limit in force, which a profile may have moved, is over all the same.
                    return closeToEnd(episode, bend, view).map { .situation($0) }
                        ?? (episode.isOngoing ? .none : view.cutOff)
                // What looked like a bend was lying down, or the sensor was put down: no record ends it.
                case .posture(.lying), .posture(.notWorn): return episode.isOngoing ? view.cutOff : .none
                default: return .none
                }
            default: return .none
            }
        },
        text: { telling in
            guard case .bend(let bend) = telling.situation.seen else { return "" }
            return AlertText.endRange(
                share: telling.level, seconds: bend.endRangeSeconds, isGentle: telling.profile == .flare)
        })

    private static func closeToEnd(_ episode: Episode, _ bend: Bend, _ view: PolicyView) -> Situation? {
        guard let share = bend.shareOfMaximum else { return nil }
        let limit = view.numbers.changes.comfortShare
        guard limit.map({ share >= $0 && !episode.isOngoing }) ?? (bend.endRangeSeconds >= 10) else {
            return nil
        }
        var situation = Situation(episode, level: share, .bend(bend))
        situation.clause = .init(name: "share_of_own_range", threshold: limit ?? 0.7, unit: .share)
        return situation
    }

    private static let repeatedBends = Rule(
        id: .repeatedBends, title: "Bending again and again",
        says:
            "One zone of bending, from 20 to 60 degrees or beyond, was entered twice a minute and more over five minutes.",
        evidence:
            "EN 1005-4 calls that not acceptable at machinery. Measured bending predicted sickness absence in one large "
            + "study and pain in some, not in others.",
        sources: ["EN 1005-4", "Lagersted-Olsen et al. 2016, doi 10.5271/sjweh.3591"], key: "repeated_bends",
        dwell: "5 min", release: "a bend at a lower rate, or five minutes without one",
        clause: "zone_entries_per_minute", unit: .perMinute, dwellTime: .minutes(5),
        cooldown: { .minutes($0.settings.bendsCooldown) }, restsOnAngles: true, mode: { $0.repeatedBends },
        steps: { _ in [Step(threshold: 2, tier: .nudge)] },
        senses: { fact, view in
            switch fact {
            case .lost: return .over
            case .minute(let end):
                return view.known.map { end - $0.end > .minutes(5) } == true ? .over : .none
            case .episode(let episode):
                guard case .bend(let bend) = episode.kind, !episode.isOngoing else { return .none }
                guard bend.zoneEntriesPerMinute >= 2 else { return .over }
                var situation = Situation(episode, level: bend.zoneEntriesPerMinute, .bend(bend))
                situation.start = view.known?.start ?? episode.start
                situation.isOngoing = true
                return .situation(situation)
            default: return .none
            }
        },
        text: { AlertText.repeatedBends(perMinute: $0.level) })

    private static let bentToday = Rule(
        id: .bentToday, title: "Much time bent in a day",
        says:
            "The time bent past 30 or past 60 degrees today reaches bent_today_over_30 or bent_today_over_60.",
        evidence:
            "Five minutes more a day past 30 degrees went with 4 % more long sickness absence, past 60 degrees with 8 %, "
            + "where 40 and 10 minutes were usual. Two other studies with sensors found nothing.",
        sources: [
            "Gupta et al. 2022, doi 10.5271/sjweh.4047", "Lunde et al. 2019, doi 10.1136/oemed-2019-105861",
        ],
        key: "bent_today", dwell: "the sums of the day, at every minute", release: "midnight",
        clause: "time_bent_today", unit: .seconds, repeats: .perDay(1), restsOnAngles: true,
        isToldAfterwards: true, mode: { $0.bentToday }, steps: { _ in [Step(threshold: 0, tier: .nudge)] },
        senses: { fact, view in
            if case .dayBegins = fact { return .over }
            guard case .minute(let end) = fact else { return .none }
            let settings = view.numbers.settings
            let limits = [
                ("time_bent_past_60", view.day.over60, settings.bentTodayOver60 * 60),
                ("time_bent_past_30", view.day.over30, settings.bentTodayOver30 * 60),
            ]
            guard let (name, seconds, limit) = limits.first(where: { $0.1 >= $0.2 }) else { return .none }
            var situation = Situation(since: end)
            situation.isOngoing = false
            situation.level = seconds
            situation.clause = .init(name: name, threshold: limit, unit: .seconds)
            return .situation(situation)
        },
        text: { telling in
            AlertText.bentToday(
                seconds: telling.level,
                degrees: telling.situation.clause?.name == "time_bent_past_60" ? 60 : 30)
        })
}
