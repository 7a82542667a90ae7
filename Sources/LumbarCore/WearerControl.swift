/// What somebody asked of the program on a wearer's behalf: when to be quiet, and what to go by.
///
/// Moments are on the clock of the present boot and may lie before its start.
public enum WearerControl: Sendable, Equatable {
    /// Say nothing but possible falls until a moment; with `endsUpright` only until the wearer has been upright for ten
    /// minutes, if that comes first.
    case snooze(until: Instant, endsUpright: Bool)
    /// The end of a snooze, ahead of its time.
    case wake
    /// Which profile is to be in force, nil for the one of the settings, and since when that is asked for; nil for now.
    ///
    /// A spasm that is noted after that moment puts the profile flare in force, one noted before it does not.
    case profile(AlertProfile?, since: Instant? = nil)
    /// When the latest spasm of the diary began, nil when there is none to go by; and when it was noted, which may be much
    /// later, nil when nobody knows.
    case spasm(at: Instant?, noted: Instant? = nil)
    /// What was answered to the alerts of each rule: the whole of what counts, each rule once.
    case answers([RuleAnswers])
    /// Whether the wearer's sensors are closed because that was asked for.
    case pause(Bool)
    /// Which training goes on, with all that was made of it; nil when none does.
    case training(TrainingLog?)
}

/// What somebody does all day, which decides by which numbers the rules go.
public enum AlertProfile: String, Sendable, CaseIterable {
    /// Work at a desk.
    case desk
    /// Work with the hands: carrying, bending, standing.
    case manual
    /// Work at a wheel.
    case driving
    /// Days after an episode of pain: movement first.
    case flare
}

/// How the alerts of one rule were answered.
public struct RuleAnswers: Sendable, Equatable {
    /// The rule.
    public var rule: AlertRule
    /// Answered with `useful`.
    public var useful: Int
    /// Answered with `false`.
    public var wrong: Int

    /// Answers.
    public init(rule: AlertRule, useful: Int, wrong: Int) {
        self.rule = rule
        self.useful = useful
        self.wrong = wrong
    }
}
