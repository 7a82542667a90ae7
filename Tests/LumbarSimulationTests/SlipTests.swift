import LumbarCore
import LumbarSimulation
import Testing

@Suite("A sensor that slips") struct SlipTests {
    private func samples(_ text: String) throws -> [SampleSource.Sample] {
        var source = SampleSource(
            scenario: try Scenario(parsing: text), seed: 3, sensor: SensorModel(), body: .average)
        var samples: [SampleSource.Sample] = []
        while let sample = source.next() { samples.append(sample) }
        return samples
    }

    private func degrees(_ a: Vector3<SensorFrame>, _ b: Vector3<SensorFrame>) -> Double {
        Elementary.atan2(a.cross(b).length, a.dot(b)) * degreesPerRadian
    }

    @Test(arguments: [("forward", 25.0), ("sideways", 180.0), ("around", 180.0)])
    func turnsGravityAndItsGyroscopeTogether(how: String, by: Double) throws {
        let samples = try samples("stand 5 s, slip \(DecimalText.fixed(by, 0)) deg \(how), stand 5 s")
        let before = samples[300].counts.accelerationG
        let after = samples[samples.count - 100].counts.accelerationG
        // Around the trunk gravity turns only by the wearer's own lean.
        #expect((degrees(before, after) - (how == "around" ? 8 : by)).magnitude < 9)
        let turned = samples.reduce(Vector3<SensorFrame>.zero) { $0 + $1.counts.rateDps * 0.01 }
        #expect((turned.length - by).magnitude < 6, "\(turned)")
    }

    @Test func readsBackAndSeveralFollowEachOther() throws {
        let text = "stand 5 s, slip 25 deg forward, slip 30 deg sideways, slip 180 deg around, stand 2 s"
        let scenario = try Scenario(parsing: text)
        #expect(scenario.description == text)
        #expect(try Scenario(parsing: "slip 20 deg").activities == [.slip(degrees: 20, .forward)])
        let turned = try samples("stand 5 s, slip 90 deg forward, slip 90 deg forward, stand 5 s")
        let angle = degrees(
            turned[300].counts.accelerationG, turned[turned.count - 100].counts.accelerationG)
        #expect(angle > 174, "\(angle)")
    }
}
