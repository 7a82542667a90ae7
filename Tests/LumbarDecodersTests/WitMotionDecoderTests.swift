import LumbarCore
import LumbarDecoders
import Testing

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
        #expect(decoder.readings(of: Self.acceleration + [0] + Self.rate + [0] + Self.acceleration).isEmpty)
        #expect(!decoder.isLocked)
        #expect(decoder.readings(of: Self.rate).count == 1)
        #expect(decoder.isLocked)
    }

    @Test func readingBearsTheArrivalOfItsOwnLastByte() {
        var decoder = WitMotionDecoder()
        let stream =
            Self.acceleration.read(at: 10) + Self.rate.dropLast().map { $0 }.read(at: 11) + [Self.rate[10]].read(at: 12)
            + Self.angle.read(at: 20)
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
        let later = decoder.readings(of: (Self.acceleration + Self.rate + Self.acceleration + Self.rate).read(at: 400))
        #expect(later.map(\.hasAngularRate) == [false, true])
    }

    @Test func sensorWithNothingButAccelerationStaysOneSampleBehind() {
        var decoder = WitMotionDecoder()
        let stream = (0..<5 as Range<Int64>).flatMap { Self.acceleration.read(at: $0) }
        #expect(decoder.readings(of: stream).map(\.arrival) == [0, 1, 2, 3].map(Self.instant))
    }

    @Test(arguments: [[0x51, 0x52, 0x53], [0x50, 0x51, 0x52, 0x53, 0x54, 0x59], [0x51, 0x53, 0x52]] as [[UInt8]])
    func streamOpenedAnywhereNeverMixesSamples(types: [UInt8]) {
        // Both frames of a sample carry its number, so a mixed reading would show.
        let stream = (1...20).flatMap { group in
            types.flatMap { WitMotionFrames.standard($0, [Int16(group), Int16(group), 3, 4]) }
        }
        for start in 0..<(types.count * 11) {
            var decoder = WitMotionDecoder()
            let readings = decoder.readings(of: Array(stream[start...]))
            #expect(readings.count >= 18)
            for reading in readings {
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

    @Test func deadAccelerometerIsInsane() {
        var decoder = WitMotionDecoder()
        let dead = WitMotionFrames.standard(0x51, [0, 1, -1, 438]) + Self.rate
        #expect(decoder.readings(of: dead + dead).isEmpty)
        #expect(decoder.outcomes.insane == 2)
    }

    @Test func wrongSumAndWrongTypeAreCountedAndSkipped() {
        var decoder = WitMotionDecoder()
        var wrongSum = Self.angle
        wrongSum[10] &+= 1
        let wrongType = WitMotionFrames.standard(0x60, [1, 2, 3, 4])
        let good = Self.acceleration + Self.rate
        #expect(decoder.readings(of: good + wrongSum + good + wrongType + good).count == 3)
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
        _ = decoder.readings(of: Self.acceleration + Self.rate + Self.acceleration)
        #expect(decoder.isLocked)
        decoder.interrupt()
        #expect(!decoder.isLocked)
        #expect(decoder.readings(of: Self.rate + Self.angle).isEmpty)
    }

    /// The frames of a stream by the plainest possible reading of the manual.
    private static func framesByTheBook(_ bytes: [UInt8]) -> (starts: [Int], skipped: Int) {
        var starts: [Int] = []
        var skipped = 0
        var index = 0
        while index + 11 <= bytes.count {
            let frame = bytes[index..<index + 11]
            let isFrame =
                frame[index] == 0x55 && (0x50...0x5F).contains(frame[index + 1])
                && frame.dropLast().reduce(0, &+) == frame[index + 10]
            if isFrame {
                starts.append(index)
                index += 11
            } else {
                skipped += 1
                index += 1
            }
        }
        return (starts, skipped)
    }

    @Test func framingEqualsDropOneByteAndRescan() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            // Streams full of preambles: every drop decision is close.
            let bytes = corrupted(
                (0..<60).flatMap { _ in
                    WitMotionFrames.standard(
                        0x51, (0..<4).map { _ in [0x5155, 0x5555, 0x5051, 300].randomElement(using: &random) ?? 0 })
                }, onceIn: 40, using: &random)
            let expected = Self.framesByTheBook(bytes)
            // An accelerometer-only stream: each frame that touches the one before it closes that one's group.
            let touching = zip(expected.starts, expected.starts.dropFirst()).filter { $1 - $0 == 11 }.count
            var decoder = WitMotionDecoder()
            let readings = decoder.readings(of: bytes)
            #expect(decoder.outcomes.insane == 0)
            #expect(readings.count <= touching)
            // Bytes of an undecided frame at the very end are not counted yet.
            #expect((0...10).contains(bytes.count - 11 * expected.starts.count - decoder.outcomes.skippedBytes))
            #expect(decoder.outcomes.skippedBytes >= expected.skipped)
        }
    }

    @Test(arguments: [1, 7, 33, 64, 4096])
    func chunksGiveExactlyWhatBytesGive(longest: Int) {
        var random = SplitMix64(seed: UInt64(longest))
        let sets: [[UInt8]] = [[0x51, 0x52, 0x53], [0x51], [0x50, 0x51, 0x52, 0x53, 0x54, 0x59], [0x52, 0x51], [0x51, 0x53]]
        for types in sets {
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
        for _ in 0..<160 { readings += decoder.readings(of: random.bytes(65_536)).count }
        #expect(readings == 0)
        #expect(!decoder.isLocked)
    }
}
