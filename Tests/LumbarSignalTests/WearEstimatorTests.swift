import LumbarCore
import LumbarSignal
import Testing

@Suite struct WearEstimatorTests {
    /// Worn until `off` seconds, then on a table in some orientation, picked up at `on`.
    private func motion(off: Double, on: Double, table: Double) -> TrunkMotion {
        var motion = TrunkMotion(accelerationNoise: 0.003, gyroNoise: 0.08)
        motion.flexion = { t in
            if t < off { return 5 + 2 * Elementary.sin(0.9 * t) + bump(t, at: 20, seconds: 3, peak: 50) }
            if t < off + 2 { return 5 + (table - 5) * (t - off) / 2 }
            if t < on { return table }
            return table - 40 * min(1, (t - on) / 0.7)
        }
        motion.lateral = { $0 < off ? 1.5 * Elementary.sin(1.6 * $0) : 0 }
        return motion
    }

    @Test(arguments: [0.0, -90, 90, 178]) func aTableIsNotABody(_ table: Double) {
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion(off: 60, on: 300, table: table).readings(to: 310))
        let origin = 5.0
        #expect(
            frames.filter { $0.start.seconds - origin > 15 && $0.end.seconds - origin < 60 }.allSatisfy {
                $0.wear == .worn
            })
        let first = frames.first { $0.wear == .notWorn }
        let decided = (first?.end.seconds ?? 1e9) - origin - 62
        #expect(decided > 60 && decided < 180, "\(decided) s after it was put down")
        #expect(
            frames.filter { $0.start.seconds - origin > 250 && $0.end.seconds - origin < 300 }.allSatisfy {
                $0.wear == .notWorn
            })
        #expect(frames.filter { $0.start.seconds - origin > 302 }.allSatisfy { $0.wear == .worn })
        // It is dated back to when life ended, give or take a block of ten seconds.
        let since = (first?.lifelessSince?.seconds ?? 0) - origin
        #expect((60...80).contains(since), "lifeless since \(since)")
        #expect(frames.last?.lifelessSince == nil)
    }

    /// Asleep: only breathing, 0.25 Hz and a fifth of a degree, moves the belt.
    @Test(arguments: [true, false]) func sleepStaysWorn(_ hasGyro: Bool) {
        var motion = TrunkMotion(accelerationNoise: 0.002, gyroNoise: 0.05, hasGyro: hasGyro)
        motion.flexion = { -90 + 0.2 * Elementary.sin(2 * Elementary.pi * 0.25 * $0) }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion.readings(to: 600))
        #expect(frames.allSatisfy { $0.wear != .notWorn })
        #expect(frames.last?.wear == .worn)
    }

    @Test func aSensorWithoutNoiseOnATableIsNotWorn() {
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(TrunkMotion().readings(to: 200))
        #expect(frames.first?.wear == .unknown)
        #expect(frames.last?.wear == .notWorn)
    }

    @Test func aKnockOnTheTableDoesNotPickItUp() {
        var motion = TrunkMotion(accelerationNoise: 0.002, gyroNoise: 0.05)
        motion.vertical = { bump($0, at: 200, seconds: 0.05, peak: 8) }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(motion.readings(to: 240))
        #expect(frames.last?.wear == .notWorn)
    }
}
