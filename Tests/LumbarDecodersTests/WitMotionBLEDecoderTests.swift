import LumbarCore
import LumbarDecoders
import LumbarTestKit
import Testing

@Suite struct WitMotionBLEDecoderTests {
    private static func frame(_ x: Int16 = 0, z: Int16 = 2048) -> [UInt8] {
        WitMotionFrames.combined([x, 0, z, 16384, 0, 0, 5, 6, 7])
    }

    private static func instant(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: milliseconds * 1_000_000)
    }

    @Test func scalesAndWaitsForTheNextPreamble() throws {
        var decoder = WitMotionBLEDecoder()
        #expect(decoder.readings(of: Self.frame(1024)).isEmpty)
        let reading = try #require(decoder.readings(of: [0x55, 0x61]).first)
        #expect(reading.acceleration == Vector3(0.5, 0, 1))
        #expect(abs(reading.angularRate.x - 1000 * radiansPerDegree) < 1e-12)
        #expect(reading.hasAngularRate)
    }

    @Test func itsAnglesAreItsOwn() {
        var decoder = WitMotionBLEDecoder()
        let frame = WitMotionFrames.combined([0, 0, 2048, 0, 0, 0, 0, 5461, 7])
        let up = decoder.readings(of: frame + frame).first?.deviceUp ?? .zero
        #expect((up - Vector3(-0.5, 0, 0.8660254)).length < 1e-4)
    }

    @Test func aDamagedNextPreambleCostsNothingOnceLocked() {
        var decoder = WitMotionBLEDecoder()
        var damaged = Self.frame()
        damaged[0] = 0
        let good = Self.frame() + Self.frame() + Self.frame()
        #expect(decoder.readings(of: good + damaged + good).count == 5)
        // A frame that lost a byte is not taken for a whole one.
        #expect(decoder.readings(of: Self.frame().dropLast() + good).count == 2 + 1)
    }

    @Test func readingBearsTheArrivalOfItsOwnLastByte() {
        var decoder = WitMotionBLEDecoder()
        let stream = (0..<4 as Range<Int64>).flatMap { Self.frame().read(at: 100 * $0) }
        #expect(decoder.readings(of: stream).map(\.arrival) == [0, 100, 200].map(Self.instant))
    }

    @Test func arrivalIsRightAfterADroppedByteToo() {
        var decoder = WitMotionBLEDecoder()
        let stream =
            [0x55].read(at: 1) + Self.frame().dropLast().map { $0 }.read(at: 2) + [0].read(at: 3)
            + [0x55].read(at: 4) + [0x61].read(at: 5)
        #expect(decoder.readings(of: stream).map(\.arrival) == [Self.instant(3)])
        #expect(decoder.outcomes.skippedBytes == 1)
    }

    @Test func locksOnThreePreamblesTwentyApart() {
        var decoder = WitMotionBLEDecoder()
        _ = decoder.readings(of: Self.frame() + [0x55, 0x61])
        #expect(!decoder.isLocked)
        _ = decoder.readings(of: Array(Self.frame().dropFirst(2)) + [0x55, 0x61])
        #expect(decoder.isLocked)
        decoder.interrupt()
        #expect(!decoder.isLocked)
    }

    @Test func registerRepliesArePassedOver() {
        var decoder = WitMotionBLEDecoder()
        let reply: [UInt8] = [0x55, 0x71, 0x3A, 0] + [UInt8](repeating: 7, count: 16)
        let stream = Self.frame() + reply + Self.frame() + reply + reply + Self.frame() + Self.frame()
        #expect(decoder.readings(of: stream).count == 3)
        #expect(decoder.outcomes.skippedBytes == 0)
        #expect(decoder.outcomes.insane == 0)
    }

    @Test(arguments: [14, 16, 18, 19, 21, 24, 28])
    func otherSpacingsAreRefused(length: Int) {
        var decoder = WitMotionBLEDecoder()
        let frame = Array((Self.frame() + [1, 2, 3, 4, 5, 6, 7, 8]).prefix(length))
        let stream = (0..<200 as Range<Int64>).flatMap { frame.read(at: 10 * $0) }
        #expect(decoder.readings(of: stream).isEmpty)
        #expect(!decoder.isLocked)
        #expect(decoder.outcomes.skippedBytes > 150 * length)
    }

    @Test func lastFrameOfABurstCountsOnlyWhenLockedPlausibleAndFollowedLater() {
        func readings(_ last: [UInt8], locked: Bool, gap: Int64) -> Int {
            var decoder = WitMotionBLEDecoder()
            let before = locked ? (0..<3).flatMap { _ in Self.frame() } : []
            let stream = (before + last).read(at: 10) + [1, 2, 3].read(at: 10 + gap)
            return decoder.readings(of: stream).count - (locked ? 3 : 0)
        }
        #expect(readings(Self.frame(), locked: true, gap: 5) == 1)
        #expect(readings(Self.frame(), locked: true, gap: 0) == 0)
        #expect(readings(Self.frame(), locked: false, gap: 5) == 0)
        #expect(readings(Self.frame(z: 8192), locked: true, gap: 5) == 0)
        #expect(readings([0x55, 0x71] + Self.frame().dropFirst(2), locked: true, gap: 5) == 0)
    }

    @Test func implausibleBeforeTheLockAndZeroAfterItAreInsane() {
        var decoder = WitMotionBLEDecoder()
        #expect(decoder.readings(of: Self.frame(z: 9000) + Self.frame(z: 9000)).isEmpty)
        #expect(decoder.outcomes.insane == 1)
        // Locked: an impact of 8 g is a fact, nothing at all is a dead sensor.
        let later = Self.frame() + Self.frame(z: 16384) + Self.frame(z: 0) + Self.frame()
        #expect(decoder.readings(of: later).count == 3)
        #expect(decoder.outcomes.insane == 2)
    }

    @Test func garbageUnlocks() {
        var decoder = WitMotionBLEDecoder()
        _ = decoder.readings(of: (0..<4).flatMap { _ in Self.frame() })
        #expect(decoder.isLocked)
        _ = decoder.readings(of: [UInt8](repeating: 0, count: 300))
        #expect(!decoder.isLocked)
    }

    @Test(arguments: [1, 7, 64, 4096])
    func chunksGiveExactlyWhatBytesGive(longest: Int) {
        var random = SplitMix64(seed: UInt64(longest))
        for rarity in [30, 300, 100_000] {
            let clean = WitMotionFrames.combinedStream(frames: 500, using: &random)
            let stream = corrupted(clean, onceIn: rarity, using: &random).readInBursts(&random, longest: 60)
            var byByte = WitMotionBLEDecoder()
            var byChunk = WitMotionBLEDecoder()
            let expected = byByte.readings(of: stream)
            #expect(byChunk.readings(of: stream, cutBy: &random, longest: longest) == expected)
            #expect(byChunk.outcomes == byByte.outcomes)
            if rarity == 100_000 { #expect(expected.count >= 480) }
        }
    }

    @Test func damagedFramesAreLostAndNotInvented() {
        // Every good frame has y = -100 and z = 2040: a reading that mixes bytes of two frames would not.
        var random = SplitMix64(seed: 9)
        let stream = corrupted(
            WitMotionFrames.combinedStream(frames: 20_000, using: &random), onceIn: 500, using: &random)
        var decoder = WitMotionBLEDecoder()
        let readings = decoder.readings(of: stream)
        let mixed = readings.map(\.acceleration).filter { $0.y != -100.0 / 2048 || $0.z != 2040.0 / 2048 }
        #expect(readings.count > 17_000)
        // No checksum: a changed bit in the acceleration goes through, at 48 of 160 bits a fifth of the time.
        #expect(mixed.count < 80)
    }

    @Test func tenMegabytesOfGarbageGiveNothing() {
        var random = SplitMix64(seed: 6)
        var decoder = WitMotionBLEDecoder()
        var readings = 0
        for _ in 0..<Trials.count(160) { readings += decoder.readings(of: random.bytes(65_536)).count }
        #expect(readings == 0)
        #expect(!decoder.isLocked)
    }
}
