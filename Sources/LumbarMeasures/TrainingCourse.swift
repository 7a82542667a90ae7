import LumbarCore

/// What a training asks of each local day, and what it has come to: all of it follows from what was made so far.
///
///     sessions 40 30 20 15 10 5 min -> trained -> measured 1, 3 and 12 weeks later, a short booster in the weeks between
///
/// A session whose share of bends past 60 degrees is at most the target makes the next one shorter; two in a row that
/// were above it make it longer by one step. Sessions with too few bends are added up until there are enough to tell.
/// Days without a session cost nothing: the next one waits.
///
/// In a laboratory, a movement whose result was told after half of the attempts, ever more rarely, was kept better than
/// with it told after each (Winstein and Schmidt 1990, J Exp Psychol Learn Mem Cogn 16:677); later experiments support
/// that and contradict it (Marco-Ahullo et al. 2024, doi 10.3390/s24051404). There attempts of one practice went without
/// their result; here sessions grow shorter, and in one every deep bend is told, which is not the same. For backs nothing
/// of the kind was shown: feedback all along left nothing after one and three weeks (Lind et al. 2023, doi
/// 10.1080/00140139.2022.2069869). So it is measured what is left.
public struct TrainingCourse: Sendable, Equatable {
    /// What it was worked out from.
    public private(set) var log: TrainingLog
    /// What became of each session, in order.
    public private(set) var made: [Made] = []
    /// The day of the last fading session; nil while there are more to come.
    public private(set) var trained: CivilDate?
    /// The share at the end of the training: of the last sessions that were held, together.
    public private(set) var endShare: Double?

    /// Time on the feet of a session, minutes, from the first on.
    public static let minutes = [40, 30, 20, 15, 10, 5]
    /// That of a booster.
    public static let boosterMinutes = 10
    /// Bends from which a share is one.
    public static let leastBends = 5
    /// When it is measured what is left, in weeks after the last session.
    public static let retentionWeeks = [1, 3, 12]
    /// For how long a measurement waits for a day that was worn, days.
    public static let retentionDays: Int64 = 7
    /// For how long such a day is worn at least, seconds.
    public static let leastWorn = 4 * 3600.0
    /// In the days after each week's mark on which a booster may be; the day before a mark is free.
    private static let boosterDays = Int64(1)...5
    /// How many sessions that were held say what the end was like.
    public static let lastHeld = 3

    /// What one day is for.
    public enum Duty: Sendable, Equatable {
        /// A session of so many minutes on the feet.
        case session(minutes: Int)
        /// A short session weeks after the last one.
        case booster(minutes: Int)
        /// Nothing is said about bends: it is measured what is left so many weeks later.
        case retention(weeks: Int)
        /// A day like any other.
        case nothing
    }

    /// A session that was made.
    public struct Made: Sendable, Equatable {
        /// The session.
        public var session: TrainingSession
        /// Whether it came after the training, as a booster.
        public var isBooster: Bool
        /// What it decided.
        public var verdict: Verdict
    }

    /// What a session decided.
    public enum Verdict: String, Sendable, CaseIterable {
        /// The share was at most the target: the next one is shorter.
        case held
        /// It was above.
        case above
        /// There were too few bends to tell: added to the next one.
        case tooFew = "too_few"
    }

    /// What is left some weeks later.
    public struct Retention: Sendable, Equatable {
        /// How many weeks after the last session.
        public var weeks: Int
        /// The first day on which it may be measured.
        public var due: CivilDate
        /// The day that was measured; nil before, and when no day of that week was worn for long enough.
        public var day: TrainingDay?
        /// The last day on which it may be measured.
        public var last: CivilDate { due.moved(by: TrainingCourse.retentionDays - 1) }
    }

    // The state of the fading.
    private var step = 0
    private var aboveInARow = 0
    private var undecided = BendCount()
    private var held: [BendCount] = []

    /// The course of what `log` tells.
    public init(_ log: TrainingLog) {
        self.log = log
        for session in log.sessions { take(session) }
    }

    // MARK: What was made

    /// Takes a session that was brought to its end; they come in order.
    public mutating func add(_ session: TrainingSession) {
        log.sessions.append(session)
        take(session)
    }

    /// Takes a day that is over, in place of what was known of it.
    public mutating func add(_ day: TrainingDay) {
        guard duringRetention(day.date) != nil else { return }
        log.days.removeAll { $0.date == day.date }
        let place = log.days.firstIndex { $0.date > day.date } ?? log.days.endIndex
        log.days.insert(day, at: place)
    }

    private mutating func take(_ session: TrainingSession) {
        guard trained == nil else {
            made.append(Made(session: session, isBooster: true, verdict: verdict(of: session.count)))
            return
        }
        undecided = undecided + session.count
        let verdict = verdict(of: undecided)
        made.append(Made(session: session, isBooster: false, verdict: verdict))
        switch verdict {
        case .tooFew: return
        case .held:
            held.append(undecided)
            aboveInARow = 0
            if step + 1 < Self.minutes.count { step += 1 } else { end(on: session.date) }
        case .above:
            aboveInARow += 1
            if aboveInARow == 2 {
                step = max(0, step - 1)
                aboveInARow = 0
            }
        }
        undecided = BendCount()
    }

    private func verdict(of count: BendCount) -> Verdict {
        guard let share = count.share, count.bends >= Self.leastBends else { return .tooFew }
        return share <= log.plan.target ? .held : .above
    }

    private mutating func end(on date: CivilDate) {
        trained = date
        endShare = held.suffix(Self.lastHeld).reduce(BendCount(), +).share
    }

    // MARK: What comes

    /// What `date` is for.
    public func duty(on date: CivilDate) -> Duty {
        let isMade = made.last { $0.session.date >= date } != nil
        guard let trained else { return isMade ? .nothing : .session(minutes: Self.minutes[step]) }
        if let weeks = duringRetention(date), !isMeasured(weeks, before: date, trained) {
            return .retention(weeks: weeks)
        }
        let days = date.days(since: trained)
        guard days > 0, (1..<Self.lastWeek).contains(days / 7), Self.boosterDays.contains(days % 7), !isMade
        else { return .nothing }
        let mark = trained.moved(by: days / 7 * 7)
        let isBoosted = made.contains { $0.isBooster && $0.session.date > mark }
        return isBoosted ? .nothing : .booster(minutes: Self.boosterMinutes)
    }

    /// The first day from `date` on that is for something, if nothing more is made before it; nil when it is all over.
    public func next(from date: CivilDate) -> (date: CivilDate, duty: Duty)? {
        for later in 0...(7 * Self.lastWeek + Self.retentionDays) {
            let day = date.moved(by: later)
            let duty = duty(on: day)
            if duty != .nothing { return (day, duty) }
        }
        return nil
    }

    private static var lastWeek: Int64 { Int64(retentionWeeks.last ?? 0) }

    /// Which measurement may fall on `date`, in weeks; whether it was made or not.
    private func duringRetention(_ date: CivilDate) -> Int? {
        guard let trained else { return nil }
        return Self.retentionWeeks.first {
            (0..<Self.retentionDays).contains(date.days(since: trained) - 7 * Int64($0))
        }
    }

    /// Whether it is known already; a day that is being measured stays one to its end.
    private func isMeasured(_ weeks: Int, before date: CivilDate, _ trained: CivilDate) -> Bool {
        result(weeks, of: trained).map { $0.date < date } ?? false
    }

    private func result(_ weeks: Int, of trained: CivilDate) -> TrainingDay? {
        log.days.first { day in
            duringRetention(day.date) == weeks && day.wornSeconds >= Self.leastWorn && !day.wasTold
                && day.count.bends >= Self.leastBends
        }
    }

    // MARK: What is left

    /// The measurements, made or to come; none before the last session.
    public var retention: [Retention] {
        guard let trained else { return [] }
        return Self.retentionWeeks.map { weeks in
            Retention(weeks: weeks, due: trained.moved(by: 7 * Int64(weeks)), day: result(weeks, of: trained))
        }
    }

    /// How much of the gain from the baseline to the end of the training `share` has kept: 1 is all, 0 nothing, below 0
    /// less than nothing; nil without a baseline or a gain.
    public func kept(_ share: Double) -> Double? {
        guard let baseline = log.plan.baseline, let endShare, endShare < baseline else { return nil }
        return (baseline - share) / (baseline - endShare)
    }
}

extension CivilDate {
    /// The day so many days later.
    func moved(by days: Int64) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch + days) }

    /// How many days after `other` it is.
    func days(since other: CivilDate) -> Int64 { daysSinceEpoch - other.daysSinceEpoch }
}
