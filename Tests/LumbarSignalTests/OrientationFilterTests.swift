import LumbarCore
import LumbarSignal
import Testing

@Suite struct OrientationFilterTests {
    /// Worst error of up in degrees over the readings, after `settled` seconds.
    private func worst(_ motion: TrunkMotion, seconds: Double, settled: Double) -> (
        degrees: Double, filter: OrientationFilter
    ) {
        var filter = OrientationFilter(period: 1 / motion.rate)
        var worst = 0.0
        for reading in motion.readings(to: seconds) {
            var rate = reading.angularRate.reinterpreted(as: BodyFrame.self)
            let up = filter.update(
                acceleration: reading.acceleration.reinterpreted(as: BodyFrame.self), rate: &rate,
                interval: 1 / motion.rate)
            let t = Double(reading.deviceNanoseconds) * 1e-9
            guard t >= settled else { continue }
            let truth = motion.upInBody(t)
            worst = max(worst, Elementary.atan2(up.cross(truth).length, up.dot(truth)) * degreesPerRadian)
        }
        return (worst, filter)
    }

    @Test(arguments: [0.0, 35, 90, 179]) func staticTilt(_ degrees: Double) {
        var motion = TrunkMotion()
        motion.flexion = { _ in degrees }
        motion.lateral = { _ in 12 }
        #expect(worst(motion, seconds: 5, settled: 0).degrees < 1e-6)
    }

    @Test(arguments: [20.0, 50, 100, 200]) func turningAndBending(_ rate: Double) {
        var motion = TrunkMotion(rate: rate)
        motion.flexion = { 40 * Elementary.sin(2 * $0) }
        motion.lateral = { 25 * Elementary.sin(1.3 * $0) }
        motion.heading = { 90 * $0 }
        let result = worst(motion, seconds: 60, settled: 0)
        #expect(result.degrees < 0.2, "\(result.degrees)")
    }

    @Test func shakingDoesNotTilt() {
        var motion = TrunkMotion()
        motion.flexion = { 30 * Elementary.sin($0) }
        motion.ahead = { 5 * Elementary.sin(9 * $0) }
        motion.vertical = { 4 * Elementary.sin(13 * $0) }
        #expect(worst(motion, seconds: 60, settled: 3).degrees < 1.5)
    }

    @Test func biasIsLearnedAtRestAndKept() {
        var motion = TrunkMotion(accelerationNoise: 0.002, gyroNoise: 0.05)
        motion.bias = Vector3(0.8, -0.5, 0.3)
        motion.flexion = { $0 < 60 ? 0 : 50 * Elementary.sin(($0 - 60) * 1.5) }
        let result = worst(motion, seconds: 120, settled: 30)
        let bias = result.filter.bias * degreesPerRadian
        #expect((bias - motion.bias).length < 0.05, "\(bias)")
        #expect(result.degrees < 0.5, "\(result.degrees)")
    }

    @Test func restIsSeenAfterItsTimeAndLostAtOnce() {
        var filter = OrientationFilter()
        var sawRestAt = -1.0
        for i in 0..<300 {
            var rate = Vector3<BodyFrame>.zero
            _ = filter.update(acceleration: Vector3(0, 0, 1), rate: &rate, interval: 0.01)
            if filter.isAtRest && sawRestAt < 0 { sawRestAt = Double(i) * 0.01 }
        }
        #expect((sawRestAt - 1.5).magnitude < 0.02)
        var rate = Vector3<BodyFrame>(0.2, 0, 0)
        _ = filter.update(acceleration: Vector3(0, 0, 1), rate: &rate, interval: 0.01)
        #expect(!filter.isAtRest)
    }

    @Test func freeFallGivesAUnitVector() {
        var filter = OrientationFilter()
        for _ in 0..<1000 {
            var rate = Vector3<BodyFrame>.zero
            let up = filter.update(acceleration: .zero, rate: &rate, interval: 0.01)
            #expect((up.length - 1).magnitude < 1e-12)
        }
    }

    @Test func aCopyContinuesLikeTheOriginal() {
        var motion = TrunkMotion(accelerationNoise: 0.01, gyroNoise: 0.5)
        motion.flexion = { 40 * Elementary.sin($0) }
        let readings = motion.readings(to: 20)
        var original = OrientationFilter()
        var copy = original
        for (i, reading) in readings.enumerated() {
            if i == 700 { copy = original }
            var rate = reading.angularRate.reinterpreted(as: BodyFrame.self)
            let a = reading.acceleration.reinterpreted(as: BodyFrame.self)
            _ = original.update(acceleration: a, rate: &rate, interval: 0.01)
            if i >= 700 {
                var again = reading.angularRate.reinterpreted(as: BodyFrame.self)
                _ = copy.update(acceleration: a, rate: &again, interval: 0.01)
            }
        }
        #expect(copy == original)
    }

    @Test func accelerometerAloneFollowsSlowTiltAndSaysItIsUnsure() {
        var motion = TrunkMotion(hasGyro: false)
        motion.flexion = { $0 < 5 ? 0 : min(60, ($0 - 5) * 20) }
        var filter = TiltFilter()
        var up = Vector3<BodyFrame>(0, 0, 1)
        for reading in motion.readings(to: 12) {
            up = filter.update(
                acceleration: reading.acceleration.reinterpreted(as: BodyFrame.self), interval: 0.01)
        }
        let truth = motion.upInBody(11.99)
        #expect(Elementary.atan2(up.cross(truth).length, up.dot(truth)) * degreesPerRadian < 0.5)
        let quiet = filter.uncertaintyDegrees
        #expect(quiet >= 5 && quiet < 7)
        for i in 0..<300 {
            up = filter.update(
                acceleration: Vector3(0, 0, 1 + 0.8 * Elementary.sin(Double(i))), interval: 0.01)
        }
        #expect(filter.uncertaintyDegrees > 2 * quiet)
    }
}
