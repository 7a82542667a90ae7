import LumbarAlerts
import LumbarCore
import LumbarDetectors

/// Everything that accumulates about one person: posture, exposure, alert policy, day.
struct Wearer: Sendable {
    let id: WearerID
    private(set) var detectors: DetectorBank
    private(set) var policy: AlertPolicy
    private(set) var ledger: DayLedger
    /// The local day the ledger is on, or nil while no wall clock is known.
    private(set) var date: CivilDate?
    /// The sensor that feeds this wearer now; a second one on the same back is ignored until it falls silent.
    private(set) var feeding: DeviceID?
    /// What the sensors on thorax and thigh say.
    private var companions = CompanionFrames()
    /// What was measured lately, for the traces of alerts.
    private var traces = TraceRecorder()

    /// How well upright was known when that was last said.
    private var saidTrust: MountTrust?

    private var queue = EpisodeQueue()
    private var alerts: [Alert] = []
    private var epochs: [MinuteEpoch] = []
    private var lastClosed: CivilDate?

    /// When `advance` next has something to do. Kept rather than computed: to compute it from outside, the whole
    /// wearer would be copied out of its array, ten times a second.
    private(set) var nextDeadline: Instant?

    init(id: WearerID, settings: MonitorSettings, at now: Instant, anchor: WallAnchor?) {
        self.id = id
        let date = anchor?.date(at: now)
        self.date = date
        detectors = DetectorBank(settings: settings.detectorsInForce)
        policy = AlertPolicy(settings: settings.alerts, wearer: id)
        if let anchor { policy.setAnchor(anchor, at: now) }
        let lift = settings.detectors.lift
        ledger = DayLedger(
            wearer: id, start: now, date: date, body: BodySize(mass: lift.bodyMass, height: lift.bodyHeight))
    }

    /// Whether `device` may feed this wearer; the first that asks does until it lets go.
    mutating func claim(_ device: DeviceID, at now: Instant) -> Bool {
        if feeding == nil {
            feeding = device
            policy.resumed(at: now)
            schedule()
        }
        return feeding == device
    }

    mutating func connected(at now: Instant) {
        policy.connected(at: now)
        schedule()
    }

    mutating func apply(_ control: WearerControl, at now: Instant) {
        policy.apply(control, at: now)
        schedule()
    }

    /// One feature frame of the feeding sensor.
    mutating func update(_ lumbar: Features, at now: Instant, into outbox: inout [Output]) {
        var frame = lumbar
        if !companions.isEmpty { frame.companions = companions.companions(of: lumbar) }
        ledger.receive(frame)
        if saidTrust != frame.mountTrust { note(frame.mountTrust, at: now, into: &outbox) }
        detectors.update(frame, into: &queue)
        if !queue.isEmpty {
            policy.angles = AngleNotes(
                uncertaintyDegrees: frame.uncertaintyDegrees, confirmed: frame.uprightConfirmed)
        }
        traces.take(frame, detectors.body.posture)
        flush(at: now, into: &outbox)
        schedule()
    }

    private mutating func note(_ trust: MountTrust, at now: Instant, into outbox: inout [Output]) {
        saidTrust = trust
        policy.setTrust(trust, at: now)
        outbox.append(.trust(trust, id, at: now))
    }

    /// One feature frame of a sensor on thorax or thigh.
    mutating func take(_ frame: Features, from device: DeviceID, role: SensorRole) {
        companions.take(frame, from: device, role: role)
    }

    /// The feeding sensor broke off; what it said reaches to `known`, so nothing open is drawn out beyond that.
    mutating func interrupt(
        from device: DeviceID, knownUntil known: Instant, at now: Instant, into outbox: inout [Output]
    ) {
        companions.interrupt(device)
        guard feeding == device else { return }
        feeding = nil
        detectors.interrupt(at: known, into: &queue)
        flush(at: now, into: &outbox)
        policy.lost(at: now)
        schedule()
    }

    private mutating func flush(at now: Instant, into outbox: inout [Output]) {
        if queue.isEmpty { return }
        for episode in queue.episodes {
            ledger.receive(episode)
            outbox.append(.episode(episode, id))
            policy.receive(episode, at: now, into: &alerts)
            speak(into: &outbox)
        }
        queue.removeAll()
    }

    private mutating func speak(into outbox: inout [Output]) {
        for alert in alerts {
            ledger.receive(alert)
            outbox.append(.alert(alert))
            traces.note(alert)
        }
        alerts.removeAll(keepingCapacity: true)
    }

    // MARK: Time

    private mutating func schedule() {
        nextDeadline = policy.nextDeadline
        if let next = ledger.nextDeadline { nextDeadline = min(nextDeadline ?? next, next) }
        if let next = traces.nextDeadline { nextDeadline = min(nextDeadline ?? next, next) }
    }

    /// Does what is due; afterwards nothing is due at `now` any more.
    mutating func advance(to now: Instant, into outbox: inout [Output]) {
        policy.advance(to: now, into: &alerts)
        speak(into: &outbox)
        traces.deliver(at: now, into: &outbox)
        ledger.advance(to: now, into: &epochs)
        if !epochs.isEmpty {
            for epoch in epochs { policy.receive(epoch, at: now) }
            deliverEpochs(into: &outbox)
            policy.advance(to: now, into: &alerts)
            speak(into: &outbox)
        }
        schedule()
        precondition(nextDeadline.map { $0 > now } ?? true, "a deadline that stays due would never end")
    }

    private mutating func deliverEpochs(into outbox: inout [Output]) {
        for epoch in epochs { outbox.append(.epoch(epoch)) }
        epochs.removeAll(keepingCapacity: true)
    }

    /// The wall clock became known or was set; a day already summed up is never opened again.
    mutating func setAnchor(_ anchor: WallAnchor) {
        policy.setAnchor(anchor, at: anchor.instant)
        schedule()
        let today = anchor.date(at: anchor.instant)
        var wanted = today
        if let lastClosed, today <= lastClosed {
            wanted = CivilDate(daysSinceEpoch: lastClosed.daysSinceEpoch + 1)
        }
        guard wanted != date else { return }
        date = wanted
        ledger.setDate(wanted)
        schedule()
    }

    /// Midnight: the day is over.
    mutating func closeDay(at now: Instant, into outbox: inout [Output]) {
        guard let today = date else { return }
        let next = CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1)
        var summary = ledger.closeDay(at: now, next: next, into: &epochs)
        summary.setAside = policy.setAside
        summary.training = policy.trainedToday
        deliverEpochs(into: &outbox)
        outbox.append(.summary(summary))
        lastClosed = today
        date = next
        policy.recentDays([summary])
        policy.beginDay(at: now)
        schedule()
    }

    /// The stream ends: what was open is closed, and the day so far is handed out as incomplete.
    mutating func finish(at now: Instant, into outbox: inout [Output]) {
        advance(to: now, into: &outbox)
        traces.deliver(at: now, isEnd: true, into: &outbox)
        var summary = ledger.closeDay(at: now, next: date, into: &epochs)
        summary.isComplete = false
        summary.setAside = policy.setAside
        summary.training = policy.trainedToday
        deliverEpochs(into: &outbox)
        outbox.append(.summary(summary))
    }

    func summary(at now: Instant) -> DailySummary {
        var summary = ledger.summary(at: now)
        summary.setAside = policy.setAside
        summary.training = policy.trainedToday
        return summary
    }

    mutating func recentDays(_ days: [DailySummary]) { policy.recentDays(days) }

    mutating func restore(epochs: [MinuteEpoch], episodes: [Episode], alerts: [Alert], at now: Instant) {
        // What lies ahead by a clock that lags is in the minutes already, and nothing that comes would be believed until
        // then; the rest of it waits until the clock is right, and the day is read again.
        ledger.restore(
            epochs: epochs, episodes: episodes.filter { $0.end <= now },
            alerts: alerts.filter { $0.time <= now })
        policy.restore(alerts, episodes: episodes, epochs: epochs, at: now)
        for episode in episodes {
            if case .rising = episode.kind { detectors.restore(risenAt: episode.start) }
        }
        schedule()
    }
}
