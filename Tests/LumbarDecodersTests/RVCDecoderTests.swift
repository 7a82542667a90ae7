import LumbarCore
import LumbarDecoders
import Testing

@Suite struct RVCDecoderTests {
    private func frames(_ counters: [Int]) -> [UInt8] {
        counters.flatMap { BinaryFrames.rvc($0, mg: [0, 0, 1000]) }
    }

    @Test func scalesAndTurnsAnglesIntoUp() throws {
        var decoder = RVCDecoder()
        // Pitch 30 degrees about x, then roll 40 about y.
        let frame = BinaryFrames.rvc(1, angles: [12_000, 3000, 4000], mg: [500, -250, 1000])
        let readings = decoder.readings(of: frame + frame)
        let reading = try #require(readings.first)
        #expect((reading.acceleration - Vector3(0.5, -0.25, 1)).length < 1e-12)
        #expect(!reading.hasAngularRate && reading.hasAcceleration)
        #expect((reading.deviceUp - Vector3(-0.556670, 0.5, 0.663414)).length < 1e-6)
        #expect(reading.deviceNanoseconds == Reading.noDeviceTime)
    }

    @Test func theFirstFrameMustBeConfirmedAndThreeLock() {
        var decoder = RVCDecoder()
        #expect(decoder.readings(of: frames([7])).isEmpty)
        #expect(decoder.readings(of: frames([8])).count == 1)
        #expect(!decoder.isLocked)
        #expect(decoder.readings(of: frames([9])).count == 1)
        #expect(decoder.isLocked)
    }

    @Test func theCounterTellsWhatIsMissing() {
        var decoder = RVCDecoder()
        let readings = decoder.readings(of: frames([250, 251, 252, 254, 254, 3]))
        #expect(readings.map(\.lostBefore) == [0, 0, 1, 0, 4])
        #expect(decoder.outcomes.lostSamples == 5)
    }

    @Test(arguments: 0...4) func findsThePreambleAmongItsOwnBytes(extra: Int) {
        var decoder = RVCDecoder()
        _ = decoder.readings(of: frames([1, 2, 3]))
        // The counter, the angles and the noise before them are all AA.
        let noise = [UInt8](repeating: 0xAA, count: extra)
        let frame = BinaryFrames.rvc(0xAA, angles: [-0x5556, -0x5556, -0x5556], mg: [0, 0, 1000])
        let good = BinaryFrames.rvc(0xAA, angles: [0xAA, 0xAA, 0xAA], mg: [0xAA, 0xAA, 0xAA])
        #expect(decoder.readings(of: noise + good).count == 1)
        #expect(decoder.outcomes.skippedBytes == extra)
        // Angles beyond half a turn, though the sum fits.
        #expect(decoder.readings(of: frame).isEmpty)
        #expect(decoder.outcomes.insane == 1)
    }

    @Test func refusesByKind() {
        var decoder = RVCDecoder()
        _ = decoder.readings(of: frames([1, 2, 3]))
        var wrongSum = frames([4])
        wrongSum[18] ^= 1
        #expect(decoder.readings(of: wrongSum).isEmpty)
        #expect(decoder.outcomes.badChecksum == 1)
        #expect(decoder.readings(of: BinaryFrames.rvc(5, mg: [0, 0, 0])).isEmpty)
        #expect(decoder.outcomes.deadAccelerometer == 1)
        #expect(decoder.readings(of: BinaryFrames.rvc(6, mg: [0, 0, 1000], tail: [0, 0, 9])).isEmpty)
        #expect(decoder.outcomes.insane == 2)
        #expect(decoder.readings(of: BinaryFrames.rvc(7, mg: [0, 9001, 0])).isEmpty)
        #expect(decoder.outcomes.insane == 3)
        // Those that were sent and not used are missing for what comes next.
        #expect(decoder.readings(of: frames([8])).map(\.lostBefore) == [4])
    }

    @Test func aLongGarbageUnlocks() {
        var decoder = RVCDecoder()
        _ = decoder.readings(of: frames([1, 2, 3]))
        _ = decoder.readings(of: [UInt8](repeating: 0x11, count: 128))
        #expect(decoder.isLocked)
        _ = decoder.readings(of: [0x11])
        #expect(!decoder.isLocked)
    }
}
