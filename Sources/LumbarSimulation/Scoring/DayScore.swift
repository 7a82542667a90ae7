import LumbarCore

/// What was told about simulated days, held against what their wearers really did.
///
/// Rules:
///
/// - Lifts: each `lift` of the truth is found by one `lift` that overlaps it, give or take a second, and each `lift`
///   told is right once. Picking up nothing from a squat is no lift.
/// - Twists: turns of the trunk with the feet still, while bent or within a lift, of 30 degrees and more (within a
///   lift also at 60 degrees/s and more, which is the rule). A tenth around these limits is doubtful: neither asked
///   for nor held against the program. A twist upright, or one with steps, is none.
/// - Shifts: changes of the trunk's tilt by 5 degrees and more, kept for 5 s and more, while seated. Finding the place
///   in the seat, 15 s after sitting down, is doubtful.
/// - Breaks: ends of bouts of sitting of a minute and more, by a minute off the seat or twenty steps. Between 45 and
///   75 s, and between 15 and 25 steps, is doubtful. The sensor being taken off is no break.
/// - Wear: each whole minute is worn or not, by where most of it goes; so is what is told of it.
public struct DayScore: Sendable {
    /// Probable lifts.
    public var lifts = EventScore()
    /// Lifts under strain, by how they were meant: hard, twisted, or deep and not gentle.
    public var strains = EventScore()
    /// Turning while bent, and turning in a lift.
    public var twists = EventScore()
    /// Shifts of the trunk while seated.
    public var shifts = EventScore()
    /// Breaks from sitting.
    public var breaks = EventScore()
    /// Bouts of sitting of a minute and more, nine tenths of each covered.
    public var bouts = EventScore()
    /// Bends of 48 degrees and more; those from 40 on are doubtful.
    public var bends = EventScore()
    /// Whole minutes.
    public var wear = WearScore()
    /// Seconds in sitting, standing, walking, lying and not worn.
    public var postures = PostureScore()

    /// Nothing counted.
    public init() {}

    /// Adds another day.
    public static func += (a: inout DayScore, b: DayScore) {
        a.lifts += b.lifts
        a.strains += b.strains
        a.twists += b.twists
        a.shifts += b.shifts
        a.breaks += b.breaks
        a.bouts += b.bouts
        a.bends += b.bends
        a.wear += b.wear
        a.postures += b.postures
    }

    /// Everything that is counted as events, with its name.
    public var events: [(name: String, score: EventScore)] {
        [
            ("lift", lifts), ("twist", twists), ("seated shift", shifts), ("break", breaks),
            ("lift under strain", strains), ("bend", bends), ("sitting bout", bouts),
        ]
    }
}

/// Minutes, right and wrong.
public struct WearScore: Sendable, Equatable {
    /// Whole minutes of the days.
    public var minutes = 0
    /// Minutes not worn that were told as worn.
    public var missed = 0
    /// Those of them in which the sensor was carried about in a bag or in hands.
    public var carried = 0
    /// Minutes worn that were told as not worn.
    public var wrong = 0

    /// Nothing counted.
    public init() {}

    /// Minutes told as they were.
    public var right: Int { minutes - missed - wrong }
    /// Share of minutes told as they were, 0...1.
    public var share: Double { minutes > 0 ? Double(right) / Double(minutes) : 1 }
    /// Wilson's interval of the share; minutes of one day hang together, so it is too narrow.
    public var interval: ClosedRange<Double> { EventScore.wilson(right, of: minutes) }

    /// Adds another count.
    public static func += (a: inout WearScore, b: WearScore) {
        a.minutes += b.minutes
        a.missed += b.missed
        a.carried += b.carried
        a.wrong += b.wrong
    }
}

/// Seconds in each posture: as it was, as told, and both.
public struct PostureScore: Sendable, Equatable {
    /// The postures that are counted.
    public static let kinds: [Posture] = [.sitting, .standing, .walking, .lying, .notWorn]
    /// Seconds of each that happened.
    public private(set) var happened = [Double](repeating: 0, count: PostureScore.kinds.count)
    /// Seconds of each that were told.
    public private(set) var told = [Double](repeating: 0, count: PostureScore.kinds.count)
    /// Seconds of each that happened and were told.
    public private(set) var shared = [Double](repeating: 0, count: PostureScore.kinds.count)

    /// Nothing counted.
    public init() {}

    /// Share of the seconds in `posture` that were told, 0...1; 1 when there were none.
    public func recall(of posture: Posture) -> Double { share(posture, of: happened) }
    /// Share of the seconds told as `posture` that were, 0...1; 1 when there were none.
    public func precision(of posture: Posture) -> Double { share(posture, of: told) }

    private func share(_ posture: Posture, of all: [Double]) -> Double {
        guard let i = Self.kinds.firstIndex(of: posture), all[i] > 0 else { return 1 }
        return shared[i] / all[i]
    }

    /// Adds another count.
    public static func += (a: inout PostureScore, b: PostureScore) {
        for i in kinds.indices {
            a.happened[i] += b.happened[i]
            a.told[i] += b.told[i]
            a.shared[i] += b.shared[i]
        }
    }

    /// Counts one day.
    mutating func count(_ posture: Posture, happened real: [ScoredSpan], told episodes: [ScoredSpan]) {
        guard let i = Self.kinds.firstIndex(of: posture) else { return }
        happened[i] += real.reduce(0) { $0 + $1.seconds }
        told[i] += episodes.reduce(0) { $0 + $1.seconds }
        shared[i] += real.reduce(0) { sum, span in sum + episodes.reduce(0) { $0 + span.shared($1) } }
    }
}
