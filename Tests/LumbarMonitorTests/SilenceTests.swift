import LumbarCore
import Testing

@testable import LumbarMonitor

@Suite struct SilenceTests {
    @Test func aSensorThatFallsSilentIsDegradedThenStalledThenRecovers() {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 4)
        script.advance(to: 20)
        script.stand("a", from: 20, to: 21)
        #expect(
            script.events(of: "a")
                == ["attached@0.00", "locked@0.00", "degraded@5.96", "stalled@8.96", "recovered@20.04"])
    }

    @Test func aShortSilenceIsOnlyDegraded() {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 4)
        script.stand("a", from: 7, to: 8)
        #expect(
            script.events(of: "a") == ["attached@0.00", "locked@0.00", "degraded@5.96", "recovered@7.00"])
    }

    @Test func aSensorThatNeverSpeaksIsStalledOnceAndNeverDegraded() {
        var script = Script()
        script.attach("a", at: 1)
        script.advance(to: 100)
        #expect(script.events(of: "a") == ["attached@1.00", "stalled@6.00"])
        #expect(script.monitor.nextDeadline == nil)
    }

    @Test func anAccelerometerThatReadsZeroIsSaidOnce() {
        var script = Script()
        var device = Script.device("a")
        device.protocolName = "witmotion"
        script.monitor.attach(device, at: Script.at(0))
        func frame(_ type: UInt8, z: UInt8 = 0) -> [UInt8] {
            let body = [0x55, type, 0, 0, 0, 0, 0, z, 0, 0]
            return body + [body.reduce(0, &+)]
        }
        for k in 0..<30 {
            (frame(0x51) + frame(0x52)).withUnsafeBytes {
                script.monitor.receive($0, from: device.id, at: Script.at(Double(k) / 10))
            }
        }
        script.collect()
        #expect(script.events(of: "a") == ["attached@0.00", "dead accelerometer@0.90"])
        // It wakes up.
        (frame(0x51, z: 8) + frame(0x52)).withUnsafeBytes {
            script.monitor.receive($0, from: device.id, at: Script.at(3))
        }
        script.collect()
        #expect(script.events(of: "a").last == "locked@3.00")
    }

    @Test func aHeaderThatCannotBeUsedIsSaidOnce() {
        var script = Script()
        script.monitor.attach(Script.device("a"), at: Script.at(0))
        for k in 0..<3 { script.send("t_s,ax,ay,az\n", from: "a", at: Double(k)) }
        let said = script.events(of: "a").filter { $0.contains("ax_g") }
        #expect(said.count == 1)
        #expect(said.first?.contains("@0.00") == true)
    }

    @Test func garbageIsNoSignOfLife() {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 2)
        for k in 0..<300 { script.send("#!\u{1}~~\n", from: "a", at: 2 + Double(k) / 50) }
        #expect(script.events(of: "a").suffix(2) == ["degraded@3.96", "stalled@6.96"])
    }

    @Test func silenceIsNoData() throws {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 30)
        script.monitor.finish(at: Script.at(3600))
        script.collect()
        let day = try #require(script.summaries.first)
        #expect(day.wornSeconds < 32)
        #expect(abs(day.noDataSeconds + day.wornSeconds + day.seconds(.notWorn) - 3600) < 0.2)
    }

    @Test func aDeadlineFiresBeforeBytesOfTheSameMoment() {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 4)
        // The last valid line came at 3.96, so this one comes exactly when the sensor is declared degraded.
        script.send("5.96,0,0,1\n", from: "a", at: 5.96)
        #expect(script.events(of: "a").suffix(2) == ["degraded@5.96", "recovered@5.96"])
    }

    @Test func howOftenTimePassesChangesNothing() {
        func run(_ step: Double) -> [Output] {
            var script = Script()
            script.attach("a", at: 0)
            script.stand("a", from: 0, to: 90)
            var t = 90.0
            while t < 400 {
                script.advance(to: t)
                t += step
            }
            script.advance(to: 400)
            return script.outputs
        }
        let coarse = run(310)
        #expect(coarse == run(0.37))
        #expect(coarse.count > 5)
    }
}
