import LumbarCore

/// Judges alerts by what really happened, each by the claim of its rule.
///
/// - Sitting: the bout has been seated for as long as the step says, breaks being the truth's, and not in a vehicle.
/// - Standing: on the feet for as long, without a walk of a minute.
/// - Held bends: the holding time of ISO 11226, worked out from the true angles, is used up as far as the step says.
/// - Repeated bends: one zone entered as often in five minutes that ended within the last minute.
/// - Time bent today: the true seconds past the limit.
/// - End of range: as long beyond 70 % of the deepest bend so far as is claimed.
/// - Lifts: a true lift, strained as it was meant (`TruthSpan.Lift.isStrained`), or by the rule itself: turned by 30
///   degrees or at 60 degrees/s, or two of 60 degrees deep, 90 degrees/s fast, done hard.
/// - Turns: a true turn of the trunk of 30 degrees, within a lift where that is claimed, and otherwise while bent.
/// - After a rest: half an hour seated with a shift in a quarter of an hour at most, or three hours lying, then a lift
///   or a bend of 60 degrees within five minutes.
/// - Morning: three hours lying, then a bend within two hours.
/// - Falls: a true fall, and for the second word somebody who still lies.
/// - Long rides: as long in a vehicle.
/// - The sensor: off for as long; away before, and worn since without a walk of half a minute. None slips on these days.
/// - What went well: the true bouts and breaks of the day.
/// - Trainings: as long on the feet before a session, a bend as deep as is told, and no other words about what it came to
///   than the true number of bends.
/// - Digests: in the time they speak of there were as many true acts of their kinds besides those told one by one.
struct NudgeJudge {
    let truth: DayTruth
    let alerts: [Alert]

    enum Verdict: Equatable {
        case justified
        case doubtful
        /// With what there was instead.
        case wrong(String)
    }

    /// What goes on may have been over for so long, seconds.
    static let moment = 5.0
    /// What is over is news for so long.
    static let news = 60.0 + moment

    func verdict(on alert: Alert) -> Verdict {
        let time = Self.seconds(alert.time)
        let limit = alert.reason?.threshold ?? 0
        switch alert.rule {
        case .sitting: return sitting(alert, time, limit)
        case .standing: return standing(time, limit)
        case .riding: return riding(time, limit)
        case .sustainedFlexion: return held(alert, time, limit)
        case .repeatedBends: return repeated(alert, time, limit)
        case .bentToday:
            let degrees = alert.reason?.clause == "time_bent_past_60" ? 60.0 : 30
            return Self.judge(
                truth.seconds(beyond: degrees, from: 0, to: time), least: limit, slack: 30, "s bent past it")
        case .endRange: return endRange(alert, time)
        case .lift: return lift(alert, time)
        case .twist, .turning: return turn(alert, time)
        case .afterRest: return afterRest(alert, time)
        case .morning: return morning(alert, time)
        case .fall: return fall(alert)
        case .stillDown:
            guard truth.last(in: [.lying], before: time, within: Self.moment) != nil else {
                return .wrong("\(truth.posture(at: time).rawValue)")
            }
            return fall(alert)
        case .offBody: return Self.judge(truth.off(at: time), least: limit, slack: 30, "s off")
        case .silentSensor, .untrusted: return .wrong("nothing happened to the sensor")
        case .staleUpright: return staleUpright(time)
        case .goodNews: return goodNews(alert, time)
        case .digest: return digest(alert, time)
        case .training: return training(alert, time, limit)
        }
    }

    static func seconds(_ instant: Instant) -> Double { (instant - .zero).seconds }

    /// `value` is what there was of something that should have reached `least`.
    static func judge(_ value: Double, least: Double, slack: Double, _ unit: String) -> Verdict {
        if value >= least - slack { return .justified }
        if value >= 0.9 * least { return .doubtful }
        return .wrong(DecimalText.fixed(value, value < 10 ? 2 : 0) + " " + unit)
    }

    // MARK: One position

    private func sitting(_ alert: Alert, _ time: Double, _ limit: Double) -> Verdict {
        guard let moment = truth.last(in: [.sitting], before: time, within: Self.moment) else {
            return .wrong("\(truth.posture(at: time).rawValue)")
        }
        if alert.tier != .notice, rode(at: moment) >= 180 { return .wrong("in a vehicle") }
        let seated = truth.seated(at: moment)
        // A delay has been added to the limit already; what the words claim is the time.
        let claimed = min(limit, alert.reason?.measured ?? limit)
        if seated >= claimed - 30 { return .justified }
        if max(seated, truth.seated(at: moment, .long)) >= 0.9 * claimed { return .doubtful }
        return .wrong("seated for \(DecimalText.fixed(seated / 60, 1)) min")
    }

    private func standing(_ time: Double, _ limit: Double) -> Verdict {
        guard let moment = truth.last(in: [.standing], before: time, within: Self.moment) else {
            return .wrong("\(truth.posture(at: time).rawValue)")
        }
        let standing = truth.standing(at: moment)
        if standing >= limit - 30 { return .justified }
        if max(standing, truth.standing(at: moment, leastWalk: 75)) >= 0.9 * limit { return .doubtful }
        return .wrong("standing for \(DecimalText.fixed(standing / 60, 1)) min")
    }

    private func riding(_ time: Double, _ limit: Double) -> Verdict {
        Self.judge(rode(at: time), least: limit, slack: 30, "s in a vehicle")
    }

    /// For how long the wearer has been in a vehicle.
    private func rode(at time: Double) -> Double {
        let ride = truth.spans.map { ($0.kind, ScoredSpan($0)) }.last { kind, span in
            kind == .ride && span.start <= time && time - Self.moment < span.end
        }
        return ride.map { time - $0.1.start } ?? 0
    }

    // MARK: Bends

    private func held(_ alert: Alert, _ time: Double, _ limit: Double) -> Verdict {
        let isOver = alert.time - alert.episodeStart - alert.duration >= .seconds(0.5)
        let since = time - (isOver ? Self.news : Self.moment)
        // What was used comes back slowly: that alone says nothing of a bend.
        guard truth.seconds(beyond: 15, from: since, to: time) > 0 else { return .wrong("upright") }
        let used = truth.holding(from: since, to: time)
        return Self.judge(used, least: limit, slack: 0.05, "of the holding time used")
    }

    private func repeated(_ alert: Alert, _ time: Double, _ limit: Double) -> Verdict {
        let degrees = alert.flexionDegrees.map { $0 > 60 } == true ? 60.0 : 20
        var most = 0
        for end in stride(from: time - Self.news, through: time, by: 5) {
            most = max(most, truth.entries(beyond: degrees, from: end - 300, to: end))
        }
        return Self.judge(Double(most), least: 5 * limit, slack: 0, "entries in five minutes")
    }

    private func endRange(_ alert: Alert, _ time: Double) -> Verdict {
        let start = Self.seconds(alert.episodeStart) - 2
        let deepest = truth.deepest(before: time)
        func seconds(_ share: Double) -> Double {
            truth.seconds(beyond: share * deepest, from: start, to: time)
        }
        if seconds(0.7) >= 10 { return .justified }
        if seconds(0.63) >= 9 { return .doubtful }
        return .wrong(
            "\(DecimalText.fixed(seconds(0.7), 1)) s beyond \(DecimalText.fixed(0.7 * deepest, 0)) degrees")
    }

    private func afterRest(_ alert: Alert, _ time: Double) -> Verdict {
        let start = Self.seconds(alert.episodeStart)
        guard time - Self.seconds(alert.episodeStart + alert.duration) <= Self.news else {
            return .wrong("long over")
        }
        // Rising may be a part of the bend.
        let rest = truth.rest(before: start + 3)
        let night = truth.night(before: start)
        let span = ScoredSpan(start, start + alert.duration.seconds)
        func holds(_ k: Double) -> Bool {
            let depth = (acts(overlapping: span).bends + acts(overlapping: span).lifts.map(\.peakDegrees))
                .max()
            guard let depth, depth >= 60 * k || !acts(overlapping: span).lifts.isEmpty else { return false }
            if let night, night.seconds >= 3 * 3600 * k, start - night.rise <= 300 / k { return true }
            guard let rest, rest.seconds >= 1800 * k - 30, start - rest.end <= 300 / k else { return false }
            return Double(rest.shifts) * 900 <= rest.seconds + (k < 1 ? 900 : 0)
        }
        if holds(1) { return .justified }
        if holds(0.9) { return .doubtful }
        let seat = rest.map { "\(DecimalText.fixed($0.seconds / 60, 1)) min seated, \($0.shifts) shifts" }
        return .wrong((seat ?? "no rest") + "; " + around(span))
    }

    private func morning(_ alert: Alert, _ time: Double) -> Verdict {
        let start = Self.seconds(alert.episodeStart)
        guard let night = truth.night(before: start), start - night.rise <= 7200 * 1.1 else {
            return .wrong("no night")
        }
        return Self.judge(night.seconds, least: 3 * 3600, slack: 30, "s lying")
    }

    // MARK: The sensor

    private func staleUpright(_ time: Double) -> Verdict {
        guard let on = truth.stays.last(where: { $0.posture == .notWorn && $0.span.end <= time })?.span.end
        else {
            return .wrong("never away")
        }
        let walked = truth.stays.contains {
            $0.posture == .walking && $0.span.start >= on && min($0.span.end, time) - $0.span.start >= 30
        }
        if walked { return .wrong("walked since it was away") }
        return Self.judge(time - on, least: 1800, slack: 30, "s since it was away")
    }

    // MARK: Falls

    private func fall(_ alert: Alert) -> Verdict {
        let impact = Self.seconds(alert.episodeStart)
        let fell = truth.spans.contains {
            guard case .fall = $0.kind else { return false }
            return ScoredSpan($0).overlaps(ScoredSpan(impact, impact), within: 3)
        }
        return fell ? .justified : .wrong("no fall; " + around(ScoredSpan(impact, impact)))
    }
}
