/// What a wearer trains with feedback that becomes rarer.
public enum TrainingGoal: String, Sendable, CaseIterable {
    /// Fewer of the bends of a day go past 60 degrees.
    case bending
}

/// A training that was asked for: its goal and its measure.
///
/// The measure is the share of all bends that go past 60 degrees, which is there with feedback and without.
public struct TrainingPlan: Sendable, Equatable {
    /// What is trained.
    public var goal: TrainingGoal
    /// When it was asked for.
    public var since: WallTime
    /// The share aimed at, 0...1.
    public var target: Double
    /// The share before it was asked for, 0...1; nil when too little was known of it.
    public var baseline: Double?

    /// A plan.
    public init(goal: TrainingGoal = .bending, since: WallTime, target: Double, baseline: Double?) {
        self.goal = goal
        self.since = since
        self.target = target
        self.baseline = baseline
    }

    /// Shares that can be aimed at.
    public static let targets = 0.01...0.9

    /// How it is kept: `bending 0.170 0.340 1790000000`, with `-` for what is not known.
    public var text: String {
        let baseline = baseline.map { DecimalText.fixed($0, 3) } ?? "-"
        return "\(goal.rawValue) \(DecimalText.fixed(target, 3)) \(baseline) \(since.unixSeconds)"
    }

    /// Reads what `text` wrote; nil when it did not.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 4, let goal = TrainingGoal(rawValue: String(words[0])),
            let target = Double(String(words[1])), TrainingPlan.targets.contains(target),
            let seconds = Int64(String(words[3]))
        else { return nil }
        self.init(goal: goal, since: WallTime(unixSeconds: seconds), target: target, baseline: nil)
        if words[2] == "-" { return }
        guard let baseline = Double(String(words[2])), (0...1).contains(baseline) else { return nil }
        self.baseline = baseline
    }
}

/// How many bends there were, and how many of them went past 60 degrees.
public struct BendCount: Sendable, Equatable {
    /// All.
    public var bends: Int
    /// Those past 60 degrees.
    public var deep: Int

    /// So many bends.
    public init(bends: Int = 0, deep: Int = 0) {
        self.bends = bends
        self.deep = deep
    }

    /// The share past 60 degrees, 0...1; nil without bends.
    public var share: Double? { bends > 0 ? Double(deep) / Double(bends) : nil }

    /// Both together.
    public static func + (a: BendCount, b: BendCount) -> BendCount {
        BendCount(bends: a.bends + b.bends, deep: a.deep + b.deep)
    }
}

/// A session of a training that was brought to its end.
public struct TrainingSession: Sendable, Equatable {
    /// The local day of it.
    public var date: CivilDate
    /// Time on the feet, seconds: as long as it was asked for.
    public var seconds: Double
    /// The bends in it.
    public var count: BendCount

    /// The clause of the alert that ends a session, by which it is found again.
    public static let endClause = "session_end"

    /// A session.
    public init(date: CivilDate, seconds: Double, count: BendCount) {
        self.date = date
        self.seconds = seconds
        self.count = count
    }
}

/// A local day as a training looks at it: what was bent without a session.
public struct TrainingDay: Sendable, Equatable {
    /// The day.
    public var date: CivilDate
    /// For how long the sensor was worn, seconds.
    public var wornSeconds: Double
    /// The bends of the day.
    public var count: BendCount
    /// Whether the wearer was told how deep or how often they bent (`AlertRule.tellBends`).
    public var wasTold: Bool

    /// A day.
    public init(date: CivilDate, wornSeconds: Double, count: BendCount, wasTold: Bool = false) {
        self.date = date
        self.wornSeconds = wornSeconds
        self.count = count
        self.wasTold = wasTold
    }
}

extension TrainingDay {
    /// The day of a summary; nil when its date is not known.
    public init?(_ day: DailySummary, wasTold: Bool = false) {
        guard let date = day.date else { return nil }
        self.init(
            date: date, wornSeconds: day.wornSeconds,
            count: BendCount(bends: day.bends, deep: day.deepBends), wasTold: wasTold)
    }
}

/// What a training came to on one day.
public enum DayTraining: Sendable, Equatable {
    /// Sessions that were brought to their end: one, or more where another training was begun on the day.
    case sessions([TrainingSession])
    /// It was measured, without feedback, what is left so many weeks after the last session.
    case retention(weeks: Int)

    /// Its sessions; none where it was measured.
    public var sessions: [TrainingSession] {
        if case .sessions(let made) = self { made } else { [] }
    }
}

/// A training and all that was made of it so far.
public struct TrainingLog: Sendable, Equatable {
    /// What was asked for.
    public var plan: TrainingPlan
    /// The sessions since, in order.
    public var sessions: [TrainingSession]
    /// Days that are over, in order, as far as they may be looked at.
    public var days: [TrainingDay]

    /// A training.
    public init(plan: TrainingPlan, sessions: [TrainingSession] = [], days: [TrainingDay] = []) {
        self.plan = plan
        self.sessions = sessions
        self.days = days
    }
}

extension AlertRule {
    /// The rules that tell a wearer how deep or how often they bend: silent where it is measured what a training has left.
    ///
    /// Held bends, lifts and turns are not among them: these are other acts, and they were told on the days before the
    /// training too.
    public static let tellBends: [AlertRule] = [
        .training, .endRange, .repeatedBends, .bentToday, .morning, .afterRest,
    ]
}
