import LumbarCore
import LumbarSettings
import LumbarSignal
import Testing

@Suite struct SignalChainTests {
    private func busy() -> TrunkMotion {
        var motion = TrunkMotion(accelerationNoise: 0.004, gyroNoise: 0.2)
        motion.vertical = { $0 < 30 ? gait($0, cadence: 1.9) : 0 }
        motion.flexion = {
            bump($0.truncatingRemainder(dividingBy: 9), at: 2, seconds: 3, peak: $0 < 30 ? 4 : 55)
        }
        motion.heading = { 30 * Elementary.sin(0.4 * $0) }
        motion.bias = Vector3(0.3, 0.1, -0.2)
        return motion
    }

    @Test func howReadingsAreCutIntoChunksDoesNotMatter() {
        let readings = busy().readings(to: 60)
        var whole = SignalChain(mount: .undeclared, settings: SignalSettings())
        let expected = whole.frames(readings)
        var random = SplitMix(5)
        var split = SignalChain(mount: .undeclared, settings: SignalSettings())
        var frames: [Features] = []
        var i = 0
        while i < readings.count {
            let n = min(readings.count - i, Int(random.next() % 40))
            frames += split.frames(Array(readings[i..<(i + n)]))
            i += n
        }
        #expect(frames == expected)
        #expect(split.status == whole.status)
    }

    @Test func aCopyIsASavedState() {
        let readings = busy().readings(to: 60)
        var original = SignalChain(mount: .undeclared, settings: SignalSettings())
        _ = original.frames(Array(readings[..<2345]))
        var copy = original
        let rest = Array(readings[2345...])
        #expect(original.frames(rest) == copy.frames(rest))
    }

    @Test func oneAttitudePerAcceptedSampleInTheSensorFrame() throws {
        var motion = busy()
        motion.up = Vector3(0, -1, 0)
        motion.forward = Vector3(0, 0, 1)
        motion.accelerationNoise = 0
        motion.gyroNoise = 0
        motion.vertical = { _ in 0 }
        var readings = motion.readings(to: 20)
        readings[777].acceleration = Vector3(.nan, 0, 0)
        var chain = SignalChain(mount: Mount("up=-y,forward=+z") ?? .undeclared, settings: SignalSettings())
        chain.collectsAttitudes = true
        _ = chain.frames(readings)
        let attitudes = chain.takeAttitudes()
        #expect(chain.takeAttitudes().isEmpty)
        #expect(attitudes.count == readings.count - 1)
        let first = try #require(attitudes.first)
        #expect(first.time == readings[0].arrival)
        for (attitude, reading) in zip(
            attitudes, readings.enumerated().filter { $0.offset != 777 }.map(\.element))
        {
            #expect(attitude.time == reading.arrival)
            let truth = motion.toSensor(motion.upInBody(Double(reading.deviceNanoseconds) * 1e-9))
            #expect(attitude.up.dot(truth) > 0.9998)
        }
    }

    @Test func statusTellsRateBiasAndCounts() {
        var motion = TrunkMotion(rate: 50, accelerationNoise: 0.002, gyroNoise: 0.05)
        motion.bias = Vector3(0.5, 0, 0)
        motion.up = Vector3(1, 0, 0)
        motion.forward = Vector3(0, 0, 1)
        var chain = SignalChain(mount: Mount("up=+x,forward=+z") ?? .undeclared, settings: SignalSettings())
        _ = chain.frames(motion.readings(to: 60))
        let status = chain.status
        #expect((status.sampleRateHz - 50).magnitude < 0.01)
        #expect(status.hasAngularRate)
        #expect(status.samples == 3000)
        // The body's forward axis is the sensor's z.
        #expect((status.gyroBiasDps - Vector3(0, 0, 0.5)).length < 0.05)
        #expect(status.uprightUp == Vector3(1, 0, 0))
    }

    @Test func settingsDeclareTheirRanges() throws {
        let settings = SignalSettings().settings
        #expect(settings.map(\.key).contains("not_worn_after"))
        #expect(settings.allSatisfy { !$0.setting.help.isEmpty })
        var chosen = SignalSettings()
        chosen.notWornAfter = 1
        var chain = SignalChain(mount: .undeclared, settings: chosen)
        let frames = chain.frames(TrunkMotion().readings(to: 75))
        #expect(frames.last?.wear == .notWorn)
    }

    @Test func garbageNeverTrapsAndNeverMakesNonsense() {
        var random = SplitMix(99)
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        chain.collectsAttitudes = true
        var readings: [Reading] = []
        for _ in 0..<20_000 {
            func wild() -> Double {
                switch random.next() % 8 {
                case 0: Double(bitPattern: random.next())
                case 1: 0
                default: 3 * random.normal()
                }
            }
            let arrival =
                random.next() % 50 == 0
                ? Int64(bitPattern: random.next()) : Int64(random.next() % 1_000_000_000)
            let device = random.next() % 3 == 0 ? Int64(bitPattern: random.next()) : Reading.noDeviceTime
            readings.append(
                Reading(
                    acceleration: Vector3(wild(), wild(), wild()),
                    angularRate: Vector3(wild(), wild(), wild()),
                    hasAngularRate: random.next() % 4 != 0, deviceNanoseconds: device,
                    arrival: Instant(nanoseconds: arrival)))
        }
        let frames = chain.frames(readings)
        #expect(
            frames.allSatisfy {
                $0.inclinationDegrees.isFinite && $0.verticalHeightGain.isFinite && $0.up.isFinite
            })
        #expect(chain.takeAttitudes().allSatisfy { ($0.up.length - 1).magnitude < 1e-9 })
    }
}
