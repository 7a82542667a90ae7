import LumbarCore

/// Something that a rule looks for, as it stands: since when, how far it has come, and whether it goes on.
///
/// A level either is what the last record said, or grows by one a second from there, as time seated does: then the moment
/// at which it reaches a step is known in advance and can be a deadline.
struct Situation: Sendable {
    /// When it began; two situations of a rule never begin at the same moment.
    var start: Instant
    /// How far it was told, or when it ended.
    var end: Instant
    var isOngoing = false
    /// How far it had come at `end`, in the rule's unit.
    var level: Double
    /// Whether the level grows by one a second while it goes on.
    var grows = false
    /// By how much every step still ahead is put off, in the rule's unit.
    var delay = 0.0
    var confidence = 1.0
    /// Which clause of the rule, its limit and its unit, where these are not the rule's own.
    var clause: Clause?
    /// What was seen, for the words.
    var seen = Seen.nothing

    struct Clause: Sendable {
        var name: String
        var threshold: Double
        var unit: MeasureUnit
    }

    /// What a text may need of the fact.
    enum Seen: Sendable {
        case nothing
        case flexion(SustainedFlexion)
        case lift(Lift)
        case twist(Twist)
        case bend(Bend)
        case rest(Rest, degrees: Double)
        case news(GoodNews)
    }

    /// One that is over, or an act that has no level but that it happened.
    init(_ episode: Episode, level: Double, _ seen: Seen = .nothing) {
        start = episode.start
        end = episode.end
        isOngoing = episode.isOngoing
        confidence = episode.confidence
        self.level = level
        self.seen = seen
    }

    /// One that goes on since `start`, measured by its length in seconds.
    init(since start: Instant) {
        self.start = start
        end = start
        isOngoing = true
        level = 0
        grows = true
    }

    /// The level at `time`, if it goes on until then.
    func level(at time: Instant) -> Double {
        grows && isOngoing ? level + (time - end).seconds : level
    }

    /// When the level reaches `threshold`, or nil when only news can say.
    func reach(_ threshold: Double) -> Instant? {
        if grows, isOngoing { return end + .seconds(threshold + delay - level) }
        return level >= threshold + delay ? end : nil
    }

    /// Flexion in whole degrees, where there is one.
    var flexionDegrees: Int? {
        switch seen {
        case .nothing, .twist, .news: nil
        case .flexion(let held): AlertText.wholeDegrees(held.meanDegrees)
        case .lift(let lift): AlertText.wholeDegrees(lift.peakDegrees)
        case .bend(let bend): AlertText.wholeDegrees(bend.peakDegrees)
        case .rest(_, let degrees): AlertText.wholeDegrees(degrees)
        }
    }
}

/// What a fact means to a rule.
enum RuleChange: Sendable {
    /// Nothing.
    case none
    /// Its situation stands like this; with `isOngoing` false it has ended or was an act.
    case situation(Situation)
    /// Whatever went on is over, and no news.
    case over
}

/// What rules hear about.
enum Fact: Sendable {
    /// An episode about the wearer.
    case episode(Episode)
    /// A minute was closed, and is in the day's sums.
    case minute(end: Instant)
    /// The wearer's sensor fell silent.
    case lost(at: Instant)
    /// It is heard again, or its silence is what was asked for.
    case heard(at: Instant)
    /// A local day begins: what the sums of the last one said is said no more.
    case dayBegins
    /// The upright that angles count from is known this well from now on.
    case trust(MountTrust, at: Instant)
}

/// What a text is made of.
struct Telling: Sendable {
    var situation: Situation
    /// Which step is told, from 0, and of how many.
    var step: Int
    var steps: Int
    var tier: AlertTier
    /// The level now, in the rule's unit.
    var level: Double
    /// How long it has gone on, or lasted, seconds.
    var seconds: Double
    var now: Instant
    var profile: AlertProfile
}
