import LumbarCore
import LumbarSignal
import Testing

@Suite struct FeatureExtractorTests {
    private func declared() -> SignalChain {
        var settings = SignalSettings()
        settings.learnUpright = false
        return SignalChain(mount: Mount("up=+z,forward=+x") ?? .undeclared, settings: settings)
    }

    @Test func framesTileTheStreamInSampleTime() {
        var chain = declared()
        let motion = TrunkMotion()
        let frames = chain.frames(motion.readings(to: 10.001))
        #expect(frames.count == 100)
        #expect(frames.first?.start == motion.start)
        #expect(frames.first?.followsGap == true)
        for (k, frame) in frames.enumerated() {
            #expect(frame.start.nanoseconds == motion.start.nanoseconds + Int64(k) * 100_000_000)
            #expect(frame.end.nanoseconds - frame.start.nanoseconds == 100_000_000)
            #expect(frame.sampleCount == 10)
            #expect(k == 0 || !frame.followsGap)
        }
    }

    @Test(arguments: [7.0, 10, 25, 33, 400]) func anyRateTiles(_ rate: Double) {
        var chain = declared()
        let frames = chain.frames(TrunkMotion(rate: rate).readings(to: 20))
        for (a, b) in zip(frames, frames.dropFirst()) { #expect(a.end == b.start) }
        #expect(frames.allSatisfy { $0.sampleCount >= 1 && $0.duration > 0.09 && $0.duration < 0.31 })
        let covered = frames.reduce(0) { $0 + $1.duration }
        #expect(covered > 19.6 && covered <= 20)
    }

    @Test func aGapStartsANewGridAndSaysSo() {
        var chain = declared()
        let motion = TrunkMotion()
        let frames = chain.frames(motion.readings(to: 2.05) + motion.readings(from: 8.03, to: 10))
        let marks = frames.filter(\.followsGap)
        #expect(marks.count == 2)
        #expect(marks.last?.start.nanoseconds == motion.start.nanoseconds + 8_030_000_000)
        #expect(chain.status.gaps == 1)
    }

    @Test func signsOfTheAngles() throws {
        let cases: [(flexion: Double, lateral: Double)] = [
            (45, 0), (-20, 0), (0, 25), (0, -25), (90, 0), (150, 0),
        ]
        for (flexion, lateral) in cases {
            var motion = TrunkMotion()
            motion.flexion = { min(1, max(0, ($0 - 4) / 2)) * flexion }
            motion.lateral = { min(1, max(0, ($0 - 4) / 2)) * lateral }
            var chain = declared()
            let frames = chain.frames(motion.readings(to: 8))
            let last = try #require(frames.last)
            #expect((last.flexionDegrees - flexion).magnitude < 0.5)
            // Past a right angle the lateral angle is measured from upside down, by its definition.
            if flexion < 90 { #expect((last.lateralDegrees - lateral).magnitude < 0.5) }
            #expect((last.inclinationDegrees - max(flexion.magnitude, lateral.magnitude)).magnitude < 0.5)
            let during = frames.filter { $0.start.seconds > 9.5 && $0.start.seconds < 10.5 }
            let rate = during.reduce(0) { $0 + $1.flexionRateDps } / Double(during.count)
            #expect((rate - flexion / 2).magnitude < 1)
            #expect(last.flexionIsSigned)
        }
    }

    @Test func turningLeftIsPositive() {
        var motion = TrunkMotion()
        motion.heading = { min(90, max(0, ($0 - 5) * 45)) }
        motion.flexion = { _ in 40 }
        var chain = declared()
        let frames = chain.frames(motion.readings(to: 10))
        #expect((frames.reduce(0) { $0 + $1.headingChangeDegrees } - 90).magnitude < 1)
        // Bent by 40 degrees, the long axis sees cos 40° of the turn.
        let axial = frames.reduce(0) { $0 + $1.axialRotationDegrees }
        #expect((axial - 90 * Elementary.cos(40 * radiansPerDegree)).magnitude < 1)
        #expect(frames.contains { ($0.headingChange1sDegrees - 45).magnitude < 1 })
        #expect(frames.contains { ($0.angularSpeedMeanDps - 45).magnitude < 0.5 })
    }

    @Test(arguments: [50.0, 100]) func aVerticalSineGivesItsVelocityAndHeight(_ rate: Double) {
        // z = A sin(ωt): velocity and height gained over any span follow.
        let (size, omega) = (0.1, 4.0)
        var motion = TrunkMotion(rate: rate)
        motion.vertical = { -size * omega * omega * Elementary.sin(omega * $0) }
        var chain = declared()
        let frames = chain.frames(motion.readings(to: 12))
        for frame in frames where frame.start.seconds > 8 {
            let t0 = frame.start.seconds - 5 - 1 / rate
            let t1 = frame.end.seconds - 5 - 1 / rate
            let v0 = size * omega * Elementary.cos(omega * t0)
            let v1 = size * omega * Elementary.cos(omega * t1)
            #expect((frame.verticalVelocityGain - (v1 - v0)).magnitude < 0.004)
            let rise = size * (Elementary.sin(omega * t1) - Elementary.sin(omega * t0))
            #expect((frame.verticalHeightGain - (rise - v0 * (t1 - t0))).magnitude < 0.001)
        }
        let rms = size * omega * omega / 2.0.squareRoot() / standardGravityMetresPerSecondSquared
        #expect(frames.suffix(20).allSatisfy { ($0.verticalRMS1sG - rms).magnitude < 0.35 * rms })
    }

    @Test func windowsOfAKnownSignal() throws {
        var motion = TrunkMotion()
        motion.vertical = { ($0 * 100).rounded().truncatingRemainder(dividingBy: 2) == 0 ? 0.98 : -0.98 }
        var chain = declared()
        let last = try #require(chain.frames(motion.readings(to: 10)).last)
        let deviation = 0.98 / standardGravityMetresPerSecondSquared
        #expect((last.accelerationDeviation1sG - deviation).magnitude < 1e-6)
        #expect((last.accelerationDeviation5sG - deviation).magnitude < 1e-6)
        #expect((last.accelerationMaxG - 1 - deviation).magnitude < 1e-9)
        #expect((last.accelerationMinG - 1 + deviation).magnitude < 1e-9)
        #expect((last.accelerationMeanG - 1).magnitude < 1e-9)
    }

    @Test func meanAndDeviationOfInclination() throws {
        var motion = TrunkMotion()
        motion.flexion = { $0 < 20 ? 20 : 20 + 10 * (1 - Elementary.cos(Elementary.pi * ($0 - 20))) }
        var chain = declared()
        let frames = chain.frames(motion.readings(to: 30))
        let before = try #require(frames.last { $0.end.seconds < 24.9 })
        #expect((before.inclinationMean5sDegrees - 20).magnitude < 0.05)
        #expect(before.inclinationDeviation1sDegrees < 0.05)
        let last = try #require(frames.last)
        #expect((last.inclinationMean5sDegrees - 30).magnitude < 1.2)
        #expect(last.inclinationDeviation1sDegrees > 4)
        #expect((last.upMean5s.length - 1).magnitude < 1e-12)
    }

    @Test func withoutAGyroscopeRatesComeFromTheTilt() throws {
        var motion = TrunkMotion(hasGyro: false)
        motion.flexion = { min(60, max(0, ($0 - 4) * 20)) }
        var chain = declared()
        let frames = chain.frames(motion.readings(to: 9))
        let during = frames.filter { $0.start.seconds > 10 && $0.start.seconds < 11.5 }
        #expect(during.allSatisfy { !$0.hasAngularRate && ($0.flexionRateDps - 20).magnitude < 3 })
        #expect(during.allSatisfy { ($0.angularSpeedMeanDps - 20).magnitude < 3 })
        let last = try #require(frames.last)
        #expect((last.flexionDegrees - 60).magnitude < 1.5)
        #expect(last.uncertaintyDegrees >= 5)
    }

    @Test func aKnockHasItsJerk() {
        var motion = TrunkMotion()
        motion.vertical = { bump($0, at: 5, seconds: 0.1, peak: 19.6) }
        var chain = declared()
        let frames = chain.frames(motion.readings(to: 8))
        let peak = frames.reduce(0) { max($0, $1.jerkPeakGps) }
        // 2 g up in 50 ms peaks at 63 g/s; the low-pass takes part of it.
        #expect(peak > 20 && peak < 63, "\(peak)")
        #expect(frames.filter { $0.end.seconds < 9.9 }.allSatisfy { $0.jerkPeakGps < 0.1 })
    }

    @Test func deviationsAlongTheBody() throws {
        var motion = TrunkMotion()
        motion.ahead = { 2 * Elementary.sin(20 * $0) }
        var chain = declared()
        let last = try #require(chain.frames(motion.readings(to: 10)).last)
        let expected = 2 / 2.0.squareRoot() / standardGravityMetresPerSecondSquared
        #expect((last.forwardDeviation1sG - expected).magnitude < 0.1 * expected)
        #expect(last.lateralDeviation1sG < 1e-6)
    }
}
