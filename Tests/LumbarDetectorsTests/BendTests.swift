import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct BendTests {
    @Test func aStoopIsABend() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(1.2, to: 70, height: -0.05)
        script.still(3)
        script.move(1.2, to: 0, height: 0.05)
        script.still(10)
        let found = Findings(script)
        let bend = try #require(found.bends.first)
        #expect(found.bends.count == 1)
        #expect((bend.peakDegrees - 70).magnitude < 1)
        #expect((bend.areaAbove20DegreeSeconds - 190).magnitude < 40)
        #expect(bend.peakRateDps > 50)
        #expect((0.04...0.08).contains(bend.budgetUsed))
        #expect(found.transitions.isEmpty)
        #expect(found.lifts.isEmpty)
    }

    @Test func fortyDegreesAreNoBend() {
        var script = FeatureScript()
        script.still(10)
        script.move(1.2, to: 42)
        script.still(3)
        script.move(1.2, to: 0)
        script.still(10)
        #expect(Findings(script).bends.isEmpty)
    }

    @Test func aNodPastTheAngleIsTooShort() {
        var script = FeatureScript()
        script.still(10)
        script.move(0.5, to: 48)
        script.move(0.5, to: 0)
        script.still(10)
        #expect(Findings(script).bends.isEmpty)
    }

    @Test func leaningIntoAChairIsNoBend() {
        var script = FeatureScript()
        script.still(10)
        script.move(2.5, lean: 58, height: -0.4)
        script.still(20)
        script.move(2.5, lean: 58, height: 0.4)
        script.still(10)
        let found = Findings(script)
        #expect(found.transitions == [.standToSit, .sitToStand])
        #expect(found.bends.isEmpty)
    }

    @Test func bendingWhileSeatedIsABend() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(30)
        script.move(1, to: 60)
        script.still(3)
        script.move(1, to: 0)
        script.still(10)
        #expect(Findings(script).bends.count == 1)
    }

    @Test func leaningBackIsNoBend() {
        var script = FeatureScript()
        script.still(10)
        script.move(1, to: -55)
        script.still(2)
        script.move(1, to: 0)
        script.still(5)
        #expect(Findings(script).bends.isEmpty)
    }

    @Test func bendsAreToldWithinASecondOfTheEndOfTheMove() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(1.2, to: 70)
        script.still(3)
        script.move(1.2, to: 0)
        let upright = script.now
        script.still(10)
        let episode = try #require(
            Findings(script).complete.first { if case .bend = $0.kind { true } else { false } })
        #expect(episode.decided - upright <= .seconds(1))
    }
}

@Suite struct HandledSensorTests {
    private static func isBend(_ episode: Episode) -> Bool {
        if case .bend = episode.kind { true } else { false }
    }

    /// Bends that show what the wearer can do, and then a move to 100 degrees that takes so many seconds.
    private func script(lasting seconds: Double) -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        for _ in 0..<3 {
            script.move(1, to: 65)
            script.still(1)
            script.move(1, to: 0)
            script.still(5)
        }
        script.move(seconds, to: 100)
        // A hand trembles.
        script.repeatFrames(15) { _, frame in frame.angularSpeedMeanDps = 4 }
        return script
    }

    @Test func noTrunkBendsAsFastAsHandsTurnASensor() {
        let held = Findings(script(lasting: 1)).episodes.filter(Self.isBend)
        #expect(held.contains { $0.isOngoing } && held.count { !$0.isOngoing } == 4)
        let turned = Findings(script(lasting: 0.2)).episodes.filter(Self.isBend)
        #expect(turned.count == 3 && !turned.contains { $0.isOngoing })
    }

    @Test func furtherThanATrunkBendsIsNoEndOfRange() {
        var script = script(lasting: 1)
        script.move(1, to: 140)
        script.repeatFrames(25) { _, frame in frame.angularSpeedMeanDps = 4 }
        let ongoing = Findings(script).episodes.filter { Self.isBend($0) && $0.isOngoing }
        #expect(ongoing.count == 1, "what came before 130 degrees")
    }
}

@Suite struct SustainedFlexionTests {
    @Test func holdingThirtyDegreesUsesTheBudgetInThreeAndAQuarterMinutes() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(1, to: 30)
        script.still(210)
        script.move(1, to: 0)
        script.still(30)
        let records = Findings(script).sustained
        let ongoing = records.filter(\.isOngoing)
        #expect(ongoing.count == 2)
        let full = try #require(ongoing.last)
        #expect((full.duration.seconds - 195).magnitude < 3)
        let whole = try #require(records.last)
        #expect(!whole.isOngoing)
        #expect(whole.start == full.start)
        guard case .sustainedFlexion(let flexion) = whole.kind else { return }
        #expect((flexion.meanDegrees - 30).magnitude < 1)
        #expect((1.0...1.15).contains(flexion.budgetUsed))
    }

    @Test func aMinuteAtThirtyDegreesIsFine() {
        var script = FeatureScript()
        script.still(10)
        script.move(1, to: 30)
        script.still(60)
        script.move(1, to: 0)
        script.still(30)
        #expect(Findings(script).sustained.isEmpty)
    }

    @Test func aShortBreakDoesNotEmptyTheBudget() {
        var script = FeatureScript()
        script.still(10)
        for _ in 0..<3 {
            script.move(1, to: 45)
            script.still(70)
            script.move(1, to: 0)
            script.still(8)
        }
        #expect(!Findings(script).sustained.isEmpty)
    }

    @Test func recoveryEmptiesIt() {
        var script = FeatureScript()
        script.still(10)
        for _ in 0..<3 {
            script.move(1, to: 45)
            script.still(70)
            script.move(1, to: 0)
            script.still(170)
        }
        #expect(Findings(script).sustained.isEmpty)
    }

    @Test func lyingFaceDownIsNotHeldFlexion() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(5)
        script.move(2, to: -85)
        script.still(600)
        #expect(Findings(script).sustained.isEmpty)
    }

    @Test func aSensorThatLiesOnItsEdgeIsNotHeldFlexion() {
        var script = FeatureScript()
        script.still(10)
        script.move(1, to: 80)
        script.still(10)
        let since = script.now
        script.repeatFrames(110) { _, frame in frame.lifelessSince = since }
        script.takenOff(300)
        #expect(Findings(script).sustained.isEmpty)
    }

    @Test func leaningBackInASeatIsNotHeldFlexion() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, to: -30, height: -0.4)
        script.still(600)
        #expect(Findings(script).sustained.isEmpty)
    }

    @Test func theBudgetFollowsTheStandard() {
        #expect(HoldingBudget.perSecond(at: 20) == 0)
        #expect((HoldingBudget.perSecond(at: 30) * 195 - 1).magnitude < 1e-12)
        #expect((HoldingBudget.perSecond(at: 40) * 150 - 1).magnitude < 1e-12)
        #expect((HoldingBudget.perSecond(at: 60) * 60 - 1).magnitude < 1e-12)
        #expect(HoldingBudget.perSecond(at: 90) == HoldingBudget.perSecond(at: 60))
    }
}
