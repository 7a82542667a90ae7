import LumbarCore

/// Decides when to speak: episodes in, alerts out.
///
/// Each rule goes `idle -> arming -> active -> cleared`. Arming (dwell and hysteresis) is the detectors' work: what
/// arrives here is an episode, and an episode is spoken about at most once, a bout of sitting once per step.
///
///     rule                 speaks when                                         tier     budget  cooldown
///     sitting              the bout reaches 25 / 30 / 60 / 90 min              n/N/N/U  N, U    10 min
///     sustained flexion    it goes on and its holding budget is used up        N        yes     10 min
///     lift                 it was under strain                                 N        yes     10 min, with twist
///     twist                it followed a lift that was not told itself         N        yes     10 min, with lift
///     morning              a bend follows getting up, once in twelve hours     n        no      -
///     standing             the wearer stands for 40 min; off unless set        n        no      -
///     fall                 at once, once; also in silence and past the budget  U        no      none
///     still down           30 and 60 s after a possible fall, as a fall        U        no      none
///     digest               nudges were held back and there is budget again     N        yes     10 min
///     (n notice, N nudge, U urgent: the third sitting nudge after two that were told)
///
/// For two minutes after a connection nothing is said but a possible fall. What then still holds (a bout of sitting, a
/// bend held on) is told; the rest is dropped. A nudge that budget or cooldown forbid waits while it holds and is then
/// counted for the digest. Just before speaking the condition is checked again: no sitting nudge for somebody who
/// has risen, no digest for somebody who walks, lies or has taken the sensor off.
///
/// Time comes in as an argument. Alerts carry the moment at which they were due, so the calls' spacing does not matter:
/// one `advance` over an hour says the same as one per second. Everything is bounded and kept in small arrays.
public struct AlertPolicy: Sendable {
    let settings: AlertSettings
    let wearer: WearerID
    /// The latest time heard of.
    private var clock = Instant(nanoseconds: .min)
    /// Until when nothing is said after a connection.
    private var probationUntil = Instant(nanoseconds: .min)
    /// What the wearer asked for.
    private(set) var asked = AskedFor()
    /// Until when nothing is said but possible falls.
    var silentUntil: Instant { max(probationUntil, asked.snoozedUntil) }
    var budget: NudgeBudget
    var ladder: SittingLadder
    var flexion = FlexionWatch()
    var handling = HandlingWatch()
    var morning = MorningWatch()
    var stance = StandingWatch()
    var held: HeldNudges
    var posture = Posture.unknown
    var postureStart: Instant?
    var lastSitting: Instant?
    var lastFlexion: Instant?
    var lastHandling: Instant?
    var lastFall: Instant?
    var lastFallStart: Instant?
    var lastDown: (start: Instant, seconds: Double)?
    var lastNudge: Instant?

    /// Whether the upright that angles count from is known to be right.
    ///
    /// While it is not, nothing that rests on angles is said: held flexion, lifts, turns. Time seated and possible falls
    /// do not depend on it.
    public var trustsAngles = true {
        didSet {
            guard trustsAngles != oldValue else { return }
            if !trustsAngles { flexion.pending = nil }
            schedule()
        }
    }

    /// A policy for one wearer.
    public init(settings: AlertSettings, wearer: WearerID) {
        self.settings = settings
        self.wearer = wearer
        budget = NudgeBudget(perHour: settings.nudgesPerHour, perDay: settings.nudgesPerDay)
        ladder = SittingLadder(settings: settings)
        held = HeldNudges(window: .minutes(settings.digestWindow))
    }

    /// When `advance` next has something to do.
    ///
    /// Kept, not computed: it only changes when something is told to the policy, and it is asked for much more often.
    public private(set) var nextDeadline: Instant?

    /// A sensor of the wearer was connected, or came back: two silent minutes begin.
    ///
    /// Like `beginDay` and `restore`, to be called after `advance(to: now)`: what was due before is told before.
    public mutating func connected(at now: Instant) {
        probationUntil = max(probationUntil, now + .minutes(settings.silentAfterConnect))
        schedule()
    }

    /// Does what was asked for; like `connected`, to be called after `advance(to: now)`.
    public mutating func apply(_ control: WearerControl, at now: Instant) {
        clock = max(clock, now)
        asked.take(control)
        schedule()
    }

    /// Takes an episode at `now` and appends the alerts it leads to.
    public mutating func receive(_ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
        advance(to: now, into: &alerts)
        let now = clock
        if !trustsAngles, episode.kind.restsOnAngles { return }
        switch episode.kind {
        case .posture(let posture): receive(posture, episode)
        case .sitting(let bout): ladder.receive(bout, episode)
        case .sustainedFlexion(let measures): receive(measures, episode, at: now, into: &alerts)
        case .lift(let lift): receive(lift, episode, at: now, into: &alerts)
        case .twist(let twist): receive(twist, episode, at: now, into: &alerts)
        case .fall(let fall): receive(fall, episode, at: now, into: &alerts)
        case .bend(let bend): receive(bend, episode, at: now, into: &alerts)
        case .rising(let rising): morning.receive(rising, episode)
        case .transition, .ride: return
        }
        schedule()
        advance(to: now, into: &alerts)
    }

    /// Lets time pass: held-back nudges and ladders that are due, each at its own moment, the earliest first.
    public mutating func advance(to now: Instant, into alerts: inout [Alert]) {
        // Every turn tells a step, a pending bend or the held-back ones, or moves on: the loop comes to an end.
        while let due = nextDeadline, due <= now {
            clock = max(clock, due)
            if sittingDue(from: clock) == clock {
                tellSitting(at: clock, into: &alerts)
            } else if flexionDue(from: clock) == clock {
                tellPendingFlexion(at: clock, into: &alerts)
            } else if digestDue(from: clock) == clock {
                tellDigest(at: clock, into: &alerts)
            } else if standingDue(from: clock) == clock {
                tellStanding(at: clock, into: &alerts)
            }
            schedule()
        }
        clock = max(clock, now)
    }

    /// A local day begins: the day's budget is new.
    public mutating func beginDay(at now: Instant) {
        clock = max(clock, now)
        budget.beginDay()
        schedule()
    }

    /// Counts alerts of today from before a restart against the budget, and goes on with a morning.
    public mutating func restore(_ alerts: [Alert], episodes: [Episode] = [], at now: Instant) {
        clock = max(clock, now)
        for episode in episodes {
            if case .rising(let rising) = episode.kind { morning.receive(rising, episode) }
        }
        for alert in alerts { note(alert) }
        schedule()
    }

    private mutating func schedule() {
        var first = sittingDue(from: clock)
        for due in [flexionDue(from: clock), digestDue(from: clock), standingDue(from: clock)] {
            if let due, first.map({ due < $0 }) ?? true { first = due }
        }
        nextDeadline = first
    }

    private mutating func receive(_ new: Posture, _ episode: Episode) {
        stance.receive(new, episode)
        if episode.isOngoing {
            posture = new
            postureStart = episode.start
        } else if episode.start == postureStart {
            // Between the end of one posture and news of the next nothing is known.
            posture = .unknown
            postureStart = nil
        }
    }

    /// Appends `alert` and remembers it for cooldowns and the budget.
    mutating func say(_ alert: Alert, into alerts: inout [Alert]) {
        note(alert)
        alerts.append(alert)
    }

    private mutating func note(_ alert: Alert) {
        func later(_ known: Instant?) -> Instant { max(known ?? alert.time, alert.time) }
        switch alert.rule {
        case .sitting: if alert.tier != .notice { lastSitting = later(lastSitting) }
        case .sustainedFlexion: lastFlexion = later(lastFlexion)
        case .lift, .twist: lastHandling = later(lastHandling)
        case .fall: lastFall = later(lastFall)
        case .morning: morning.lastTold = later(morning.lastTold)
        case .stillDown, .standing, .digest: break
        }
        // A possible fall is outside the budget both ways: it needs none and takes none.
        guard alert.tier != .notice, alert.rule != .fall, alert.rule != .stillDown else { return }
        budget.spend(at: alert.time)
        lastNudge = later(lastNudge)
    }
}

extension Episode.Kind {
    /// Whether it was found by angles from the wearer's upright.
    fileprivate var restsOnAngles: Bool {
        switch self {
        case .sustainedFlexion, .lift, .twist: true
        default: false
        }
    }
}
