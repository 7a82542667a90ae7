import LumbarCore

/// What the policy knows of the present local day, and of the days before it.
struct DayNotes: Sendable {
    /// Seconds bent beyond 30 and 60 degrees.
    var over30 = 0.0
    var over60 = 0.0
    /// Seconds worn on the feet or seated.
    var active = 0.0
    /// The longest bout of sitting, seconds, and how many there were.
    var longestSit = 0.0
    var bouts = 0
    /// When the first bout of the day was left or begun, for what is said of a first hour.
    var firstActive: Instant?
    /// Nudges about sitting, and how many of these a break followed within five minutes.
    var nudges = 0
    var quickBreaks = 0
    private var lastNudge: Instant?
    /// The last bout, when nobody saw how it went on, since the sensor fell silent or was taken off; and how long it had been.
    private var unseen: (end: Instant, seconds: Double)?
    /// Start of the last bout that is over.
    private var over: Instant?
    /// The clauses of what was said to go well.
    var said: [String] = []
    /// The longest bouts of the last days worn for long enough, seconds, the latest last.
    private var longestSits: [Double] = []

    static let quick = Elapsed.minutes(5)
    /// Days that say something about what is usual.
    static let leastDays = 3
    static let mostDays = 7
    static let leastWorn = 4 * 3600.0

    mutating func receive(_ epoch: MinuteEpoch) {
        let seconds = [Posture.sitting, .standing, .walking].reduce(0.0) {
            $0 + epoch.postureSeconds[$1.index]
        }
        // Where forward is not known a lean in any direction counts as forward, and in a seat most go backward.
        let isUnsure = epoch.exposure.table.map { $0[ExposureTable.forwardUnknown, 0] > 0 } ?? false
        let most = isUnsure ? max(0, 60 - epoch.postureSeconds[Posture.sitting.index]) : .infinity
        over30 += min(epoch.over30Seconds, most)
        over60 += min(epoch.over60Seconds, most)
        active += seconds
        if seconds > 0, firstActive == nil { firstActive = epoch.start }
    }

    /// Takes a complete episode, and whether the sensor is still worn when it is heard of.
    mutating func receive(_ episode: Episode, isWorn: Bool) {
        switch episode.kind {
        case .sitting(let bout): receive(bout, episode, isWorn: isWorn)
        case .posture(let posture): receive(posture, episode)
        default: break
        }
    }

    private mutating func receive(_ bout: SittingBout, _ episode: Episode, isWorn: Bool) {
        let seconds = whole(bout.seatedSeconds, from: episode.start)
        longestSit = max(longestSit, seconds)
        if !isMore(episode.start) { bouts += 1 }
        over = episode.start
        guard episode.endsWithABreak, isWorn else {
            unseen = (episode.end, seconds)
            return
        }
        unseen = nil
        if let nudge = lastNudge, episode.end >= nudge, episode.end - nudge <= Self.quick { quickBreaks += 1 }
        lastNudge = nil
    }

    /// A minute out of the seat ends a bout whose end nobody saw.
    private mutating func receive(_ posture: Posture, _ episode: Episode) {
        guard [.standing, .walking, .lying].contains(posture), episode.duration >= StandingWatch.shortestBreak
        else { return }
        unseen = nil
    }

    /// Whether what begins at `start` may be the bout whose end nobody saw.
    private func isMore(_ start: Instant) -> Bool { unseen.map { start >= $0.end } ?? false }

    /// How long the sit has been at most of which the last `seconds` began at `start`.
    private func whole(_ seconds: Double, from start: Instant) -> Double {
        guard let unseen, isMore(start) else { return seconds }
        return unseen.seconds + (start - unseen.end).seconds + seconds
    }

    /// How long the wearer has sat at most at `time`, of whom `body` says that they sit.
    func seated(at time: Instant, _ body: BodyTimes) -> Double {
        guard body.posture == .sitting, let since = body.postureStart else { return 0 }
        if let seat = body.seat, seat.start != over {
            return whole(max(0, seat.bout.seatedSeconds + (time - seat.end).seconds), from: seat.start)
        }
        return whole(max(0, (time - since).seconds), from: since)
    }

    mutating func noteNudge(at time: Instant) {
        nudges += 1
        lastNudge = time
    }

    /// The mean of these, once there are three.
    var usualLongestSit: Double? {
        guard longestSits.count >= Self.leastDays else { return nil }
        return longestSits.reduce(0, +) / Double(longestSits.count)
    }

    mutating func beginDay() {
        let before = self
        self = DayNotes()
        longestSits = before.longestSits
        over = before.over
    }

    /// Takes days that are over, the latest last.
    mutating func learn(_ days: [DailySummary]) {
        for day in days where day.wornSeconds >= Self.leastWorn && day.longestSittingSeconds > 0 {
            longestSits.append(day.longestSittingSeconds)
            if longestSits.count > Self.mostDays { longestSits.removeFirst() }
        }
    }
}

extension PolicyView {
    /// What is good about the day at `time` and was not said yet, the rarest first.
    func goodNews(at time: Instant) -> GoodNews? {
        let news: [GoodNews?] = [shorterSits(at: time), quickBreaks, movingStart(at: time)]
        return news.compactMap { $0 }.first { !day.said.contains($0.clause.name) }
    }

    /// From six in the evening on, when the day was a long one.
    private func shorterSits(at time: Instant) -> GoodNews? {
        guard let minutes = localMinutes(at: time), minutes >= 18 * 60, day.active >= 6 * 3600,
            let usual = day.usualLongestSit, day.bouts >= 3
        else { return nil }
        let longest = max(day.longestSit, day.seated(at: time, body))
        return longest <= usual - 300 ? .shorterSits(longest: longest, usual: usual) : nil
    }

    private var quickBreaks: GoodNews? {
        guard day.nudges >= 3, 10 * day.quickBreaks >= 9 * day.nudges else { return nil }
        return .quickBreaks(count: day.quickBreaks, of: day.nudges)
    }

    private func movingStart(at time: Instant) -> GoodNews? {
        guard let start = day.firstActive, time - start >= .hours(2), time - start <= .hours(3),
            day.active >= 90 * 60, day.bouts >= 2, localMinutes(at: start).map({ $0 >= 240 }) ?? true
        else { return nil }
        let longest = max(day.longestSit, day.seated(at: time, body))
        return longest < 30 * 60 ? .movingStart(seconds: longest) : nil
    }
}

/// Something good that is true of a day.
enum GoodNews: Sendable, Equatable {
    /// The longest bout so far is shorter than those of the days before, both in seconds.
    case shorterSits(longest: Double, usual: Double)
    /// So many of the breaks came within five minutes of a nudge.
    case quickBreaks(count: Int, of: Int)
    /// Since the start of the day the wearer got up at least every half hour, for so many seconds.
    case movingStart(seconds: Double)

    /// What was measured, in the unit of the clause.
    var measured: Double {
        switch self {
        case .shorterSits(let longest, _): longest
        case .quickBreaks(let count, let all): Double(count) / Double(max(1, all))
        case .movingStart(let seconds): seconds
        }
    }

    /// Its clause, and what it was held against.
    var clause: Situation.Clause {
        switch self {
        case .shorterSits(_, let usual): .init(name: "longest_sit", threshold: usual, unit: .seconds)
        case .quickBreaks: .init(name: "quick_breaks", threshold: 0.9, unit: .share)
        case .movingStart: .init(name: "moving_start", threshold: 1800, unit: .seconds)
        }
    }
}
