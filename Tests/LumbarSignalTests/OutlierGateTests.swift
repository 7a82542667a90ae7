import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarSignal

@Suite struct OutlierGateTests {
    /// A body that sways: slow and smooth, with the noise of a sensor, 100 samples a second.
    private static func swaying(_ count: Int) -> [Reading] {
        var random = SplitMix64(seed: 4)
        func noise(_ size: Double) -> Double { Double.random(in: -size...size, using: &random) }
        return (0..<count).map { index in
            let t = Double(index) / 100
            return Reading(
                acceleration: Vector3(
                    0.1 * wave(t, 1.1) + noise(0.003), 0.05 * wave(t, 0.7) + noise(0.003),
                    1 + 0.1 * wave(t, 1.9) + noise(0.003)),
                angularRate: Vector3(0.3 * wave(t, 0.9) + noise(0.002), noise(0.002), 0.2 * wave(t, 1.3)),
                hasAngularRate: true, arrival: .zero + .milliseconds(Int64(10 * index)))
        }
    }

    private static func wave(_ t: Double, _ hertz: Double) -> Double {
        Elementary.sincos(2 * Double.pi * hertz * t).sin
    }

    /// What comes out, and what is refused, when every `every`th reading follows damage.
    private func sift(
        _ readings: [Reading], damagedEvery every: Int?, gate: OutlierGate = OutlierGate()
    ) -> (passed: [Reading], refused: [Reading]) {
        var gate = gate
        var passed: [Reading] = []
        var refused: [Reading] = []
        for (index, given) in readings.enumerated() {
            var reading = given
            if let every { reading.followsDamage = index % every == 0 }
            guard !gate.passes(reading) else {
                passed.append(reading)
                continue
            }
            let sifted = gate.sift(reading)
            if let one = sifted.first { passed.append(one) }
            if let one = sifted.second { passed.append(one) }
            if let one = sifted.refused { refused.append(one) }
        }
        return (passed, refused)
    }

    @Test func onACleanLineNothingIsLookedAtAndNothingWaits() {
        var readings = Self.swaying(400)
        readings[200].acceleration.x = 12
        let (passed, refused) = sift(readings, damagedEvery: nil)
        #expect(passed == readings)
        #expect(refused.isEmpty)
    }

    /// Opening a line in the middle of a frame is no damage.
    @Test func oneDamagedStretchAloneChangesNothing() {
        var readings = Self.swaying(400)
        readings[0].followsDamage = true
        readings[10].acceleration.x = 12
        let (passed, refused) = sift(readings, damagedEvery: nil)
        #expect(passed == readings)
        #expect(refused.isEmpty)
    }

    @Test func onABadLineTheOrderStaysAndAllThatIsTruePasses() {
        let readings = Self.swaying(2000)
        let (passed, refused) = sift(readings, damagedEvery: 4)
        #expect(refused.isEmpty)
        // The last waits for one that never comes.
        #expect(passed.map(\.arrival) == readings.dropLast().map(\.arrival))
    }

    @Test(arguments: [0.3, -0.6, 2, 15])
    func aSampleThatStandsAloneIsRefused(_ excess: Double) {
        for axis in 0..<3 {
            var readings = Self.swaying(600)
            switch axis {
            case 0: readings[500].acceleration.x += excess
            case 1: readings[500].acceleration.z += excess
            default: readings[500].angularRate.y += excess * 4
            }
            let (_, refused) = sift(readings, damagedEvery: 4)
            #expect(refused.map(\.arrival) == [readings[500].arrival])
        }
    }

    @Test func aSampleWithoutTheRateOfItsNeighboursIsRefused() {
        var readings = Self.swaying(600)
        readings[500].hasAngularRate = false
        readings[500].angularRate = .zero
        #expect(sift(readings, damagedEvery: 4).refused.count == 1)
    }

    @Test func aJumpOfTheDevicesOwnUpIsTakenOffItsSample() {
        var readings = Self.swaying(600)
        for index in readings.indices { readings[index].deviceUp = Vector3(0, 0, 1) }
        readings[500].deviceUp = Vector3(0.3, 0, 0.954)
        // None at all is no jump.
        readings[300].deviceUp = .zero
        let (passed, refused) = sift(readings, damagedEvery: 4)
        #expect(refused.isEmpty)
        #expect(passed.indices.filter { passed[$0].deviceUp == .zero } == [300, 500])
    }

    /// The blow of a fall, whose highest sample stands well above the others: on all axes, and rising over some samples.
    @Test func theBlowOfAFallPasses() {
        var readings = Self.swaying(600)
        for (offset, g) in [0.6, 1.8, 5.5, 2.1, 0.9].enumerated() {
            readings[500 + offset].acceleration =
                readings[500 + offset].acceleration + Vector3(0.5 * g, -0.4 * g, g)
            readings[500 + offset].angularRate =
                readings[500 + offset].angularRate + Vector3(-0.6 * g, 0.9 * g, 0.3 * g)
        }
        #expect(sift(readings, damagedEvery: 4).refused.isEmpty)
    }

    /// What shakes one axis only, but for several samples.
    @Test func aKnockOfThreeSamplesPasses() {
        var readings = Self.swaying(600)
        for (offset, g) in [0.9, 2.5, 0.8].enumerated() { readings[500 + offset].acceleration.z += g }
        #expect(sift(readings, damagedEvery: 4).refused.isEmpty)
    }

    @Test func aStepToAnotherLevelPasses() {
        var readings = Self.swaying(600)
        for index in 500..<600 { readings[index].acceleration.x += 0.8 }
        #expect(sift(readings, damagedEvery: 4).refused.isEmpty)
    }

    @Test func whatFollowsABreakHasNoNeighbourBeforeIt() {
        var readings = Self.swaying(600)
        for index in 500..<600 { readings[index].acceleration.x += 0.8 }
        readings[500].followsBreak = true
        readings[501].acceleration.x += 0.001
        let (passed, refused) = sift(readings, damagedEvery: 4)
        #expect(refused.isEmpty && passed.count == 599)
    }

    @Test func whenTheLineIsGoodAgainNothingWaits() {
        var readings = Self.swaying(600)
        for index in stride(from: 0, to: 200, by: 4) { readings[index].followsDamage = true }
        readings[500].acceleration.x += 5
        let (passed, refused) = sift(readings, damagedEvery: nil)
        #expect(refused.isEmpty)
        #expect(passed.map(\.arrival) == readings.map(\.arrival))
    }

    @Test func anInterruptionForgetsTheOneThatWaits() {
        var gate = OutlierGate()
        var readings = Self.swaying(100)
        for index in readings.indices {
            readings[index].followsDamage = true
            _ = gate.sift(readings[index])
        }
        gate.interrupt()
        readings[0].followsDamage = false
        #expect(gate.passes(readings[0]))
    }
}
