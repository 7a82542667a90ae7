import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct LiftTests {
    private func lift(
        depth: Double = 50, drop: Double = 0.35, rise: Double = 1.2, turn: Double = 0
    ) -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(1.2, to: depth, height: -drop)
        if turn != 0 { script.turn(0.8, degrees: turn) } else { script.still(0.4) }
        script.move(rise, to: 0, height: drop)
        script.still(10)
        return script
    }

    @Test func bendingAndRisingWithTheHipsIsAProbableLift() throws {
        let found = Findings(lift())
        let lift = try #require(found.lifts.first)
        #expect(found.lifts.count == 1)
        #expect((lift.peakDegrees - 50).magnitude < 1)
        #expect(lift.peakRiseVelocity > 0.3)
        #expect(lift.riseSeconds < 3)
        #expect(!lift.isUnderStrain)
        #expect((lift.peakMomentNm - 86.8).magnitude < 1)
        #expect(found.transitions.isEmpty)
    }

    @Test func aSlowStoopIsNoLift() {
        let found = Findings(lift(depth: 70, drop: 0.06, rise: 2))
        #expect(found.lifts.isEmpty)
        #expect(found.bends.count == 1)
    }

    @Test func risingFromAChairIsNoLift() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, lean: 40, height: -0.4)
        script.still(20)
        script.move(2, lean: 40, height: 0.4)
        script.still(10)
        #expect(Findings(script).lifts.isEmpty)
    }

    @Test func lyingDownAndLeaningBackIntoASeatAreNoLifts() {
        var script = lift(depth: 80, drop: 0.4, rise: 0.8)
        #expect(Findings(script).lifts.count == 1)
        script = FeatureScript()
        script.still(10)
        script.move(1.2, to: 80, height: -0.4)
        script.move(0.8, to: 0, height: 0.4)
        script.move(0.6, to: -70)
        script.still(10)
        #expect(Findings(script).lifts.isEmpty)
    }

    @Test func furtherThanATrunkBendsIsNoLift() {
        #expect(Findings(lift(depth: 125, drop: 0.4, rise: 0.8)).lifts.count == 1)
        #expect(Findings(lift(depth: 140, drop: 0.4, rise: 0.8)).lifts.isEmpty)
    }

    @Test func joggingWithTheTrunkForwardIsNoLift() {
        func shaken(_ deviation: Double) -> FeatureScript {
            func run(_ frame: inout Features) {
                frame.accelerationDeviation1sG = deviation
                frame.angularSpeedRMS1sDps = 60
                frame.cadenceHz = 2.7
                frame.steps = 1
            }
            var script = FeatureScript()
            script.still(10)
            script.repeatFrames(5) { _, frame in run(&frame) }
            script.move(0.5, to: 46, height: -0.35)
            script.repeatFrames(2) { _, frame in run(&frame) }
            script.move(0.6, to: 0, height: 0.35)
            script.still(10)
            return script
        }
        #expect(Findings(shaken(0.2)).lifts.count == 1)
        #expect(Findings(shaken(0.5)).lifts.isEmpty)
    }

    @Test func aFootThatStrikesIsNoLift() {
        func stumble(jerkGps: Double) -> FeatureScript {
            var script = FeatureScript()
            script.still(10)
            script.walk(5)
            script.move(0.5, to: 52, height: -0.14)
            script.move(0.6, to: 0, height: 0.14, jerkGps: jerkGps)
            script.walk(5)
            return script
        }
        // The hardest heave of the simulated wearers, and a stumble of SisFall.
        #expect(Findings(stumble(jerkGps: 45)).lifts.count == 1)
        #expect(Findings(stumble(jerkGps: 74)).lifts.isEmpty)
    }

    @Test func aSlowRiseIsNoLift() {
        #expect(Findings(lift(drop: 0.3, rise: 9)).lifts.isEmpty)
    }

    @Test func deepAndFastIsAStrain() throws {
        let lift = try #require(Findings(lift(depth: 80, drop: 0.4, rise: 0.8)).lifts.first)
        #expect(lift.strain == [.deep, .fast])
        #expect(lift.isUnderStrain)
    }

    @Test func deepAloneIsNoStrain() throws {
        let lift = try #require(Findings(lift(depth: 70, drop: 0.4, rise: 1.5)).lifts.first)
        #expect(lift.strain == .deep)
        #expect(!lift.isUnderStrain)
    }

    @Test func turningWhileBentIsAStrainAndATwist() throws {
        let found = Findings(lift(turn: 40))
        let lift = try #require(found.lifts.first)
        #expect(lift.strain.contains(.twisted))
        #expect(lift.isUnderStrain)
        #expect((lift.turnWhileBentDegrees - 40).magnitude < 1)
        let twist = try #require(found.twists.first)
        #expect((twist.turnDegrees - 40).magnitude < 1)
    }

    @Test func aShallowSquatIsNoLift() {
        #expect(Findings(lift(depth: 35)).lifts.isEmpty)
    }

    @Test func aLiftTellsHowItWasDone() throws {
        let lift = try #require(Findings(lift(depth: 60, drop: 0.3)).lifts.first)
        #expect((lift.detail.riseMetres - 0.3).magnitude < 0.03)
        #expect(try #require(lift.stoopIndex) > 180 && #require(lift.stoopIndex) < 230)
        #expect(lift.detail.peakFlexionRateDps > 40)
        // 98 N·m at 60 degrees, over somewhat more than a second and a half.
        #expect(lift.detail.momentNewtonMetreSeconds > 100 && lift.detail.momentNewtonMetreSeconds < 250)
        #expect(!lift.detail.hasSteppedAround)
    }

    /// Bends, rises, and turns from when the trunk is nearly upright.
    private func liftAndTurn(_ seconds: Double, degrees: Double, feet: Int) -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(1.2, to: 60, height: -0.35)
        script.still(0.4)
        script.move(0.8, to: 10, height: 0.35)
        var left = feet
        script.repeatFrames(seconds) { _, frame in
            frame.axialRotationDegrees = degrees / seconds * FeatureScript.frameSeconds
            frame.headingChangeDegrees = frame.axialRotationDegrees
            if left > 0 { frame.stepCandidates = 1 }
            left -= 1
        }
        script.still(10)
        return script
    }

    @Test func turningInTheRiseOnStillFeetIsATwist() throws {
        let found = Findings(liftAndTurn(0.7, degrees: -40, feet: 0))
        #expect(try #require(found.lifts.first).strain.contains(.twisted))
        #expect(found.twists.contains { $0.isAfterLift && ($0.turnDegrees + 40).magnitude < 3 })
    }

    @Test func steppingAroundInTheRiseIsNoTwist() throws {
        let found = Findings(liftAndTurn(1.2, degrees: 60, feet: 2))
        let lift = try #require(found.lifts.first)
        #expect(!lift.strain.contains(.twisted))
        #expect(lift.detail.hasSteppedAround)
        #expect(found.twists.isEmpty)
    }

    @Test func leaningBackInASeatIsNotBent() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, to: -40)
        script.turn(1, degrees: 45)
        script.move(2, to: 0)
        script.still(5)
        #expect(Findings(script).twists.isEmpty)
    }

    @Test func aSeatedTiltOfUnknownDirectionIsNotBent() {
        var script = FeatureScript()
        script.isSigned = false
        script.still(10)
        script.move(2, to: 35, height: -0.4)
        script.still(60)
        script.turn(1, degrees: 45)
        script.still(60)
        script.move(2, to: 0, height: 0.4)
        script.still(5)
        #expect(Findings(script).twists.isEmpty)
    }

    @Test func turningUprightIsNoTwist() {
        var script = FeatureScript()
        script.still(10)
        script.turn(2, degrees: 90)
        script.still(5)
        #expect(Findings(script).twists.isEmpty)
    }

    @Test func turningWithTheFeetIsNoTwist() {
        var script = FeatureScript()
        script.still(10)
        script.move(1, to: 45)
        script.repeatFrames(3) { _, frame in
            frame.axialRotationDegrees = 4
            frame.steps = 1
        }
        script.move(1, to: 0)
        script.still(5)
        #expect(Findings(script).twists.isEmpty)
    }

    @Test func theMomentModelGivesItsPublishedFigures() {
        let figures = [(20.0, 39.0), (30, 57), (45, 80), (60, 98), (90, 113)]
        for (degrees, expected) in figures {
            let moment = TrunkMoment.newtonMetres(flexionDegrees: degrees, bodyMass: 75, bodyHeight: 1.75)
            #expect((moment - expected).magnitude < 1)
        }
    }
}

@Suite struct FallTests {
    private func fall(peak: Double, rest: Double, turning: Double = 300) -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(0.6, to: rest / 2)
        script.blow(peak, turning: turning)
        script.move(0.3, to: rest)
        script.still(15)
        return script
    }

    @Test func anImpactAndLyingThereIsAPossibleFall() throws {
        let found = Findings(fall(peak: 4, rest: 85))
        let fall = try #require(found.falls.first)
        #expect(found.falls.count == 1)
        #expect(fall.impactG == 4)
        #expect((fall.restInclinationDegrees - 85).magnitude < 2)
    }

    @Test func aSofterImpactNeedsAFastTurn() {
        #expect(Findings(fall(peak: 2.3, rest: 85, turning: 400)).falls.count == 1)
        #expect(Findings(fall(peak: 2.3, rest: 85, turning: 120)).falls.isEmpty)
    }

    @Test func aJumpIsNoFall() {
        #expect(Findings(fall(peak: 5, rest: 0)).falls.isEmpty)
    }

    @Test func lyingDownIsNoFall() {
        #expect(Findings(fall(peak: 1.4, rest: 90)).falls.isEmpty)
    }

    @Test func droppingIntoAChairIsNoFall() {
        #expect(Findings(fall(peak: 3.5, rest: -25)).falls.isEmpty)
    }

    @Test func fallsAreToldWithinSixSeconds() throws {
        let found = Findings(fall(peak: 4, rest: 85))
        let episode = try #require(found.complete.first { if case .fall = $0.kind { true } else { false } })
        #expect(episode.decided - episode.start <= .seconds(6))
    }
}
