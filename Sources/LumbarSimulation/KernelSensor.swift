import LumbarCore
import LumbarDecoders

/// Sensors that the kernel reads: what a HID device and a pair of IIO devices say of themselves, and how their samples
/// look in the packets of `PacketFrame`.
enum KernelSensor {
    /// The report descriptor of a made-up HID sensor.
    ///
    /// Report 1: acceleration in 0.0001 g, three values of 20 bits side by side, four bits of padding, the sensor's
    /// time in microseconds, 32 bits. Report 2: angular rate in 0.001 deg/s, three values of 24 bits. Each has the
    /// properties reporting state, power state and report interval in its feature report.
    static let hidDescriptor: [UInt8] = {
        let pieces: [[UInt8]] = [
            [0x05, 0x20, 0x09, 0x01, 0xA1, 0x01],
            [0x85, 0x01, 0x09, 0x73, 0xA1, 0x00], properties,
            [0x0A, 0x53, 0x04, 0x0A, 0x54, 0x04, 0x0A, 0x55, 0x04, 0x17, 0x00, 0x00, 0xF8, 0xFF],
            [0x27, 0xFF, 0xFF, 0x07, 0x00, 0x75, 0x14, 0x95, 0x03, 0x65, 0x1A, 0x55, 0x0C, 0x81, 0x02],
            [0x75, 0x04, 0x95, 0x01, 0x81, 0x03],
            [0x0A, 0x29, 0x05, 0x15, 0x00, 0x27, 0xFF, 0xFF, 0xFF, 0xFF, 0x75, 0x20, 0x66, 0x01, 0x10],
            [0x55, 0x0A, 0x81, 0x02, 0xC0],
            [0x85, 0x02, 0x09, 0x76, 0xA1, 0x00], properties,
            [0x0A, 0x57, 0x04, 0x0A, 0x58, 0x04, 0x0A, 0x59, 0x04, 0x17, 0x00, 0x00, 0x80, 0xFF],
            [0x27, 0xFF, 0xFF, 0x7F, 0x00, 0x75, 0x18, 0x95, 0x03, 0x65, 0x15, 0x55, 0x0D, 0x81, 0x02, 0xC0],
            [0xC0],
        ]
        return Array(pieces.joined())
    }()

    /// Reporting state and power state, each a named array that counts from one, and the report interval in ms.
    private static let properties: [UInt8] = [
        0x0A, 0x16, 0x03, 0x15, 0x01, 0x25, 0x02, 0x75, 0x08, 0x95, 0x01, 0x65, 0x00, 0x55, 0x00, 0xA1, 0x02,
        0x0A, 0x40, 0x08, 0x0A, 0x41, 0x08, 0xB1, 0x00, 0xC0,
        0x0A, 0x19, 0x03, 0xA1, 0x02, 0x0A, 0x50, 0x08, 0x0A, 0x51, 0x08, 0xB1, 0x00, 0xC0,
        0x0A, 0x0E, 0x03, 0x15, 0x00, 0x26, 0xE8, 0x03, 0x75, 0x10, 0xB1, 0x02,
    ]

    /// What sysfs says of a made-up pair of IIO devices: acceleration in 0.001 m/s² with a time stamp, angular rate in
    /// 0.00001 rad/s.
    static let iioAttributes = """
        [accel_3d]
        in_accel_scale=0.001000000
        scan_elements/in_accel_x_en=1
        scan_elements/in_accel_x_index=0
        scan_elements/in_accel_x_type=le:s24/32>>0
        scan_elements/in_accel_y_en=1
        scan_elements/in_accel_y_index=1
        scan_elements/in_accel_y_type=le:s24/32>>0
        scan_elements/in_accel_z_en=1
        scan_elements/in_accel_z_index=2
        scan_elements/in_accel_z_type=le:s24/32>>0
        scan_elements/in_timestamp_en=1
        scan_elements/in_timestamp_index=3
        scan_elements/in_timestamp_type=le:s64/64>>0
        [gyro_3d]
        in_anglvel_scale=0.000010000
        scan_elements/in_anglvel_x_en=1
        scan_elements/in_anglvel_x_index=0
        scan_elements/in_anglvel_x_type=le:s24/32>>0
        scan_elements/in_anglvel_y_en=1
        scan_elements/in_anglvel_y_index=1
        scan_elements/in_anglvel_y_type=le:s24/32>>0
        scan_elements/in_anglvel_z_en=1
        scan_elements/in_anglvel_z_index=2
        scan_elements/in_anglvel_z_type=le:s24/32>>0

        """

    /// Most bytes of one sample: two packets either way.
    static func longest(_ wire: SensorModel.Wire) -> Int { wire == .iio ? 27 + 15 : 16 + 13 }

    /// Appends the two reports of one sample.
    static func appendHID(_ counts: SimulatedSensor.Counts, _ microseconds: Int64, to bytes: inout [UInt8]) {
        appendHeader(source: 0, length: 13, to: &bytes)
        let a = counts.accelerationG * 10_000
        let (x, y, z) = (bits(a.x, 20), bits(a.y, 20), bits(a.z, 20))
        bytes.append(1)
        append(x | y << 20 | z << 40, bytes: 8, to: &bytes)
        append(UInt64(truncatingIfNeeded: microseconds), bytes: 4, to: &bytes)

        appendHeader(source: 0, length: 10, to: &bytes)
        let w = counts.rateDps * 1000
        bytes.append(2)
        for value in [w.x, w.y, w.z] { append(bits(value, 24), bytes: 3, to: &bytes) }
    }

    /// Appends the two scans of one sample; the bits that do not count are set, as in drivers that leave garbage there.
    static func appendIIO(_ counts: SimulatedSensor.Counts, _ microseconds: Int64, to bytes: inout [UInt8]) {
        appendHeader(source: 0, length: 24, to: &bytes)
        let a = counts.accelerationG * (1000 * standardGravityMetresPerSecondSquared)
        for value in [a.x, a.y, a.z] { append(bits(value, 24) | 0x5A00_0000, bytes: 4, to: &bytes) }
        append(0, bytes: 4, to: &bytes)
        append(UInt64(truncatingIfNeeded: 1_000_000_000_000 + microseconds * 1000), bytes: 8, to: &bytes)

        appendHeader(source: 1, length: 12, to: &bytes)
        let w = counts.rateDps * (radiansPerDegree * 100_000)
        for value in [w.x, w.y, w.z] { append(bits(value, 24) | 0xA500_0000, bytes: 4, to: &bytes) }
    }

    private static func appendHeader(source: UInt8, length: Int, to bytes: inout [UInt8]) {
        let header = PacketFrame.header(source: source, length: length)
        bytes.append(header.0)
        bytes.append(header.1)
        bytes.append(header.2)
    }

    /// The nearest whole number, held at the ends of `count` signed bits, as those bits.
    private static func bits(_ value: Double, _ count: Int) -> UInt64 {
        let limit = Double(1 << (count - 1))
        let whole = Int64(min(max(value.rounded(), -limit), limit - 1))
        return UInt64(bitPattern: whole) & (1 << UInt64(count) - 1)
    }

    private static func append(_ value: UInt64, bytes count: Int, to bytes: inout [UInt8]) {
        for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }
}

extension SensorModel.Wire {
    /// What the sensor says of itself before it sends; empty for those on lines.
    public var descriptor: [UInt8] {
        switch self {
        case .hid: KernelSensor.hidDescriptor
        case .iio: Array(KernelSensor.iioAttributes.utf8)
        default: []
        }
    }

    /// Whether samples come through the kernel in packets, which are lost whole and never damaged.
    public var isPacketed: Bool { self == .hid || self == .iio }
}
