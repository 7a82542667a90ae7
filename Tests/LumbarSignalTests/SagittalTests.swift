import LumbarCore
import LumbarSignal
import Testing

/// Walks on the level as people do: the forward acceleration leads the vertical one by a quarter of a step.
private func walk(cadence: Double = 1.8, size: Double = 2.5, phase: Double = 0) -> TrunkMotion {
    var motion = TrunkMotion(accelerationNoise: 0.01, gyroNoise: 0.2)
    let step = 2 * Elementary.pi * cadence
    motion.vertical = { size * Elementary.sin(step * $0) }
    motion.ahead = { 0.6 * size * Elementary.cos(step * $0 + phase) }
    // Side to side once in two steps.
    motion.lateral = { 4 * Elementary.sin(0.5 * step * $0 + 0.4) }
    return motion
}

private func degrees<F>(_ a: Vector3<F>, _ b: Vector3<F>) -> Double {
    Elementary.atan2(a.cross(b).length, a.dot(b)) * degreesPerRadian
}

private func chain(_ mount: Mount = .undeclared) -> SignalChain {
    SignalChain(mount: mount, settings: SignalSettings())
}

@Suite("Forward is learned from walking and bending") struct SagittalTests {
    @Test(arguments: 0..<24) func halfAMinuteOfWalkingTellsUpAndForward(_ index: Int) throws {
        var motion = walk()
        motion.forward = orientations[index].forward.direction
        motion.up = orientations[index].up.direction
        var chain = chain()
        let frames = chain.frames(motion.readings(to: 32))
        let known = chain.mountCalibration
        #expect(frames.first?.flexionIsSigned == false)
        #expect(frames.last?.flexionIsSigned == true)
        #expect(degrees(known.up, motion.up) < 3)
        #expect(degrees(try #require(known.forward), motion.forward) < 8)
        #expect(known.forwardQuality > 0.5)
        #expect(known.source == .walks)
    }

    @Test(arguments: [-15.0, 15], [-15.0, 15]) func soItDoesOnATiltedClip(forward: Double, right: Double)
        throws
    {
        var motion = walk()
        let (sf, cf) = Elementary.sincos(forward * radiansPerDegree)
        let (sr, cr) = Elementary.sincos(right * radiansPerDegree)
        motion.forward = Vector3(cf, 0, -sf)
        motion.up = Vector3(sf * cr, -sr, cf * cr)
        var chain = chain()
        _ = chain.frames(motion.readings(to: 32))
        #expect(degrees(chain.mountCalibration.up, motion.up) < 3)
        #expect(degrees(try #require(chain.mountCalibration.forward), motion.forward) < 8)
    }

    @Test func anAccelerometerAloneIsEnough() throws {
        var motion = walk()
        motion.hasGyro = false
        var chain = chain()
        _ = chain.frames(motion.readings(to: 40))
        #expect(degrees(try #require(chain.mountCalibration.forward), motion.forward) < 10)
    }

    @Test(arguments: [10.0, 20, 50, 200]) func atEveryRate(_ rate: Double) throws {
        var motion = walk()
        motion.rate = rate
        var chain = chain()
        _ = chain.frames(motion.readings(to: 40))
        #expect(degrees(try #require(chain.mountCalibration.forward), motion.forward) < 10)
    }

    @Test func joggingAndWalkingWithoutAClearPhaseSayNothing() {
        // Jogging brakes and pushes the other way about.
        var jog = chain()
        _ = jog.frames(walk(cadence: 2.7, size: 7, phase: Elementary.pi).readings(to: 60))
        #expect(jog.mountCalibration.forward == nil)
        var shuffle = walk()
        shuffle.ahead = { 1.2 * Elementary.cos(9 * $0) }
        var unclear = chain()
        _ = unclear.frames(shuffle.readings(to: 60))
        #expect(unclear.mountCalibration.forward == nil)
        #expect(unclear.mountCalibration.quality > 0.6)
    }

    @Test func aSensorWornTheOtherWayRoundIsTurnedAboutOnce() {
        // Declared as facing forward, worn on the belly: forward is behind it.
        var motion = walk()
        motion.forward = Vector3(-1, 0, 0)
        var chain = chain(Mount("up=+z,forward=+x") ?? .undeclared)
        _ = chain.frames(motion.readings(to: 120))
        #expect(chain.takeMountNews() == [.turnedAround])
        #expect(degrees(chain.mountCalibration.forward ?? .zero, motion.forward) < 8)
    }

    @Test func aGestureIsNotOverruledByAGaitThatNeverAgreedWithIt() {
        let known = MountCalibration(
            up: Vector3(0, 0, 1), forward: Vector3(1, 0, 0), source: .guided, quality: 1, forwardQuality: 0.9)
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings(), known: known)
        _ = chain.frames(walk(phase: Elementary.pi).readings(to: 120))
        #expect(chain.takeMountNews() == [.confirmed])
        #expect((chain.mountCalibration.forward?.x ?? 0) > 0.99)
    }

    @Test func whatIsDeclaredStaysAsLongAsNothingSpeaksAgainstIt() {
        // Turned a little about the trunk: declared is declared.
        var motion = walk()
        let (s, c) = Elementary.sincos(30 * radiansPerDegree)
        motion.forward = Vector3(c, s, 0)
        var chain = chain(Mount("up=+z,forward=+x") ?? .undeclared)
        _ = chain.frames(motion.readings(to: 120))
        #expect(chain.mountNews.isEmpty)
        #expect(degrees(chain.mountCalibration.forward ?? .zero, Vector3(1, 0, 0)) < 3)
    }

    @Test func withoutAnUprightThereAreNoAngles() {
        // Sits at a desk with a sensor on its side, and nothing is known.
        var motion = TrunkMotion(accelerationNoise: 0.003, gyroNoise: 0.1)
        motion.up = Vector3(0, 1, 0)
        motion.forward = Vector3(0, 0, 1)
        var chain = chain()
        let frames = chain.frames(motion.readings(to: 20))
        #expect(frames.allSatisfy { $0.inclinationDegrees == 0 && $0.poseQuality == 0 })
        #expect(chain.mountCalibration.source == .assumed)
    }
}
