import LumbarCore
import Testing

@testable import LumbarSimulation

@Suite struct SimulatedStreamTests {
    private let scenario = Scenario([
        .stand(seconds: 5), .walk(seconds: 10, pace: .normal), .bend(degrees: 50, hold: 1),
        .sit(seconds: 20, slouched: false, shiftEvery: 0),
    ])

    private func bytes(_ model: SensorModel, seed: UInt64 = 1) -> (all: [UInt8], chunks: Int) {
        var stream = SimulatedStream(scenario: scenario, seed: seed, sensor: model)
        var chunk: [UInt8] = []
        var all: [UInt8] = []
        var chunks = 0
        while stream.nextChunk(into: &chunk) != nil {
            all += chunk
            chunks += 1
        }
        return (all, chunks)
    }

    private func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The same bytes on every machine: these numbers change only when the simulation is meant to change.
    @Test(arguments: [
        (SensorModel.Wire.witMotion, 9_291_506_321_173_326_857 as UInt64),
        (.witMotionCombined, 9_536_951_334_350_881_027), (.text, 381_582_014_770_445_027),
    ])
    func sameSeedSameBytesEverywhere(_ wire: SensorModel.Wire, _ expected: UInt64) {
        var model = SensorModel.typical(seed: 7)
        model.wire = wire
        let first = bytes(model, seed: 7).all
        #expect(first == bytes(model, seed: 7).all)
        #expect(hash(first) == expected)
    }

    @Test func anotherSeedGivesOtherBytes() {
        #expect(bytes(SensorModel(), seed: 1).all != bytes(SensorModel(), seed: 2).all)
    }

    @Test(arguments: [SensorModel.Delivery.immediate, .serial, .bluetooth])
    func deliveryCutsButDoesNotChangeTheBytes(_ delivery: SensorModel.Delivery) {
        var model = SensorModel()
        let plain = bytes(model).all
        model.delivery = delivery
        let (all, chunks) = bytes(model)
        #expect(all == plain)
        #expect(all.count % 33 == 0)
        #expect(chunks > 500)
    }

    @Test func chunksComeInOrderAndSoon() {
        for delivery in [SensorModel.Delivery.serial, .bluetooth] {
            var model = SensorModel()
            model.delivery = delivery
            var stream = SimulatedStream(scenario: scenario, seed: 3, sensor: model)
            var chunk: [UInt8] = []
            var last = Instant.zero
            var total = 0
            while let instant = stream.nextChunk(into: &chunk) {
                #expect(instant > last)
                last = instant
                total += chunk.count
                // Of the samples taken so far at most a quarter of a second is still on its way.
                let taken = Int((instant - .zero).seconds * 100) * 33
                #expect(total <= taken + 33 && total >= min(taken, 3_500 * 33) - 30 * 33)
            }
        }
    }

    @Test func framesHoldTheSamples() {
        let all = bytes(SensorModel()).all
        var source = SampleSource(scenario: scenario, seed: 1)
        var at = 0
        var samples = 0
        func word(_ offset: Int) -> Int16 {
            Int16(bitPattern: UInt16(all[at + offset]) | UInt16(all[at + offset + 1]) << 8)
        }
        while let sample = source.next() {
            for type in [0x51, 0x52, 0x53] as [UInt8] {
                #expect(all[at] == 0x55 && all[at + 1] == type)
                #expect(all[at..<at + 10].reduce(0) { $0 &+ $1 } == all[at + 10])
                if type == 0x51 { #expect(word(2) == sample.counts.acceleration.x) }
                if type == 0x52 { #expect(word(6) == sample.counts.rate.z) }
                if type == 0x53 { #expect(word(4) == sample.counts.angle.pitch) }
                at += 11
            }
            samples += 1
        }
        #expect(at == all.count)
        #expect(samples > 3500)
    }

    @Test func textLinesAreWholeNumbersOfDecimals() throws {
        var model = SensorModel()
        model.wire = .text
        let text = String(decoding: bytes(model).all, as: UTF8.self)
        let lines = text.split(separator: "\r\n")
        #expect(lines[0] == "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps")
        var source = SampleSource(scenario: scenario, seed: 1, sensor: model)
        for line in lines.dropFirst() {
            let next = source.next()
            let sample = try #require(next)
            let fields = line.split(separator: ",").compactMap { Double($0) }
            try #require(fields.count == 7)
            let (a, w) = (sample.counts.accelerationG, sample.counts.rateDps)
            #expect((fields[0] - sample.time).magnitude < 0.0001)
            #expect((fields[1] - a.x).magnitude < 0.000051 && (fields[3] - a.z).magnitude < 0.000051)
            #expect((fields[4] - w.x).magnitude < 0.00051 && (fields[6] - w.z).magnitude < 0.00051)
        }
        let end = source.next()
        #expect(end == nil)
    }

    @Test(arguments: [
        (0 as Int64, 4, "0.0000"), (-5, 4, "-0.0005"), (123_456, 4, "12.3456"), (-2_000_000, 3, "-2000.000"),
        (100, 0, "100"), (9, 1, "0.9"), (10, 1, "1.0"),
    ])
    func writesDecimals(_ units: Int64, _ decimals: Int, _ expected: String) {
        var out: [UInt8] = []
        FrameWriter.appendDecimal(units, decimals: decimals, to: &out)
        #expect(String(decoding: out, as: UTF8.self) == expected)
    }

    @Test func lossAndCorruptionAreAsFrequentAsAsked() {
        var model = SensorModel()
        let clean = bytes(model).all.count
        model.faults.bytesPerLoss = 500
        let lost = clean - bytes(model).all.count
        #expect((clean / 700...clean / 350).contains(lost))
        model.faults = SensorFaults()
        model.faults.bytesPerCorruption = 500
        let changed = zip(bytes(model).all, bytes(SensorModel()).all).count { $0 != $1 }
        #expect((clean / 700...clean / 350).contains(changed))
        model.faults = SensorFaults()
        model.faults.bytesPerGarbageRun = 5000
        #expect(bytes(model).all.count > clean + 300)
    }

    @Test func silenceLosesSamplesAndGarbageReplacesThem() {
        var model = SensorModel()
        let clean = bytes(model).all.count
        model.faults.silences = [.init(start: 10, duration: 3)]
        #expect(bytes(model).all.count == clean - 300 * 33)
        model.faults.silences = []
        model.faults.garbage = [.init(start: 10, duration: 3)]
        let (all, _) = bytes(model)
        #expect(all.count == clean)
        #expect(all[990 * 33..<995 * 33] == bytes(SensorModel()).all[990 * 33..<995 * 33])
        #expect(all[1100 * 33..<1105 * 33] != bytes(SensorModel()).all[1100 * 33..<1105 * 33])
    }

    @Test func unpluggingIsSeenAndEnds() {
        var model = SensorModel()
        model.faults.disconnections = [.init(start: 10, duration: 4), .init(start: 20, duration: 1)]
        var stream = SimulatedStream(scenario: scenario, seed: 1, sensor: model)
        var chunk: [UInt8] = []
        var events: [SimulatedStream.Event] = []
        while let event = stream.next(into: &chunk) {
            if case .bytes(let instant) = event {
                let t = (instant - .zero).seconds
                #expect(!(10.0..<14.0).contains(t) && !(20.0..<21.0).contains(t))
                #expect(!chunk.isEmpty)
            } else {
                events.append(event)
            }
        }
        let at = { (seconds: Double) in Instant.zero + .seconds(seconds) }
        #expect(
            events == [
                .attached(.zero), .detached(at(10)), .attached(at(14)), .detached(at(20)), .attached(at(21)),
            ])
        #expect(stream.truth.isEmpty == false)
    }

    @Test func all24MountsTellTheSameStory() throws {
        let mounts = SensorModel.squareMounts
        #expect(mounts.count == 24)
        #expect(Set(mounts).count == 24)
        for mount in mounts {
            var model = SensorModel()
            model.mount = mount
            let up = try #require(mount.up?.direction)
            let forward = try #require(mount.forward?.direction)
            let bend = Scenario([.stand(seconds: 2), .bend(degrees: 80, hold: 1)])
            var source = SampleSource(scenario: bend, seed: 1, sensor: model, body: .average)
            var least = 1.0
            var turn = 0.0
            while let reading = source.nextReading() {
                least = min(least, reading.acceleration.dot(forward))
                turn += reading.angularRate.dot(up.cross(forward)) * 0.01
                if reading.arrival < .zero + .seconds(1) { #expect(reading.acceleration.dot(up) > 0.97) }
            }
            // Bending forward lifts the back: gravity's reaction points backward.
            #expect(least < -0.9)
            #expect(turn.magnitude < 0.05)
        }
    }

    @Test func clippingHoldsAtTheEndOfTheRange() {
        var model = SensorModel()
        model.accelerationBias = Vector3(40, -40, 0)
        model.rateBias = Vector3(0, 3000, -3000)
        var source = SampleSource(scenario: Scenario([.stand(seconds: 1)]), seed: 1, sensor: model)
        while let sample = source.next() {
            #expect(sample.counts.acceleration.x == 32767 && sample.counts.acceleration.y == -32768)
            #expect(sample.counts.rate.y == 32767 && sample.counts.rate.z == -32768)
        }
    }

    @Test func clockErrorAndRateSetTheNumberOfSamples() {
        var model = SensorModel()
        model.rateHz = 50
        model.clockErrorPpm = 10_000
        var source = SampleSource(scenario: Scenario([.stand(seconds: 100)]), seed: 1, sensor: model)
        var count = 0
        while source.next() != nil { count += 1 }
        #expect(count == 5050)
    }

    @Test func restingGyroscopeCanSnapToZero() {
        var model = SensorModel.typical(seed: 2)
        model.zeroesRestingGyro = true
        let off = Scenario([.stand(seconds: 2), .takeOff(seconds: 60)])
        var source = SampleSource(scenario: off, seed: 2, sensor: model)
        var zeros = 0
        while let sample = source.next() { if sample.counts.rate == (0, 0, 0) { zeros += 1 } }
        #expect(zeros > 3000)
    }
}
