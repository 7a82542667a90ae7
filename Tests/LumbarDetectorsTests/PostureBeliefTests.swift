import LumbarCore
import Testing

@testable import LumbarDetectors

/// Moves as the posture model sees them.
@Suite struct PostureBeliefTests {
    private func profile(
        _ height: Double, over seconds: Double, stepCandidates: Int = 0
    ) -> HeightProfile {
        var profile = HeightProfile(start: .zero)
        let count = Int((seconds * 10).rounded())
        for i in 0..<count {
            profile.add(
                height: height / Double(count), velocity: height / seconds,
                at: Instant(nanoseconds: Int64(i + 1) * 100_000_000),
                stepCandidates: i < stepCandidates ? 1 : 0)
        }
        profile.finish(deviation: 0.02)
        return profile
    }

    private func belief(seated: Double) -> PostureBelief {
        var belief = PostureBelief(settings: PostureSettings())
        belief.set(seated)
        return belief
    }

    @Test func aChairsHeightBetweenRestsIsATransition() {
        var belief = belief(seated: 0.1)
        #expect(belief.observe(.init(profile: profile(-0.4, over: 1))).down > 0.9)
        #expect(belief.observe(.init(profile: profile(0.4, over: 1))).up > 0.9)
    }

    @Test func theSameHeightIntoStepsMayBeAStair() {
        var standing = belief(seated: 0.33)
        var seated = belief(seated: 0.95)
        let rise = profile(0.4, over: 1)
        #expect(standing.observe(.init(profile: rise, endsStepping: true)).up < 0.5)
        #expect(seated.observe(.init(profile: rise, endsStepping: true)).up > 0.5)
        #expect(seated.seated < 0.1)
    }

    @Test func nobodyStepsSeated() {
        var belief = belief(seated: 0.9)
        _ = belief.observe(.init(profile: profile(0, over: 1), endsStepping: true))
        #expect(belief.seated < 0.5)
    }

    @Test func aHighStoolIsRisenFromByAsLittleAsItWasSatDownOn() {
        var unknown = belief(seated: 0.95)
        var known = belief(seated: 0.05)
        #expect(known.observe(.init(profile: profile(-0.16, over: 0.5))).down > 0.5)
        known.set(0.95)
        let rise = profile(0.085, over: 0.35)
        #expect(unknown.observe(.init(profile: rise)).up < 0.5)
        #expect(known.observe(.init(profile: rise)).up > 0.5)
    }

    @Test func slowerThanPeopleIsDrift() {
        var first = belief(seated: 0.33)
        var second = belief(seated: 0.33)
        #expect(first.observe(.init(profile: profile(0.32, over: 1.2))).up > 0.5)
        #expect(second.observe(.init(profile: profile(0.32, over: 2.2))).up < 0.3)
    }

    @Test func aSlowRiseOfSeveralPossibleStepsIsAStair() {
        var first = belief(seated: 0.33)
        var second = belief(seated: 0.33)
        #expect(first.observe(.init(profile: profile(0.3, over: 1, stepCandidates: 1))).up > 0.5)
        #expect(second.observe(.init(profile: profile(0.3, over: 1, stepCandidates: 4))).up < 0.3)
    }
}

@Suite struct MoveAtTheEdgesTests {
    @Test func whoRisesAsTheStreamEndsHasRisen() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, lean: 30, height: -0.4)
        script.still(20)
        script.move(2, lean: 30, height: 0.4)
        script.still(0.2)
        #expect(Findings(script).transitions == [.standToSit, .sitToStand])
    }

    @Test func whoNeverKeepsStillAtFirstCanSitDown() {
        var script = FeatureScript()
        // Restless: too fast for still, slow enough to be an anchor.
        script.repeatFrames(1.8) { _, frame in
            frame.angularSpeedMeanDps = 14
            frame.angularSpeedRMS1sDps = 15
            frame.accelerationDeviation1sG = 0.02
        }
        script.move(2, lean: 30, height: -0.4)
        script.still(10)
        #expect(Findings(script).transitions == [.standToSit])
    }

    @Test func puttingTheSensorOnIsNoSittingDown() {
        var script = FeatureScript()
        script.move(0.1, to: 55)
        script.still(1.5)
        script.move(1.5, to: 62)
        script.move(2, to: -30, height: -0.5)
        script.still(10)
        #expect(Findings(script).transitions.isEmpty)
    }
}
