import LumbarCore
import LumbarDecoders
import Testing

@Suite struct XIMU3DecoderTests {
    typealias Frames = BinaryFrames

    private func inertial(_ milliseconds: UInt64, g: [Float] = [0, 0, 1]) -> [UInt8] {
        Frames.inertial(milliseconds * 1000, g: g)
    }

    /// A decoder that trusts its line, up to second 1.
    private var locked: XIMU3Decoder {
        var decoder = XIMU3Decoder()
        _ = decoder.readings(of: [980, 990, 1000].flatMap { inertial($0) })
        return decoder
    }

    @Test func readsInertialMessages() throws {
        var decoder = locked
        #expect(decoder.isLocked)
        let message = Frames.inertial(1_010_007, dps: [180, 0, -90], g: [0.5, -0.25, 1])
        let reading = try #require(decoder.readings(of: message).first)
        #expect(reading.acceleration == Vector3(0.5, -0.25, 1))
        #expect((reading.angularRate - Vector3(Elementary.pi, 0, -Elementary.pi / 2)).length < 1e-9)
        #expect(reading.deviceNanoseconds == 1_010_007_000)
    }

    @Test func bytesThatMeanEndAndEscapeAreStuffed() throws {
        var decoder = locked
        // 0x0A and 0xDB in the time and in the values.
        let values = [0x3F0A_DB0A, 0x0ADB_0ADB, 0x3FDB_DCDD].map { Float(bitPattern: $0) }
        let message = Frames.inertial(0x0F_DB0A, g: values)
        #expect(message.count > 40)
        let reading = try #require(decoder.readings(of: message).first)
        #expect(reading.acceleration == Vector3(Double(values[0]), Double(values[1]), Double(values[2])))
        #expect(reading.deviceNanoseconds == 0x0F_DB0A * 1000)
    }

    @Test(arguments: ["Q", "R", "A", "L", "E"] as [Character])
    func anglesAreCarriedToTheNextReading(letter: Character) {
        var decoder = locked
        let (c, s) = (Float(0.8660254), Float(0.5))
        let quaternion: [Float] = [0.9659258, 0, 0.2588190, 0]
        let values: [Float]
        switch letter {
        case "R": values = [c, 0, s, 0, 1, 0, -s, 0, c]
        case "A": values = [0, 30, 100]
        case "Q": values = quaternion
        default: values = quaternion + [1, 2, 3]
        }
        let stream =
            inertial(1010) + Frames.ximu3(letter, 1_010_000, values) + inertial(1020) + inertial(1030)
        let ups = decoder.readings(of: stream).map(\.deviceUp)
        #expect(ups.count == 3 && ups[0] == .zero && ups[2] == .zero)
        #expect((ups[1] - Vector3(-0.5, 0, 0.8660254)).length < 1e-6)
        #expect(decoder.outcomes.rejects == 0)
    }

    @Test func otherMessagesArePassedOver() {
        var decoder = locked
        let words = [UInt8(ascii: "N") | 0x80, 1, 2, 3, 4, 5, 6, 7, 8] + Array("Hello\n".utf8)
        let stream =
            words + Array("{\"ping\":null}\r\n".utf8) + Frames.ximu3("T", 1_005_000, [25])
            + Frames.ximu3("B", 1_006_000, [80, 4, 0]) + inertial(1010)
        #expect(decoder.readings(of: stream).count == 1)
        #expect(decoder.outcomes.rejects == 0 && decoder.outcomes.skippedBytes == 0)
    }

    @Test func saysItsTemperatureAndItsBattery() {
        var decoder = locked
        #expect(decoder.vitals == SensorVitals())
        _ = decoder.readings(
            of: Frames.ximu3("T", 1_005_000, [31.25]) + Frames.ximu3("B", 1_006_000, [80, 3.75, 0]))
        #expect(decoder.vitals.temperatureCelsius == 31.25)
        #expect(decoder.vitals.batteryPercent == 80 && decoder.vitals.batteryVolts == 3.75)
        // What cannot be is not taken over, and what was known stays.
        _ = decoder.readings(
            of: Frames.ximu3("T", 1_015_000, [.nan]) + Frames.ximu3("T", 1_016_000, [900])
                + Frames.ximu3("B", 1_017_000, [50, -3, 0]) + Frames.ximu3("B", 1_018_000, [500, 3, 0]))
        #expect(decoder.vitals.temperatureCelsius == 31.25)
        #expect(decoder.vitals.batteryPercent == 80 && decoder.vitals.batteryVolts == 3.75)
    }

    @Test func aDamagedEndCostsOneMessage() {
        var decoder = locked
        var first = inertial(1010)
        first[first.count - 1] = 0x33
        #expect(decoder.readings(of: first + inertial(1020)).map(\.deviceNanoseconds) == [1_020_000_000])
        #expect(decoder.outcomes.badLength == 1)
        #expect(decoder.outcomes.skippedBytes == first.count)
    }

    @Test func refusesWhatCannotBeTrue() {
        var decoder = locked
        #expect(decoder.readings(of: inertial(1010, g: [0, 0, 0])).isEmpty)
        #expect(decoder.outcomes.deadAccelerometer == 1)
        #expect(decoder.readings(of: inertial(1020, g: [0, .nan, 0])).isEmpty)
        #expect(decoder.readings(of: inertial(1030, g: [0, 500, 0])).isEmpty)
        #expect(decoder.outcomes.insane == 3)
        // An escape that does not exist.
        var strange = inertial(1040)
        strange[12] = 0xDB
        #expect(decoder.readings(of: strange).isEmpty)
        #expect(decoder.outcomes.insane == 4)
        #expect(decoder.readings(of: inertial(1050)).count == 1)
    }

    @Test func oneDamagedTimeCostsOneMessageAndASetClockOne() {
        func times(_ milliseconds: [UInt64]) -> [Int64] {
            var decoder = locked
            return decoder.readings(of: milliseconds.flatMap { inertial($0) }).map {
                $0.deviceNanoseconds / 1_000_000
            }
        }
        #expect(times([1010, 99_999, 1020, 1030]) == [1010, 1020, 1030])
        #expect(times([1010, 1900, 1020, 1030]) == [1010, 1900, 1020, 1030])
        #expect(times([1010, 5, 15, 25]) == [1010, 15, 25])
    }

    @Test func threeMessagesThatAgreeLock() {
        var decoder = XIMU3Decoder()
        let stream = inertial(10) + inertial(50_000) + inertial(50_010) + Frames.ximu3("T", 50_020_000, [25])
        for byte in stream.dropLast() { #expect(decoder.push(byte, at: .zero) == nil && !decoder.isLocked) }
        _ = decoder.readings(of: [0x0A])
        #expect(decoder.isLocked)
    }
}
