import LumbarCore
import LumbarSignal
import LumbarTestKit
import Testing

/// A sensor looked at ten times a second.
private struct Watched {
    var trust = SensorTrust()
    var look = SensorTrust.Look()
    var random = SplitMix64(seed: 3)
    var changes: [SensorTrust.Change] = []

    init() {
        look.samples = 10
        look.rateHz = 100
        look.hasAngularRate = true
        look.up = Vector3(0, 0, 1)
    }

    /// So many seconds of a body that moves, each look as `edit` makes it.
    mutating func move(_ seconds: Double, _ edit: (inout SensorTrust.Look) -> Void = { _ in }) {
        play(seconds, isMoving: true, edit)
    }

    mutating func rest(_ seconds: Double, _ edit: (inout SensorTrust.Look) -> Void = { _ in }) {
        play(seconds, isMoving: false, edit)
    }

    private mutating func play(
        _ seconds: Double, isMoving: Bool, _ edit: (inout SensorTrust.Look) -> Void
    ) {
        for _ in 0..<Int((seconds * 10).rounded()) {
            var next = look
            next.isMoving = isMoving
            next.isAtRest = !isMoving
            next.acceleration = Vector3(noise(), noise(), 1 + noise())
            next.angularRate = isMoving ? Vector3(noise(), noise(), noise()) : .zero
            next.peakG = 1.2
            next.peakDps = 100
            edit(&next)
            trust.update(next)
            changes += trust.takeChanges()
        }
    }

    private mutating func noise() -> Double { Double(random.next() % 2001) / 1000 - 1 }
}

@Suite struct SensorTrustTests {
    @Test func aGoodSensorIsTrustedHoweverItIsMoved() {
        var sensor = Watched()
        for _ in 0..<20 {
            sensor.move(30)
            // Exact zeros of the gyroscope at rest are no stuck axis.
            sensor.rest(30) { $0.deviceUp = Vector3(0, 0, 1) }
        }
        #expect(sensor.changes.isEmpty)
        #expect(!sensor.trust.forbidsUse && sensor.trust.all.isEmpty)
    }

    @Test(arguments: 0..<6) func anAxisThatKeepsItsValueWhileTheBodyMovesIsStuck(_ axis: Int) {
        let stick: (inout SensorTrust.Look) -> Void = { look in
            switch axis {
            case 0: look.acceleration.x = 0.25
            case 1: look.acceleration.y = -1
            case 2: look.acceleration.z = 0
            case 3: look.angularRate.x = 0
            case 4: look.angularRate.y = 0.5
            default: look.angularRate.z = 0
            }
        }
        var sensor = Watched()
        sensor.move(20)
        sensor.move(9.5, stick)
        #expect(!sensor.trust.has(.stuckAxis))
        sensor.rest(100, stick)
        #expect(!sensor.trust.has(.stuckAxis))
        sensor.move(2, stick)
        #expect(sensor.trust.has(.stuckAxis) && sensor.trust.forbidsUse)
        sensor.move(1)
        #expect(!sensor.trust.has(.stuckAxis) && !sensor.trust.forbidsUse)
        #expect(sensor.changes.map(\.begins) == [true, false])
    }

    @Test func noGyroscopeIsNoStuckOne() {
        var sensor = Watched()
        sensor.look.hasAngularRate = false
        sensor.move(60) { $0.angularRate = .zero }
        #expect(sensor.changes.isEmpty)
    }

    @Test func aBlowAtTheLimitIsNothingAndManyAre() {
        var sensor = Watched()
        for _ in 0..<10 {
            sensor.move(0.1) { $0.peakG = 16 }
            sensor.move(40)
        }
        #expect(!sensor.trust.has(.saturated))
        for _ in 0..<6 {
            sensor.move(0.1) { $0.peakDps = 2000 }
            sensor.move(2)
        }
        #expect(sensor.trust.has(.saturated) && !sensor.trust.forbidsUse)
        sensor.move(61)
        #expect(!sensor.trust.has(.saturated))
    }

    @Test func anglesThatDisagreeAtRestAreTold() {
        let off: (inout SensorTrust.Look) -> Void = { $0.deviceUp = Vector3(0.342, 0, 0.94) }
        var sensor = Watched()
        sensor.move(100, off)
        #expect(sensor.changes.isEmpty)
        sensor.rest(29, off)
        #expect(sensor.changes.isEmpty)
        sensor.rest(2, off)
        #expect(sensor.trust.all == [.anglesDisagree])
        sensor.rest(31) { $0.deviceUp = Vector3(0, 0, 1) }
        #expect(sensor.trust.all.isEmpty)
        sensor.rest(100)
        #expect(sensor.changes.count == 2)
    }

    @Test func lossesAreJudgedByTheMinute() {
        var sensor = Watched()
        sensor.move(120) { $0.lost = 0 }
        sensor.move(60) { $0.lost = 1 }
        #expect(sensor.trust.has(.lostSamples))
        sensor.move(60)
        #expect(!sensor.trust.has(.lostSamples))
    }

    @Test func anotherRateIsToldAndThenUsual() {
        var sensor = Watched()
        sensor.move(60)
        sensor.look.rateHz = 50
        sensor.move(4)
        #expect(!sensor.trust.has(.rateChanged))
        sensor.move(10)
        #expect(sensor.trust.has(.rateChanged))
        sensor.move(60)
        #expect(!sensor.trust.has(.rateChanged))
        sensor.look.rateHz = 52
        sensor.move(100)
        #expect(sensor.changes.count == 2)
    }

    @Test func aClockThatDriftsIsTold() {
        var sensor = Watched()
        sensor.move(300) { $0.clockLead = 0.0002 }
        #expect(sensor.changes.isEmpty)
        sensor.move(60) { $0.clockLead = -0.002 }
        #expect(sensor.trust.all == [.clockDrift])
        sensor.move(60) { $0.clockLead = 0 }
        #expect(sensor.trust.all.isEmpty)
    }

    @Test func aBiasedGyroscopeIsToldWithHysteresis() {
        var sensor = Watched()
        for bias in [1, 2.5, 3.1, 2.5, 3.1, 1.9, 2.5] { sensor.rest(1) { $0.biasDps = bias } }
        #expect(sensor.changes.map(\.begins) == [true, false])
    }

    @Test func whatWasWrongStaysSoOverAnInterruption() {
        var sensor = Watched()
        sensor.move(12) { $0.acceleration.x = 1 }
        sensor.trust.interrupt()
        #expect(sensor.trust.has(.stuckAxis))
    }
}
