import LumbarCore

/// Two stretches of days beside each other: what differs by more than days differ anyhow.
///
/// Each measure is asked by a rank-sum test over days. Because ten are asked at once, one of them would look like a change
/// by chance in two weeks of five; Holm's step-down (1979, Scand J Stat 6:65) keeps that to one week in twenty.
public struct PeriodComparison: Sendable, Equatable {
    /// One measure of both.
    public struct Line: Sendable, Equatable {
        /// Which.
        public let measure: PeriodMeasure
        /// Over the days of this stretch; nil when none has it.
        public let now: DaySpread?
        /// Over the days of the one before.
        public let before: DaySpread?
        /// Probability of such a difference by chance; nil when there are too few days.
        public let probability: Double?
        /// +1 when there is more of it now, -1 when there is less, 0 when days differ by as much anyhow.
        public let change: Int
    }

    /// A line for each measure, in the order of `PeriodMeasure`.
    public let lines: [Line]
    /// Days of this stretch that could be compared.
    public let days: Int
    /// Those of the one before.
    public let daysBefore: Int

    /// Fewer days than this in either stretch are not compared: four against four can just be told from chance.
    public static let fewestDays = 4
    /// Chance that anything at all is called a change when nothing changed.
    public static let risk = 0.05

    /// Medians that differ by a smaller share than this are no change, however regular: nobody would notice.
    public static let leastDifference = 0.1

    /// Whether there were enough days in both.
    public var isPossible: Bool { days >= Self.fewestDays && daysBefore >= Self.fewestDays }

    /// Compares the days that are over and were worn long enough.
    public init(_ now: [DailySummary], before: [DailySummary]) {
        let present = now.filter(\.isComparable)
        let past = before.filter(\.isComparable)
        let isPossible = present.count >= Self.fewestDays && past.count >= Self.fewestDays
        var found: [(measure: PeriodMeasure, p: Double, sign: Int)] = []
        if isPossible {
            for measure in PeriodMeasure.allCases {
                let a = present.compactMap(measure.comparable)
                let b = past.compactMap(measure.comparable)
                guard a.count >= Self.fewestDays, b.count >= Self.fewestDays else { continue }
                let sign = Self.isNoticeable(a, b) ? Self.sign(a, b) : 0
                found.append((measure, RankSumTest.probability(a, b), sign))
            }
        }
        let told = Self.holm(found.map(\.p))
        lines = PeriodMeasure.allCases.map { measure in
            let index = found.firstIndex { $0.measure == measure }
            return Line(
                measure: measure, now: DaySpread(present.compactMap(measure.value)),
                before: DaySpread(past.compactMap(measure.value)), probability: index.map { found[$0].p },
                change: index.map { told[$0] ? found[$0].sign : 0 } ?? 0)
        }
        days = present.count
        daysBefore = past.count
    }

    /// The line of `measure`.
    public func line(_ measure: PeriodMeasure) -> Line? { lines.first { $0.measure == measure } }

    /// Which of the probabilities count, by Holm's step-down.
    static func holm(_ probabilities: [Double]) -> [Bool] {
        var counts = [Bool](repeating: false, count: probabilities.count)
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        for (step, index) in order.enumerated() {
            guard probabilities[index] <= risk / Double(probabilities.count - step) else { break }
            counts[index] = true
        }
        return counts
    }

    private static func isNoticeable(_ a: [Double], _ b: [Double]) -> Bool {
        guard let now = DaySpread(a)?.median, let before = DaySpread(b)?.median else { return false }
        return abs(now - before) >= leastDifference * max(abs(now), abs(before))
    }

    /// Which group lies higher, by the sum of its ranks.
    private static func sign(_ a: [Double], _ b: [Double]) -> Int {
        let ranks = RankSumTest.doubledRanks(a + b)
        let sum = ranks.prefix(a.count).reduce(0, +)
        return (sum - a.count * (ranks.count + 1)).signum()
    }
}
