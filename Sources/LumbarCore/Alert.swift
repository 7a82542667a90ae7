/// A message to the wearer: what was seen and one thing to do, and which episode it is about.
public struct Alert: Sendable, Equatable {
    /// Which rule speaks.
    public var rule: AlertRule
    /// How urgently.
    public var tier: AlertTier
    /// When it was raised.
    public var time: Instant
    /// Start of the episode it is about.
    public var episodeStart: Instant
    /// Length of the episode so far, when it was raised.
    public var duration: Elapsed
    /// How often this rule has spoken about this episode, from 1.
    public var step: Int
    /// What was seen, and one action: one or two sentences.
    public var message: String
    /// Flexion in whole degrees, where the rule has one.
    public var flexionDegrees: Int?
    /// How many events this alert stands for: nudges in a digest, bends at the end of a training session.
    public var count: Int
    /// Who it is for.
    public var wearer: WearerID
    /// Why it was raised; nil in alerts that were stored before reasons were.
    public var reason: AlertReason?
    /// Whether the wearer is told.
    public var delivery = AlertDelivery.told

    /// An alert.
    public init(
        rule: AlertRule, tier: AlertTier, time: Instant, episodeStart: Instant, duration: Elapsed,
        step: Int = 1, message: String, flexionDegrees: Int? = nil, count: Int = 1, wearer: WearerID
    ) {
        self.rule = rule
        self.tier = tier
        self.time = time
        self.episodeStart = episodeStart
        self.duration = duration
        self.step = step
        self.message = message
        self.flexionDegrees = flexionDegrees
        self.count = count
        self.wearer = wearer
    }
}

/// The rules that can speak to the wearer.
public enum AlertRule: String, Sendable, CaseIterable {
    /// A long bout of sitting.
    case sitting
    /// Flexion held past its budget.
    case sustainedFlexion = "sustained_flexion"
    /// A probable lift under strain.
    case lift
    /// Turning while bent.
    case twist
    /// A possible fall.
    case fall
    /// Still lying some time after a possible fall.
    case stillDown = "still_down"
    /// A bend soon after getting up.
    case morning
    /// A long time standing.
    case standing
    /// Several held-back nudges in one.
    case digest
    /// Turning while bent, without a lift.
    case turning
    /// Bending again and again.
    case repeatedBends = "repeated_bends"
    /// Much time bent in a day.
    case bentToday = "bent_today"
    /// A deep bend or a lift right after a long rest.
    case afterRest = "after_rest"
    /// Bent close to the own end of range.
    case endRange = "end_range"
    /// A long ride in one position.
    case riding
    /// The sensor has not been worn for long.
    case offBody = "off_body"
    /// Nothing was heard from the sensor for a while.
    case silentSensor = "silent_sensor"
    /// Angles do not count, because the sensor moved.
    case untrusted
    /// Angles wait for upright to be confirmed.
    case staleUpright = "stale_upright"
    /// Something that went well.
    case goodNews = "good_news"
    /// A session of a training.
    case training
}

/// How urgently an alert speaks; each tier has one syslog priority.
public enum AlertTier: String, Sendable, CaseIterable {
    /// For information: syslog notice (5).
    case notice
    /// A nudge: syslog warning (4). Counts against the nudge budget.
    case nudge
    /// Ignored before, or a possible fall: syslog err (3). Posture never goes above.
    case urgent

    /// The syslog priority.
    public var syslogPriority: Int {
        switch self {
        case .notice: 5
        case .nudge: 4
        case .urgent: 3
        }
    }
}
