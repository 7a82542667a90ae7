import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarSignal

@Suite struct BiasByTemperatureTests {
    @Test func findsTheSlopeOfAWarmingSensor() throws {
        var line = BiasByTemperature()
        var random = SplitMix64(seed: 7)
        for frame in 0..<6000 {
            let celsius = 22 + 10 * Double(frame) / 6000
            func noise() -> Double { Double.random(in: -0.02...0.02, using: &random) }
            line.add(
                Vector3(0.3 + 0.03 * celsius + noise(), -0.2 + noise(), -0.01 * celsius + noise()),
                at: celsius)
        }
        let slope = try #require(line.slope)
        #expect((slope - Vector3(0.03, 0, -0.01)).length < 0.0005)
    }

    @Test func saysNothingBeforeTemperaturesDiffer() {
        var line = BiasByTemperature()
        for frame in 0..<100 { line.add(Vector3(1, 2, 3), at: 20 + 0.02 * Double(frame)) }
        #expect(line.slope == nil)
    }

    @Test func aChainFedTemperaturesShowsTheSlopeInTheSensorsAxes() throws {
        var chain = SignalChain(mount: Mount("up=+y,forward=+z") ?? .undeclared, settings: SignalSettings())
        var frames: [Features] = []
        var buffer = ReadingBuffer()
        for sample in 0..<60_000 {
            let seconds = Double(sample) / 50
            let celsius = 25 + 8 * seconds / 1200
            // The bias grows about the sensor's own x axis.
            let bias = Vector3<SensorFrame>(0.02 * (celsius - 25), 0, 0) * radiansPerDegree
            buffer.removeAll()
            buffer.append(
                Reading(
                    acceleration: Vector3(0, 1, 0), angularRate: bias, hasAngularRate: true,
                    arrival: .zero + .seconds(seconds)))
            chain.temperatureCelsius = celsius
            chain.process(buffer, into: &frames)
            frames.removeAll(keepingCapacity: true)
        }
        let slope = try #require(chain.status.gyroBiasDpsPerCelsius)
        #expect((slope - Vector3(0.02, 0, 0)).length < 0.004)
    }
}
