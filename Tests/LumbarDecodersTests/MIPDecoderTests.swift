import LumbarCore
import LumbarDecoders
import Testing

@Suite struct MIPDecoderTests {
    typealias Frames = BinaryFrames

    /// A decoder that trusts its line.
    private var locked: MIPDecoder {
        var decoder = MIPDecoder()
        _ = decoder.readings(of: (0..<3).flatMap { _ in Frames.mip(0xA0, []) })
        return decoder
    }

    @Test func readsAccelerationRateTimeAndAngles() throws {
        var decoder = locked
        #expect(decoder.isLocked)
        // Nose up by 30 degrees, level across: the weight pulls along -x and z points down.
        let angles = Frames.mipField(0x0C, Frames.bigFloats([0, Float.pi / 6, 1]))
        let fields =
            Frames.mipTimes(5_000_000_123, step: 0)
            + Frames.mipSample([0.5, 0, -0.8660254], [1, -2, 3]) + [angles]
        let reading = try #require(decoder.readings(of: Frames.mip(0x80, fields)).first)
        #expect((reading.acceleration - Vector3(0.5, 0, -0.8660254)).length < 1e-7)
        #expect(reading.angularRate == Vector3(1, -2, 3))
        #expect(reading.deviceNanoseconds == 5_000_000_123)
        #expect((reading.deviceUp - reading.acceleration).length < 1e-6)
    }

    @Test(arguments: [0x0A as UInt8, 0x09]) func quaternionAndMatrixSayTheSame(name: UInt8) throws {
        var decoder = locked
        // Nose up by 30 degrees: the room as seen from the sensor, and the sensor as seen from the room.
        let (c, s) = (Float(0.8660254), Float(0.5))
        let values = name == 0x09 ? [c, 0, -s, 0, 1, 0, s, 0, c] : [0.9659258, 0, 0.2588190, 0]
        let fields =
            Frames.mipSample([0.5, 0, -0.8660254]) + [Frames.mipField(name, Frames.bigFloats(values))]
        let reading = try #require(decoder.readings(of: Frames.mip(0x80, fields)).first)
        #expect((reading.deviceUp - Vector3(0.5, 0, -0.8660254)).length < 1e-6)
    }

    @Test func oneSampleInTwoPackets() {
        var decoder = locked
        let fields = Frames.mipSample([0, 0, -1], [1, 2, 3])
        let stream = (1...4).flatMap { index -> [UInt8] in
            let time = [Frames.mipTimes(UInt64(index) * 10, step: 10)[0]]
            return Frames.mip(0x80, time + [fields[0]]) + Frames.mip(0x80, time + [fields[1]])
                + Frames.mip(0x80, [Frames.mipField(0x06, Frames.bigFloats([1, 2, 3]))])
        }
        let readings = decoder.readings(of: stream)
        #expect(readings.count == 4)
        #expect(readings.allSatisfy { $0.hasAngularRate && $0.angularRate == Vector3(1, 2, 3) })
        #expect(readings.map(\.deviceNanoseconds) == [10, 20, 30, 40])
    }

    @Test func halvesOfDifferentSamplesAreNotJoined() {
        var decoder = locked
        let fields = Frames.mipSample([0, 0, -1], [1, 2, 3])
        func packet(_ field: [UInt8], _ time: UInt64) -> [UInt8] {
            Frames.mip(0x80, [Frames.mipTimes(time, step: 10)[0], field])
        }
        let stream = packet(fields[1], 10) + packet(fields[0], 20) + packet(fields[1], 20)
        #expect(decoder.readings(of: stream).map(\.deviceNanoseconds) == [20])
    }

    @Test func aSensorWithoutRateIsLearned() {
        var decoder = locked
        let packet = Frames.mip(0x80, [Frames.mipSample([0, 0, -1])[0]])
        let readings = decoder.readings(of: (0..<5).flatMap { _ in packet })
        #expect(readings.count == 4)
        #expect(readings.allSatisfy { !$0.hasAngularRate })
    }

    @Test func anglesOfTheFilterAreCarriedToTheNextReading() {
        var decoder = locked
        let sample = Frames.mip(0x80, Frames.mipSample([0, 0, -1]))
        func angles(_ isValid: UInt8) -> [UInt8] {
            Frames.mip(0x82, [Frames.mipField(0x05, Frames.bigFloats([0, 0, 0]) + [0, isValid])])
        }
        let readings = decoder.readings(of: sample + angles(1) + sample + sample + angles(0) + sample)
        #expect(readings.map(\.deviceUp) == [.zero, Vector3(0, 0, -1), .zero, .zero])
    }

    @Test func timesShowWhatIsMissing() {
        var decoder = locked
        let stream = [10, 20, 50, 60, 9_000_000_000, 9_000_000_010].flatMap {
            Frames.mip(0x80, Frames.mipTimes($0, step: 10) + Frames.mipSample([0, 0, -1]))
        }
        // The last jump is another clock.
        #expect(decoder.readings(of: stream).map(\.lostBefore) == [0, 0, 2, 0, 0, 0])
        #expect(decoder.outcomes.lostSamples == 2)
    }

    @Test func refusesByKind() {
        var decoder = locked
        var wrongSum = Frames.mip(0x80, Frames.mipSample([0, 0, -1]))
        wrongSum[wrongSum.count - 1] ^= 1
        #expect(decoder.readings(of: wrongSum).isEmpty)
        #expect(decoder.outcomes.badChecksum == 1)
        // A field that is longer than its packet.
        #expect(decoder.readings(of: Frames.mip(0x80, [[9, 4, 0, 0]])).isEmpty)
        #expect(decoder.outcomes.badLength == 1)
        let sane = Frames.mip(0x01, []) + Frames.mip(0x01, [])
        _ = decoder.readings(of: sane + Frames.mip(0x80, Frames.mipSample([0, 0, 0])))
        #expect(decoder.outcomes.deadAccelerometer == 1)
        _ = decoder.readings(of: Frames.mip(0x80, Frames.mipSample([.nan, 0, 1])))
        _ = decoder.readings(of: Frames.mip(0x80, Frames.mipSample([0, 0, 1], [0, 100, 0])))
        #expect(decoder.outcomes.insane == 3)
        // A field of another length than its name asks for is passed over.
        let short = Frames.mip(0x80, [Frames.mipField(0x04, [0, 0, 0, 0])])
        #expect(decoder.readings(of: short).isEmpty)
        #expect(decoder.outcomes.rejects == 5)
    }
}
