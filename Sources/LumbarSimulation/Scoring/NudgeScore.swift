import LumbarCore

/// Whether what wearers of simulated days were told was so, rule by rule, and what they should have been told.
///
/// The criterion is each rule's own claim, held against what the wearer really did (`NudgeJudge` has all of it). Three
/// verdicts:
///
/// - Justified: the claim was true when it was told. Numbers are as fine as the words are: half a minute of a time, a
///   twentieth of a share. Acts are those of the truth within a second. What goes on was still going on, or had been
///   until five seconds before; what is over had been for a minute at most.
/// - Doubtful: true within a tenth of the limit, as in `DayScore`; breaks from sitting between 45 and 75 s, or between
///   15 and 25 steps, may be breaks or not. Doubtful alerts are counted, and are no part of a share.
/// - Wrong: all else.
///
/// Alerts are counted by how they were said: nudges (urgent ones too), notices, and those that were said to nobody
/// (`AlertDelivery.shadow`).
public struct NudgeScore: Sendable {
    /// How an alert was said.
    public enum Voice: String, Sendable, CaseIterable {
        /// As a nudge, or urgently.
        case nudge
        /// As a notice.
        case notice
        /// To nobody: its rule is on trial.
        case shadow

        /// How `alert` was said.
        public init(_ alert: Alert) {
            self = alert.delivery == .shadow ? .shadow : alert.tier == .notice ? .notice : .nudge
        }
    }

    /// How many alerts there were, and what they were worth.
    public struct Count: Sendable, Equatable {
        /// All of them.
        public var told = 0
        /// Those that were true.
        public var justified = 0
        /// Those that were neither true nor false.
        public var doubtful = 0

        /// Nothing counted.
        public init() {}

        /// Those that were false.
        public var wrong: Int { told - justified - doubtful }
        /// Those that were true or false.
        public var judged: Int { told - doubtful }
        /// The share of these that were true, 0...1; nil of none.
        public var share: Double? { judged > 0 ? Double(justified) / Double(judged) : nil }
        /// Wilson's interval of the share.
        public var interval: ClosedRange<Double> { EventScore.wilson(justified, of: judged) }

        /// Adds another count.
        public static func += (a: inout Count, b: Count) {
            a.told += b.told
            a.justified += b.justified
            a.doubtful += b.doubtful
        }
    }

    /// Something that was told and was not so.
    public struct Slip: Sendable, Equatable {
        /// What was told.
        public var alert: Alert
        /// What there was instead.
        public var truth: String
    }

    private var counts = Array(repeating: Count(), count: AlertRule.allCases.count * Voice.allCases.count)
    /// How long the sensor was really worn, hours.
    public private(set) var wornHours = 0.0
    /// What was told and was not so.
    public private(set) var slips: [Slip] = []
    /// Long bouts of sitting, and those of them with a nudge.
    public internal(set) var sitting = EventScore()
    /// Lifts under strain, and those of them with a nudge.
    public internal(set) var lifts = EventScore()
    /// Falls, and those of them that were told.
    public internal(set) var falls = EventScore()

    /// Nothing counted.
    public init() {}

    /// The alerts of one day, shadow ones too, held against its truth.
    public init(_ alerts: [Alert], against truth: DayTruth, terms: NudgeTerms = NudgeTerms()) {
        wornHours = truth.worn / 3600
        let judge = NudgeJudge(truth: truth, alerts: alerts)
        for alert in alerts {
            let place = Self.place(alert.rule, Voice(alert))
            counts[place].told += 1
            switch judge.verdict(on: alert) {
            case .justified: counts[place].justified += 1
            case .doubtful: counts[place].doubtful += 1
            case .wrong(let truth): slips.append(Slip(alert: alert, truth: truth))
            }
        }
        countMissed(alerts, truth, terms)
    }

    private static func place(_ rule: AlertRule, _ voice: Voice) -> Int {
        let rules = AlertRule.allCases
        let place = rules.firstIndex(of: rule) ?? 0
        return place * Voice.allCases.count + (Voice.allCases.firstIndex(of: voice) ?? 0)
    }

    /// What was said by `rule` in this way.
    public func count(_ rule: AlertRule, _ voice: Voice) -> Count { counts[Self.place(rule, voice)] }

    /// What was said in this way by all rules.
    public func count(_ voice: Voice) -> Count {
        AlertRule.allCases.reduce(into: Count()) { $0 += count($1, voice) }
    }

    /// What the wearer is asked for, by what was missed: its name, and how often that was so and told.
    public var missed: [(name: String, score: EventScore)] {
        [("long sitting", sitting), ("lift under strain", lifts), ("fall", falls)]
    }

    /// Nudges an hour worn.
    public var nudgesPerHour: Double { wornHours > 0 ? Double(count(.nudge).told) / wornHours : 0 }

    /// Adds another day.
    public static func += (a: inout NudgeScore, b: NudgeScore) {
        for place in a.counts.indices { a.counts[place] += b.counts[place] }
        a.wornHours += b.wornHours
        a.slips += b.slips
        a.sitting += b.sitting
        a.lifts += b.lifts
        a.falls += b.falls
    }
}
