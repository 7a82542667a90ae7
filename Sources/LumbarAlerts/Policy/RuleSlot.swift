import LumbarCore

/// A rule at work: its numbers in force, how far it has come, and when it last spoke.
struct RuleSlot: Sendable {
    let rule: Rule
    var mode = RuleMode.off
    var steps: [Step] = []
    var state = RuleState.idle
    /// What was told, and what was kept from the wearer: neither knows of the other.
    private var told = Spoken()
    private var shadow = Spoken()

    init(_ rule: Rule) { self.rule = rule }

    /// What counts for the mode in force.
    var spoken: Spoken {
        get { mode == .on ? told : shadow }
        set { if mode == .on { told = newValue } else { shadow = newValue } }
    }

    /// When one more step of the situation is reached, or nil when none is left.
    var nextReach: Instant? {
        guard let situation = state.situation else { return nil }
        let told = state.told.step
        var first: Instant?
        for step in steps.indices where step > told {
            if let moment = situation.reach(steps[step].threshold), first.map({ moment < $0 }) ?? true {
                first = moment
            }
        }
        return first
    }

    /// The highest step reached at `time` and not told yet.
    func due(at time: Instant) -> Int? {
        guard let situation = state.situation else { return nil }
        let told = state.told.step
        return steps.indices.last { step in
            step > told && (situation.reach(steps[step].threshold).map { $0 <= time } ?? false)
        }
    }

    /// From when on the rule has rested enough to tell `step`.
    func rested(_ step: Int, _ cooldown: Elapsed, _ acts: Spoken) -> Instant {
        let spoken = rule.sharesActs && mode == .on ? acts : spoken
        var from = Instant(nanoseconds: .min)
        if case .every(let hours) = rule.repeats, let last = spoken.last { from = last + .hours(hours) }
        guard let situation = state.situation else { return from }
        // A notice comes so that the nudge after it is no surprise: nothing lies between them.
        if spoken.start == situation.start, spoken.tier == .notice { return from }
        // Nor does one about another situation, which ended before its nudge, keep this one's back.
        let isNudge = steps.indices.contains(step) && steps[step].tier != .notice
        guard let last = isNudge ? spoken.lastNudge : spoken.last else { return from }
        return max(from, last + spacing(step, cooldown, situation))
    }

    /// The cooldown, or less on a ladder of steps that are closer than that.
    private func spacing(_ step: Int, _ cooldown: Elapsed, _ situation: Situation) -> Elapsed {
        guard situation.grows, steps.indices.contains(step) else { return cooldown }
        let below = step > 0 && steps[step - 1].tier != .notice ? steps[step - 1].threshold : 0
        return min(cooldown, .seconds(max(0, steps[step].threshold - below)))
    }

    /// Counts an alert.
    mutating func note(_ alert: Alert) {
        switch alert.delivery {
        case .told: told.note(alert)
        case .shadow: shadow.note(alert)
        }
    }

    mutating func beginDay() {
        told.today = 0
        shadow.today = 0
    }
}

/// When was last spoken, and about what.
struct Spoken: Sendable {
    private(set) var last: Instant?
    /// When with a nudge.
    private(set) var lastNudge: Instant?
    /// Start of the situation, and how urgently.
    private(set) var start: Instant?
    private(set) var tier = AlertTier.notice
    var today = 0
    /// The span of the last act dealt with.
    private var act: (start: Instant, end: Instant)?

    /// Acts that follow each other within this are one.
    static let oneAct = Elapsed.seconds(3)

    mutating func note(_ alert: Alert) {
        today += 1
        if alert.tier != .notice { lastNudge = max(lastNudge ?? alert.time, alert.time) }
        guard last.map({ alert.time >= $0 }) ?? true else { return }
        last = alert.time
        start = alert.episodeStart
        tier = alert.tier
    }

    /// Whether `situation` belongs to the act dealt with last.
    func covers(_ situation: Situation) -> Bool {
        guard let act else { return false }
        return situation.start <= act.end + Self.oneAct && act.start <= situation.end + Self.oneAct
    }

    mutating func extend(by situation: Situation) {
        guard let known = act, covers(situation) else { return act = (situation.start, situation.end) }
        act = (min(known.start, situation.start), max(known.end, situation.end))
    }
}
