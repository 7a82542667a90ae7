import LumbarCore

extension DayScore {
    /// Scores one day: `episodes` are those that were told as complete, and `shifts` when shifts were counted.
    init(truth: [TruthSpan], episodes: [Episode], shifts times: [Instant]) {
        let day = ScoredDay(truth: truth, episodes: episodes)
        lifts.match(day.lifts, told: day.told { if case .lift = $0 { true } else { false } }, slack: 1)
        strains.match(
            day.strains, told: day.told { if case .lift(let l) = $0 { l.isUnderStrain } else { false } },
            slack: 1)
        twists.match(
            day.twists.required, doubtful: day.twists.doubtful,
            told: day.told { if case .twist = $0 { true } else { false } }, slack: 1, again: true)
        bends.match(
            day.bends.required, doubtful: day.bends.doubtful,
            told: day.told { if case .bend = $0 { true } else { false } }, slack: 1)
        // A shift is counted five seconds after it, give or take what it takes to be sure.
        self.shifts.match(
            day.shifts.required, doubtful: day.shifts.doubtful,
            told: times.map { ScoredSpan(($0 - .zero).seconds - 9, ($0 - .zero).seconds - 4) }, slack: 1)
        breaks.match(
            day.breaks.required, doubtful: day.breaks.doubtful, told: day.toldBreaks, slack: 5)
        countBouts(day)
        for posture in PostureScore.kinds {
            postures.count(posture, happened: day.spans(in: posture), told: day.told(in: posture))
        }
        countMinutes(day)
    }

    private mutating func countBouts(_ day: ScoredDay) {
        let told = day.told { if case .sitting = $0 { true } else { false } }
        let seated = day.spans(in: .sitting)
        for span in seated where span.seconds >= 60 {
            bouts.happened += 1
            if told.reduce(0, { $0 + span.shared($1) }) >= 0.9 * span.seconds { bouts.found += 1 }
        }
        for episode in told {
            bouts.told += 1
            if seated.reduce(0, { $0 + episode.shared($1) }) >= 0.9 * episode.seconds { bouts.right += 1 }
        }
    }

    private mutating func countMinutes(_ day: ScoredDay) {
        let off = day.spans(in: .notWorn)
        let told = day.told(in: .notWorn)
        for index in 0..<Int(day.end / 60) {
            let minute = ScoredSpan(Double(index) * 60, Double(index + 1) * 60)
            func most(_ spans: [ScoredSpan]) -> Bool { spans.reduce(0) { $0 + minute.shared($1) } > 30 }
            wear.minutes += 1
            switch (most(off), most(told)) {
            case (true, false):
                wear.missed += 1
                if most(day.handling) { wear.carried += 1 }
            case (false, true): wear.wrong += 1
            case (true, true), (false, false): break
            }
        }
    }
}

/// One day's truth in the terms that it is scored in.
struct ScoredDay {
    typealias Asked = (required: [ScoredSpan], doubtful: [ScoredSpan])

    let truth: [TruthSpan]
    let episodes: [Episode]

    /// When the day ended, seconds.
    var end: Double { truth.reduce(0) { max($0, ($1.end - .zero).seconds) } }

    func told(_ isWanted: (Episode.Kind) -> Bool) -> [ScoredSpan] {
        episodes.filter { isWanted($0.kind) }.map(ScoredSpan.init)
    }

    func told(in posture: Posture) -> [ScoredSpan] { told { $0 == .posture(posture) } }

    func spans(in posture: Posture) -> [ScoredSpan] {
        truth.filter { if case .posture(posture, _) = $0.kind { true } else { false } }.map(ScoredSpan.init)
    }

    var handling: [ScoredSpan] { truth.filter { $0.kind == .handling }.map(ScoredSpan.init) }

    var lifts: [ScoredSpan] {
        truth.filter { if case .lift = $0.kind { true } else { false } }.map(ScoredSpan.init)
    }

    var strains: [ScoredSpan] {
        truth.filter { if case .lift(let l) = $0.kind { l.isStrained } else { false } }.map(ScoredSpan.init)
    }

    var bends: Asked {
        var asked: Asked = ([], [])
        for span in truth {
            guard case .bend(let peak, _) = span.kind else { continue }
            if peak >= 48 {
                asked.required.append(ScoredSpan(span))
            } else if peak >= 40 {
                asked.doubtful.append(ScoredSpan(span))
            }
        }
        return asked
    }

    /// A turn of the trunk counts when it is bent meanwhile.
    var twists: Asked {
        var asked: Asked = ([], [])
        let bent = truth.compactMap {
            if case .bend(let peak, let seated) = $0.kind, peak >= 30, !seated { ScoredSpan($0) } else { nil }
        }
        for span in truth {
            guard case .twist(let degrees, let afterLift) = span.kind else { continue }
            let turn = ScoredSpan(span)
            guard afterLift || bent.contains(where: { $0.overlaps(turn, within: 0) }) else { continue }
            // The rate of a minimum-jerk move peaks at 15/8 of its mean.
            let rate = afterLift ? 1.875 * degrees.magnitude / turn.seconds : 0
            if degrees.magnitude >= 33 || rate >= 66 {
                asked.required.append(turn)
            } else if degrees.magnitude >= 27 || rate >= 54 {
                asked.doubtful.append(turn)
            }
        }
        return asked
    }

    var shifts: Asked {
        var asked: Asked = ([], [])
        for span in truth {
            guard case .shift(let degrees, true) = span.kind else { continue }
            if degrees.magnitude >= 5 { asked.required.append(ScoredSpan(span)) }
        }
        asked.doubtful = spans(in: .sitting).map { ScoredSpan($0.start, $0.start + 15) }
        return asked
    }
}
