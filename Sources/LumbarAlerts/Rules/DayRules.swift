import LumbarCore

/// What a time of the day has to do with.
enum DayRules {
    static let all = [morning, goodNews]

    private static let morning = Rule(
        id: .morning, version: 3, title: "A bend soon after getting up",
        says:
            "The first bend within two hours after getting up from a long time lying; the section [morning] says what that "
            + "is.",
        evidence:
            "People with lasting low-back pain who kept from bending in the first two hours had a third less pain in six "
            + "months, in one trial. Discs take up water overnight.",
        sources: ["Snook et al. 1998, Spine 23:2601"], key: "morning", dwell: "none", release: "at once",
        clause: "time_since_rising", unit: .seconds, repeats: .every(hours: 12), restsOnAngles: true,
        isToldAfterwards: true, mode: { $0.morning }, steps: { _ in [Step(threshold: 0, tier: .notice)] },
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

    private static let goodNews = Rule(
        id: .goodNews, version: 2, title: "What went well",
        says:
            "One of three, each once a day and only when it is so: the longest bout of sitting by the evening is shorter than "
            + "those of the last days were on average; nine in ten nudges about sitting were followed by a break within five "
            + "minutes; no bout reached half an hour in the first two hours. A bout whose end was not seen, because the "
            + "sensor fell silent or was taken off, goes on until a minute out of the seat was.",
        evidence:
            "No study of it is known to this program: that feedback which only warns is switched off, and that good news "
            + "helps, are assumptions. Movement is praised, and no posture is, since there is no strong evidence that one "
            + "posture is the correct one.",
        sources: ["Slater et al. 2019, J Orthop Sports Phys Ther 49:562"], key: "good_news",
        dwell: "the sums of the day", release: "midnight", clause: "good_news", unit: .count,
        repeats: .perDay(2), isToldAfterwards: true, mode: { $0.goodNews },
        steps: { _ in [Step(threshold: 0, tier: .notice)] },
        senses: { fact, view in
            let time: Instant
            switch fact {
            case .dayBegins: return .over
            case .minute(let end): time = end
            case .episode(let episode):
                guard case .sitting = episode.kind, !episode.isOngoing else { return .none }
                time = episode.decided
            default: return .none
            }
            guard let news = view.goodNews(at: time), !view.day.said.contains(news.clause.name) else {
                return .none
            }
            var situation = Situation(since: time)
            situation.isOngoing = false
            situation.level = news.measured
            situation.clause = news.clause
            situation.seen = .news(news)
            return .situation(situation)
        },
        text: { telling in
            guard case .news(let news) = telling.situation.seen else { return "" }
            return AlertText.goodNews(news)
        })
}
