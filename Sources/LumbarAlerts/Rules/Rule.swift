import LumbarCore

/// A rule: what it looks for in the facts, when and how it speaks, and why that is believed to help.
///
/// Everything about a rule stands in one value of `RuleCatalog`: the engine (`AlertPolicy`), the manual page
/// lumbard-rules(7), the reason of every alert and the tests read it from there. It is shared by reference: no rule is
/// ever copied while the policy works.
public final class Rule: Sendable {
    /// Which.
    public let id: AlertRule
    /// Counts up when the rule, or what it rests on, comes to other conclusions.
    public let version: Int
    /// A few words, such as `Long sitting`.
    public let title: String
    /// What it speaks about and when, in sentences for people.
    public let says: String
    /// What is known about it, in sentences for people; weak evidence is called that.
    public let evidence: String
    /// Where that can be read.
    public let sources: [String]
    /// The key in `[alerts]` that switches it.
    public let key: String
    /// How long its condition holds before it counts, in words.
    public let dwell: String
    /// What ends it, in words.
    public let release: String

    /// The clause of its reasons.
    let clause: String
    /// The unit of its levels and thresholds.
    let unit: MeasureUnit
    /// How long the clause had to hold.
    let dwellTime: Elapsed
    /// How often it speaks about one situation, and about several.
    let repeats: RepeatPolicy
    /// Shortest time between two of its alerts about different situations.
    let cooldown: @Sendable (PolicyNumbers) -> Elapsed
    /// Rules about one kind of act share their cooldown, and one act is told by one of them only.
    let sharesActs: Bool
    /// What forbids it to speak.
    let vetoes: Vetoes
    /// How long an act waits for another rule of its kind to tell it, which knows more.
    let patience: Elapsed
    /// Whether it rests on angles from the wearer's upright.
    let restsOnAngles: Bool
    /// Whether it is outside the budget both ways, and cannot be silenced or answered away: possible falls.
    let isExempt: Bool
    /// Whether a situation that is over may still be told, as news.
    let isToldAfterwards: Bool
    /// What one and several held-back nudges are called in a digest; nil for what is not worth telling later.
    let heldAs: (one: String, many: String)?

    let mode: @Sendable (AlertSettings) -> RuleMode
    let steps: @Sendable (PolicyNumbers) -> [Step]
    /// What a fact means to it; its own situation, where there is one, is `PolicyView.known`.
    let senses: @Sendable (Fact, PolicyView) -> RuleChange
    /// Whether a situation that goes on is still what it was, as far as the body tells.
    let holds: @Sendable (Situation, PolicyView) -> Bool
    let text: @Sendable (Telling) -> String

    init(
        id: AlertRule, version: Int = 1, title: String, says: String, evidence: String, sources: [String],
        key: String, dwell: String, release: String, clause: String, unit: MeasureUnit,
        dwellTime: Elapsed = .zero, repeats: RepeatPolicy = .oncePerSituation,
        cooldown: @escaping @Sendable (PolicyNumbers) -> Elapsed = { _ in .zero }, sharesActs: Bool = false,
        patience: Elapsed = .zero,
        vetoes: Vetoes = .usual, restsOnAngles: Bool = false, isExempt: Bool = false,
        isToldAfterwards: Bool = false, heldAs: (one: String, many: String)? = nil,
        mode: @escaping @Sendable (AlertSettings) -> RuleMode,
        steps: @escaping @Sendable (PolicyNumbers) -> [Step],
        senses: @escaping @Sendable (Fact, PolicyView) -> RuleChange,
        holds: @escaping @Sendable (Situation, PolicyView) -> Bool = { _, _ in true },
        text: @escaping @Sendable (Telling) -> String
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.says = says
        self.evidence = evidence
        self.sources = sources
        self.key = key
        self.dwell = dwell
        self.release = release
        self.clause = clause
        self.unit = unit
        self.dwellTime = dwellTime
        self.repeats = repeats
        self.cooldown = cooldown
        self.sharesActs = sharesActs
        self.patience = patience
        self.vetoes = vetoes
        self.restsOnAngles = restsOnAngles
        self.isExempt = isExempt
        self.isToldAfterwards = isToldAfterwards
        self.heldAs = heldAs
        self.mode = mode
        self.steps = steps
        self.senses = senses
        self.holds = holds
        self.text = text
    }
}

extension Rule {
    /// What its alerts say they were worked out by, such as `sitting/4`.
    var algorithm: String { "\(id.rawValue)/\(version)" }
}

/// A step of a rule: the level at which it speaks, and how urgently.
struct Step: Sendable, Equatable {
    var threshold: Double
    var tier: AlertTier
    /// Whether two nudges before it in one situation make it urgent.
    var escalates = false
}

/// How often a rule speaks.
public enum RepeatPolicy: Sendable, Equatable {
    /// Once about a situation.
    case oncePerSituation
    /// Once at each step of its ladder, then silence until the situation is over.
    case ladder
    /// Not again within so many hours.
    case every(hours: Double)
    /// So many times in a local day.
    case perDay(Int)
    /// At the beginning and the end of a session, and for each bend in between.
    case perSession

    /// In words, for the manual.
    var words: String {
        switch self {
        case .oncePerSituation: "once an episode"
        case .ladder: "once at each step, then not until it is over"
        case .every(let hours): "once in \(AlertText.whole(hours)) hours"
        case .perDay(1): "once a day"
        case .perDay(let most): "at most \(most) times a day"
        case .perSession: "each bend, with 10 seconds between them at least"
        }
    }
}

/// What forbids a rule to speak while it holds.
public struct Vetoes: OptionSet, Sendable {
    /// The bits.
    public let rawValue: Int
    /// From bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// The wearer walks.
    public static let walking = Vetoes(rawValue: 1)
    /// The wearer lies.
    public static let lying = Vetoes(rawValue: 2)
    /// Nobody wears the sensor.
    public static let notWorn = Vetoes(rawValue: 4)
    /// The wearer sits.
    public static let seated = Vetoes(rawValue: 8)
    /// The wearer stands.
    public static let standing = Vetoes(rawValue: 16)
    /// The posture is not known.
    public static let unknownPosture = Vetoes(rawValue: 32)
    /// The wearer sits in a moving vehicle.
    public static let riding = Vetoes(rawValue: 64)
    /// The first minutes after a connection.
    public static let probation = Vetoes(rawValue: 128)
    /// A snooze.
    public static let snooze = Vetoes(rawValue: 256)
    /// Quiet hours, and after them until the wearer is up, where that is set.
    public static let quietHours = Vetoes(rawValue: 512)
    /// Evening, night and early morning, or no clock that tells.
    public static let night = Vetoes(rawValue: 1024)

    /// What forbids most rules.
    static let usual: Vetoes = [
        .walking, .lying, .notWorn, .riding, .probation, .snooze, .quietHours,
    ]

    /// The names, for the manual.
    static let names: [(Vetoes, String)] = [
        (.walking, "walking"), (.lying, "lying"), (.seated, "sitting"), (.standing, "standing"),
        (.unknownPosture, "an unknown posture"), (.notWorn, "the sensor not worn"),
        (.riding, "riding in a vehicle"), (.probation, "the time right after a connection"),
        (.snooze, "a snooze"), (.quietHours, "quiet hours"), (.night, "evening, night and early morning"),
    ]
}
