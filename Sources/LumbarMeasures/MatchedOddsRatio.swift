/// The odds ratio over matched sets of one case and its controls, each of them higher or not, with an exact interval.
///
/// A set of N windows of which n are higher says that its case is one of the higher with odds of ψ·n to N − n. The
/// estimate is that of Mantel and Haenszel for matched sets; the interval takes in every ψ by which as many higher
/// cases as were seen, or more, and as many or fewer, each come with at least 2.5 %. It holds for any number of sets
/// and is on the wide side. With a higher one of two in every set it is the exact comparison of two counts (binomial,
/// p = 1/2).
public struct MatchedOddsRatio: Sendable, Equatable {
    /// The estimate; infinite when every case is higher that could be, 0 when none is.
    public let estimate: Double
    /// The lower end of the 95 % interval.
    public let low: Double
    /// The upper end; infinite when every case is higher that could be.
    public let high: Double
    /// Sets that tell something: not all, and not none, of their windows are higher.
    public let sets: Int
    /// The sets of those whose case is among the higher.
    public let higherCases: Int

    /// One case with its controls.
    public struct MatchedSet: Sendable, Equatable {
        /// Whether the case is among the higher.
        public var isCaseHigher: Bool
        /// How many of the windows are higher, the case included.
        public var higher: Int
        /// How many windows there are, the case included.
        public var count: Int

        /// A set.
        public init(isCaseHigher: Bool, higher: Int, count: Int) {
            self.isCaseHigher = isCaseHigher
            self.higher = higher
            self.count = count
        }
    }

    /// The odds ratio of `sets`; nil when none of them tells anything.
    public init?(_ sets: [MatchedSet]) {
        let telling = sets.filter { 0 < $0.higher && $0.higher < $0.count }
        guard !telling.isEmpty else { return nil }
        var agreeing = 0.0
        var opposing = 0.0
        for set in telling {
            if set.isCaseHigher {
                agreeing += Double(set.count - set.higher) / Double(set.count)
            } else {
                opposing += Double(set.higher) / Double(set.count)
            }
        }
        let seen = telling.count { $0.isCaseHigher }
        self.sets = telling.count
        higherCases = seen
        estimate = opposing > 0 ? agreeing / opposing : .infinity
        // More higher cases come with a larger ψ: the first tail grows with it and the second shrinks.
        low =
            seen == 0
            ? 0
            : Self.ratio { Self.tails(telling, ratio: $0, seen: seen).atLeast < 0.025 }
        high =
            seen == telling.count
            ? .infinity
            : Self.ratio { Self.tails(telling, ratio: $0, seen: seen).atMost > 0.025 }
    }

    /// The ratio up to which `isBelow` holds.
    private static func ratio(_ isBelow: (Double) -> Bool) -> Double {
        // Halved on ψ/(1 + ψ), which has two ends.
        var from = 0.0
        var to = 1.0
        for _ in 0..<52 {
            let middle = (from + to) / 2
            if isBelow(middle / (1 - middle)) { from = middle } else { to = middle }
        }
        return from / (1 - from)
    }

    /// How likely so many higher cases or more, and so many or fewer, are.
    private static func tails(
        _ sets: [MatchedSet], ratio: Double, seen: Int
    ) -> (atLeast: Double, atMost: Double) {
        // The chance of each number of higher cases, set by set.
        var chances = [Double](repeating: 0, count: sets.count + 1)
        chances[0] = 1
        for (index, set) in sets.enumerated() {
            let odds = ratio * Double(set.higher) / Double(set.count - set.higher)
            let chance = odds / (1 + odds)
            for number in stride(from: index + 1, through: 1, by: -1) {
                chances[number] = chances[number] * (1 - chance) + chances[number - 1] * chance
            }
            chances[0] *= 1 - chance
        }
        return (chances[seen...].reduce(0, +), chances[...seen].reduce(0, +))
    }
}
