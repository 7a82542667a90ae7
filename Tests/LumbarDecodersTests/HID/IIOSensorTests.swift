import LumbarCore
import Testing

@testable import LumbarDecoders

@Suite struct IIOSensorTests {
    /// An accelerometer as the kernel's HID driver shows it, with scale 1e-3 g: 16 bits of 32, the others garbage.
    private static func attributes(mount: String = "") -> String {
        """
        [accel_3d]
        in_accel_offset=0
        in_accel_scale=0.009806650
        \(mount)
        scan_elements/in_accel_x_en=1
        scan_elements/in_accel_x_index=0
        scan_elements/in_accel_x_type=le:s16/32>>0
        scan_elements/in_accel_y_en=1
        scan_elements/in_accel_y_index=1
        scan_elements/in_accel_y_type=le:s16/32>>0
        scan_elements/in_accel_z_en=1
        scan_elements/in_accel_z_index=2
        scan_elements/in_accel_z_type=le:s16/32>>0
        scan_elements/in_timestamp_en=1
        scan_elements/in_timestamp_index=3
        scan_elements/in_timestamp_type=le:s64/64>>0
        """
    }

    /// x 103, y -919, z -385 under garbage, four bytes of padding, a time stamp.
    private static let scan: [UInt8] =
        [0x67, 0x00, 0xAA, 0x55, 0x69, 0xFC, 0x12, 0x34, 0x7F, 0xFE, 0x00, 0x00, 9, 9, 9, 9]
        + [0x15, 0xCD, 0x5B, 0x07, 0, 0, 0, 0]

    private func refusal(_ text: String) -> IIOScanLayout.Refusal? {
        do throws(IIOScanLayout.Refusal) { _ = try IIOScanLayout(text) } catch { return error }
        return nil
    }

    @Test func bitsThatDoNotCountAreMasked() throws {
        var decoder = IIOSensorDecoder(layout: try IIOScanLayout(Self.attributes()))
        let readings = decoder.readings(of: packet(Self.scan + Self.scan))
        #expect(readings.count == 2)
        #expect(decoder.isLocked)
        let a = try #require(readings.first).acceleration
        #expect((a - Vector3(0.103, -0.919, -0.385)).length < 1e-9)
        #expect(abs(a.length - 1.0017) < 1e-4)
        #expect(readings.first?.deviceNanoseconds == 123_456_789)
        #expect(decoder.outcomes.rejects == 0)
    }

    @Test func theMountMatrixTurnsTheAxes() throws {
        let turned = Self.attributes(mount: "in_mount_matrix=0, 1, 0; -1, 0, 0; 0, 0, 1")
        var decoder = IIOSensorDecoder(layout: try IIOScanLayout(turned))
        let a = try #require(decoder.readings(of: packet(Self.scan)).first).acceleration
        #expect((a - Vector3(-0.919, -0.103, -0.385)).length < 1e-9)
    }

    @Test func typesAreReadOrRefused() throws {
        for text in ["le:s16/32>>0", "be:u12/16>>4", "le:s32/32X4>>0", "le:s64/64>>0"] {
            #expect(IIOScanType(Substring(text)) != nil, "\(text)")
        }
        for text in [
            "", "le:s16/32", "xe:s16/32>>0", "le:s33/32>>0", "le:s16/24>>0", "le:s16/16>>1", "le:s0/16>>0",
            "le:s16/32X0>>0", "le:s16/32X99>>0", "le:s16/32>>0 ", "le:s99999/32>>0", "le:s16/32>>32",
        ] { #expect(IIOScanType(Substring(text)) == nil, "\(text)") }
        let big = try #require(IIOScanType("be:s12/16>>4"))
        #expect(([0xFF, 0xF5] as [UInt8]).withUnsafeBytes { big.value(0, at: 0, in: $0) } == -1)
        #expect(([0x7F, 0xF5] as [UInt8]).withUnsafeBytes { big.value(0, at: 0, in: $0) } == 2047)
    }

    @Test func scansAreLaidOutByIndexAndSize() throws {
        let text = """
            [bmi160]
            in_accel_scale=1
            in_accel_y_offset=2
            in_anglvel_scale=0.5
            scan_elements/in_temp_en=0
            scan_elements/in_accel_x_en=1
            scan_elements/in_accel_x_index=7
            scan_elements/in_accel_x_type=be:s16/16>>0
            scan_elements/in_accel_y_en=1
            scan_elements/in_accel_y_index=8
            scan_elements/in_accel_y_type=be:s16/16>>0
            scan_elements/in_accel_z_en=1
            scan_elements/in_accel_z_index=9
            scan_elements/in_accel_z_type=be:s16/16>>0
            scan_elements/in_anglvel_x_en=1
            scan_elements/in_anglvel_x_index=0
            scan_elements/in_anglvel_x_type=le:s32/32>>0
            scan_elements/in_anglvel_y_en=1
            scan_elements/in_anglvel_y_index=1
            scan_elements/in_anglvel_y_type=le:s32/32>>0
            scan_elements/in_anglvel_z_en=1
            scan_elements/in_anglvel_z_index=2
            scan_elements/in_anglvel_z_type=le:s32/32>>0
            """
        let layout = try IIOScanLayout(text)
        // 4 + 4 + 4 + 2 + 2 + 2, padded to four.
        #expect(layout.sources.map(\.scanBytes) == [20])
        #expect(layout.summary == "acceleration, angular rate")
        var decoder = IIOSensorDecoder(layout: layout)
        let scan: [UInt8] = [2, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 10, 0xFF, 0xFC, 0, 0, 0, 0]
        let reading = try #require(decoder.readings(of: packet(scan)).first)
        #expect(reading.angularRate == Vector3(1, -1, 0))
        #expect((reading.acceleration - Vector3(10, -2, 0) * (1 / 9.80665)).length < 1e-12)
        #expect(reading.deviceNanoseconds == Reading.noDeviceTime)
    }

    @Test func cutScansAndOtherSourcesAreCounted() throws {
        var decoder = IIOSensorDecoder(layout: try IIOScanLayout(Self.attributes()))
        #expect(decoder.readings(of: packet(Array(Self.scan.dropLast()))).isEmpty)
        #expect(decoder.outcomes.badLength == 1)
        #expect(decoder.readings(of: [1]).isEmpty)
        #expect(decoder.outcomes.skippedBytes == 1)
        #expect(decoder.readings(of: packet([UInt8](repeating: 0, count: 24))).isEmpty)
        #expect(decoder.outcomes.insane == 1)
        #expect(decoder.readings(of: packet(Self.scan)).count == 1)
    }

    @Test func devicesThatCannotBeReadAreRefused() {
        #expect(refusal("") == .switchedOff)
        #expect(refusal("[accel_3d]\nin_accel_scale=1\n") == .switchedOff)
        let light = "[als]\nscan_elements/in_intensity_en=1\nscan_elements/in_intensity_index=0\n"
        #expect(refusal(light) == .badChannel("in_intensity"))
        #expect(refusal(light + "scan_elements/in_intensity_type=le:u16/16>>0\n") == .noMotion)
    }

    @Test func inclinometersOfTheKernelCountRadians() throws {
        func text(_ name: String) -> String {
            var text = "[\(name)]\nin_incli_scale=0.000174532\n"
            for (index, axis) in ["x", "y"].enumerated() {
                text += "scan_elements/in_incli_\(axis)_en=1\nscan_elements/in_incli_\(axis)_index=\(index)\n"
                text += "scan_elements/in_incli_\(axis)_type=le:s16/16>>0\n"
            }
            return text
        }
        var decoder = IIOSensorDecoder(layout: try IIOScanLayout(text("incli_3d")))
        // 32 degrees in hundredths, as a HID sensor counts them.
        let reading = try #require(decoder.readings(of: packet([0x80, 0x0C, 0, 0])).first)
        #expect(!reading.hasAcceleration)
        #expect((reading.acceleration - Vector3(0, 0.529919, 0.848048)).length < 1e-5)
        let other = try IIOScanLayout(text("sca3300"))
        #expect(abs((other.sources[0].tilts?.x.scale ?? 0) - 0.000174532 * radiansPerDegree) < 1e-15)
    }
}
