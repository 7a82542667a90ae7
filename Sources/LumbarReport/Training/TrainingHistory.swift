import LumbarCore
import LumbarMeasures
import LumbarStore

extension Store {
    /// What the history knows of a training: its sessions, from the alerts that ended them, and the days on which it may be
    /// measured what is left.
    ///
    /// `today` is not among those days, since it is not over; `zone` gives the zone's rule of a local day.
    public func trainingLog(
        _ plan: TrainingPlan, wearer: WearerID, today: CivilDate, zone: (CivilDate) -> ZoneRule
    ) throws(StoreError) -> TrainingLog {
        var log = TrainingLog(plan: plan)
        var told: Set<CivilDate> = []
        for stored in try alerts(since: plan.since, wearer: wearer) {
            guard let wall = stored.place.wall else { continue }
            let date = stored.place.zone.date(at: wall)
            if AlertRule.tellBends.contains(stored.alert.rule) { told.insert(date) }
            if let session = TrainingSession(stored.alert, on: date) { log.sessions.append(session) }
        }
        for window in TrainingCourse(log).retention {
            for number in window.due.daysSinceEpoch...window.last.daysSinceEpoch {
                let date = CivilDate(daysSinceEpoch: number)
                guard date < today else { break }
                if var day = try trainingDay(date, wearer: wearer, zone: zone) {
                    day.wasTold = told.contains(date)
                    log.days.append(day)
                }
            }
        }
        return log
    }

    /// How a wearer bent on the days from `first` through `last`.
    ///
    /// Where a session fell on one of them, only those after it count, and what was known before the `latest` training stands
    /// in where they are too few.
    public func trainingBaseline(
        from first: CivilDate, through last: CivilDate, after latest: TrainingStanding?, wearer: WearerID,
        zone: (CivilDate) -> ZoneRule
    ) throws(StoreError) -> TrainingBaseline {
        // By the dates of the alerts themselves, whatever zone they were told in: a day earlier is early enough.
        let since = WallTime(unixSeconds: (first.daysSinceEpoch - 1) * 86_400)
        let sessions = try alerts(since: since, wearer: wearer).filter { $0.alert.rule == .training }
        let trained = sessions.compactMap { stored in
            stored.place.wall.map { stored.place.zone.date(at: $0).daysSinceEpoch }
        }
        let begin = trained.max().map { max(first.daysSinceEpoch, $0 + 1) } ?? first.daysSinceEpoch
        var days: [TrainingDay] = []
        for number in begin..<max(begin, last.daysSinceEpoch + 1) {
            let date = CivilDate(daysSinceEpoch: number)
            if let day = try trainingDay(date, wearer: wearer, zone: zone) { days.append(day) }
        }
        return TrainingBaseline(days, earlier: trained.isEmpty ? nil : latest?.course.log.plan.baseline)
    }

    /// A day as it was summed up, or from its minutes where nothing ran at its midnight; nil when nothing is stored of it.
    private func trainingDay(
        _ date: CivilDate, wearer: WearerID, zone: (CivilDate) -> ZoneRule
    ) throws(StoreError) -> TrainingDay? {
        let summary = try summary(of: date, wearer: wearer)
        if let summary, summary.isComplete { return TrainingDay(summary) }
        guard var reference = try latestAnchor() else { return summary.flatMap { TrainingDay($0) } }
        reference.anchor.zone = zone(date)
        let epochs = try day(date, by: reference.anchor, bootID: reference.bootID, wearer: wearer).epochs
        guard !epochs.isEmpty else { return summary.flatMap { TrainingDay($0) } }
        var day = TrainingDay(date: date, wornSeconds: 0, count: BendCount())
        for epoch in epochs {
            for posture in Posture.allCases where posture != .notWorn {
                day.wornSeconds += epoch.postureSeconds[posture.index]
            }
            day.count = day.count + BendCount(bends: epoch.bends, deep: epoch.deepBends)
        }
        return day
    }

    /// How the latest training of a wearer stands on `today`, stopped or not; nil when the history knows of none.
    ///
    /// What was stopped is shown as it was then: nothing that came after the day of it is looked at.
    public func trainingStanding(
        of wearer: WearerID, today: CivilDate, zone: (CivilDate) -> ZoneRule, day: (WallTime) -> CivilDate
    ) throws(StoreError) -> TrainingStanding? {
        if let plan = try trainingPlan(of: wearer) {
            let log = try trainingLog(plan, wearer: wearer, today: today, zone: zone)
            return TrainingStanding(TrainingCourse(log), asked: day(plan.since), today: today)
        }
        let asked = try asked(.training, by: wearer)
        guard let last = asked.lastIndex(where: { $0.control.term != nil }),
            let plan = asked[last].control.term.flatMap({ TrainingPlan($0.detail) })
        else { return nil }
        let end = asked[last...].first { $0.control.term == nil }
        let stopped = end.flatMap { $0.place.wall }.map(day)
        let log = try trainingLog(
            plan, wearer: wearer, today: TrainingStanding.end(stopped, today), zone: zone)
        return TrainingStanding(
            TrainingCourse(log), asked: day(plan.since), isStopped: true, stopped: stopped, today: today)
    }

    /// The training that was asked for and not stopped; nil when there is none.
    private func trainingPlan(of wearer: WearerID) throws(StoreError) -> TrainingPlan? {
        try controls().last { $0.control.wearer == wearer && $0.control.kind == .training }
            .flatMap { $0.control.term }.flatMap { TrainingPlan($0.detail) }
    }

    /// The sessions of trainings in [since, until) of wall time, by the local day of their end.
    public func trainingSessions(
        since: WallTime, until: WallTime, wearer: WearerID
    ) throws(StoreError) -> [CivilDate: [TrainingSession]] {
        var found: [CivilDate: [TrainingSession]] = [:]
        for stored in try alerts(since: since, until: until, wearer: wearer) {
            guard let wall = stored.place.wall else { continue }
            let date = stored.place.zone.date(at: wall)
            if let session = TrainingSession(stored.alert, on: date) {
                found[date, default: []].append(session)
            }
        }
        return found
    }
}

extension TrainingSession {
    /// The session that `alert` ended; nil when it is about something else.
    public init?(_ alert: Alert, on date: CivilDate) {
        guard alert.rule == .training, alert.delivery == .told, let reason = alert.reason,
            reason.clause == TrainingSession.endClause, alert.count >= 0
        else { return nil }
        let deep = (reason.measured * Double(alert.count)).rounded()
        guard deep >= 0, deep <= Double(alert.count) else { return nil }
        self.init(
            date: date, seconds: reason.dwell.seconds, count: BendCount(bends: alert.count, deep: Int(deep)))
    }
}
