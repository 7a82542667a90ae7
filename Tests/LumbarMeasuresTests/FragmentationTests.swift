import LumbarMeasures
import LumbarTestKit
import Testing

private func near(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-6) -> Bool {
    a.map { ($0 - b).magnitude <= tolerance } ?? false
}

/// Expected values were worked out from the formulas by other means: the Gini index from mean absolute differences,
/// hazards as fractions.
@Suite struct FragmentationTests {
    @Test func threeBoutsAreGolden() throws {
        let bouts = try #require(Fragmentation([2, 1, 3]))
        #expect(bouts.count == 3)
        #expect(near(bouts.mean, 2))
        #expect(near(bouts.transitionRate, 0.5))
        #expect(near(bouts.gini, 0.3333333333))
        #expect(near(bouts.averageHazard, 0.6111111111))
        #expect(near(bouts.alpha, 1.7749533004))
        #expect(near(bouts.alphaSigma, 0.4474194966))
        #expect(near(bouts.x50, 2.4459591964))
        #expect(near(bouts.w50, 0.5))
        #expect(bouts.usualBout == 2)
    }

    @Test func nineBoutsAreGolden() throws {
        let bouts = try #require(Fragmentation([34, 1, 2, 3, 5, 8, 13, 21, 1]))
        #expect(near(bouts.mean, 9.7777777778))
        #expect(near(bouts.transitionRate, 0.1022727273))
        #expect(near(bouts.gini, 0.6221590909))
        #expect(near(bouts.averageHazard, 0.3518849206))
        #expect(near(bouts.alpha, 1.4315554109))
        #expect(near(bouts.alphaSigma, 0.1438518036))
        #expect(near(bouts.x50, 4.9836389078))
        #expect(near(bouts.w50, 0.9204545455))
        #expect(bouts.usualBout == 21)
    }

    /// The shortest bout stands before the power of two, not within its exponent: that is seen when it is not 1.
    @Test func aShortestBoutAboveOneStandsBeforeThePower() throws {
        let bouts = try #require(Fragmentation([4, 7, 7, 12, 31, 55]))
        #expect(near(bouts.gini, 0.5724137931))
        #expect(near(bouts.averageHazard, 0.48))
        #expect(near(bouts.alpha, 1.7804610141))
        #expect(near(bouts.x50, 9.7222752638))
        #expect(near(bouts.w50, 0.8448275862))
        #expect(bouts.usualBout == 31)
    }

    @Test func fewAndEqualBouts() throws {
        #expect(Fragmentation([]) == nil)
        #expect(Fragmentation([0, -3]) == nil)
        let one = try #require(Fragmentation([40]))
        #expect(one.gini == nil)
        #expect(one.averageHazard == 1)
        #expect(one.usualBout == 40)
        let equal = try #require(Fragmentation([10, 10, 10]))
        #expect(near(equal.gini, 0))
        #expect(near(equal.alpha, 20.4957257462))
        #expect(equal.w50 == 0)
        #expect(equal.usualBout == 10)
    }

    @Test func boundsHoldForAnyBouts() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<200 {
            let bouts = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                Int.random(in: 1...Int.random(in: 1...240, using: &random), using: &random)
            }
            let found = try #require(Fragmentation(bouts))
            if let gini = found.gini { #expect(gini > -1e-9 && gini < 1 + 1e-9) }
            #expect(found.averageHazard > 0 && found.averageHazard <= 1)
            #expect(found.alpha > 1 && found.alpha.isFinite && found.x50.isFinite)
            #expect((0...1).contains(found.w50))
            #expect(bouts.contains(Int(found.usualBout)))
        }
    }
}
