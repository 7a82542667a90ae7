import LumbarCore
import LumbarSignal
import LumbarTestKit
import Testing

/// Walking from 5 to 65 s, then standing, then six bends.
private func day() -> TrunkMotion {
    var motion = TrunkMotion(accelerationNoise: 0.003, gyroNoise: 0.1)
    motion.vertical = { $0 > 5 && $0 < 65 ? gait($0, cadence: 1.8) : 0 }
    motion.lateral = { $0 > 5 && $0 < 65 ? 3 * Elementary.sin(5.65 * $0) : 0 }
    motion.flexion = { t in
        t < 75 ? 0 : bump((t - 75).truncatingRemainder(dividingBy: 10), at: 1, seconds: 4, peak: 60)
    }
    return motion
}

private func degrees<F>(_ a: Vector3<F>, _ b: Vector3<F>) -> Double {
    Elementary.atan2(a.cross(b).length, a.dot(b)) * degreesPerRadian
}

@Suite struct UprightTests {
    @Test(arguments: Trials.some(of: Array(0..<24))) func anyOrientationIsLearnedFromWalkingAndBending(
        _ index: Int
    ) throws {
        var motion = day()
        motion.forward = orientations[index].forward.direction
        motion.up = orientations[index].up.direction
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion.readings(to: 140))
        #expect(frames.first?.poseQuality == 0)
        #expect(degrees(chain.status.uprightUp, motion.up) < 2)
        #expect(chain.status.poseQuality > 0.6)
        let last = try #require(frames.last)
        #expect(last.flexionIsSigned)
        let bend = frames.filter { $0.start.seconds > 130 }
        let peak = bend.reduce(0) { max($0, $1.flexionDegrees) }
        #expect((peak - 60).magnitude < 4, "\(peak)")
        #expect(bend.allSatisfy { $0.flexionDegrees > -5 && $0.lateralDegrees.magnitude < 6 })
        let walk = frames.filter { $0.start.seconds > 30 && $0.start.seconds < 65 }
        #expect(
            walk.allSatisfy {
                $0.poseQuality > 0 && !$0.flexionIsSigned && $0.flexionDegrees == $0.inclinationDegrees
            })
    }

    @Test func aTiltedMountIsCorrectedByWalking() {
        // The clip hangs 50 degrees off the declared axes.
        let (s, c) = Elementary.sincos(50 * radiansPerDegree)
        var motion = day()
        motion.forward = Vector3(c, 0, -s)
        motion.up = Vector3(s, 0, c)
        var chain = SignalChain(mount: Mount("up=+z,forward=+x") ?? .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion.readings(to: 80))
        let early = frames.filter { $0.end.seconds < 10 }
        #expect(early.allSatisfy { ($0.inclinationDegrees - 50).magnitude < 2 && $0.poseQuality <= 0.3 })
        let standing = frames.filter { $0.start.seconds > 74 && $0.end.seconds < 80 }
        #expect(standing.allSatisfy { $0.inclinationDegrees < 6 }, "\(standing.map(\.inclinationDegrees))")
        #expect(standing.allSatisfy { $0.poseRevision >= 1 && $0.poseQuality > 0.6 })
    }

    @Test func sittingAndLyingMoveNothing() {
        var motion = TrunkMotion(accelerationNoise: 0.003, gyroNoise: 0.1)
        motion.flexion = { $0 < 60 ? -25 + Elementary.sin($0) : -90 }
        var chain = SignalChain(mount: Mount("up=+z,forward=+x") ?? .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion.readings(to: 120))
        #expect(frames.allSatisfy { $0.poseRevision == 0 && $0.poseQuality == 0.3 })
        #expect(chain.status.uprightUp == Vector3(0, 0, 1))
    }

    @Test func anInterruptionMakesThePoseStaleOnce() {
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        var motion = day()
        _ = chain.frames(motion.readings(to: 70))
        let learned = chain.status.poseQuality
        #expect(learned > 0.6)
        chain.interrupt(at: Instant(nanoseconds: 80_000_000_000))
        chain.interrupt(at: Instant(nanoseconds: 81_000_000_000))
        _ = chain.frames(motion.readings(from: 100, to: 101))
        #expect(chain.status.poseQuality == learned / 2)
        #expect(degrees(chain.status.uprightUp, Vector3(0, 0, 1)) < 2)
        // Another walk restores it.
        motion.start = Instant(nanoseconds: 120_000_000_000)
        _ = chain.frames(motion.readings(from: 5, to: 64))
        #expect(chain.status.poseQuality > 0.6)
    }

    @Test func aSensorThatMovedIsBelievedAfterThreeWalks() {
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        var motion = day()
        _ = chain.frames(motion.readings(to: 68))
        let (s, c) = Elementary.sincos(60 * radiansPerDegree)
        motion.forward = Vector3(c, 0, -s)
        motion.up = Vector3(s, 0, c)
        motion.start = Instant(nanoseconds: 73_000_000_000)
        _ = chain.frames(motion.readings(to: 22))
        #expect(degrees(chain.status.uprightUp, Vector3(0, 0, 1)) < 10)
        motion.start = Instant(nanoseconds: 80_000_000_000)
        _ = chain.frames(motion.readings(from: 22, to: 60))
        #expect(degrees(chain.status.uprightUp, motion.up) < 5)
    }
}

@Suite struct FunctionalCalibrationTests {
    /// Stands 8 s, bows three times, stands.
    private func bows(_ peak: Double, aside: Double = 0, back: Double = 0, swing: Double = 0) -> TrunkMotion {
        var motion = TrunkMotion(accelerationNoise: 0.002, gyroNoise: 0.1)
        motion.flexion = { t in
            (0..<3).reduce(0) { $0 + bump(t, at: 8 + 3.5 * Double($1), seconds: 3, peak: peak) }
                + (t > 15 ? back * min(1, (t - 15) / 3) : 0)
        }
        motion.lateral = { t in
            (0..<3).reduce(0) { $0 + bump(t, at: 8 + 3.5 * Double($1), seconds: 3, peak: aside) }
        }
        motion.heading = { t in
            (0..<3).reduce(0) { $0 + bump(t, at: 8 + 3.5 * Double($1), seconds: 1.5, peak: swing) }
        }
        return motion
    }

    private func outcome(_ motion: TrunkMotion) -> (CalibrationOutcome?, SignalChain) {
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        _ = chain.frames(motion.readings(to: 24))
        return (chain.upright.lastGesture, chain)
    }

    @Test(arguments: Trials.some(of: Array(0..<24))) func theGestureSetsUpAndForward(_ index: Int) {
        var motion = bows(70)
        motion.forward = orientations[index].forward.direction
        motion.up = orientations[index].up.direction
        let (outcome, chain) = outcome(motion)
        #expect(outcome == .accepted)
        #expect(chain.status.poseQuality == 1)
        #expect(degrees(chain.status.uprightUp, motion.up) < 1)
        let pose = chain.upright.pose
        #expect(pose.isSigned)
        #expect(degrees(pose.forward.reinterpreted(as: SensorFrame.self), motion.forward) < 3)
        #expect(degrees(pose.left, pose.up.cross(pose.forward)) < 1e-6)
    }

    @Test func accelerometerAloneIsEnough() {
        var motion = bows(60)
        motion.hasGyro = false
        let (outcome, chain) = outcome(motion)
        #expect(outcome == .accepted)
        #expect(degrees(chain.upright.pose.forward, Vector3(1, 0, 0)) < 3)
    }

    @Test func refusalsSayWhy() {
        #expect(outcome(bows(33)).0 == .tooShallow)
        #expect(outcome(bows(135)).0 == .tooDeep)
        #expect(outcome(bows(60, back: 9)).0 == .didNotReturn)
        #expect(outcome(bows(60, swing: 120)).0 == .notOneAxis)
    }

    @Test func everydayMovementIsNoGesture() {
        // Two bends after standing, then walking on.
        var motion = TrunkMotion(accelerationNoise: 0.002, gyroNoise: 0.1)
        motion.flexion = { t in bump(t, at: 8, seconds: 3, peak: 70) + bump(t, at: 12, seconds: 3, peak: 60) }
        motion.vertical = { $0 > 16 ? gait($0, cadence: 1.8) : 0 }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let before = chain.upright.pose
        _ = chain.frames(motion.readings(to: 20))
        #expect(chain.upright.lastGesture != .accepted)
        #expect(chain.upright.pose == before)
        // Nothing of it without standing still first.
        var restless = bows(70)
        restless.lateral = { 4 * Elementary.sin(3 * $0) }
        #expect(outcome(restless).0 == nil)
    }
}
