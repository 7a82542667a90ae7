import LumbarCore

/// Decides when to speak: facts in, alerts out.
///
/// What rules there are, and all that is special about each, is data: `RuleCatalog`. This is the engine that all of them
/// go through. A rule turns facts into a situation (`Rule.senses`); the engine follows it (`RuleState`) and finds out
/// the first moment at which it may be told (`AlertPolicy+Engine`):
///
///     idle ---> arming ---> active (told, step by step) ---> cleared
///
/// A situation is spoken about once, or once at each step of its ladder. Just before speaking the condition is looked at
/// again: it must still be reached, and none of the rule's vetoes may hold (walking, lying, riding, not worn, the two
/// minutes after a connection, a snooze, quiet hours). Nudges have a budget per hour and per day and rules a cooldown;
/// what these hold back is counted for a digest. Notices need no budget. A possible fall knows none of all this.
///
/// Alerts of a rule on trial (`RuleMode.shadow`, by the settings or by how its alerts were answered) are handed out with
/// `Alert.delivery` saying so, and count for nothing that is told.
///
/// Time comes in as an argument. Alerts carry the moment at which they were due, so the calls' spacing does not matter:
/// one `advance` over an hour says the same as one per second. Everything is bounded and kept in small arrays.
public struct AlertPolicy: Sendable {
    let settings: AlertSettings
    let wearer: WearerID
    /// The latest time heard of.
    var clock = Instant(nanoseconds: .min)
    /// Until when nothing is said after a connection.
    var probationUntil = Instant(nanoseconds: .min)
    /// Whether a sensor was heard and is heard no more.
    private var isSilent = false
    /// What the wearer asked for.
    var asked = AskedFor()
    var view: PolicyView
    var slots: [RuleSlot]
    var budget: NudgeBudget
    var held: HeldNudges
    /// The training that goes on.
    var training = TrainingWatch()
    /// When acts that rules share were last told, and which.
    var acts = Spoken()
    var lastNudge: Instant?
    let quiet: QuietHours
    let night: QuietHours

    /// When something is due next, and which rule it is about; nil for a change of the numbers.
    var next: (time: Instant, slot: Int?)? {
        didSet { nextDeadline = next?.time }
    }

    /// A policy for one wearer.
    public init(settings: AlertSettings, wearer: WearerID) {
        self.settings = settings
        self.wearer = wearer
        view = PolicyView(numbers: PolicyNumbers(settings: settings, profile: settings.profile))
        slots = RuleCatalog.all.map(RuleSlot.init)
        budget = NudgeBudget(perHour: settings.nudgesPerHour, perDay: settings.nudgesPerDay)
        held = HeldNudges(window: .minutes(settings.digestWindow))
        quiet = QuietHours(spans: settings.quietHours)
        night = QuietHours(spans: AlertPolicy.nights)
        setNumbers()
    }

    /// Evening, night and early morning, when nobody is asked why the sensor is not worn.
    private static let nights = [QuietSpan(from: 20 * 60, to: 9 * 60)]

    /// When `advance` next has something to do.
    ///
    /// Kept, not computed: it only changes when something is told to the policy, and it is asked for ten times a second,
    /// from another module, for which the whole policy would be copied.
    public private(set) var nextDeadline: Instant?

    /// How well the upright that angles count from is known.
    ///
    /// While it is not trusted, nothing that rests on angles is said: held flexion, lifts, turns. Time seated and possible
    /// falls do not depend on it.
    public private(set) var mountTrust = MountTrust.trusted

    /// What is known of the angles, for the reasons of alerts.
    public var angles: AngleNotes {
        get { view.angles }
        set { view.angles = newValue }
    }

    /// The rules that are on trial for how their alerts were answered, with these answers, in the order of the rules.
    public var setAside: [RuleAnswers] {
        slots.compactMap { $0.rule.mode(settings) == .on ? asked.setsAside($0.rule) : nil }
    }

    /// The profile in force.
    public var profile: AlertProfile { view.numbers.profile }
}

// MARK: What happened

// To be called after `advance(to: now)`, all but `receive` and `advance`: what was due before is told before.
extension AlertPolicy {
    /// A sensor of the wearer was connected, or came back: two silent minutes begin.
    public mutating func connected(at now: Instant) {
        clock = max(clock, now)
        probationUntil = max(probationUntil, now + .minutes(settings.silentAfterConnect))
        isSilent = false
        hear(.heard(at: now))
        schedule()
    }

    /// Another sensor feeds the wearer from now on, which had been heard all the while.
    public mutating func resumed(at now: Instant) {
        clock = max(clock, now)
        isSilent = false
        hear(.heard(at: now))
        schedule()
    }

    /// The wearer's sensor fell silent, or was unplugged.
    public mutating func lost(at now: Instant) {
        clock = max(clock, now)
        view.body.lose(at: clock)
        training.lose(at: clock)
        isSilent = true
        hear(.lost(at: now))
        schedule()
    }

    /// Does what was asked for.
    public mutating func apply(_ control: WearerControl, at now: Instant) {
        clock = max(clock, now)
        if case .pause(let isPaused) = control {
            view.isPaused = isPaused
            // Whose sensors are closed on request needs no word on their silence, nor on that before; but one that does
            // not come back when it is opened again is silent from then on.
            if isPaused {
                hear(.heard(at: now))
            } else if isSilent {
                hear(.lost(at: now))
            }
        } else {
            asked.take(control, at: now)
            if case .training(let log) = control { training.take(log, view.anchor, at: clock) }
            if case .snooze = control { training.cut(at: clock) }
            setNumbers()
        }
        schedule()
    }

    /// The wall clock became known, was set, or its zone rule changed: quiet hours go by it.
    public mutating func setAnchor(_ anchor: WallAnchor, at now: Instant) {
        clock = max(clock, now)
        if let old = view.anchor { asked.moveWall(by: anchor.instant(at: old.wall(at: clock)) - clock) }
        view.anchor = anchor
        training.look(anchor, at: clock)
        setNumbers()
        schedule()
    }

    /// A local day begins: the day's budget is new.
    public mutating func beginDay(at now: Instant) {
        clock = max(clock, now)
        budget.beginDay()
        view.day.beginDay()
        acts.today = 0
        for index in slots.indices { slots[index].beginDay() }
        training.beginDay(view.anchor, at: clock)
        setNumbers()
        hear(.dayBegins)
        schedule()
    }

    /// Days that are over, the latest last: what today is compared with. The last week of them counts.
    public mutating func recentDays(_ days: [DailySummary]) {
        view.day.learn(days)
        training.learn(days)
    }

    /// A minute of the wearer was closed.
    public mutating func receive(_ epoch: MinuteEpoch, at now: Instant) {
        clock = max(clock, now)
        view.day.receive(epoch)
        hear(.minute(end: epoch.start + epoch.length))
        schedule()
    }

    /// Takes an episode at `now` and appends the alerts it leads to.
    public mutating func receive(_ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
        advance(to: now, into: &alerts)
        view.body.receive(episode)
        training.receive(episode)
        if !episode.isOngoing { view.day.receive(episode, isWorn: view.body.posture != .notWorn) }
        hear(.episode(episode))
        schedule()
        advance(to: now, into: &alerts)
    }

    /// Lets time pass: everything that is due, each at its own moment, the earliest first.
    public mutating func advance(to now: Instant, into alerts: inout [Alert]) {
        // Every turn tells a step, deals with an act or changes the numbers: the loop comes to an end.
        while let due = next, due.time <= now {
            clock = max(clock, due.time)
            if let slot = due.slot {
                carryOut(slot, at: clock, into: &alerts)
            } else {
                setNumbers()
            }
            schedule()
        }
        clock = max(clock, now)
        if asked.snoozeEndsUpright, asked.snoozeEnd(view.body) <= clock { asked.wake() }
    }

    /// How well upright is known from now on.
    public mutating func setTrust(_ trust: MountTrust, at now: Instant) {
        guard trust != mountTrust else { return }
        clock = max(clock, now)
        mountTrust = trust
        if mountTrust != .trusted {
            training.cut(at: clock)
            for index in slots.indices where slots[index].rule.restsOnAngles { slots[index].state = .idle }
        }
        hear(.trust(mountTrust, at: clock))
        schedule()
    }
}
