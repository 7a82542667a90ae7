import LumbarCore

/// How an alert rule was received: what was raised, what was answered, and how much of that was useful.
///
/// The share is of answers that judge, useful/(useful + false); "later" says that the alert was right. What people
/// answer to most is how informative alarms are, not how many there are (Rayo and Moffatt-Bruce 2015, BMJ Qual Saf
/// 24:282).
public struct AlertPrecision: Sendable, Equatable {
    /// The rule.
    public var rule: AlertRule
    /// Alerts it raised, those on trial included.
    public var raised: Int
    /// Of those, what was told to nobody, because the rule was on trial.
    public var onTrial: Int
    /// Alerts that were called useful.
    public var useful = 0
    /// Alerts that were called false.
    public var wrong = 0
    /// Alerts that should have come later.
    public var later = 0

    /// A share of fewer answers than this says next to nothing: of four, even four alike leave 51 to 100 %.
    public static let leastAnswers = 5

    /// A rule that raised so many, so many of them on trial, and no answers.
    public init(rule: AlertRule, raised: Int, onTrial: Int = 0) {
        self.rule = rule
        self.raised = raised
        self.onTrial = onTrial
    }

    /// Answers that judge.
    public var judged: Int { useful + wrong }

    /// The share that was useful; nil with too few answers.
    public var usefulShare: WilsonInterval? {
        judged < AlertPrecision.leastAnswers ? nil : WilsonInterval(useful, of: judged)
    }

    /// One for each rule that raised or was answered anything, in the order of the rules.
    ///
    /// `onTrial` are those of `raised` that were told to nobody; `answers` those that count, one for an alert at most.
    public static func byRule(
        raised: [AlertRule], onTrial: [AlertRule] = [], answers: [Acknowledgement]
    ) -> [AlertPrecision] {
        AlertRule.allCases.compactMap { rule in
            var found = AlertPrecision(
                rule: rule, raised: raised.count { $0 == rule }, onTrial: onTrial.count { $0 == rule })
            for answer in answers where answer.alert.rule == rule {
                switch answer.verdict {
                case .useful: found.useful += 1
                case .wrong: found.wrong += 1
                case .later: found.later += 1
                }
            }
            return found.raised + found.judged + found.later > 0 ? found : nil
        }
    }
}
