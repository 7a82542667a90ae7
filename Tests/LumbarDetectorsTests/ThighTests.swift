import LumbarCore
import Testing

@testable import LumbarDetectors

/// Sitting and standing by a sensor on the thigh, while the trunk shows nothing, or something else.
@Suite struct ThighTests {
    /// Rest with the thigh at an inclination.
    private func hold(_ degrees: Double, _ seconds: Double, in script: inout FeatureScript) {
        script.repeatFrames(seconds) { _, frame in frame.companions.thighInclinationDegrees = degrees }
    }

    @Test func aThighThatTurnsLevelSitsThoughTheTrunkStaysStill() throws {
        var script = FeatureScript()
        hold(3, 10, in: &script)
        let sat = script.now
        hold(85, 20, in: &script)
        let rose = script.now
        hold(5, 10, in: &script)
        let found = Findings(script)
        #expect(found.postureNames == [.standing, .sitting, .standing])
        #expect(found.transitions == [.standToSit, .sitToStand])
        let sitting = try #require(found.postures.first { $0.posture == .sitting })
        #expect(sitting.episode.start == sat)
        #expect(sitting.episode.end == rose)
        #expect(sitting.episode.decided - sat <= .seconds(3.2))
        #expect(sitting.episode.tier == .lumbarThigh)
        #expect(sitting.episode.confidence > 0.95)
    }

    @Test func aSquatOfTwoSecondsIsNoSitting() {
        var script = FeatureScript()
        hold(3, 10, in: &script)
        hold(95, 2, in: &script)
        hold(3, 10, in: &script)
        let found = Findings(script)
        #expect(found.postureNames == [.standing])
        #expect(found.transitions.isEmpty)
    }

    @Test func aMoveOfTheTrunkLikeSittingDownIsNoneWhileTheThighIsUpright() {
        var script = FeatureScript()
        hold(3, 10, in: &script)
        script.repeatFrames(2) { _, frame in
            frame.companions.thighInclinationDegrees = 10
            frame.angularSpeedMeanDps = 30
            frame.verticalVelocityGain = 0
        }
        script.move(2, lean: 30, height: -0.4)
        hold(3, 15, in: &script)
        // The move itself came without a word from the thigh: two seconds of silence begin the certainty anew.
        #expect(Findings(script).postures.last?.posture == .standing)
    }

    @Test(arguments: [41.0, 45, 49]) func betweenTheLimitsNothingChanges(degrees: Double) {
        for (start, posture) in [(3.0, Posture.standing), (85, .sitting)] {
            var script = FeatureScript()
            hold(start, 10, in: &script)
            hold(degrees, 30, in: &script)
            #expect(Findings(script).postureNames == [posture], "\(start)")
        }
    }

    @Test func aLevelThighMakesNoStepsInAVehicle() {
        var script = FeatureScript()
        hold(85, 10, in: &script)
        var count = 0
        script.repeatFrames(20) { _, frame in
            count += 1
            frame.companions.thighInclinationDegrees = 86
            frame.steps = count % 5 == 0 ? 1 : 0
            frame.cadenceHz = 2
            frame.stepRegularity = 0.9
            frame.accelerationDeviation1sG = 0.2
            frame.verticalRMS1sG = 0.2
        }
        #expect(Findings(script).postureNames == [.sitting])
    }

    @Test func aThighThatFallsSilentLeavesWhatItSaidAndItsNameGoes() throws {
        var script = FeatureScript()
        hold(3, 10, in: &script)
        hold(85, 10, in: &script)
        script.still(30)
        script.move(2, lean: 30, height: 0.4)
        script.still(10)
        let found = Findings(script)
        #expect(found.postureNames == [.standing, .sitting, .standing])
        #expect(found.postures.last?.episode.tier == .lumbar)
    }

    @Test func lyingStaysLyingWhateverTheThighSays() {
        var script = FeatureScript()
        hold(3, 5, in: &script)
        script.move(3, to: -88)
        hold(85, 60, in: &script)
        #expect(Findings(script).postures.last?.posture == .lying)
    }
}

/// What a sensor on the thorax changes about turns and bends.
@Suite struct SpineTests {
    /// A bend of 45 degrees in which the body turns by `body` degrees in two seconds, and the spine by `spine` of them.
    private func turnedBend(body: Double, spine: Double, stepping: Bool) -> Findings {
        var script = FeatureScript()
        script.still(5)
        script.move(1.5, to: 50)
        script.repeatFrames(2) { _, frame in
            frame.axialRotationDegrees = body / 20
            frame.angularSpeedMeanDps = body.magnitude / 2
            frame.angularSpeedPeakDps = body.magnitude / 2
            frame.stepCandidates = stepping ? 1 : 0
            frame.companions.spine = SpineAngles(flexionDegrees: 20, axialRotationDegrees: spine / 20)
        }
        script.repeatFrames(0.5) { _, frame in
            frame.companions.spine = SpineAngles(flexionDegrees: 25, axialRotationDegrees: 0)
        }
        script.move(1.5, to: 0)
        script.still(5)
        return Findings(script)
    }

    @Test func feetThatStepDoNotHideATurnOfTheSpine() {
        #expect(turnedBend(body: 40, spine: 40, stepping: true).twists.count == 1)
    }

    @Test func aBodyThatStepsAroundTurnsNoSpine() {
        #expect(turnedBend(body: 90, spine: 5, stepping: false).twists.isEmpty)
    }

    @Test func aBendSaysHowFarTheSpineItselfWent() throws {
        let found = turnedBend(body: 0, spine: 0, stepping: false)
        let bend = try #require(found.bends.first)
        #expect(bend.spineFlexionDegrees == 25)
    }

    @Test func withoutAThoraxABendSaysNothingOfTheSpine() throws {
        var script = FeatureScript()
        script.still(5)
        script.move(1.5, to: 60)
        script.still(2)
        script.move(1.5, to: 0)
        script.still(5)
        #expect(try #require(Findings(script).bends.first).spineFlexionDegrees == nil)
    }
}
