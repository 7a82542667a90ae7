import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct HIDSensorTests {
    /// An accelerometer as report 1 and a gyroscope as report 2, 16 bits each, with the units given.
    private static func descriptor(
        acceleration unit: [UInt8] = [0x65, 0x00], exponent: UInt8 = 0x0D, rate: [UInt8]? = [0x65, 0x15]
    ) -> [UInt8] {
        let range: [UInt8] = [0x16, 0x01, 0x80, 0x26, 0xFF, 0x7F, 0x75, 0x10, 0x95, 0x03]
        var bytes: [UInt8] = [0x05, 0x20, 0x09, 0x01, 0xA1, 0x01, 0x85, 0x01, 0x09, 0x73, 0xA1, 0x00]
        bytes += [0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04] + range + unit
        bytes += [0x55, exponent, 0x81, 0x02, 0xC0]
        if let rate {
            bytes += [
                0x85, 0x02, 0x09, 0x76, 0xA1, 0x00, 0x0A, 0x57, 0x04, 0x0A, 0x58, 0x04, 0x0A, 0x59, 0x04,
            ]
            bytes += range + rate + [0x55, 0x0F, 0x81, 0x02, 0xC0]
        }
        return bytes + [0xC0]
    }

    private func report(_ id: UInt8, _ values: [Int16]) -> [UInt8] {
        packet([id] + values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }

    private func refusal(_ bytes: [UInt8]) -> HIDSensorRefusal? {
        do throws(HIDSensorRefusal) { _ = try HIDSensorLayout(bytes) } catch { return error }
        return nil
    }

    @Test func unitsAndExponentsBecomeG() {
        for (unit, exponent, inG) in [
            ([0x65, 0x00], 0x0D, 1e-3), ([0x65, 0x1A], 0x0E, 1e-2),
            ([0x66, 0xE0, 0x11], 0x0D, 1e-3 / 9.80665), ([0x66, 0x11, 0xE0], 0x0D, 1e-3 / 9.80665),
        ] as [([UInt8], UInt8, Double)] {
            var decoder = HIDSensorDecoder(
                descriptor: Self.descriptor(acceleration: unit, exponent: exponent, rate: nil))
            let reading = decoder.readings(of: report(1, [100, -20, 950])).first
            let expected = Vector3<SensorFrame>(100, -20, 950) * inG
            #expect(((reading?.acceleration ?? .zero) - expected).length < 1e-12)
            #expect(reading?.hasAngularRate == false)
        }
    }

    @Test func ratesInDegreesOrRadians() {
        for (unit, factor) in [
            ([0x65, 0x00], radiansPerDegree), ([0x65, 0x15], radiansPerDegree),
            ([0x66, 0x14, 0xF0], radiansPerDegree), ([0x66, 0xF0, 0x12], 1), ([0x66, 0x12, 0xF0], 1),
        ] as [([UInt8], Double)] {
            var decoder = HIDSensorDecoder(descriptor: Self.descriptor(rate: unit))
            let readings = decoder.readings(of: report(2, [10, 0, -30]) + report(1, [0, 0, 1000]))
            #expect(readings.count == 1)
            let rate = readings.first?.angularRate ?? .zero
            #expect((rate - Vector3(1, 0, -3) * factor).length < 1e-12)
        }
    }

    @Test func aUnitThatIsNoneIsRefused() {
        let usage = HIDUsage(page: 0x20, id: 0x453)
        #expect(refusal(Self.descriptor(acceleration: [0x65, 0x14])) == .unknownUnit(usage, 0x14))
        #expect(refusal([0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xC0]) == .noSensor)
        #expect(refusal([0xC0]) == .descriptor(HIDDescriptorError(offset: 0, reason: .unbalancedEnd)))
    }

    @Test func whatIsNoMotionSensorIsRefused() {
        let axes: [UInt8] = [
            0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04, 0x16, 0x01, 0xF8, 0x26, 0xFF, 0x07, 0x75,
            0x10,
            0x95, 0x03, 0x81, 0x02,
        ]
        // A stylus that knows how it is shaken.
        #expect(
            refusal(
                [0x05, 0x0D, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x20, 0xA1, 0x00, 0x05, 0x20] + axes + [
                    0xC0, 0xC0,
                ])
                == .partOfSomethingElse(HIDUsage(page: 0x0D, id: 0x20)))
        // Kinds of sensors as quantities.
        let kinds: [UInt8] = [
            0x05, 0x20, 0x09, 0x8A, 0xA1, 0x01, 0x09, 0x8E, 0x16, 0x00, 0x80, 0x26, 0xFF, 0x7F, 0x75, 0x10,
            0x95,
            0x01, 0x81, 0x02, 0x09, 0x73, 0x81, 0x02, 0xC0,
        ]
        #expect(refusal(kinds) == .kindsAsQuantities(HIDUsage(page: 0x20, id: 0x8E)))
        // One angle about a hinge.
        let lid: [UInt8] = [
            0x05, 0x20, 0x09, 0x8A, 0xA1, 0x01, 0x85, 0x01, 0x0A, 0x7F, 0x04, 0x15, 0x00, 0x26, 0x68, 0x01,
            0x75,
            0x09, 0x95, 0x01, 0x81, 0x02, 0xC0,
        ]
        #expect(refusal(lid) == .oneAngle)
        // Light.
        let light: [UInt8] = [
            0x05, 0x20, 0x09, 0x41, 0xA1, 0x01, 0x0A, 0xD1, 0x04, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x01, 0x81,
            0x02,
            0xC0,
        ]
        #expect(refusal(light) == .otherSensor("light sensor"))
        let decoder = HIDSensorDecoder(descriptor: lid)
        #expect(decoder.complaint == HIDSensorRefusal.oneAngle.description)
        #expect(HIDSensorLayout.concernsSensors(lid))
        #expect(!HIDSensorLayout.concernsSensors([0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xC0]))
    }

    @Test func otherReportsAreNoneOfItsBusiness() {
        var decoder = HIDSensorDecoder(descriptor: Self.descriptor(rate: nil))
        let readings = decoder.readings(
            of: report(1, [0, 0, 1000]) + packet([9, 1, 2, 3]) + report(1, [0, 0, 1000]))
        #expect(readings.count == 2)
        #expect(decoder.isLocked)
        #expect(decoder.outcomes.rejects == 0 && decoder.outcomes.skippedBytes == 0)
    }

    @Test func shortLongAndDeadReports() {
        var decoder = HIDSensorDecoder(descriptor: Self.descriptor(rate: nil))
        #expect(decoder.readings(of: packet([1, 0, 0, 0, 0, 0xE8])).isEmpty)
        #expect(decoder.outcomes.badLength == 1)
        #expect(decoder.readings(of: packet([1, 0, 0, 0, 0, 0xE8, 3, 9, 9, 9])).first?.acceleration.z == 1)
        #expect(decoder.readings(of: report(1, [0, 0, 0])).isEmpty)
        #expect(decoder.outcomes.insane == 1)
        // A byte that begins no packet, and one of no length.
        #expect(decoder.readings(of: [7] + [0, 0, 0] + report(1, [0, 0, 1000])).count == 1)
        #expect(decoder.outcomes.skippedBytes == 2)
    }

    /// An orientation alone: tilts in degrees, then a quaternion and a matrix, each turned a quarter about x.
    @Test func anglesAloneSayWhereUpIs() {
        let head: [UInt8] = [0x05, 0x20, 0x09, 0x86, 0xA1, 0x01]
        let range: [UInt8] = [0x16, 0x01, 0x80, 0x26, 0xFF, 0x7F, 0x75, 0x10]
        func up(_ fields: [UInt8], _ values: [Int16]) -> Reading? {
            var decoder = HIDSensorDecoder(descriptor: head + range + fields + [0xC0])
            let bytes = values.flatMap {
                [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
            }
            return decoder.readings(of: packet(bytes)).first
        }
        let tilts: [UInt8] = [
            0x0A, 0x7F, 0x04, 0x0A, 0x80, 0x04, 0x0A, 0x81, 0x04, 0x55, 0x0E, 0x65, 0x14, 0x95, 3, 0x81, 2,
        ]
        for (values, expected) in [
            ([0, 0, 4500], Vector3(0, 0, 1)), ([9000, 0, 0], Vector3(0, 1, 0)),
            ([0, 9000, 0], Vector3(-1, 0, 0)),
            ([-3000, 0, 0], Vector3(0, -0.5, 0.8660254037844386)),
        ] as [([Int16], Vector3<SensorFrame>)] {
            let reading = up(tilts, values)
            #expect(((reading?.acceleration ?? .zero) - expected).length < 1e-9)
            #expect(reading?.hasAcceleration == false)
        }
        // As the sensor page's own examples do, without the flag for single values.
        let quaternion: [UInt8] = [0x0A, 0x83, 0x04, 0x55, 0x0C, 0x95, 4, 0x81, 0]
        let turned = up(quaternion, [7071, 0, 0, 7071])
        #expect(((turned?.acceleration ?? .zero) - Vector3(0, 1, 0)).length < 1e-9)
        #expect(up(quaternion, [0, 0, 0, 0]) == nil)
        let matrix: [UInt8] = [0x0A, 0x82, 0x04, 0x55, 0x0D, 0x95, 9, 0x81, 0]
        let row = up(matrix, [1000, 0, 0, 0, 0, -1000, 0, 1000, 0])
        #expect(((row?.acceleration ?? .zero) - Vector3(0, 1, 0)).length < 1e-9)
    }

    @Test func orientationBesideAnAccelerometerIsASecondOpinion() {
        var bytes = Self.descriptor(rate: nil)
        bytes += [0x05, 0x20, 0x09, 0x7B, 0xA1, 0x01, 0x85, 0x03, 0x65, 0x00]
        bytes += [0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04, 0x81, 0x02, 0xC0]
        var decoder = HIDSensorDecoder(descriptor: bytes)
        let readings = decoder.readings(
            of: report(1, [0, 0, 1000]) + report(3, [0, 0, -980]) + report(1, [100, 0, 990]))
        #expect(readings.count == 2)
        #expect(readings.first?.deviceUp == .zero)
        // Gravity counted the other way round is the same opinion.
        #expect(readings.last?.deviceUp == Vector3(0, 0, 1))
        #expect(readings.last?.hasAcceleration == true)
    }

    @Test func theSensorsClockIsCountedOn() {
        // Acceleration and a 16-bit clock in milliseconds.
        let bytes: [UInt8] = [
            0x05, 0x20, 0x09, 0x73, 0xA1, 0x01, 0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04,
            0x16, 0x01, 0x80, 0x26, 0xFF, 0x7F, 0x75, 0x10, 0x95, 0x03, 0x55, 0x0D, 0x81, 0x02,
            0x0A, 0x29, 0x05, 0x15, 0x00, 0x27, 0xFF, 0xFF, 0x00, 0x00, 0x65, 0x19, 0x55, 0x00, 0x95, 0x01,
            0x81,
            0x02, 0xC0,
        ]
        var decoder = HIDSensorDecoder(descriptor: bytes)
        func times(_ stamps: [UInt16]) -> [Int64] {
            stamps.flatMap { stamp in
                decoder.readings(of: packet([0, 0, 0, 0, 0xE8, 3, UInt8(stamp & 255), UInt8(stamp >> 8)]))
            }.map(\.deviceNanoseconds)
        }
        #expect(times([65_500, 65_510, 4]) == [0, 10_000_000, 40_000_000])
        decoder.interrupt()
        // One that stands still is no clock.
        #expect(
            times(Array(repeating: 7, count: 12)).suffix(3)
                == Array(repeating: Reading.noDeviceTime, count: 3)[...])
    }

    @Test func accelerationAndRateComeTogether() {
        let a = report(1, [0, 0, 1000])
        let g = report(2, [10, 0, 0])
        func rates(_ order: [[UInt8]]) -> [Bool] {
            var decoder = HIDSensorDecoder(descriptor: Self.descriptor())
            return decoder.readings(of: order.flatMap { $0 }).map(\.hasAngularRate)
        }
        #expect(rates([a, g, a, g, a, g]) == [true, true, true])
        #expect(rates([g, a, g, a]) == [true, true])
        #expect(rates([a, g, a, a, g, a, a, g]) == [true, true, true, true, true])
        #expect(rates([g, g, a, g, g, a]) == [true, true])
        // A gyroscope that never speaks is done without, and taken up again when it does.
        #expect(rates([a, a, a, a, a, a, a]) == [false, false, false, false, false, false])
        #expect(rates([a, a, a, a, a, a, g, a, g, a]).suffix(2) == [true, true])
    }

    @Test func settingsThatMakeItReport() throws {
        let properties: [UInt8] = [
            0x05, 0x20, 0x09, 0x73, 0xA1, 0x01, 0x85, 0x05, 0x0A, 0x30, 0x08, 0x25, 0x7F, 0x75, 0x08, 0x95,
            0x01,
            0xB1, 0x02, 0x0A, 0x16, 0x03, 0x15, 0x01, 0x25, 0x02, 0x75, 0x08, 0x95, 0x01, 0xA1, 0x02,
            0x0A, 0x40, 0x08, 0x0A, 0x41, 0x08, 0xB1, 0x00, 0xC0,
            0x0A, 0x19, 0x03, 0x15, 0x00, 0x25, 0x02, 0xA1, 0x02,
            0x0A, 0x50, 0x08, 0x0A, 0x51, 0x08, 0x0A, 0x55, 0x08, 0xB1, 0x00, 0xC0,
            0x0A, 0x0E, 0x03, 0x15, 0x00, 0x26, 0xE8, 0x03, 0x75, 0x10, 0xB1, 0x02, 0xC0,
        ]
        let start = HIDSensorStart(try HIDReportDescriptor(properties), milliseconds: 20)
        let report = try #require(start.reports.first)
        #expect(start.reports.count == 1 && report.id == 5 && report.length == 6)
        // The selectors count from 1 and from 0; what is not ours stays.
        #expect(report.changed([5, 0x77, 1, 0, 0xFF, 0xFF]) == [5, 0x77, 2, 1, 20, 0])
        #expect(report.changed([5]) == [5, 0, 2, 1, 20, 0])
        let far = HIDSensorStart(try HIDReportDescriptor(properties), milliseconds: 5000)
        #expect(far.reports.first?.changed([5, 0, 1, 0, 0, 0]).suffix(2) == [0xE8, 3])
        #expect(HIDSensorStart(try HIDReportDescriptor(Self.descriptor()), milliseconds: 20).reports.isEmpty)
    }
}
