import LumbarCore
import LumbarDecoders
import Testing

@Suite struct XsensDecoderTests {
    typealias Frames = BinaryFrames
    private static let g = standardGravityMetresPerSecondSquared

    /// A decoder that trusts its line.
    private var locked: XsensDecoder {
        var decoder = XsensDecoder()
        _ = decoder.readings(of: (0..<3).flatMap { _ in Frames.xbus([], kind: 0x31) })
        return decoder
    }

    private func level(_ items: [[UInt8]] = []) -> [UInt8] {
        Frames.xbus([Frames.item(0x4020, Frames.bigFloats([0, 0, Float(Self.g)]))] + items)
    }

    @Test func readsItems() throws {
        var decoder = locked
        #expect(decoder.isLocked)
        let items = [
            Frames.item(0x1060, Frames.big(1234, 4)), Frames.item(0xE020, [0, 0, 0, 1]),
            Frames.item(0x8020, Frames.bigFloats([1, -2, 3])),
        ]
        let reading = try #require(decoder.readings(of: level(items)).first)
        #expect((reading.acceleration - Vector3(0, 0, 1)).length < 1e-7)
        #expect(reading.angularRate == Vector3(1, -2, 3) && reading.hasAngularRate)
        #expect(reading.deviceNanoseconds == 123_400_000)
        #expect(reading.deviceUp == .zero && reading.hasAcceleration)
    }

    @Test func saysItsTemperature() {
        var decoder = locked
        _ = decoder.readings(of: level([Frames.item(0x0810, Frames.bigFloats([36.5]))]))
        #expect(decoder.vitals.temperatureCelsius == 36.5)
        _ = decoder.readings(of: level([Frames.item(0x0810, Frames.bigFloats([-300]))]))
        #expect(decoder.vitals.temperatureCelsius == 36.5)
    }

    /// The same three numbers in each precision; the length says which, and between two of four bytes the name.
    @Test(arguments: [0, 1, 2, 3]) func precisions(_ precision: UInt16) throws {
        var decoder = locked
        let values = [-0.5, 2.25, 9.75]
        let data = values.flatMap { value -> [UInt8] in
            switch precision {
            case 0: return Frames.bigFloats([Float(value)])
            case 1: return Frames.big(UInt64(bitPattern: Int64(value * 0x1p20)), 4)
            case 2:
                let fixed = UInt64(bitPattern: Int64(value * 0x1p32))
                return Frames.big(fixed, 4) + Frames.big(fixed >> 32, 2)
            default: return Frames.big(value.bitPattern, 8)
            }
        }
        let message = Frames.xbus([Frames.item(0x4020 | precision, data)])
        let reading = try #require(decoder.readings(of: message).first)
        #expect((reading.acceleration * Self.g - Vector3(-0.5, 2.25, 9.75)).length < 1e-9)
    }

    /// Nose down by 30 degrees: x points down a little, y is level.
    @Test(arguments: [0x0, 0x4, 0x8] as [UInt16]) func anglesOfEachKindAndFrame(_ frame: UInt16) {
        var decoder = locked
        let (c, s) = (Float(0.8660254), Float(0.5))
        let kinds: [(UInt16, [Float])] = [
            (0x2030, [0, 30, 77]), (0x2010, [0.9659258, 0, 0.2588190, 0]),
            // Column by column.
            (0x2020, [c, 0, -s, 0, 1, 0, s, 0, c]),
        ]
        let expected = Vector3<SensorFrame>(-0.5, 0, 0.8660254) * (frame == 4 ? -1 : 1)
        for (name, values) in kinds {
            let message = level([Frames.item(name | frame, Frames.bigFloats(values))])
            let reading = decoder.readings(of: message).first
            #expect(((reading?.deviceUp ?? .zero) - expected).length < 1e-6)
        }
    }

    @Test func aSensorOfAnglesAloneSaysWhereUpIsUntilItSendsAcceleration() {
        var decoder = locked
        let angles = Frames.xbus([Frames.item(0x2030, Frames.bigFloats([0, 30, 0]))])
        let readings = decoder.readings(of: angles + angles + level() + angles + level())
        #expect(readings.map(\.hasAcceleration) == [false, false, true, true])
        #expect(readings[0].acceleration == readings[0].deviceUp)
        #expect(readings[2].deviceUp == .zero && readings[3].deviceUp != .zero)
    }

    @Test func theCounterTellsWhatIsMissing() {
        var decoder = locked
        func message(_ number: UInt64, _ isSample: Bool = true) -> [UInt8] {
            let counter = Frames.item(0x1020, Frames.big(number, 2))
            return isSample ? level([counter]) : Frames.xbus([counter])
        }
        let stream =
            message(65_533) + message(65_535) + message(0) + message(1, false) + message(4, false)
            + message(5)
        #expect(decoder.readings(of: stream).map(\.lostBefore) == [0, 1, 0, 2])
        #expect(decoder.outcomes.lostSamples == 3)
    }

    @Test func timeGoesOnWhereTheCountWraps() {
        var decoder = locked
        let stream = [0xFFFF_FF9C, 0, 100].flatMap { level([Frames.item(0x1060, Frames.big($0, 4))]) }
        let times = decoder.readings(of: stream).map(\.deviceNanoseconds)
        #expect(zip(times, times.dropFirst()).map { $1 - $0 } == [10_000_000, 10_000_000])
    }

    @Test func longMessages() {
        var decoder = locked
        let filler = (0..<60).map { _ in Frames.item(0xC020, Frames.bigFloats([1, 2, 3, 4, 5])) }
        #expect(decoder.readings(of: level(filler)).count == 1)
        #expect(decoder.readings(of: Frames.xbus([], isLong: true)).isEmpty)
        #expect(decoder.outcomes.rejects == 0)
        // Longer than any message is.
        #expect(decoder.readings(of: [0xFA, 0xFF, 0x36, 0xFF, 0x08, 0x01] + level()).count == 1)
        #expect(decoder.outcomes.badLength == 1)
    }

    @Test func refusesByKind() {
        var decoder = locked
        var wrongSum = level()
        wrongSum[10] ^= 1
        #expect(decoder.readings(of: wrongSum + level()).count == 1)
        #expect(decoder.outcomes.badChecksum == 1)
        #expect(decoder.readings(of: Frames.xbus([[0x40, 0x20, 12, 0]]) + level()).count == 1)
        #expect(decoder.outcomes.badLength == 1)
        _ = decoder.readings(of: Frames.xbus([Frames.item(0x4020, Frames.bigFloats([0, 0, 0]))]))
        #expect(decoder.outcomes.deadAccelerometer == 1)
        _ = decoder.readings(of: Frames.xbus([Frames.item(0x4020, Frames.bigFloats([0, .infinity, 0]))]))
        #expect(decoder.outcomes.insane == 2)
    }
}
