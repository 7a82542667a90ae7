import LumbarCore

/// How somebody bent before a training, and the share that it aims at.
public struct TrainingBaseline: Sendable, Equatable {
    /// The days that were worn for long enough, in order.
    public let days: [TrainingDay]
    /// The share before an earlier training, which stands in where those days say too little.
    public let earlier: Double?

    /// The most days it looks at, and the fewest it is content with.
    public static let mostDays = 7
    /// The fewest days.
    public static let leastDays = 3
    /// The fewest bends.
    public static let leastBends = 50
    /// What is aimed at where too little is known.
    public static let usualTarget = 0.2
    /// The lowest share that is aimed at unasked.
    public static let leastTarget = 0.1

    /// The last days of `days`, which are in order, that were worn for long enough.
    ///
    /// None of an earlier training is among them: its bends were made under feedback.
    public init(_ days: [TrainingDay], earlier: Double? = nil) {
        self.earlier = earlier
        let worn = days.filter { $0.wornSeconds >= TrainingCourse.leastWorn }
        self.days = Array(worn.suffix(Self.mostDays))
    }

    /// The bends of those days.
    public var count: BendCount { days.reduce(BendCount()) { $0 + $1.count } }

    /// The share of bends past 60 degrees, 0...1, that is held against; nil when there is too little to know it.
    public var share: Double? { measured ?? earlier }

    /// The share on those days; nil when they are too few, or their bends.
    public var measured: Double? {
        guard days.count >= Self.leastDays, count.bends >= Self.leastBends else { return nil }
        return count.share
    }

    /// What is aimed at unasked: half of that, a tenth at least.
    public var target: Double { share.map { max(Self.leastTarget, $0 / 2) } ?? Self.usualTarget }
}
