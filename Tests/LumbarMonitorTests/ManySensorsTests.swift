import LumbarCore
import Testing

@testable import LumbarMonitor

@Suite struct ManySensorsTests {
    private static func names(_ count: Int) -> [String] { (0..<count).map { "sensor-\($0)" } }

    @Test func placesAreFoundWhetherFewOrMany() {
        for count in [1, 8, 9, 30] {
            var index = DeviceIndex()
            var expected = Self.names(count).map { DeviceID($0) }
            for id in expected { index.append(id) }
            while let last = expected.indices.last {
                for (place, id) in expected.enumerated() { #expect(index.place(of: id) == place) }
                #expect(index.place(of: DeviceID("ghost")) == nil)
                let gone = expected.remove(at: last / 2)
                index.remove(at: last / 2)
                #expect(index.place(of: gone) == nil)
                #expect(index.count == expected.count)
            }
        }
    }

    /// What a sensor leads to does not depend on who else is there.
    @Test func eachSensorOfManyIsHeardAsIfItWereAlone() {
        var together = Script()
        for name in Self.names(12) { together.attach(name, wearer: WearerID(name), at: 0) }
        for second in 0..<20 {
            for (index, name) in Self.names(12).enumerated() where second < 8 + index {
                together.send(Self.lines(from: second), from: name, at: Double(second) + 0.99)
            }
        }
        together.advance(to: 60)
        for (index, name) in Self.names(12).enumerated() {
            var alone = Script()
            alone.attach(name, wearer: WearerID(name), at: 0)
            for second in 0..<min(20, 8 + index) {
                alone.send(Self.lines(from: second), from: name, at: Double(second) + 0.99)
            }
            alone.advance(to: 60)
            #expect(together.events(of: name) == alone.events(of: name))
            #expect(alone.events(of: name).count == 4)
        }
    }

    private static func lines(from second: Int) -> String {
        (0..<25).map { "\(Double(second) + Double($0) / 25),0.\($0 % 3),0,1\n" }.joined()
    }

    /// The shell sleeps until `nextDeadline`: nothing may happen later than it would have by itself.
    @Test func wakingOnlyAtDeadlinesMissesNothing() {
        var asked = Script()
        for name in Self.names(3) {
            asked.attach(name, wearer: WearerID(name), at: 0)
            asked.stand(name, from: 0, to: 3)
        }
        var often = asked
        var awakenings = 0
        while let next = asked.monitor.nextDeadline, next <= Script.at(300) {
            asked.monitor.advance(to: next)
            asked.collect()
            awakenings += 1
        }
        for tick in 0...6000 { often.advance(to: 3 + Double(tick) * 0.05) }
        for name in Self.names(3) {
            #expect(asked.events(of: name) == often.events(of: name))
            #expect(asked.events(of: name).last?.hasPrefix("stalled@") == true)
        }
        #expect(asked.outputs.count == often.outputs.count)
        #expect(awakenings < 60)
    }

    /// A sensor that leaves may bring its wearer's deadline nearer.
    @Test func aDetachLeavesNoDeadlineBehind() throws {
        var script = Script()
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 30)
        script.monitor.detach(DeviceID("a"), at: Script.at(30))
        while let next = script.monitor.nextDeadline, next <= Script.at(4000) {
            script.monitor.advance(to: next)
            #expect(script.monitor.nextDeadline.map { $0 > next } ?? true)
        }
    }
}
