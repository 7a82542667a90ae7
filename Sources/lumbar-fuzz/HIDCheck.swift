import LumbarCore
import LumbarDecoders

/// What is promised about any report descriptor, and about any reports under it.
enum HIDCheck {
    /// Reads a descriptor of items and garbage, and every value of every field from a report of any length.
    static func runDescriptor(_ input: inout FuzzInput) -> Int {
        let bytes = input.isRaw(oneIn: 4) ? input.rest() : input.hidDescriptorOrSensor()
        _ = HIDSensorLayout.concernsSensors(bytes)
        do throws(HIDDescriptorError) {
            let descriptor = try HIDReportDescriptor(bytes)
            let report = input.bytes(input.number(below: 80))
            report.withUnsafeBytes { check(descriptor, $0) }
            let start = HIDSensorStart(descriptor, milliseconds: Int(input.byte()) * 16)
            for part in start.reports {
                let changed = part.changed(report.isEmpty ? [0] : report)
                precondition(changed.count >= part.length && changed[0] == part.id)
            }
            return descriptor.fields.count
        } catch {
            precondition(error.offset >= 0 && error.offset <= min(bytes.count, HIDReportDescriptor.longest))
            precondition(error.description.unicodeScalars.allSatisfy { Printable.isSafe($0) })
            return 0
        }
    }

    private static func check(_ descriptor: HIDReportDescriptor, _ report: UnsafeRawBufferPointer) {
        precondition(descriptor.fields.count <= HIDReportDescriptor.mostFields)
        for field in descriptor.fields {
            precondition(field.size >= 1 && field.size <= HIDReportDescriptor.widestField && field.count >= 1)
            precondition(field.bitOffset >= 0)
            let end = field.bitOffset + field.size * field.count
            precondition(end <= HIDReportDescriptor.longestReport * 8 + 8)
            precondition(end <= descriptor.bitLength(field.kind, reportID: field.reportID))
            for index in [0, 1, field.count - 1] {
                if let value = field.value(at: index, in: report) {
                    let signed = -(Int64(1) << Int64(field.size - 1))...(Int64(1) << Int64(field.size)) - 1
                    precondition(signed.contains(value))
                    precondition(field.logicalMinimum < 0 || value >= 0)
                }
                if let usage = field.usage(at: index), field.usages.count == 1, field.isVariable {
                    precondition(field.usages[0].contains(usage))
                }
            }
            precondition(field.conversion.scale.isFinite && field.conversion.offset.isFinite)
        }
    }

    /// Feeds packets of reports to a decoder for any descriptor, byte by byte and in chunks.
    static func runReports(_ input: inout FuzzInput) -> Int {
        let descriptor = input.number(below: 4) == 0 ? input.hidDescriptor() : input.hidSensor()
        let decoder = HIDSensorDecoder(descriptor: descriptor)
        return DecoderCheck.run(
            decoder, FuzzStream(&input) { $0.packet(longest: 40, sources: 1) }, shortestReading: 4)
    }
}

/// What is promised about any text of attributes, and about any scans under it.
enum IIOCheck {
    static func run(_ input: inout FuzzInput) -> Int {
        let text =
            input.isRaw(oneIn: 4)
            ? String(decoding: input.bytes(Int(input.byte())), as: UTF8.self)
            : input.iioAttributes()
        do throws(IIOScanLayout.Refusal) {
            let decoder = IIOSensorDecoder(layout: try IIOScanLayout(text))
            // A packet holds as many scans as fit, and one of two angles has two bytes.
            return DecoderCheck.run(
                decoder, FuzzStream(&input) { $0.packet(longest: 60, sources: 3) }, shortestReading: 2)
        } catch {
            precondition(
                error.description.unicodeScalars.allSatisfy { Printable.isSafe($0) }, error.description)
            return 0
        }
    }
}

extension FuzzInput {
    /// Items, or a whole sensor of which a byte may be wrong.
    mutating func hidDescriptorOrSensor() -> [UInt8] {
        switch number(below: 4) {
        case 0: return hidSensor()
        case 1:
            var bytes = hidSensor()
            bytes[number(below: bytes.count)] = byte()
            return bytes
        default: return hidDescriptor()
        }
    }

    /// Items of a report descriptor, most of them ones that mean something to a sensor.
    mutating func hidDescriptor() -> [UInt8] {
        let items: [[UInt8]] = [
            [0x05, 0x20], [0x05, 0x0D], [0x09, 0x73], [0x09, 0x76], [0x09, 0x86], [0x09, 0x8A], [0x09, 0x7B],
            [0xA1, 0x00], [0xA1, 0x01], [0xA1, 0x02], [0xC0], [0xA4], [0xB4], [0x85, 0x01], [0x85, 0x02],
            [0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04],
            [0x0A, 0x57, 0x04, 0x0A, 0x58, 0x04, 0x0A, 0x59, 0x04],
            [0x0A, 0x7F, 0x04, 0x0A, 0x80, 0x04], [0x0A, 0x83, 0x04], [0x0A, 0x82, 0x04], [0x0A, 0x29, 0x05],
            [0x0A, 0x0E, 0x03], [0x0A, 0x16, 0x03], [0x0A, 0x40, 0x08, 0x0A, 0x41, 0x08], [0x81, 0x02],
            [0x81, 0x00],
            [0x81, 0x03], [0xB1, 0x02], [0xB1, 0x00], [0x91, 0x02], [0x15, 0x00], [0x25, 0x7F], [0x25, 0xFF],
            [0x16, 0x01, 0x80, 0x26, 0xFF, 0x7F], [0x75, 0x10], [0x95, 0x03], [0x65, 0x14],
            [0x66, 0x01, 0x10],
            [0xA9, 0x01], [0xA9, 0x00], [0x1B, 0, 0, 0x20, 0, 0x2B, 0xFF, 0xFF, 0xFF, 0xFF],
        ]
        var bytes: [UInt8] = []
        for _ in 0..<number(below: 64) {
            switch number(below: 8) {
            case 0: bytes += self.bytes(number(below: 6))
            case 1: bytes += [0x75, byte() & 0x3F]
            case 2: bytes += [0x95, byte() & 0x0F]
            case 3: bytes += [pick([0x14, 0x24, 0x34, 0x44, 0x54, 0x64]) | 1, byte()]
            case 4: bytes += [pick([0x14, 0x24, 0x34, 0x44]) | 3] + self.bytes(4)
            default: bytes += pick(items)
            }
        }
        return bytes
    }

    /// A whole sensor with widths, ranges and scales of the input's choice.
    mutating func hidSensor() -> [UInt8] {
        var bytes: [UInt8] = [0x05, 0x20, 0x09, 0x01, 0xA1, 0x01]
        let sensors: [(UInt8, [UInt8], UInt8)] = [
            (0x73, [0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04], 3),
            (0x76, [0x0A, 0x57, 0x04, 0x0A, 0x58, 0x04, 0x0A, 0x59, 0x04], 3),
            (0x86, [0x0A, 0x7F, 0x04, 0x0A, 0x80, 0x04, 0x0A, 0x81, 0x04], 3), (0x8A, [0x0A, 0x83, 0x04], 4),
            (0x8A, [0x0A, 0x82, 0x04], 9), (0x7B, [0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04], 3),
        ]
        let numbers = number(below: 4) != 0
        for _ in 0..<(1 + number(below: 3)) {
            let (kind, usages, count) = pick(sensors)
            if numbers { bytes += [0x85, 1 + byte() & 1] }
            bytes += [0x09, kind, 0xA1, 0x00] + usages
            bytes += [0x17] + self.bytes(4) + [0x27] + self.bytes(3) + [0x7F]
            if number(below: 4) == 0 { bytes += [0x36] + self.bytes(2) + [0x46] + self.bytes(2) }
            bytes += [0x55, byte() & 0x0F, 0x75, 1 + byte() & 0x1F, 0x95, count, 0x81, 0x02]
            if number(below: 2) == 0 {
                bytes += [
                    0x15, 0x00, 0x25, 0x7F, 0x0A, 0x29, 0x05, 0x55, 0x0D, 0x75, 1 + byte() & 0x1F, 0x95, 1,
                    0x81, 2,
                ]
            }
            bytes += [0xC0]
        }
        return bytes + [0xC0]
    }

    /// A packet with a payload whose first byte is often a report number.
    mutating func packet(longest: Int, sources: Int) -> [UInt8] {
        let payload = [UInt8(number(below: 4))] + bytes(number(below: longest))
        return [UInt8(number(below: sources)), UInt8(payload.count & 0xFF), UInt8(payload.count >> 8)]
            + payload
    }

    /// What sysfs might say of one to three devices.
    mutating func iioAttributes() -> String {
        var text = ""
        let types = [
            "le:s16/32>>0", "be:s16/16>>0", "le:u12/16>>4", "le:s32/32X4>>0", "le:s64/64>>0", "le:s8/8>>0",
            "x",
        ]
        for _ in 0..<(1 + number(below: 3)) {
            text += "[\(pick(["accel_3d", "gyro_3d", "incli_3d", "", "]"]))]\n"
            let kind = pick(["accel", "anglvel", "incli", "gravity", "rot"])
            text += "in_\(kind)_scale=\(pick(["0.01", "1e300", "-1", "nan", "0", "0.000174532"]))\n"
            text += "in_\(kind)_x_offset=\(pick(["0", "-1e9", "7"]))\n"
            if number(below: 4) == 0 {
                text += "mount_matrix=\(pick(["0, 1, 0; -1, 0, 0; 0, 0, 1", "1;2;3", "", "nan"]))\n"
            }
            for axis in ["x", "y", "z", "quaternion"] {
                let file = "scan_elements/in_\(kind)_\(axis)"
                text += "\(file)_en=\(number(below: 8) == 0 ? 0 : 1)\n\(file)_index=\(number(below: 12))\n"
                text += "\(file)_type=\(pick(types))\n"
            }
            text += "scan_elements/in_timestamp_en=\(number(below: 2))\nscan_elements/in_timestamp_index=9\n"
            text += "scan_elements/in_timestamp_type=le:s64/64>>0\n"
        }
        return text
    }
}
