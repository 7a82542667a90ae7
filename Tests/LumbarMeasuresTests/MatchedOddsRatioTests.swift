import LumbarMeasures
import LumbarTestKit
import Testing

@Suite struct MatchedOddsRatioTests {
    private func sets(_ higherCases: Int, of count: Int, higher: Int = 1, windows: Int = 2)
        -> [MatchedOddsRatio.MatchedSet]
    {
        (0..<count).map { .init(isCaseHigher: $0 < higherCases, higher: higher, count: windows) }
    }

    /// Pairs are binomial: the ends are those of Clopper and Pearson as odds.
    @Test func pairsAreBinomial() throws {
        let eightOfTen = try #require(MatchedOddsRatio(sets(8, of: 10)))
        #expect(abs(eightOfTen.estimate - 4) < 1e-9)
        #expect(abs(eightOfTen.low - 0.4439045 / (1 - 0.4439045)) < 1e-4)
        #expect(abs(eightOfTen.high - 0.9747893 / (1 - 0.9747893)) < 1e-2)
        let none = try #require(MatchedOddsRatio(sets(0, of: 6)))
        #expect(none.estimate == 0 && none.low == 0)
        #expect(abs(none.high - 0.4592581 / (1 - 0.4592581)) < 1e-4)
        let all = try #require(MatchedOddsRatio(sets(6, of: 6)))
        #expect(all.estimate == .infinity && all.high == .infinity)
        #expect(abs(all.low - 1 / none.high) < 1e-4)
        // Five higher of five are not enough to leave chance out, six are.
        #expect(all.low > 1)
        let five = try #require(MatchedOddsRatio(sets(5, of: 5)))
        #expect(five.low < 1)
    }

    @Test func setsThatTellNothingDoNotCount() {
        #expect(MatchedOddsRatio([]) == nil)
        #expect(MatchedOddsRatio(sets(0, of: 3, higher: 0, windows: 5)) == nil)
        #expect(MatchedOddsRatio(sets(3, of: 3, higher: 5, windows: 5)) == nil)
        let some = sets(4, of: 7, higher: 2, windows: 5)
        #expect(MatchedOddsRatio(some) == MatchedOddsRatio(some + sets(0, of: 9, higher: 0, windows: 5)))
    }

    @Test func turningHigherIntoLowerTurnsTheRatioOver() throws {
        var random = SplitMix64(seed: 21)
        for _ in 0..<50 {
            let some = (0..<12).map { _ in
                let count = Int.random(in: 4...9, using: &random)
                return MatchedOddsRatio.MatchedSet(
                    isCaseHigher: Bool.random(using: &random),
                    higher: Int.random(in: 1..<count, using: &random),
                    count: count)
            }
            let turned = some.map {
                MatchedOddsRatio.MatchedSet(
                    isCaseHigher: !$0.isCaseHigher, higher: $0.count - $0.higher, count: $0.count)
            }
            let one = try #require(MatchedOddsRatio(some))
            let other = try #require(MatchedOddsRatio(turned))
            #expect(one.low <= one.estimate && one.estimate <= one.high)
            guard one.low > 0, one.high.isFinite else { continue }
            #expect(abs(one.low * other.high - 1) < 1e-6 && abs(one.estimate * other.estimate - 1) < 1e-9)
        }
    }

    /// The interval holds what it says, whatever the ratio is.
    @Test(
        .enabled(if: !Trials.areEmulated, "a share of few trials says nothing, and many take too long here"),
        arguments: [0.3, 1, 4])
    func intervalsCoverTheRatio(ratio: Double) throws {
        var random = SplitMix64(seed: 31)
        let trials = 1000
        var covered = 0
        for _ in 0..<trials {
            let some = (0..<15).map { _ in
                let count = Int.random(in: 5...9, using: &random)
                let higher = count / 2
                let odds = ratio * Double(higher) / Double(count - higher)
                return MatchedOddsRatio.MatchedSet(
                    isCaseHigher: Double.random(in: 0..<1, using: &random) < odds / (1 + odds),
                    higher: higher,
                    count: count)
            }
            let found = try #require(MatchedOddsRatio(some))
            if found.low <= ratio, ratio <= found.high { covered += 1 }
        }
        let share = Double(covered) / Double(trials)
        #expect(share > 0.94 && share < 0.999, "\(share)")
    }
}
