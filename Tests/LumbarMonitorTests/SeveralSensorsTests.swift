import LumbarCore
import Testing

@testable import LumbarMonitor

@Suite struct SeveralSensorsTests {
    @Test func aSecondSensorOnTheSameBackDoesNotCountTwice() throws {
        var script = Script()
        script.attach("a", at: 0)
        script.attach("b", at: 0)
        var t = 0.0
        while t < 120 {
            script.stand("a", from: t, to: t + 1)
            script.stand("b", from: t, to: t + 1)
            t += 1
        }
        script.monitor.finish(at: Script.at(120))
        script.collect()
        #expect(script.summaries.count == 1)
        let day = try #require(script.summaries.first)
        #expect(day.wornSeconds > 115 && day.wornSeconds <= 120)
    }

    @Test func theSecondTakesOverWhenTheFirstIsUnplugged() throws {
        var script = Script()
        script.attach("a", at: 0)
        script.attach("b", at: 0)
        script.stand("a", from: 0, to: 30)
        script.monitor.detach(DeviceID("a"), at: Script.at(30))
        script.stand("b", from: 30, to: 60)
        script.monitor.finish(at: Script.at(60))
        script.collect()
        let day = try #require(script.summaries.first)
        #expect(day.wornSeconds > 57)
    }

    @Test func twoWearersHaveADayEach() throws {
        var script = Script()
        script.attach("a", wearer: WearerID("ann"), at: 0)
        script.attach("b", wearer: WearerID("ben"), at: 0)
        script.stand("a", from: 0, to: 60)
        script.stand("b", from: 60, to: 65)
        script.monitor.finish(at: Script.at(65))
        script.collect()
        #expect(script.summaries.map(\.wearer.text) == ["ann", "ben"])
        let worn = script.summaries.map(\.wornSeconds)
        #expect(worn[0] > 57 && worn[1] > 3 && worn[1] < 6)
    }

    @Test func bytesOfAnUnknownSensorAreIgnored() {
        var script = Script()
        script.send("0,0,0,1\n", from: "ghost", at: 1)
        #expect(script.outputs.isEmpty)
    }

    @Test func aDetachSaysWhatBecameOfTheBytes() throws {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 10)
        script.send("10,banana,0,1\n", from: "a", at: 10)
        script.monitor.detach(DeviceID("a"), at: Script.at(11))
        script.collect()
        guard case .device(let event)? = script.outputs.last,
            case .detached(let bytes, let signal) = event.kind
        else {
            Issue.record("the last output is not a detach")
            return
        }
        #expect(bytes.readings == 250)
        #expect(bytes.insane + bytes.badLength == 1)
        #expect(abs(signal.sampleRateHz - 25) < 0.1)
    }
}
