import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarMeasures

@Suite("Periods")
struct PeriodTests {
    @Test("four against four that do not overlap: 2 of 70 divisions")
    func extremes() {
        #expect(abs(RankSumTest.probability([1, 2, 3, 4], [5, 6, 7, 8]) - 2.0 / 70) < 1e-12)
        #expect(RankSumTest.probability([1, 1, 1], [1, 1, 1]) == 1)
        #expect(RankSumTest.probability([], [1]) == 1)
    }

    /// All divisions one by one, as the definition says it.
    private static func enumerated(_ a: [Double], _ b: [Double]) -> Double {
        let all = a + b
        func rank(_ value: Double) -> Double {
            Double(all.count { $0 < value }) + Double(all.count { $0 == value } + 1) / 2
        }
        let ranks = all.map(rank)
        let middle = Double(a.count) * Double(all.count + 1) / 2
        let observed = abs(ranks.prefix(a.count).reduce(0, +) - middle)
        var total = 0
        var far = 0
        for bits in 0..<(1 << all.count) where bits.nonzeroBitCount == a.count {
            let sum = ranks.indices.reduce(0.0) { bits >> $1 & 1 == 1 ? $0 + ranks[$1] : $0 }
            total += 1
            if abs(sum - middle) >= observed - 1e-9 { far += 1 }
        }
        return Double(far) / Double(total)
    }

    @Test("the probability is that of all divisions, ties included")
    func exactness() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<40 {
            let a = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                Double(Int.random(in: 0...6, using: &random))
            }
            let b = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                Double(Int.random(in: 0...6, using: &random))
            }
            #expect(abs(RankSumTest.probability(a, b) - Self.enumerated(a, b)) < 1e-9, "\(a) \(b)")
        }
    }

    @Test("where it is no longer counted out, it is nearly the same")
    func approximation() {
        var random = SplitMix64(seed: 8)
        for shift in [0.0, 4, 8, 14] {
            let a = (0..<25).map { _ in Double(Int.random(in: 0...30, using: &random)) + shift }
            let b = (0..<25).map { _ in Double(Int.random(in: 0...30, using: &random)) }
            let ranks = RankSumTest.doubledRanks(a + b)
            let distance = (ranks.prefix(25).reduce(0, +) - 25 * 51).magnitude
            let near = RankSumTest.approximated(ranks, first: 25, distance: distance)
            #expect(abs(near - RankSumTest.probability(a, b)) < 0.01)
        }
        let year = (0..<366).map { Double($0 % 17) }
        #expect(RankSumTest.probability(year, year) > 0.9)
        #expect(RankSumTest.probability(year.map { $0 + 5 }, year) < 1e-6)
    }

    @Test("median and range")
    func spread() {
        #expect(DaySpread([]) == nil)
        #expect(DaySpread([3, 1, 2])?.median == 2)
        #expect(DaySpread([4, 1, 2, 3])?.median == 2.5)
        #expect(DaySpread([4, 1, .nan])?.days == 2)
    }

    /// A day with so many hours of sitting, half as many standing, and so many breaks.
    private static func day(_ number: Int, sitting hours: Double, breaks: Int) -> DailySummary {
        var day = DailySummary(
            wearer: .sole, date: CivilDate(year: 2026, month: 11, day: number), start: .zero,
            end: .zero + .hours(24), isComplete: true)
        day.postureSeconds[Posture.sitting.index] = hours * 3600
        day.postureSeconds[Posture.standing.index] = hours * 1800
        day.sittingBreaks = breaks
        day.steps = Int(hours * 500)
        return day
    }

    @Test("more breaks in every hour are a change; wearing it longer is none")
    func changes() {
        let before = (1...7).map { Self.day($0, sitting: 4 + 0.01 * Double($0), breaks: 4 + $0 % 2) }
        let now = (8...14).map { Self.day($0, sitting: 4 + 0.01 * Double($0), breaks: 9 + $0 % 3) }
        let more = PeriodComparison(now, before: before)
        #expect(more.line(.breaks)?.change == 1)
        #expect(PeriodComparison(before, before: now).line(.breaks)?.change == -1)

        let longer = (8...14).map { Self.day($0, sitting: 8 + 0.02 * Double($0), breaks: 8 + 2 * ($0 % 2)) }
        let same = PeriodComparison(longer, before: before)
        #expect(same.lines.allSatisfy { $0.change == 0 || $0.measure == .longestSitting }, "\(same.lines)")
        #expect(same.line(.sitting).flatMap(\.now).map { $0.median > 7 * 3600 } == true)
    }

    @Test("ordinary weeks that do not differ are hardly ever told apart")
    func falseChanges() {
        var random = SplitMix64(seed: 9)
        func week() -> [DailySummary] {
            (1...7).map {
                Self.day(
                    $0, sitting: Double.random(in: 4...8, using: &random),
                    breaks: Int.random(in: 4...16, using: &random))
            }
        }
        let wrong = (0..<100).count { _ in
            PeriodComparison(week(), before: week()).lines.contains { $0.change != 0 }
        }
        #expect(wrong <= 8, "\(wrong) of 100")
    }

    @Test("days that are not over, and days of little wear, are not compared")
    func comparable() {
        var today = Self.day(9, sitting: 6, breaks: 8)
        today.isComplete = false
        let short = Self.day(10, sitting: 1, breaks: 1)
        let comparison = PeriodComparison([today, short, Self.day(11, sitting: 6, breaks: 8)], before: [])
        #expect(comparison.days == 1)
        #expect(!comparison.isPossible)
        #expect(comparison.lines.allSatisfy { $0.probability == nil && $0.change == 0 })
    }
}
