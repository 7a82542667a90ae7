import LumbarCore
import LumbarReport
import LumbarTestKit
import Testing

@Suite("What readings say about the sensor that sends them")
struct ReadingSurveyTests {
    /// Readings of a sensor that lies flat, 10 ms apart unless told otherwise.
    private func survey(_ count: Int, _ change: (Int, inout Reading) -> Void = { _, _ in }) -> ReadingSurvey {
        var survey = ReadingSurvey()
        for index in 0..<count {
            var reading = Reading(
                acceleration: Vector3(0, 0, 1), hasAngularRate: true,
                arrival: .zero + .milliseconds(Int64(10 * index)))
            change(index, &reading)
            survey.push(reading)
        }
        return survey
    }

    @Test("rate and jitter by arrival")
    func rate() throws {
        let even = survey(500)
        #expect(abs(try #require(even.rateHz) - 100) < 1e-6)
        #expect(try #require(even.jitterMs) < 1e-3)
        #expect(abs(even.longestPause - 0.01) < 1e-9)
        // Every arrival up to 8 ms late, evenly spread: a deviation of 8 / sqrt(12) ms.
        var random = SplitMix64(seed: 3)
        let late = survey(2000) { index, reading in
            reading.arrival = reading.arrival + .seconds(Double(random.next() % 8001) / 1e6)
        }
        #expect(abs(try #require(late.rateHz) - 100) < 0.1)
        #expect(abs(try #require(late.jitterMs) - 2.31) < 0.15)
    }

    @Test("bursts of four at once have the rate of their samples")
    func bursts() throws {
        let bursts = survey(400) { index, reading in
            reading.arrival = .zero + .milliseconds(Int64(index / 4 * 40))
        }
        #expect(abs(try #require(bursts.rateHz) - 100) < 0.1)
    }

    @Test("a file has no rate but by the sensor's own clock, losses counted in")
    func file() throws {
        let file = survey(101) { index, reading in
            reading.arrival = .zero
            reading.deviceNanoseconds = Int64(index) * 20_000_000
            reading.lostBefore = index == 50 ? 100 : 0
        }
        #expect(file.rateHz == nil && file.jitterMs == nil && file.lost == 100)
        #expect(abs(try #require(file.deviceRateHz) - 100) < 1e-6)
    }

    @Test("|a| counts only at rest")
    func rest() throws {
        let still = survey(100) { _, reading in reading.acceleration = Vector3(0, 9.81, 0) }
        #expect(abs(try #require(still.restG) - 9.81) < 1e-9 && still.hasScaleFault)
        let turning = survey(100) { _, reading in reading.angularRate = Vector3(0.2, 0, 0) }
        #expect(turning.restG == nil && !turning.hasScaleFault)
        let shaken = survey(100) { index, reading in
            reading.acceleration = Vector3(index % 2 == 0 ? 0.1 : -0.1, 0, 1)
        }
        #expect(shaken.restG == nil)
        let directionOnly = survey(100) { _, reading in reading.hasAcceleration = false }
        #expect(directionOnly.restG == nil)
    }

    @Test("the sensor's own angles are held against its accelerometer")
    func angles() throws {
        #expect(survey(100).degreesFromDevice == nil)
        let half = 0.5 * radiansPerDegree
        let near = survey(100) { _, reading in
            let angle = Elementary.sincos(half)
            reading.deviceUp = Vector3(angle.sin, 0, angle.cos)
        }
        #expect(abs(try #require(near.degreesFromDevice) - 0.5) < 1e-6 && !near.hasAngleFault)
        let far = survey(100) { _, reading in reading.deviceUp = Vector3(1, 0, 0) }
        #expect(abs(try #require(far.degreesFromDevice) - 90) < 1e-6 && far.hasAngleFault)
        #expect(abs(ReadingSurvey.tilt(Vector3(0, 1, 1)) - 45) < 1e-9)
    }
}
