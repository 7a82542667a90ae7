import LumbarCore

/// How many of the things that happened were found, and how many of those told were right.
public struct EventScore: Sendable, Equatable {
    /// Things that happened and have to be found.
    public var happened = 0
    /// Those of them that were found.
    public var found = 0
    /// Things told that have to be right; what was told of a doubtful thing is not among them.
    public var told = 0
    /// Those of them that were right.
    public var right = 0

    /// What was missed or wrong, in the order in which it was looked at.
    public private(set) var slips: [Slip] = []

    /// Something missed or told wrongly, seconds from the start of the day.
    public struct Slip: Sendable, Equatable {
        /// Whether it happened and was not found; otherwise it was told and did not happen.
        public var isMiss: Bool
        /// When it began.
        public var start: Double
        /// When it ended.
        public var end: Double
    }

    /// Nothing counted.
    public init() {}

    /// Things that happened and were not found.
    public var missed: Int { happened - found }
    /// Things told that did not happen.
    public var wrong: Int { told - right }
    /// Share of what happened that was found, 0...1; nil when nothing happened.
    public var recall: Double? { happened > 0 ? Double(found) / Double(happened) : nil }
    /// Share of what was told that was right, 0...1; nil when nothing was told.
    public var precision: Double? { told > 0 ? Double(right) / Double(told) : nil }
    /// Wilson's interval of the recall.
    public var recallInterval: ClosedRange<Double> { Self.wilson(found, of: happened) }
    /// Wilson's interval of the precision.
    public var precisionInterval: ClosedRange<Double> { Self.wilson(right, of: told) }

    /// Adds another count.
    public static func += (a: inout EventScore, b: EventScore) {
        a.happened += b.happened
        a.found += b.found
        a.told += b.told
        a.right += b.right
        a.slips += b.slips
    }

    /// The interval that holds the true share with 95 % confidence (Wilson, JASA 22:209, 1927).
    public static func wilson(_ count: Int, of all: Int) -> ClosedRange<Double> {
        guard all > 0 else { return 0...1 }
        let n = Double(all)
        let p = Double(count) / n
        let z = 1.959964
        let scale = 1 / (1 + z * z / n)
        let middle = (p + z * z / (2 * n)) * scale
        let half = z * scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }
}

/// A stretch of time, for matching.
struct ScoredSpan {
    var start: Double
    var end: Double

    init(_ start: Double, _ end: Double) {
        self.start = start
        self.end = end
    }

    init(_ span: TruthSpan) { self.init((span.start - .zero).seconds, (span.end - .zero).seconds) }

    init(_ episode: Episode) { self.init((episode.start - .zero).seconds, (episode.end - .zero).seconds) }

    func overlaps(_ other: ScoredSpan, within slack: Double) -> Bool {
        start < other.end + slack && other.start < end + slack
    }

    /// Seconds that both hold.
    func shared(_ other: ScoredSpan) -> Double { max(0, min(end, other.end) - max(start, other.start)) }

    var seconds: Double { end - start }
}

extension EventScore {
    /// Matches what was told with what happened, one to one and in time order, `slack` seconds apart at most.
    ///
    /// What is told about a doubtful thing is neither right nor wrong. With `again`, a thing told twice is right twice.
    mutating func match(
        _ truth: [ScoredSpan], doubtful: [ScoredSpan] = [], told episodes: [ScoredSpan], slack: Double,
        again: Bool = false
    ) {
        var used = [Bool](repeating: false, count: episodes.count)
        happened += truth.count
        for span in truth {
            guard
                let match = episodes.indices.first(where: { i in
                    !used[i] && episodes[i].overlaps(span, within: slack)
                })
            else {
                slip(missed: true, span)
                continue
            }
            used[match] = true
            found += 1
            told += 1
            right += 1
        }
        for (episode, isUsed) in zip(episodes, used) where !isUsed {
            if doubtful.contains(where: { $0.overlaps(episode, within: slack) }) { continue }
            told += 1
            if again, truth.contains(where: { $0.overlaps(episode, within: slack) }) {
                right += 1
            } else {
                slip(missed: false, episode)
            }
        }
    }

    private mutating func slip(missed isMiss: Bool, _ span: ScoredSpan) {
        slips.append(Slip(isMiss: isMiss, start: span.start, end: span.end))
    }
}
