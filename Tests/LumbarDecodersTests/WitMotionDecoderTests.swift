import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct WitMotionDecoderTests {
    private static let acceleration = WitMotionFrames.standard(0x51, [2048, -1024, 512, 2900])
    private static let rate = WitMotionFrames.standard(0x52, [16384, 0, -16384, 77])
    private static let angle = WitMotionFrames.standard(0x53, [1, 2, 3, 4])

    private static func instant(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: milliseconds * 1_000_000)
    }

    @Test func scalesAccelerationAndRate() throws {
        var decoder = WitMotionDecoder()
        let reading = try #require(decoder.readings(of: Self.acceleration + Self.rate).first)
        #expect(reading.acceleration == Vector3(1, -0.5, 0.25))
        #expect(abs(reading.angularRate.x - 1000 * radiansPerDegree) < 1e-12)
        #expect(reading.angularRate.z == -reading.angularRate.x)
        #expect(reading.hasAngularRate)
        #expect(reading.deviceNanoseconds == Reading.noDeviceTime)
        #expect(decoder.outcomes.readings == 1)
    }

    @Test func handsOutNothingBeforeTwoFramesConfirmEachOther() {
        var decoder = WitMotionDecoder()
        let stream = [Self.acceleration, [0], Self.rate, [0], Self.acceleration].flatMap { $0 }
        #expect(decoder.readings(of: stream).isEmpty)
        #expect(!decoder.isLocked)
        #expect(decoder.readings(of: Self.rate).count == 1)
        #expect(decoder.isLocked)
    }

    @Test func readingBearsTheArrivalOfItsOwnLastByte() {
        var decoder = WitMotionDecoder()
        let stream =
            Self.acceleration.read(at: 10) + Array(Self.rate.dropLast()).read(at: 11)
            + [Self.rate[10]].read(at: 12) + Self.angle.read(at: 20)
        #expect(decoder.readings(of: stream).map(\.arrival) == [Self.instant(12)])
    }

    @Test func sensorWithoutRateIsLearnedAndItsReadingsKeepTheirArrival() {
        var decoder = WitMotionDecoder()
        var stream: [TimedByte] = []
        for group in 0..<4 as Range<Int64> {
            stream += Self.acceleration.read(at: 100 * group + 1) + Self.angle.read(at: 100 * group + 2)
        }
        let readings = decoder.readings(of: stream)
        #expect(readings.map(\.arrival) == [1, 101, 201, 301].map(Self.instant))
        #expect(readings.allSatisfy { !$0.hasAngularRate && $0.angularRate == .zero })
        // A rate that comes later is used from the group after the one in which it came.
        let withRate = Self.acceleration + Self.rate
        let later = decoder.readings(of: (withRate + withRate).read(at: 400))
        #expect(later.map(\.hasAngularRate) == [false, true])
    }

    @Test func sensorWithNothingButAccelerationStaysOneSampleBehind() {
        var decoder = WitMotionDecoder()
        let stream = (0..<5 as Range<Int64>).flatMap { Self.acceleration.read(at: $0) }
        #expect(decoder.readings(of: stream).map(\.arrival) == [0, 1, 2, 3].map(Self.instant))
    }

    private static let orders: [[UInt8]] = [
        [0x51, 0x52, 0x53], [0x50, 0x51, 0x52, 0x53, 0x54, 0x59], [0x51, 0x53, 0x52], [0x50, 0x52, 0x51],
    ]

    @Test(arguments: orders)
    func streamOpenedAnywhereNeverMixesSamples(types: [UInt8]) {
        // Both frames of a sample carry its number, so a mixed reading would show.
        let stream = (1...20).flatMap { group in
            types.flatMap { WitMotionFrames.standard($0, [Int16(group), Int16(group), 3, 4]) }
        }
        for start in 0..<(types.count * 11) {
            var decoder = WitMotionDecoder()
            let readings = decoder.readings(of: Array(stream[start...]))
            #expect(readings.count >= 18)
            // The first acceleration may come without its rate.
            #expect(readings.dropFirst().allSatisfy { $0.hasAngularRate })
            for reading in readings where reading.hasAngularRate {
                let number = reading.acceleration.x * 2048
                #expect(abs(reading.angularRate.x * degreesPerRadian / 2000 * 32768 - number) < 1e-6)
            }
        }
    }

    @Test func oneLostByteCostsOneSampleAndNeverMixesTwo() {
        let stream = (1...6).flatMap { group in
            [0x51, 0x52, 0x53].flatMap { WitMotionFrames.standard($0, [Int16(group), Int16(group), 3, 4]) }
        }
        for lost in 33..<132 {
            var damaged = stream
            damaged.remove(at: lost)
            var decoder = WitMotionDecoder()
            let readings = decoder.readings(of: damaged)
            #expect((4...6).contains(readings.count), "byte \(lost)")
            for reading in readings {
                let number = reading.acceleration.x * 2048
                #expect(abs(reading.angularRate.x * degreesPerRadian / 2000 * 32768 - number) < 1e-6)
            }
        }
    }

    @Test func anglesBelongToTheNextReadingAndAreUsedOnce() {
        // 30 degrees of pitch: x points down.
        let angles = WitMotionFrames.standard(0x53, [0, 5461, 12_345, 4])
        let sample = Self.acceleration + Self.rate
        var decoder = WitMotionDecoder()
        let ups = decoder.readings(of: sample + angles + sample + sample).map(\.deviceUp)
        #expect(ups.count == 3 && ups[0] == .zero && ups[2] == .zero)
        #expect((ups[1] - Vector3(-0.5, 0, 0.8660254)).length < 1e-4)
        // Lost bytes make it unknown how old they are.
        #expect(decoder.readings(of: angles + [0] + sample).map(\.deviceUp) == [.zero])
        #expect(decoder.readings(of: angles + sample).first?.deviceUp == ups[1])
        decoder.interrupt()
        #expect(decoder.readings(of: sample).map(\.deviceUp) == [.zero])
    }

    @Test func quaternionHasTheScalarFirstAndALengthOfOne() {
        let sample = Self.acceleration + Self.rate
        func up(_ values: [Int16]) -> Vector3<SensorFrame>? {
            var decoder = WitMotionDecoder()
            return decoder.readings(of: sample + WitMotionFrames.standard(0x59, values) + sample).last?
                .deviceUp
        }
        let turned = up([31_651, 0, 8481, 0]) ?? .zero
        #expect((turned - Vector3(-0.5, 0, 0.8660254)).length < 1e-4)
        #expect(up([16_384, 0, 0, 0]) == .zero)
    }

    @Test func registerRepliesAreKeptAndDisturbNothing() throws {
        let reply = WitMotionFrames.standard(0x5F, [6, -7, 8, 9])
        for cut in 0...4 {
            var decoder = WitMotionDecoder()
            var frames = [Self.acceleration, Self.rate, Self.angle, Self.acceleration, Self.rate]
            frames.insert(reply, at: cut)
            #expect(decoder.readings(of: frames.flatMap { $0 }).count == 2)
            #expect(decoder.outcomes.rejects == 0)
            let registers = try #require(decoder.registers)
            #expect(registers.count == 4 && registers.first == nil && registers.number == 1)
            #expect((0..<4).map { registers[$0] } == [6, -7, 8, 9])
        }
        var decoder = WitMotionDecoder()
        _ = decoder.readings(of: (0..<3).flatMap { _ in reply })
        #expect(decoder.registers?.number == 3)
    }

    @Test(
        arguments: [(2900, 29.0), (-1234, -12.34), (0, nil), (-30_200, nil), (20_000, nil)]
            as [(Int16, Double?)])
    func theFourthWordOfAnAccelerationIsItsTemperature(word: Int16, celsius: Double?) {
        let frame = WitMotionFrames.standard(0x51, [0, 0, 2048, word])
        var decoder = WitMotionDecoder()
        _ = decoder.readings(of: frame + Self.rate + frame + Self.rate)
        #expect(decoder.vitals.temperatureCelsius == celsius)
        // Frame by frame and in one piece.
        var whole = WitMotionDecoder()
        var buffer = ReadingBuffer()
        (0..<4).flatMap { _ in frame + Self.rate }.withUnsafeBytes {
            whole.push($0, at: .zero, into: &buffer)
        }
        #expect(whole.vitals == decoder.vitals)
    }

    /// The line turns out to be a bad one in the middle of a chunk, and a frame in the rest of it ends in a word that jumps.
    @Test func aLineThatGetsBadWithinAChunkIsReadAsByteByByte() {
        // Damage in front of the angles: the decoder trusts the line again with the next acceleration, and the reading
        // that tells of the damage is completed by a rate which the quick way takes.
        func group(_ word: Int16, damage: [UInt8] = []) -> [UInt8] {
            WitMotionFrames.standard(0x51, [0, 0, 2048, word])
                + WitMotionFrames.standard(0x52, [1, 2, 3, 700]) + damage
                + WitMotionFrames.standard(0x53, [0, 0, 0, 0])
        }
        func groups(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in group(2900) } }
        let bytes =
            groups(4) + group(2900, damage: [0x11]) + groups(4) + group(2900, damage: [0x22]) + groups(12)
            + group(9900) + groups(3)
        var byByte = WitMotionDecoder()
        let expected = byByte.readings(of: bytes)
        #expect(byByte.outcomes.insane == 1)
        for size in [bytes.count, 200, 64, 23] {
            var whole = WitMotionDecoder()
            var buffer = ReadingBuffer()
            for start in stride(from: 0, to: bytes.count, by: size) {
                bytes[start..<min(start + size, bytes.count)].withUnsafeBytes {
                    whole.push($0, at: Instant(nanoseconds: 1_000_000_000), into: &buffer)
                }
            }
            #expect(buffer.readings == expected)
            #expect(whole.outcomes == byByte.outcomes)
        }
    }

    @Test func framesOfAClonesLengthAreRefusedAsSuch() {
        var decoder = WitMotionDecoder()
        let clone = (0..<40).flatMap { _ -> [UInt8] in
            (0x51...0x54).flatMap { [0x55, $0] + WitMotionFrames.words([-28, 1250, 1597]) }
        }
        #expect(decoder.readings(of: clone).isEmpty)
        #expect(!decoder.isLocked)
        #expect(decoder.outcomes.badLength > 150)
    }

    @Test func deadAccelerometerIsInsane() {
        var decoder = WitMotionDecoder()
        let dead = WitMotionFrames.standard(0x51, [0, 1, -1, 438]) + Self.rate
        #expect(decoder.readings(of: dead + dead).isEmpty)
        #expect(decoder.outcomes.insane == 2)
        #expect(decoder.outcomes.deadAccelerometer == 2)
    }

    @Test func wrongSumAndWrongTypeAreCountedAndSkipped() {
        var decoder = WitMotionDecoder()
        var wrongSum = Self.angle
        wrongSum[10] &+= 1
        let wrongType = WitMotionFrames.standard(0x60, [1, 2, 3, 4])
        let good = Self.acceleration + Self.rate
        let stream = [good, wrongSum, good, wrongType, good].flatMap { $0 }
        #expect(decoder.readings(of: stream).count == 3)
        #expect(decoder.outcomes.badChecksum == 1)
        #expect(decoder.outcomes.skippedBytes == 22)
    }

    @Test func garbageUnlocksAndInterruptForgets() {
        var decoder = WitMotionDecoder()
        _ = decoder.readings(of: Self.acceleration + Self.rate)
        _ = decoder.readings(of: [UInt8](repeating: 0, count: 128))
        #expect(decoder.isLocked)
        _ = decoder.readings(of: [0])
        #expect(!decoder.isLocked)
        let stream = [Self.acceleration, Self.rate, Self.acceleration].flatMap { $0 }
        _ = decoder.readings(of: stream)
        #expect(decoder.isLocked)
        decoder.interrupt()
        #expect(!decoder.isLocked)
        #expect(decoder.readings(of: Self.rate + Self.angle).isEmpty)
    }

    /// The readings of a stream by the plainest possible framing: try a frame, or drop one byte and try again.
    private static func readingsByTheBook(_ bytes: [UInt8]) -> [Reading] {
        var group = WitMotionGroup()
        var readings: [Reading] = []
        var isTrusted = false
        var index = 0
        while index + 11 <= bytes.count {
            let frame = Array(bytes[index..<index + 11])
            guard frame[0] == 0x55, (0x50...0x5F).contains(frame[1]), frame[..<10].reduce(0, &+) == frame[10]
            else {
                group.tear()
                isTrusted = false
                index += 1
                continue
            }
            let payload = frame[2..<10].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            let outcome = group.take(
                type: frame[1], payload: payload, at: instant(1000), isTrusted: isTrusted)
            if case .reading(let reading) = outcome { readings.append(reading) }
            isTrusted = true
            index += 11
        }
        return readings
    }

    @Test func framingEqualsDropOneByteAndRescan() {
        var random = SplitMix64(seed: 11)
        var found = 0
        for _ in 0..<200 {
            // Streams full of preambles: every drop decision is close. No garbage long enough to unlock.
            let words: [Int16] = [0x5155, 0x5555, 0x5051, 300]
            var bytes = (0..<60).flatMap { _ in
                WitMotionFrames.standard(
                    0x51, (0..<4).map { _ in words[Int.random(in: 0..<4, using: &random)] })
            }
            for _ in 0..<20 { bytes.remove(at: Int.random(in: 0..<bytes.count, using: &random)) }
            for _ in 0..<20 { bytes.insert(0x55, at: Int.random(in: 0..<bytes.count, using: &random)) }
            var decoder = WitMotionDecoder()
            // The book says nothing of damage.
            let readings = decoder.readings(of: bytes).map { reading in
                var plain = reading
                plain.followsDamage = false
                return plain
            }
            #expect(readings == Self.readingsByTheBook(bytes))
            found += readings.count
        }
        #expect(found > 2000)
    }

    @Test(arguments: [1, 7, 33, 64, 4096])
    func chunksGiveExactlyWhatBytesGive(longest: Int) {
        var random = SplitMix64(seed: UInt64(longest))
        for types in Self.orders + [[0x51], [0x52, 0x51], [0x51, 0x53]] {
            for rarity in [20, 200, 100_000] {
                let clean = WitMotionFrames.stream(types: types, groups: 300, using: &random)
                let stream = corrupted(clean, onceIn: rarity, using: &random)
                    .readInBursts(&random, longest: 200)
                var byByte = WitMotionDecoder()
                var byChunk = WitMotionDecoder()
                let expected = byByte.readings(of: stream)
                #expect(byChunk.readings(of: stream, cutBy: &random, longest: longest) == expected)
                #expect(byChunk.outcomes == byByte.outcomes)
                #expect(byChunk.isLocked == byByte.isLocked)
                if rarity == 100_000 { #expect(expected.count >= 290) }
            }
        }
    }

    @Test func tenMegabytesOfGarbageGiveNothing() {
        var random = SplitMix64(seed: 5)
        var decoder = WitMotionDecoder()
        var readings = 0
        for _ in 0..<Trials.count(160) { readings += decoder.readings(of: random.bytes(65_536)).count }
        #expect(readings == 0)
        #expect(!decoder.isLocked)
    }
}
