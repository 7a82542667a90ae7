import LumbarCore
import LumbarSignal
import Testing

@Suite("Few samples, lost ones, and none of the gyroscope") struct SlowRateTests {
    /// Bends and turns as people do, or much faster.
    private func motion(rate: Double, speed: Double = 1) -> TrunkMotion {
        var motion = TrunkMotion(rate: rate, accelerationNoise: 0.003, gyroNoise: 0.1)
        motion.flexion = { 40 * Elementary.sin(2 * speed * $0) }
        motion.lateral = { 15 * Elementary.sin(1.3 * speed * $0) }
        motion.heading = { 40 * $0 }
        return motion
    }

    /// The worst error after five seconds and what was told of it in the mean, degrees.
    private func play(
        _ motion: TrunkMotion, without isLost: (Int) -> Bool = { _ in false }
    ) -> (worst: Double, told: Double) {
        var chain = SignalChain(
            mount: Mount("up=+z,forward=+x") ?? .undeclared, settings: SignalSettings())
        chain.collectsAttitudes = true
        let readings = motion.readings(to: 40).enumerated().filter { !isLost($0.offset) }.map(\.element)
        _ = chain.frames(readings)
        var worst = 0.0
        var told = 0.0
        let reports = chain.takeAttitudes().filter { ($0.time - motion.start).seconds > 5 }
        for report in reports {
            let truth = motion.upInBody((report.time - motion.start).seconds)
            let up = report.up.reinterpreted(as: BodyFrame.self)
            worst = max(worst, Elementary.atan2(up.cross(truth).length, up.dot(truth)) * degreesPerRadian)
            told += report.uncertaintyDegrees
        }
        return (worst, told / Double(max(1, reports.count)))
    }

    @Test(arguments: [10.0, 20, 50, 100, 400]) func everydayMovementIsFollowedAtEveryRate(_ rate: Double) {
        let result = play(motion(rate: rate))
        #expect(result.worst < 2, "\(result.worst)")
        #expect(result.told < 3, "\(result.told)")
    }

    @Test(arguments: [20.0, 50, 100]) func lostSamplesCostLittle(_ rate: Double) {
        var random = SplitMix(9)
        let lost = (0..<8000).map { _ in random.unit() < 0.05 }
        let result = play(motion(rate: rate), without: { lost[$0] })
        #expect(result.worst < 3, "\(result.worst)")
    }

    @Test func movementTooFastForTheRateIsToldAsUncertain() {
        let slow = play(motion(rate: 10, speed: 4))
        let fast = play(motion(rate: 100, speed: 4))
        #expect(slow.told > 6, "\(slow.told)")
        #expect(fast.told < 3, "\(fast.told)")
    }

    @Test func withoutAGyroscopeTheUncertaintyIsWide() {
        var bare = motion(rate: 50)
        bare.hasGyro = false
        bare.ahead = { 2 * Elementary.sin(5 * $0) }
        let result = play(bare)
        #expect(result.told >= 5)
        #expect(result.worst > 5)
        #expect(result.worst < 5 * result.told)
    }
}
