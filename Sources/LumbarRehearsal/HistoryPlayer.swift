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
    private var truth: SimulatedHistory.Truth
    /// Whether the machine has to be started before anything is told.
    var isOff = true

    // Of the present day, for a restart.
    private var epochs: [MinuteEpoch] = []
    private var episodes: [Episode] = []
    private var alerts: [Alert] = []

    // The bout of sitting that goes on.
    private var bout: (start: Instant, shifts: Int)?
    private var tilt = 8.0
    private var nextShift = 0.0

    init(_ history: SimulatedHistory) {
        self.history = history
        random = SeededRandom(seed: history.seed, purpose: 73)
        anchor = WallAnchor(instant: .zero, wall: history.zone.start(of: history.first), zone: history.zone)
        ledger = DayLedger(wearer: history.wearer, start: .zero, date: nil)
        policy = AlertPolicy(settings: AlertSettings(), wearer: history.wearer)
        truth = SimulatedHistory.Truth(date: history.first, length: 0)
    }

    /// Plays a day, which begins at `start`, and returns what really happened on it.
    mutating func play(
        _ plan: PlannedDay, on date: CivilDate, length: Double, from start: WallTime, restartAt: Double?,
        _ hear: (SimulatedHistory.Event) -> Void
    ) -> SimulatedHistory.Truth {
        truth = SimulatedHistory.Truth(date: date, length: length)
        if isOff { boot(at: start, on: date, isCold: true, hear) }
        policy.beginDay(at: anchor.instant(at: start))
        var at = 0.0
        var restart = restartAt
        for stretch in plan.stretches {
            if let due = restart, at >= due {
                restart = nil
                boot(at: start + .seconds(at), on: date, isCold: false, hear)
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
        epochs.removeAll()
        episodes.removeAll()
        alerts.removeAll()
        return truth
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
            let wrong = WallAnchor(
                instant: .zero + .seconds(5), wall: wall + .hours(-31), zone: history.zone)
            hear(.anchor(wrong, isSynchronized: false))
            clockDue = now + .minutes(20)
        } else {
            hear(.anchor(anchor, isSynchronized: true))
        }
        ledger = DayLedger(wearer: history.wearer, start: now, date: date)
        policy = AlertPolicy(settings: AlertSettings(), wearer: history.wearer)
        policy.connected(at: now)
        isOff = false
        guard !isCold else { return }
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
        policy.restore(alerts, episodes: episodes, at: now)
    }

    private mutating func play(
        _ stretch: PlannedDay.Stretch, from start: Instant, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        let end = start + .seconds(stretch.length)
        guard let posture = stretch.posture else {
            endSitting(at: start, isBroken: false, hear)
            advance(to: end, hear)
            return
        }
        truth.postureSeconds[posture.index] += stretch.length
        if posture == .sitting {
            if bout == nil { bout = (start, 0) }
            tilt = stretch.lean
            nextShift = random.uniform(120, 700)
        } else if bout != nil, stretch.length >= 60 || posture == .walking {
            endSitting(at: start, isBroken: true, hear)
        }
        tell(.posture(posture), from: start, to: start, isOngoing: true, hear)
        var due = stretch.bends[...]
        var bend: PlannedDay.PlannedBend?
        for second in 0..<Int(stretch.length) {
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
            if second % 60 == 59 { minute(posture, at: time + .seconds(1), hear) }
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
        if isIdle, Int((time - .zero).seconds) % 60 != 59 { return }
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

    private mutating func minute(
        _ posture: Posture, at time: Instant, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        if posture == .sitting, let bout {
            tell(sitting(bout, until: time), from: bout.start, to: time, isOngoing: true, hear)
        }
        advance(to: time, hear)
    }

    private func sitting(_ bout: (start: Instant, shifts: Int), until end: Instant) -> Episode.Kind {
        .sitting(SittingBout(seatedSeconds: (end - bout.start).seconds, posturalShifts: bout.shifts))
    }

    private mutating func endSitting(
        at end: Instant, isBroken: Bool, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        guard let ended = bout else { return }
        bout = nil
        truth.bouts.append((end - ended.start).seconds)
        if isBroken { truth.breaks += 1 }
        tell(sitting(ended, until: end), from: ended.start, to: end, late: isBroken ? 60 : 0, hear)
    }

    private mutating func tell(
        _ bend: PlannedDay.PlannedBend, from start: Instant, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        let begin = start + .seconds(bend.at)
        let end = begin + .seconds(bend.length)
        truth.bends += 1
        if bend.degrees > 60 { truth.deepBends += 1 }
        tell(
            .bend(
                Bend(
                    peakDegrees: bend.degrees, peakRateDps: 80,
                    areaAbove20DegreeSeconds: (bend.degrees - 20) * bend.length,
                    budgetUsed: bend.length / 180)),
            from: begin, to: end, hear)
        if bend.length > 150 {
            truth.heldBends += 1
            tell(
                .sustainedFlexion(
                    SustainedFlexion(
                        meanDegrees: bend.degrees - 4, peakDegrees: bend.degrees, budgetUsed: 1.1)),
                from: begin, to: end, hear)
        }
        guard bend.isLift else { return }
        truth.lifts += 1
        let isStrain = bend.degrees > 75 || bend.isTwisted
        if isStrain { truth.strainedLifts += 1 }
        var strain: Lift.Strain = bend.degrees > 75 ? .deep : []
        if bend.isTwisted { strain.insert(.twisted) }
        tell(
            .lift(
                Lift(
                    peakDegrees: bend.degrees, peakExtensionRateDps: 70, peakRiseVelocity: 0.5,
                    peakJerkGps: 3, riseSeconds: 1.5, turnWhileBentDegrees: bend.isTwisted ? 38 : 4,
                    peakMomentNm: 95, isUnderStrain: isStrain, strain: strain)),
            from: begin, to: end, hear)
        if bend.isTwisted {
            truth.twists += 1
            tell(
                .twist(Twist(turnDegrees: 38, peakRateDps: 65, isAfterLift: true)), from: end + .seconds(-1),
                to: end, hear)
        }
    }

    private mutating func tell(
        _ kind: Episode.Kind, from start: Instant, to end: Instant, late: Double = 1, isOngoing: Bool = false,
        _ hear: (SimulatedHistory.Event) -> Void
    ) {
        let episode = Episode(
            kind, start: start, end: end, decided: end + .seconds(late), confidence: 0.9, isOngoing: isOngoing
        )
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
            hear(
                .anchor(
                    WallAnchor(instant: due, wall: anchor.wall(at: due), zone: anchor.zone),
                    isSynchronized: true))
        }
        var raised: [Alert] = []
        policy.advance(to: now, into: &raised)
        take(raised, hear)
        var closed: [MinuteEpoch] = []
        ledger.advance(to: now, into: &closed)
        epochs += closed
        for epoch in closed { hear(.output(.epoch(epoch))) }
    }

    private mutating func take(_ raised: [Alert], _ hear: (SimulatedHistory.Event) -> Void) {
        for alert in raised {
            ledger.receive(alert)
            alerts.append(alert)
            truth.alerts[AlertRule.allCases.firstIndex(of: alert.rule) ?? 0] += 1
            hear(.output(.alert(alert)))
        }
    }
}
