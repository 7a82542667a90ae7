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
    /// Mean of the longest bouts of the last days, seconds; nil before there are three.
    private(set) var usualLongestSit: Double?

    static let quick = Elapsed.minutes(5)
    /// Days that say something about what is usual.
    static let leastDays = 3
    static let leastWorn = 4 * 3600.0

    mutating func receive(_ epoch: MinuteEpoch) {
        over30 += epoch.over30Seconds
        over60 += epoch.over60Seconds
        let seconds = [Posture.sitting, .standing, .walking].reduce(0.0) {
            $0 + epoch.postureSeconds[$1.index]
        }
        active += seconds
        if seconds > 0, firstActive == nil { firstActive = epoch.start }
    }

    /// A bout of sitting that is over.
    mutating func receiveBout(_ bout: SittingBout, _ episode: Episode) {
        longestSit = max(longestSit, bout.seatedSeconds)
        bouts += 1
        if let nudge = lastNudge, episode.end >= nudge, episode.end - nudge <= Self.quick { quickBreaks += 1 }
        lastNudge = nil
    }

    mutating func noteNudge(at time: Instant) {
        nudges += 1
        lastNudge = time
    }

    mutating func beginDay() {
        let usual = usualLongestSit
        self = DayNotes()
        usualLongestSit = usual
    }

    mutating func learn(_ days: [DailySummary]) {
        let worn = days.filter { $0.wornSeconds >= Self.leastWorn && $0.longestSittingSeconds > 0 }.suffix(7)
        guard worn.count >= Self.leastDays else { return usualLongestSit = nil }
        usualLongestSit = worn.reduce(0) { $0 + $1.longestSittingSeconds } / Double(worn.count)
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
}
