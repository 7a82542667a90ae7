import LumbarAlerts
import LumbarCore
import LumbarMonitor
import LumbarSimulation

/// Plays planned days through a ledger and an alert policy, second by second.
struct HistoryPlayer {
    private let history: SimulatedHistory
    private var ledger: DayLedger
    private var policy: AlertPolicy
    private var random: SeededRandom
    private var boots = 0
    /// What relates this boot's clock to UTC.
    private var anchor: WallAnchor
    /// When the machine learns what time it is; nil when it knows.
    private var clockDue: Instant?
    /// What really happens on the present day.
    var truth: SimulatedHistory.Truth
    /// Whether the machine has to be started before anything is told.
    var isOff = true

    // Of the present day, for a restart.
    private var epochs: [MinuteEpoch] = []
    private var episodes: [Episode] = []
    private var alerts: [Alert] = []
    /// The days before it.
    private var week: [DailySummary] = []
    /// What is still to be asked for, and what holds.
    private var asks: [(wall: WallTime, what: SimulatedHistory.Ask.What)] = []
    private var snooze: (until: WallTime, endsUpright: Bool)?
    private var profile: (asked: AlertProfile?, since: WallTime)?
    private var pausedUntil: WallTime?
    /// Whether the sensor is silent.
    private var isSilent = false

    // The bout of sitting that goes on.
    private var bout: Bout?
    private var tilt = 8.0
    private var nextShift = 0.0

    private struct Bout {
        var start: Instant
        var shifts = 0
        var seated = 0.0
        /// Minutes of it that were reported.
        var reported = 0
    }

    init(_ history: SimulatedHistory) {
        self.history = history
        random = SeededRandom(seed: history.seed, purpose: 73)
        anchor = WallAnchor(instant: .zero, wall: history.zone.start(of: history.first), zone: history.zone)
        ledger = DayLedger(wearer: history.wearer, start: .zero, date: nil)
        policy = AlertPolicy(settings: AlertSettings(), wearer: history.wearer)
        truth = SimulatedHistory.Truth(date: history.first, length: 0)
        asks = history.asks.map { ask in
            let date = CivilDate(daysSinceEpoch: history.first.daysSinceEpoch + Int64(ask.day))
            return (history.zone.start(of: date) + .seconds(ask.second), ask.what)
        }
    }

    /// Plays a day, which begins at `start`, and returns what really happened on it.
    mutating func play(
        _ plan: PlannedDay, on date: CivilDate, length: Double, from start: WallTime, restartAt: Double?,
        asking ask: (CivilDate, Bool) -> [WearerControl], _ hear: (SimulatedHistory.Event) -> Void
    ) -> SimulatedHistory.Truth {
        truth = SimulatedHistory.Truth(date: date, length: length)
        if isOff {
            boot(at: start, on: date, isCold: true, hear)
            apply(ask(date, true))
        }
        advance(to: anchor.instant(at: start), hear)
        policy.beginDay(at: anchor.instant(at: start))
        apply(ask(date, false))
        var at = 0.0
        var restart = restartAt
        for stretch in plan.stretches {
            if let due = restart, at >= due {
                restart = nil
                boot(at: start + .seconds(at), on: date, isCold: false, hear)
                apply(ask(date, true))
            }
            play(stretch, from: anchor.instant(at: start + .seconds(at)), hear)
            at += stretch.length
        }
        let end = anchor.instant(at: start + .seconds(length))
        endSitting(at: end, isBroken: false, hear)
        advance(to: end, hear)
        var closed: [MinuteEpoch] = []
        let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
        let summary = ledger.closeDay(at: end, next: next, into: &closed)
        for epoch in closed { hear(.output(.epoch(epoch))) }
        hear(.output(.summary(summary)))
        policy.recentDays([summary])
        week.append(summary)
        if week.count > 7 { week.removeFirst() }
        epochs.removeAll()
        episodes.removeAll()
        alerts.removeAll()
        return truth
    }

    private mutating func apply(_ controls: [WearerControl]) {
        for control in controls { policy.apply(control, at: anchor.instant) }
    }

    /// The machine starts: another clock, and what was stored of the day comes back.
    private mutating func boot(
        at wall: WallTime, on date: CivilDate, isCold: Bool, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        let before = anchor
        let now = Instant.zero + .seconds(40)
        if !isCold {
            let end = before.instant(at: wall)
            endSitting(at: end, isBroken: false, hear)
            advance(to: end + DayLedger.lag + .minutes(1), hear)
        }
        boots += 1
        hear(.boot(id: "boot-\(history.seed)-\(boots)"))
        anchor = WallAnchor(instant: now, wall: wall, zone: history.zone)
        if !isCold {
            hear(.anchor(wrong(at: wall), isSynchronized: false))
            clockDue = now + .minutes(20)
        } else {
            hear(.anchor(anchor, isSynchronized: true))
        }
        ledger = DayLedger(wearer: history.wearer, start: now, date: date)
        policy = AlertPolicy(settings: AlertSettings(), wearer: history.wearer)
        policy.setAnchor(isCold ? anchor : wrong(at: wall), at: now)
        policy.recentDays(
            week.filter { $0.date.map { date.daysSinceEpoch - $0.daysSinceEpoch <= 7 } ?? false })
        hear(.output(.trust(.trusted, history.wearer, at: now)))
        isOff = false
        isSilent = false
        repeatAsked(at: now)
        guard !isCold else { return policy.connected(at: now) }
        func move(_ instant: Instant) -> Instant { anchor.instant(at: before.wall(at: instant)) }
        for index in epochs.indices { epochs[index].start = move(epochs[index].start) }
        for index in episodes.indices {
            episodes[index].start = move(episodes[index].start)
            episodes[index].end = move(episodes[index].end)
            episodes[index].decided = move(episodes[index].decided)
        }
        for index in alerts.indices {
            alerts[index].time = move(alerts[index].time)
            alerts[index].episodeStart = move(alerts[index].episodeStart)
        }
        ledger.restore(epochs: epochs, episodes: episodes, alerts: alerts)
        policy.restore(alerts, episodes: episodes, epochs: epochs, at: now)
        policy.connected(at: now)
    }

    /// As the daemon does when it starts.
    private mutating func repeatAsked(at now: Instant) {
        if let profile {
            policy.apply(.profile(profile.asked, since: anchor.instant(at: profile.since)), at: now)
        }
        if let snooze, anchor.instant(at: snooze.until) > now {
            policy.apply(
                .snooze(until: anchor.instant(at: snooze.until), endsUpright: snooze.endsUpright), at: now)
        }
    }

    /// Hears what was asked for by `now`.
    private mutating func hearAsked(at now: Instant, _ hear: (SimulatedHistory.Event) -> Void) {
        while let ask = asks.first, !isOff, anchor.instant(at: ask.wall) <= now {
            asks.removeFirst()
            switch ask.what {
            case .snooze(let hours, let endsUpright):
                let until = now + .hours(hours)
                snooze = (anchor.wall(at: until), endsUpright)
                policy.apply(.snooze(until: until, endsUpright: endsUpright), at: now)
            case .wake:
                snooze = nil
                policy.apply(.wake, at: now)
            case .profile(let new):
                profile = (new, anchor.wall(at: now))
                policy.apply(.profile(new), at: now)
            case .pause(let hours): pausedUntil = anchor.wall(at: now + .hours(hours))
            }
            hear(.asked(ask.what, at: now))
        }
    }

    /// The clock of a machine that has none of its own and was started at `wall`.
    private func wrong(at wall: WallTime) -> WallAnchor {
        WallAnchor(instant: .zero + .seconds(5), wall: wall + .hours(-31), zone: history.zone)
    }

    private mutating func play(
        _ stretch: PlannedDay.Stretch, from start: Instant, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        let end = start + .seconds(stretch.length)
        let isPaused = pausedUntil.map { anchor.wall(at: start) < $0 } ?? false
        guard let posture = stretch.posture, !isPaused else {
            endSitting(at: start, isBroken: false, hear)
            if !isSilent {
                advance(to: start + .seconds(5), hear)
                policy.lost(at: start + .seconds(5))
                isSilent = true
            }
            advance(to: end, hear)
            return
        }
        if isSilent {
            isSilent = false
            policy.connected(at: start)
        }
        truth.postureSeconds[posture.index] += stretch.length
        if posture == .sitting {
            if bout == nil { bout = Bout(start: start) }
            tilt = stretch.lean
            nextShift = random.uniform(120, 700)
        } else if bout != nil, stretch.length >= 60 || posture == .walking {
            endSitting(at: start, isBroken: true, hear)
        }
        tell(.posture(posture), from: start, to: start, isOngoing: true, hear)
        var due = stretch.bends[...]
        var bend: PlannedDay.PlannedBend?
        for second in 0..<Int(stretch.length) {
            if history.isCoarse, bend == nil, second % 60 != 59,
                due.first.map({ Double(second) < $0.at }) ?? true
            {
                continue
            }
            let time = start + .seconds(Double(second))
            if let next = due.first, Double(second) >= next.at {
                bend = next
                due.removeFirst()
            }
            frame(posture, stretch, bend, at: time, hear)
            if let present = bend, Double(second + 1) >= present.at + present.length {
                tell(present, from: start, hear)
                bend = nil
            }
            if let present = bend { hold(present, second, from: start, hear) }
            sit(posture, until: time + .seconds(1), hear)
            if second % 60 == 59 { advance(to: time + .seconds(1), hear) }
        }
        tell(.posture(posture), from: start, to: end, hear)
        advance(to: end, hear)
    }

    /// One second, as a feature frame.
    private mutating func frame(
        _ posture: Posture, _ stretch: PlannedDay.Stretch, _ bend: PlannedDay.PlannedBend?, at time: Instant,
        _ hear: (SimulatedHistory.Event) -> Void
    ) {
        // The angles of somebody who lies or wears nothing do not count: a frame a minute says that there is data.
        let isIdle = posture == .lying || posture == .notWorn
        if isIdle, !history.isCoarse, Int((time - .zero).seconds) % 60 != 59 { return }
        var frame = Features()
        frame.start = time
        frame.end = time + .seconds(1)
        frame.flexionIsSigned = true
        frame.wear = posture == .notWorn ? .notWorn : .worn
        let sway = random.normal() * (posture == .walking ? 4 : 1.5)
        frame.flexionDegrees = (bend?.degrees ?? (posture == .sitting ? tilt : stretch.lean)) + sway
        frame.inclinationDegrees = frame.flexionDegrees.magnitude
        frame.flexionRateDps = bend == nil ? sway.magnitude * 2 : 30 + sway
        if posture == .walking {
            frame.steps = random.chance(0.8) ? 2 : 1
            frame.cadenceHz = 1.8 + 0.05 * sway
        }
        ledger.receive(frame)
        if !isIdle { truth.see(frame, in: posture) }
        guard posture == .sitting else { return }
        nextShift -= 1
        if nextShift <= 0 {
            nextShift = random.uniform(120, 900)
            tilt = stretch.lean + random.uniform(6, 12) * random.sign()
            bout?.shifts += 1
            truth.shifts += 1
        }
    }

    /// A second of a bout that goes on, which is reported at every full minute from when the ladder has to hear of it.
    private mutating func sit(
        _ posture: Posture, until time: Instant, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        guard posture == .sitting, var present = bout else { return }
        present.seated += 1
        let minutes = Int((time - present.start).seconds / 60)
        let isDue = minutes >= Int(ReportPace().sittingAfter / 60) && minutes > present.reported
        if isDue { present.reported = minutes }
        bout = present
        guard isDue else { return }
        advance(to: time, hear)
        tell(sitting(present), from: present.start, to: time, isOngoing: true, hear)
    }

    private func sitting(_ bout: Bout) -> Episode.Kind {
        .sitting(SittingBout(seatedSeconds: bout.seated, posturalShifts: bout.shifts))
    }

    private mutating func endSitting(
        at end: Instant, isBroken: Bool, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        guard let ended = bout else { return }
        bout = nil
        truth.bouts.append((end - ended.start).seconds)
        if isBroken { truth.breaks += 1 }
        tell(sitting(ended), from: ended.start, to: end, late: isBroken ? 10 : 0, hear)
    }

    mutating func tell(
        _ kind: Episode.Kind, from start: Instant, to end: Instant, late: Double = 0, isOngoing: Bool = false,
        _ hear: (SimulatedHistory.Event) -> Void
    ) {
        var episode = Episode(
            kind, start: start, end: end, decided: end + .seconds(late), confidence: 0.9, isOngoing: isOngoing
        )
        // A posture is known from its beginning on.
        if case .posture = kind { episode.decided = start }
        ledger.receive(episode)
        if !isOngoing {
            episodes.append(episode)
            hear(.output(.episode(episode, history.wearer)))
        }
        var raised: [Alert] = []
        policy.receive(episode, at: end, into: &raised)
        take(raised, hear)
    }

    private mutating func advance(to now: Instant, _ hear: (SimulatedHistory.Event) -> Void) {
        if let due = clockDue, now >= due {
            clockDue = nil
            let right = WallAnchor(instant: due, wall: anchor.wall(at: due), zone: anchor.zone)
            pass(to: due, hear)
            policy.setAnchor(right, at: due)
            hear(.anchor(right, isSynchronized: true))
        }
        pass(to: now, hear)
        hearAsked(at: now, hear)
    }

    /// What is due of the policy and of the ledger, each at its moment.
    private mutating func pass(to now: Instant, _ hear: (SimulatedHistory.Event) -> Void) {
        while let due = ledger.nextDeadline, due <= now {
            tell(dueAt: due, hear)
            var closed: [MinuteEpoch] = []
            ledger.advance(to: due, into: &closed)
            epochs += closed
            for epoch in closed {
                policy.receive(epoch, at: due)
                hear(.output(.epoch(epoch)))
            }
        }
        tell(dueAt: now, hear)
    }

    private mutating func tell(dueAt now: Instant, _ hear: (SimulatedHistory.Event) -> Void) {
        var raised: [Alert] = []
        policy.advance(to: now, into: &raised)
        take(raised, hear)
    }

    private mutating func take(_ raised: [Alert], _ hear: (SimulatedHistory.Event) -> Void) {
        for alert in raised {
            ledger.receive(alert)
            alerts.append(alert)
            if alert.delivery == .told {
                truth.alerts[AlertRule.allCases.firstIndex(of: alert.rule) ?? 0] += 1
            }
            hear(.output(.alert(alert)))
        }
    }
}
