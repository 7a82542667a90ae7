import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct BendMeasuresTests {
    private func bend(to angle: Double, held seconds: Double, poseQuality: Double = 1) throws -> Bend {
        var script = FeatureScript()
        script.still(10)
        script.move(1.2, to: angle)
        script.still(seconds)
        script.move(1.2, to: 0)
        script.still(10)
        return try #require(Findings(script).bends.first)
    }

    @Test func thePercentileOfTheRateLiesBelowItsPeak() throws {
        let short = try bend(to: 70, held: 1)
        // 70 degrees in 1.2 s is 58 degrees per second throughout.
        #expect((short.rate95Dps - 58.3).magnitude < 2)
        #expect(short.rate95Dps <= short.peakRateDps)
        // Held long, fewer than one frame in twenty moves.
        #expect(try bend(to: 70, held: 60).rate95Dps < 5)
    }

    @Test func theAreaBeginsAtTwentyDegrees() throws {
        // A trapezium of 50 degrees for 3 s and two ramps of 0.857 s above 20 degrees; it ends at 30 on the way back.
        let area = try bend(to: 70, held: 3).areaAbove20DegreeSeconds
        #expect((area - (150 + 2 * 21.4)).magnitude < 5)
    }

    @Test func holdingForMoreThanFourSecondsIsStatic() throws {
        #expect(try !bend(to: 50, held: 3).isStatic)
        #expect(try bend(to: 50, held: 5).isStatic)
    }

    @Test func percentilesOfTheHistogram() {
        var rates = RateHistogram()
        #expect(rates.percentile(0.95) == 0)
        for i in 0..<100 { rates.add(Double(i)) }
        #expect((rates.percentile(0.95) - 95).magnitude < 1)
        #expect((rates.percentile(0.5) - 50).magnitude < 1)
        rates.add(10_000)
        rates.add(-.infinity)
        rates.add(.nan)
        #expect(rates.percentile(1) == 320)
    }

    @Test(arguments: [
        (15.0, true, 5.0, Acceptability.acceptable), (45, true, 0.2, .conditional),
        (45, false, 0.2, .acceptable),
        (45, false, 2, .notAcceptable), (70, true, 0.2, .notAcceptable), (70, false, 1.9, .conditional),
        (70, false, 2, .notAcceptable),
    ])
    func theTableOfTheStandard(peak: Double, isStatic: Bool, perMinute: Double, expected: Acceptability) {
        #expect(ZoneEntries.acceptability(peak: peak, isStatic: isStatic, perMinute: perMinute) == expected)
    }

    @Test func tenBendsInFiveMinutesAreFrequent() throws {
        var script = FeatureScript()
        script.still(10)
        for _ in 0..<12 {
            script.move(1.2, to: 50)
            script.still(1)
            script.move(1.2, to: 0)
            script.still(10)
        }
        let bends = Findings(script).bends
        #expect(bends.count == 12)
        #expect(bends[0].acceptability == .acceptable)
        #expect((bends[0].zoneEntriesPerMinute - 0.2).magnitude < 1e-9)
        #expect(bends[11].acceptability == .notAcceptable)
        #expect((bends[11].zoneEntriesPerMinute - 2.4).magnitude < 1e-9)
    }

    @Test func entriesAreForgottenAfterFiveMinutes() {
        var entries = ZoneEntries()
        let start = Instant(nanoseconds: 1_000_000_000)
        for i in 0..<20 {
            let time = start + .seconds(Double(i) * 5)
            entries.update(30, at: time)
            entries.update(19, at: time + .seconds(1))
            // Four degrees back are no way out.
            entries.update(30, at: time + .seconds(2))
            entries.update(0, at: time + .seconds(3))
        }
        #expect(entries.perMinute(peak: 40, at: start + .seconds(100)) == 4)
        #expect(entries.perMinute(peak: 80, at: start + .seconds(100)) == 0)
        #expect(entries.perMinute(peak: 40, at: start + .seconds(500)) == 0)
    }

    @Test func aBendIsAShareOfTheDeepestOnceThreeAreKnown() {
        var maximum = OwnMaximum()
        #expect(maximum.share(of: 50) == nil)
        #expect(maximum.share(of: 80) == nil)
        #expect(maximum.share(of: 170) == nil)
        #expect(maximum.share(of: 60) == 0.75)
        #expect(maximum.share(of: 100) == 1)
        var shallow = OwnMaximum()
        for _ in 0..<10 { #expect(shallow.share(of: 50) == nil) }
    }

    @Test func theBowOfACalibrationIsKnownAtOnceAndADeeperBendTakesItsPlace() {
        var maximum = OwnMaximum()
        #expect(maximum.share(of: 45, bow: 90) == 0.5)
        #expect(maximum.share(of: 100, bow: 90) == 1)
        #expect(maximum.share(of: 50, bow: 90) == 0.5)
        // A stiff back's maximum is its own, however small.
        var stiff = OwnMaximum()
        #expect(stiff.share(of: 20, bow: 40) == 0.5)
    }

    @Test func bendsTellTheirShareOfTheBowInTheirFeatures() throws {
        var script = FeatureScript()
        script.deepestBow = 100
        script.still(10)
        script.move(1.5, to: 80)
        script.still(3)
        script.move(1.5, to: 0)
        script.still(10)
        let bend = try #require(Findings(script).bends.first)
        #expect(abs((bend.shareOfMaximum ?? 0) - 0.8) < 0.02)
    }
}

@Suite struct HeldLeanTests {
    @Test func aShallowLeanThatIsHeldWhileStandingIsABend() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(1.5, to: 28)
        script.still(6)
        script.move(1.5, to: 0)
        script.still(10)
        let found = Findings(script)
        let bend = try #require(found.bends.first)
        #expect(found.bends.count == 1)
        #expect(bend.isStatic)
        #expect(bend.acceptability == .conditional)
    }

    @Test func oneThatIsHeldShortlyIsNone() {
        var script = FeatureScript()
        script.still(10)
        script.move(1.5, to: 28)
        script.still(3)
        script.move(1.5, to: 0)
        script.still(10)
        #expect(Findings(script).bends.isEmpty)
    }

    @Test func leaningForwardInASeatIsNone() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(30)
        script.move(1.5, to: 28)
        script.still(20)
        script.move(1.5, to: 0)
        script.still(10)
        #expect(Findings(script).bends.isEmpty)
    }

    @Test func whatTheStreamBeginsWithIsNoBend() {
        var script = FeatureScript()
        script.move(0.1, to: 50)
        script.still(60)
        #expect(Findings(script).bends.isEmpty)
    }
}

@Suite struct FirstStanceTests {
    private func frames(
        _ tilts: [(degrees: Double, seconds: Double)], quality: Double = 0.3
    ) -> [Features] {
        var script = FeatureScript()
        for tilt in tilts {
            script.move(0.5, to: tilt.degrees)
            script.still(tilt.seconds)
        }
        return script.frames.map {
            var frame = $0
            frame.poseQuality = quality
            return frame
        }
    }

    private func stance(_ frames: [Features]) -> Double {
        var stance = FirstStance()
        for frame in frames { stance.update(frame, isStill: frame.angularSpeedMeanDps < 10) }
        return stance.flexionDegrees
    }

    @Test func aForwardTiltAtTheStartIsTakenForUpright() {
        #expect((stance(frames([(30, 2)])) - 30).magnitude < 0.1)
    }

    @Test func aBackwardOneIsNot() { #expect(stance(frames([(-25, 5)])) == 0) }

    @Test func whoFirstStoodUprightIsNotTakenToStandBent() {
        #expect(stance(frames([(2, 2), (35, 5)])) == 0)
    }

    @Test func aLongRestThatIsLessTiltedReplacesIt() {
        #expect((stance(frames([(30, 2), (10, 4)])) - 30).magnitude < 0.1)
        #expect((stance(frames([(30, 2), (10, 12)])) - 10).magnitude < 1)
    }

    @Test func aWalkKnowsBetter() { #expect(stance(frames([(30, 2)], quality: 0.6)) == 0) }

    @Test func bendsAreMeasuredFromIt() throws {
        var script = FeatureScript()
        script.move(0.1, to: 30)
        script.still(5)
        script.move(1.2, to: 60)
        script.still(1)
        script.move(1.2, to: 30)
        script.still(5)
        script.move(1.2, to: 100)
        script.still(1)
        script.move(1.2, to: 30)
        script.still(5)
        var bank = DetectorBankUnderTest()
        let found = bank.run(
            script.frames.map {
                var frame = $0
                frame.poseQuality = 0.3
                return frame
            })
        let bends = found.compactMap { if case .bend(let bend) = $0.kind { bend } else { nil } }
        #expect(bends.count == 1)
        #expect((try #require(bends.first).peakDegrees - 70).magnitude < 1)
    }
}
