import LumbarCore
import LumbarMeasures

// A training: its sessions begin, tell deep bends, and end. What a day is for, `TrainingCourse` says.
extension AlertPolicy {
    /// What a training came to today, for the summary of the day.
    public var trainedToday: DayTraining? { training.day }

    /// Whether a bend is told by the session that goes on, and not by `rule`.
    func isTrained(_ fact: Fact, _ rule: Rule) -> Bool {
        guard training.session != nil, case .episode(let episode) = fact, case .bend(let bend) = episode.kind
        else { return false }
        switch rule.id {
        case .endRange: return true
        case .morning, .afterRest: return bend.peakDegrees > TrainingWatch.limitDegrees
        default: return false
        }
    }

    /// Whether `rule` keeps silent today, because it is measured what a training has left.
    func isMeasuredWithout(_ rule: Rule) -> Bool {
        // Days after a spasm have their own words, which weigh more; such a day is not the one that is measured.
        training.isMeasured && AlertRule.tellBends.contains(rule.id) && profile != .flare
    }

    /// The first moment from `time` on at which a session begins, tells or ends, if the body goes on as it does.
    func trainingDue(_ index: Int, from time: Instant) -> Instant? {
        if training.untold != nil { return time }
        if training.session != nil { return training.end.map { max(time, $0) } }
        let rule = slots[index].rule
        guard let minutes = training.minutes, let ready = training.ready, mountTrust == .trusted,
            profile != .flare, rule.vetoes.isDisjoint(with: view.body.vetoes), let anchor = view.anchor,
            let begin = unsilenced(rule, from: max(time, ready))
        else { return nil }
        // One that midnight would cut need not begin.
        return begin + .minutes(Double(minutes)) <= anchor.nextMidnight(after: begin) ? begin : nil
    }

    /// Does what was found to be due.
    mutating func tellTraining(_ index: Int, at now: Instant, into alerts: inout [Alert]) {
        guard training.session == nil || unsilenced(slots[index].rule, from: now) == now else {
            return training.cut(at: now)
        }
        if training.untold != nil {
            tellBend(index, at: now, into: &alerts)
        } else if training.session != nil {
            endSession(index, at: now, into: &alerts)
        } else if let minutes = training.minutes {
            beginSession(index, minutes, at: now, into: &alerts)
        }
    }

    private mutating func beginSession(
        _ index: Int, _ minutes: Int, at now: Instant, into alerts: inout [Alert]
    ) {
        let reason = AlertReason(
            clause: "session_begin", measured: training.standing(at: now).seconds,
            threshold: TrainingWatch.warmUp.seconds, unit: .seconds, algorithm: slots[index].rule.algorithm)
        training.begin(minutes, at: now)
        var alert = Alert(
            rule: .training, tier: .notice, time: now, episodeStart: now, duration: .zero,
            message: TrainingText.begin(minutes: minutes), wearer: wearer)
        alert.reason = reason
        say(alert, index, into: &alerts)
    }

    private mutating func tellBend(_ index: Int, at now: Instant, into alerts: inout [Alert]) {
        guard slots[index].rule.vetoes.isDisjoint(with: view.body.vetoes),
            let (episode, words) = training.tellBend(at: now), case .bend(let bend) = episode.kind
        else { return training.passOver() }
        var alert = Alert(
            rule: .training, tier: .notice, time: now, episodeStart: episode.start,
            duration: episode.duration,
            step: words, message: TrainingText.bend(peakDegrees: bend.peakDegrees),
            flexionDegrees: AlertText.wholeDegrees(bend.peakDegrees), wearer: wearer)
        alert.reason = AlertReason(
            clause: "bend_past_limit", measured: bend.peakDegrees, threshold: TrainingWatch.limitDegrees,
            unit: .degrees, uncertainty: view.angles.uncertaintyDegrees, confidence: episode.confidence,
            algorithm: slots[index].rule.algorithm,
            calibrationAge: view.angles.confirmed.map { max(.zero, now - $0) })
        say(alert, index, into: &alerts)
    }

    /// The end is what is read back after a restart: its span, its bends (`count`) and the share of deep ones
    /// (`measured`), the target, and the time on the feet (`dwell`).
    private mutating func endSession(_ index: Int, at now: Instant, into alerts: inout [Alert]) {
        guard let target = training.course?.log.plan.target,
            let ended = training.finish(at: now, counts: slots[index].mode == .on)
        else { return training.cut(at: now) }
        var next: (days: Int64, duty: TrainingCourse.Duty)?
        if let course = training.course, let today = training.today {
            let tomorrow = CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1)
            next = course.next(from: tomorrow).map {
                ($0.date.daysSinceEpoch - today.daysSinceEpoch, $0.duty)
            }
        }
        var alert = Alert(
            rule: .training, tier: .notice, time: now, episodeStart: ended.start, duration: now - ended.start,
            step: ended.words + 1, message: TrainingText.end(ended.count, next: next),
            count: ended.count.bends,
            wearer: wearer)
        alert.reason = AlertReason(
            clause: TrainingSession.endClause, measured: ended.count.share ?? 0, threshold: target,
            unit: .share,
            dwell: .minutes(Double(ended.minutes)), algorithm: slots[index].rule.algorithm)
        say(alert, index, into: &alerts)
    }

    private mutating func say(_ raised: Alert, _ index: Int, into alerts: inout [Alert]) {
        var alert = raised
        alert.delivery = slots[index].mode == .on ? .told : .shadow
        note(alert)
        alerts.append(alert)
    }
}
