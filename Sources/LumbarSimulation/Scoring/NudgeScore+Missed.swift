import LumbarCore

/// What rules promise by their settings, for what should have been told.
public struct NudgeTerms: Sendable {
    /// Time seated of the first nudge, and what a shift in the seat may put it off by, seconds.
    public var sitting = (first: 1800.0, delay: 600.0)
    /// Nudges an hour and a day.
    public var budget = (hour: 2, day: 8)
    /// Between two nudges about lifts and turns, seconds.
    public var liftCooldown = 600.0
    /// Silence after a connection, seconds.
    public var probation = 120.0

    /// The defaults of the program.
    public init() {}
}

// What should have been told: nothing forbade it, and it was past every doubt.
extension NudgeScore {
    mutating func countMissed(_ alerts: [Alert], _ truth: DayTruth, _ terms: NudgeTerms) {
        let told = alerts.filter { $0.delivery == .told }
        let nudges = told.filter { $0.tier != .notice && $0.rule != .fall && $0.rule != .stillDown }
        let times = nudges.map { NudgeJudge.seconds($0.time) }
        func isFree(_ time: Double) -> Bool {
            time >= terms.probation && times.count { $0 <= time && $0 > time - 3600 } < terms.budget.hour
                && times.count { $0 <= time } < terms.budget.day
        }
        countSitting(told, truth, terms, isFree)
        countLifts(told, truth, terms, isFree)
        let toldFalls = told.filter { $0.rule == .fall }.map {
            ScoredSpan(NudgeJudge.seconds($0.episodeStart), NudgeJudge.seconds($0.episodeStart))
        }
        let real = truth.spans.filter { if case .fall = $0.kind { true } else { false } }
        falls.match(real.map(ScoredSpan.init), told: toldFalls, slack: 3)
    }

    /// Bouts that went on past the first nudge and whatever may put it off, at a time when there was budget for it.
    private mutating func countSitting(
        _ told: [Alert], _ truth: DayTruth, _ terms: NudgeTerms, _ isFree: (Double) -> Bool
    ) {
        let nudges = told.filter { $0.rule == .sitting && $0.tier != .notice }
            .map { NudgeJudge.seconds($0.time) }
        let needed = 1.1 * (terms.sitting.first + terms.sitting.delay)
        var bouts: [ScoredSpan] = []
        var due: [Double] = []
        for stay in truth.stays where stay.posture == .sitting {
            let seated = truth.seated(at: stay.span.end, .short)
            // The bout that this time seated goes on with, or a new one.
            if seated > stay.span.seconds + 1, let last = bouts.indices.last {
                bouts[last].end = stay.span.end
            } else {
                bouts.append(stay.span)
            }
            guard seated >= needed, due.last.map({ $0 < (bouts.last?.start ?? 0) }) ?? true else { continue }
            due.append(max(stay.span.start, stay.span.end - (seated - needed)))
        }
        var required: [ScoredSpan] = []
        for moment in due {
            guard let bout = bouts.first(where: { $0.start <= moment && moment <= $0.end }) else { continue }
            let rides = truth.spans.contains { $0.kind == .ride && ScoredSpan($0).overlaps(bout, within: 0) }
            let moments = stride(from: moment, through: bout.end, by: 10)
            if !rides, moments.contains(where: isFree) { required.append(bout) }
        }
        // What was told besides is judged by `NudgeJudge`.
        sitting.match(
            required, doubtful: [ScoredSpan(-1, .infinity)], told: nudges.map { ScoredSpan($0, $0) },
            slack: NudgeJudge.moment)
    }

    /// Lifts under strain with budget, no act told shortly before, and a wearer who stood still for a moment after.
    private mutating func countLifts(
        _ told: [Alert], _ truth: DayTruth, _ terms: NudgeTerms, _ isFree: (Double) -> Bool
    ) {
        let acts = told.filter { [.lift, .twist, .turning, .afterRest].contains($0.rule) }
        let judge = NudgeJudge(truth: truth, alerts: told)
        let required = judge.lifts.filter { $0.lift.isStrained }.map(\.span).filter { lift in
            guard isFree(lift.end) else { return false }
            let isRecent = acts.contains {
                let time = NudgeJudge.seconds($0.time)
                return time < lift.end && time > lift.end - 1.1 * terms.liftCooldown
            }
            let moments = stride(from: lift.end + 3, to: lift.end + 55, by: 1)
            return !isRecent && moments.contains { [.standing, .sitting].contains(truth.posture(at: $0)) }
        }
        lifts.match(
            required, doubtful: [ScoredSpan(-1, .infinity)],
            told: acts.map {
                ScoredSpan(
                    NudgeJudge.seconds($0.episodeStart), NudgeJudge.seconds($0.episodeStart + $0.duration))
            }, slack: 1)
    }
}
