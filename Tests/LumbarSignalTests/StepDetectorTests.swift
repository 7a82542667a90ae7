import LumbarCore
import LumbarSignal
import Testing

@Suite struct StepDetectorTests {
    @Test(arguments: [20.0, 50, 100, 200]) func countsStepsAtAnyRate(_ rate: Double) {
        for cadence in [1.4, 1.8, 2.4] {
            var motion = TrunkMotion(rate: rate, accelerationNoise: 0.005)
            motion.vertical = { $0 > 10 && $0 < 40 ? gait($0, cadence: cadence) : 0 }
            var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
            let frames = chain.frames(motion.readings(to: 50))
            let steps = frames.reduce(0) { $0 + $1.steps }
            #expect(
                (Double(steps) - 30 * cadence).magnitude <= 3, "\(steps) steps at \(cadence)/s, \(rate) Hz")
            let inside = frames.filter { $0.start.seconds > 20 && $0.start.seconds < 43 }
            #expect(inside.allSatisfy { ($0.cadenceHz - cadence).magnitude < 0.1 && $0.stepRegularity > 0.8 })
            #expect(frames.filter { $0.start.seconds > 47 }.allSatisfy { $0.cadenceHz == 0 })
        }
    }

    @Test func stillnessAndSingleMovementsAreNoSteps() {
        var motion = TrunkMotion(accelerationNoise: 0.005, gyroNoise: 0.1)
        // Sitting down and rising every 10 s.
        motion.vertical = { bump($0.truncatingRemainder(dividingBy: 10), at: 4, seconds: 1, peak: 3) }
        motion.flexion = { bump($0.truncatingRemainder(dividingBy: 10), at: 3.5, seconds: 2, peak: 30) }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion.readings(to: 60))
        #expect(frames.reduce(0) { $0 + $1.steps } == 0)
        #expect(frames.reduce(0) { $0 + $1.stepCandidates } >= 5)
        #expect(frames.allSatisfy { $0.cadenceHz == 0 })
    }

    @Test func irregularKnocksAreNoWalk() {
        var random = SplitMix(11)
        var times: [Double] = []
        var t = 5.0
        while t < 60 {
            times.append(t)
            t += 0.3 + 2.5 * random.unit()
        }
        var motion = TrunkMotion()
        motion.vertical = { t in times.reduce(0) { $0 + bump(t, at: $1, seconds: 0.3, peak: 3) } }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let steps = chain.frames(motion.readings(to: 60)).reduce(0) { $0 + $1.steps }
        #expect(steps < 12, "\(steps)")
    }
}

extension Instant {
    var seconds: Double { Double(nanoseconds) * 1e-9 }
}
