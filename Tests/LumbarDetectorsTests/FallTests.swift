import LumbarCore
import Testing

@testable import LumbarDetectors

/// How falls end, and what is said when nobody gets up.
@Suite struct FallEndTests {
    private func lying(_ findings: Findings) -> [(seconds: Double, episode: Episode)] {
        findings.episodes.compactMap {
            if case .fall(let fall) = $0.kind, fall.downSeconds > 0 { (fall.downSeconds, $0) } else { nil }
        }
    }

    /// Standing, a fall onto the side, and `seconds` down.
    private func fallen(for seconds: Double) -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(0.6, to: 45)
        script.blow(4)
        script.move(0.3, to: 85)
        script.still(seconds)
        return script
    }

    @Test func whoStaysDownIsAskedTwice() throws {
        let found = Findings(fallen(for: 120))
        let told = lying(found)
        #expect(told.map(\.seconds) == [30, 60])
        let fall = try #require(found.complete.first { if case .fall = $0.kind { true } else { false } })
        for (seconds, episode) in told {
            #expect(episode.isOngoing && episode.start == fall.start)
            #expect(((episode.decided - fall.start).seconds - seconds).magnitude < 0.2)
        }
        #expect(found.falls.count == 1, "what follows is no second fall")
    }

    @Test func whoGetsUpIsNotAsked() {
        var script = fallen(for: 20)
        script.move(3, to: 0)
        script.still(100)
        #expect(lying(Findings(script)).isEmpty)
        script = fallen(for: 40)
        script.move(3, to: 0)
        script.still(100)
        #expect(lying(Findings(script)).map(\.seconds) == [30])
    }

    @Test func aSensorTakenOffIsNotAsked() {
        var script = fallen(for: 20)
        script.takenOff(100)
        #expect(lying(Findings(script)).isEmpty)
    }

    @Test func aBrokenLineKeepsTheQuestionAndLateNewsIsNone() {
        var script = fallen(for: 15)
        script.gap(5)
        script.still(60)
        #expect(lying(Findings(script)).map(\.seconds) == [30, 60])
        script = fallen(for: 15)
        script.gap(600)
        script.still(60)
        #expect(lying(Findings(script)).isEmpty)
    }

    @Test func saggingForSecondsBeforeTheFallIsUprightBefore() {
        var script = FeatureScript()
        script.still(10)
        script.move(1, to: 70)
        script.still(2.6)
        script.move(0.5, to: 85)
        script.blow(4)
        script.still(12)
        #expect(Findings(script).falls.count == 1)
    }

    @Test func aSofterBlowLaterDoesNotReplaceTheImpact() {
        var script = fallen(for: 2.5)
        script.blow(1.9, turning: 50)
        script.still(12)
        #expect(Findings(script).falls.count == 1)
    }

    @Test func reclinedAgainstAWallAfterFallingBackIsDown() {
        func fall(from before: Double, to after: Double) -> Int {
            var script = FeatureScript()
            script.still(5)
            script.move(1, to: before)
            script.still(3)
            script.move(0.4, to: 0)
            script.blow(4)
            script.move(0.3, to: after)
            script.still(12)
            return Findings(script).falls.count
        }
        #expect(fall(from: 20, to: -46) == 1)
        #expect(fall(from: 0, to: -46) == 0, "collapsing into a low chair turns the trunk less")
        #expect(fall(from: 30, to: -35) == 0, "a reclined chair is no floor")
    }

    @Test func whoTopplesAndRisesAtOnceHasFallen() {
        func topple(to angle: Double) -> Int {
            var script = FeatureScript()
            script.still(5)
            script.move(0.6, to: angle)
            script.blow(4)
            script.still(1.6)
            script.move(1, to: 0)
            script.still(8)
            return Findings(script).falls.count
        }
        #expect(topple(to: 88) == 1)
        #expect(topple(to: 45) == 0)
    }

    @Test func whatIsSnatchedFromItsBeltHasNotFallen() {
        func tilt(blowFirst: Bool) -> Int {
            var script = FeatureScript()
            script.still(10)
            if blowFirst { script.blow(1.9) }
            script.move(0.5, to: 88)
            if !blowFirst { script.blow(1.9) }
            script.still(10)
            return Findings(script).falls.count
        }
        #expect(tilt(blowFirst: false) == 1)
        #expect(tilt(blowFirst: true) == 0)
    }

    @Test func whoDropsOntoABedAndSitsUpHasNotFallen() {
        func drop(lying seconds: Double) -> Int {
            var script = FeatureScript()
            script.still(10)
            script.move(0.5, to: 88)
            script.blow(1.9)
            script.still(seconds)
            script.move(1, to: 5)
            script.still(10)
            return Findings(script).falls.count
        }
        #expect(drop(lying: 6) == 1)
        #expect(drop(lying: 2.5) == 0)
    }

    @Test func withoutAGyroscopeASoftImpactNeedsATilt() {
        func fall(tilted before: Double) -> Int {
            var script = FeatureScript()
            script.still(5)
            script.move(1, to: 40)
            script.move(1, to: before)
            script.still(1)
            script.move(0.3, to: 75)
            script.blow(2.7)
            script.still(12)
            let frames = script.frames.map { frame in
                var frame = frame
                frame.hasAngularRate = false
                return frame
            }
            var bank = DetectorBankUnderTest()
            return bank.run(frames).filter { if case .fall = $0.kind { true } else { false } }.count
        }
        #expect(fall(tilted: 40) == 1)
        #expect(fall(tilted: 65) == 0)
    }
}
