import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct PostureTests {
    @Test func sittingDownAndRisingIsSeen() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, lean: 30, height: -0.4)
        script.still(20)
        script.move(2, lean: 30, height: 0.4)
        script.still(10)
        let found = Findings(script)
        #expect(found.postureNames == [.standing, .sitting, .standing])
        #expect(found.transitions == [.standToSit, .sitToStand])
        #expect(found.bends.isEmpty)
    }

    @Test func transitionsAreKnownSoonAfterTheyEnd() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        let seatedAt = script.now
        script.still(20)
        let found = Findings(script)
        let sitting = try #require(found.postures.first { $0.posture == .sitting })
        #expect(sitting.episode.start < seatedAt)
        #expect(sitting.episode.decided - seatedAt < .seconds(3.5))
    }

    @Test func sittingDownWithoutLeaningOrTiltIsSeen() {
        var script = FeatureScript()
        script.still(10)
        script.move(1.5, height: -0.35)
        script.still(20)
        #expect(Findings(script).postureNames == [.standing, .sitting])
    }

    @Test func aSquatIsNoSittingDown() {
        var script = FeatureScript()
        script.still(10)
        script.move(1.5, height: -0.5)
        script.still(0.3)
        script.move(1.5, height: 0.5)
        script.still(10)
        let found = Findings(script)
        #expect(found.postureNames == [.standing])
        #expect(found.transitions.isEmpty)
    }

    @Test func movingWithoutChangingHeightIsNoTransition() {
        var script = FeatureScript()
        script.still(5)
        for _ in 0..<20 {
            script.move(2, lean: 15, height: 0.04)
            script.still(2)
            script.move(1.5, lean: -10, height: -0.05)
            script.still(3)
        }
        let found = Findings(script)
        #expect(found.postureNames == [.standing])
        #expect(found.transitions.isEmpty)
    }

    @Test func stepsSayThatTheWearerStands() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(10)
        script.walk(20)
        script.still(10)
        let found = Findings(script)
        #expect(found.postureNames == [.standing, .sitting, .walking, .standing])
    }

    @Test func aFewStepsAreNoWalk() {
        var script = FeatureScript()
        script.still(10)
        script.walk(1.5)
        script.still(10)
        #expect(!Findings(script).postureNames.contains(.walking))
    }

    @Test func restingNearHorizontalIsLying() {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(10)
        script.move(3, to: -85)
        script.still(30)
        script.move(3, to: 0)
        script.still(10)
        let found = Findings(script)
        #expect(found.postureNames == [.standing, .sitting, .lying, .sitting])
        #expect(found.transitions == [.standToSit, .lieDown, .riseFromLying])
        #expect(found.bends.isEmpty)
    }

    @Test func aDeepStoopIsNotLying() {
        var script = FeatureScript()
        script.still(10)
        script.move(1.5, to: 85)
        script.still(6)
        script.move(1.5, to: 0)
        script.still(10)
        #expect(Findings(script).postureNames == [.standing])
    }

    @Test func aMissedSittingDownIsMadeGoodByTheRise() {
        var script = FeatureScript()
        script.still(30)
        script.move(2, lean: 25, height: 0.4)
        script.still(10)
        let found = Findings(script)
        #expect(found.postureNames == [.sitting, .standing])
        #expect(found.transitions == [.sitToStand])
    }

    @Test func aSensorOnTheTableIsNotWorn() {
        var script = FeatureScript()
        script.still(10)
        script.takenOff(60)
        script.still(10)
        #expect(Findings(script).postureNames == [.standing, .notWorn, .standing])
    }

    @Test func aStrongTiltAtRestIsGuessedToBeSitting() throws {
        var script = FeatureScript()
        script.move(0.5, to: -25)
        script.still(20)
        let first = try #require(Findings(script).postures.first)
        #expect(first.posture == .sitting)
        #expect(first.episode.confidence < 0.95)
    }

    @Test func ongoingRecordsNameThePostureAsSoonAsItIsKnown() throws {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(60)
        var bank = DetectorBankUnderTest()
        let live = bank.run(script.frames, closing: false).filter(\.isOngoing)
        let sitting = try #require(live.last { $0.kind == .posture(.sitting) })
        #expect(sitting.start < sitting.decided)
        #expect(sitting.decided < script.now - .seconds(50))
        #expect(bank.bank.body.posture == .sitting)
    }

    @Test func sensorErrorsAlongAllAxesDoNotLookLikeChairs() {
        // 0.05 g of error on the forward axis, bending to 40 degrees and back.
        var script = FeatureScript()
        script.still(20)
        for _ in 0..<5 {
            script.move(2, to: 40)
            script.still(2)
            script.move(2, to: 0)
            script.still(5)
        }
        let frames = script.frames.map { frame in
            var frame = frame
            let error = -0.5 * frame.up.x + 0.3 * frame.up.z
            frame.verticalVelocityGain += error * frame.duration
            frame.verticalHeightGain += 0.5 * error * frame.duration * frame.duration
            return frame
        }
        var bank = DetectorBankUnderTest()
        let found = bank.run(frames)
        #expect(
            !found.contains {
                if case .transition = $0.kind { true } else { false }
            })
    }
}
