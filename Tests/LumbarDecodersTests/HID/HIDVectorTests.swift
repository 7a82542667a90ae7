import LumbarCore
import Testing

@testable import LumbarDecoders

/// Set LUMBAR_VECTORS to the folder above `hid/` to run these.
@Suite("descriptors of real devices", .enabled(if: HIDVectors.folder != nil, "LUMBAR_VECTORS is not set"))
struct HIDVectorTests {
    /// One value, or one array, as both readers see it.
    private struct Entry: Equatable, CustomStringConvertible {
        var usage: String
        var bit: Int
        var size: Int
        var count: Int
        var logical: [Int64]
        var physical: [Int64]
        var unit: UInt32
        var exponent: Int
        var isConstant: Bool

        var description: String {
            "\(usage) at \(bit) \(count)x\(size) \(logical) \(physical) unit \(unit) e\(exponent) \(isConstant)"
        }
    }

    @Test func everyFieldIsReadAsByHIDTools() throws {
        var compared = 0
        for (name, kinds) in try HIDVectors.oracle() where HIDVectors.exists(name) {
            let descriptor = try HIDReportDescriptor(try HIDVectors.descriptor(name))
            for kind in HIDField.Kind.allCases {
                let expected = kinds["\(kind)"] ?? [:]
                let ids = Set(descriptor.fields.filter { $0.kind == kind }.map(\.reportID))
                let names = ids.map { descriptor.numbersReports ? "\($0)" : "-1" }
                if kind != .output { #expect(Set(names) == Set(expected.keys), "\(name) \(kind)") }
                for (number, report) in expected {
                    let id = UInt8(number) ?? 0
                    let bits = descriptor.bitLength(kind, reportID: id)
                    // hid-tools drops the last bits of a report that ends within a byte; the real one has 3 bytes, not
                    // 2.
                    #expect(bits / 8 == report.bytes, "\(name) \(kind) \(number)")
                    let ours = descriptor.fields.filter { $0.kind == kind && $0.reportID == id }.flatMap(
                        entries)
                    let theirs = report.fields.flatMap(entries)
                    #expect(ours == theirs, "\(name) \(kind) \(number)")
                    compared += theirs.count
                }
            }
        }
        #expect(compared > 500, "\(compared)")
    }

    private func entries(_ field: HIDField) -> [Entry] {
        // Padding is one piece to hid-tools, however many values it has.
        let isPadding = field.isConstant && field.usages.isEmpty
        let isOne = !field.isVariable || isPadding
        return (0..<(isOne ? 1 : field.count)).map { index in
            Entry(
                usage: field.isConstant ? "" : text(field.usage(at: index)),
                bit: field.bitOffset + index * field.size,
                size: isPadding ? field.size * field.count : field.size,
                count: isOne && !isPadding ? field.count : 1,
                logical: [field.logicalMinimum, field.logicalMaximum],
                physical: [field.physicalMinimum, field.physicalMaximum],
                unit: field.unit, exponent: field.unitExponent, isConstant: field.isConstant)
        }
    }

    private func entries(_ field: HIDVectors.OracleField) -> [Entry] {
        let isPadding = field.const && field.usages == ["000000"]
        let isOne = field.array || isPadding
        return (0..<(isOne ? 1 : field.count)).map { index in
            Entry(
                usage: field.const ? "" : field.usages[min(index, field.usages.count - 1)],
                bit: field.start_bit + index * field.size,
                size: isPadding ? field.size * field.count : field.size,
                count: isOne && !isPadding ? field.count : 1,
                logical: [field.logical_min, field.logical_max],
                physical: [field.physical_min, field.physical_max],
                unit: field.unit, exponent: field.unit_exp, isConstant: field.const)
        }
    }

    private func text(_ usage: HIDUsage?) -> String {
        let digits = String(usage?.raw ?? 0, radix: 16)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    @Test(arguments: [
        ("detachable_keyboard_accel3d_descriptor.hid", "acceleration"),
        ("aosp_hid_sensor_usages/accel3.bin", "acceleration"),
        ("aosp_hid_sensor_usages/inc3.bin", "orientation"),
        ("aosp_hid_sensor_usages/devor.bin", "orientation"),
        ("apple_display_orientation_tilt.hid", "orientation"),
    ])
    func motionSensorsAreFound(_ name: String, _ summary: String) throws {
        #expect(try HIDSensorLayout(try HIDVectors.descriptor(name)).summary == summary)
    }

    @Test func othersAreRefusedForTheRightReason() throws {
        func refusal(_ name: String) throws -> HIDSensorRefusal? {
            let bytes = try HIDVectors.descriptor(name)
            do throws(HIDSensorRefusal) { _ = try HIDSensorLayout(bytes) } catch { return error }
            return nil
        }
        #expect(try refusal("macbook_lid_angle_05ac_8104.hid") == .oneAngle)
        #expect(
            try refusal("hid_remapper_imu_misused_usages.hid")
                == .kindsAsQuantities(HIDUsage(page: 0x20, id: 0x8E)))
        guard
            case .partOfSomethingElse(let owner) = try refusal(
                "goodix_27c6_0e30_stylus_with_accel_fields.hid")
        else {
            Issue.record("the stylus is taken for a sensor, or refused for another reason")
            return
        }
        #expect(owner.page == 0x0D)
        #expect(try refusal("aosp_hid_sensor_usages/gyro3.bin") == .angularRateOnly)
        #expect(try refusal("colorhug_als_273f_1008.hid") == .otherSensor("light sensor"))
        for name in ["als", "bar", "humi", "pres", "prox", "temp", "comp3", "cus1", "col1"] {
            #expect(try refusal("aosp_hid_sensor_usages/\(name).bin") != nil, "\(name)")
        }
    }

    /// The author measured 103 degrees when this report came.
    @Test func theAngleOfALidIsReadAllTheSame() throws {
        let name = "macbook_lid_angle_05ac_8104.hid"
        let descriptor = try HIDReportDescriptor(try HIDVectors.descriptor(name))
        let tilt = try #require(
            descriptor.fields.first { $0.index(of: HIDUsage(page: 0x20, id: SensorUsage.tiltX)) != nil })
        let report = try #require(try HIDVectors.reports(name).first)
        #expect(report.withUnsafeBytes { tilt.value(at: 0, in: $0) } == 103)
        #expect(tilt.conversion.scale == 1 && tilt.conversion.offset == 0)
    }

    @Test func realStylusReportsGiveNothing() throws {
        let name = "goodix_27c6_0e30_stylus_with_accel_fields.hid"
        var decoder = HIDSensorDecoder(descriptor: try HIDVectors.descriptor(name))
        let reports = try HIDVectors.reports(name)
        #expect(!reports.isEmpty)
        for report in reports { #expect(decoder.readings(of: packet(report)).isEmpty) }
        #expect(decoder.complaint?.contains("stylus") == true)
    }
}
