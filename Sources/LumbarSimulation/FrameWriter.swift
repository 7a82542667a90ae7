/// Writes samples as the bytes a sensor sends; appends to an array that keeps its room.
enum FrameWriter {
    /// Appends one sample; `microseconds` is the sensor's own time, `index` its count.
    static func append(
        _ counts: SimulatedSensor.Counts, microseconds: Int64, index: Int, wire: SensorModel.Wire,
        to bytes: inout [UInt8]
    ) {
        switch wire {
        case .witMotion:
            appendFrame(0x51, counts.acceleration, 2950, to: &bytes)
            appendFrame(0x52, counts.rate, 0, to: &bytes)
            appendFrame(0x53, (counts.angle.roll, counts.angle.pitch, counts.angle.yaw), 0x4701, to: &bytes)
        case .witMotionCombined: appendCombined(counts, to: &bytes)
        case .text: appendLine(counts, microseconds, to: &bytes)
        case .rvc: appendRVC(counts, index, to: &bytes)
        case .xIMU3: appendXIMU3(counts, microseconds, to: &bytes)
        case .mip: appendMIP(counts, microseconds, index, to: &bytes)
        case .mtData2: appendMTData2(counts, microseconds, index, to: &bytes)
        case .ypr: appendYPR(counts, to: &bytes)
        case .nmea: appendXDR(counts, to: &bytes)
        case .vectorNav: appendVNYMR(counts, to: &bytes)
        case .json: appendJSON(counts, microseconds, to: &bytes)
        case .openLog: appendOpenLog(counts, to: &bytes)
        case .xIMU3Text: appendXIMU3Text(counts, microseconds, to: &bytes)
        case .hid: KernelSensor.appendHID(counts, microseconds, to: &bytes)
        case .iio: KernelSensor.appendIIO(counts, microseconds, to: &bytes)
        }
    }

    /// Most bytes of one sample.
    static func longest(_ wire: SensorModel.Wire) -> Int {
        switch wire {
        case .witMotion: 33
        case .witMotionCombined: 20
        case .text: 72
        case .rvc: 19
        // Every stuffed byte doubles at worst; usually there are one or two.
        case .xIMU3: 112
        case .mip: 68
        case .mtData2: 62
        case .ypr: 32
        case .nmea: 56
        case .vectorNav: 136
        case .json: 184
        case .openLog: 100
        case .xIMU3Text: 96
        case .hid, .iio: KernelSensor.longest(wire)
        }
    }

    /// What a sensor sends before its first sample.
    static func appendGreeting(_ wire: SensorModel.Wire, to bytes: inout [UInt8]) {
        switch wire {
        case .text: bytes.append(contentsOf: "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\r\n".utf8)
        case .openLog: bytes.append(contentsOf: openLogHeader.utf8)
        default: break
        }
    }

    /// `55 type | four int16, little-endian | low 8 bits of the sum of the ten bytes before`.
    private static func appendFrame(
        _ type: UInt8, _ v: (x: Int16, y: Int16, z: Int16), _ last: Int16, to bytes: inout [UInt8]
    ) {
        bytes.append(0x55)
        bytes.append(type)
        var sum = 0x55 &+ type
        sum = sum &+ appendWord(v.x, to: &bytes) &+ appendWord(v.y, to: &bytes)
        sum = sum &+ appendWord(v.z, to: &bytes) &+ appendWord(last, to: &bytes)
        bytes.append(sum)
    }

    /// `55 61 | nine int16, little-endian`, without a checksum.
    private static func appendCombined(_ counts: SimulatedSensor.Counts, to bytes: inout [UInt8]) {
        bytes.append(0x55)
        bytes.append(0x61)
        appendWords(counts.acceleration, to: &bytes)
        appendWords(counts.rate, to: &bytes)
        appendWords((counts.angle.roll, counts.angle.pitch, counts.angle.yaw), to: &bytes)
    }

    private static func appendWords(_ v: (x: Int16, y: Int16, z: Int16), to bytes: inout [UInt8]) {
        _ = appendWord(v.x, to: &bytes)
        _ = appendWord(v.y, to: &bytes)
        _ = appendWord(v.z, to: &bytes)
    }

    /// Appends `value` and returns the sum of its bytes.
    private static func appendWord(_ value: Int16, to bytes: inout [UInt8]) -> UInt8 {
        let bits = UInt16(bitPattern: value)
        let low = UInt8(truncatingIfNeeded: bits)
        let high = UInt8(truncatingIfNeeded: bits >> 8)
        bytes.append(low)
        bytes.append(high)
        return low &+ high
    }

    /// `t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps`: time to 0.1 ms, accelerations to 0.1 mg, rates to 0.001 degrees/s.
    private static func appendLine(
        _ counts: SimulatedSensor.Counts, _ microseconds: Int64, to bytes: inout [UInt8]
    ) {
        appendDecimal((microseconds + 50) / 100, decimals: 4, to: &bytes)
        // 16 g and 2000 degrees/s at 32768, in units of the last decimal, rounded half away from zero.
        appendFields(counts.acceleration, 160_000, decimals: 4, to: &bytes)
        appendFields(counts.rate, 2_000_000, decimals: 3, to: &bytes)
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    static func appendFields(
        _ v: (x: Int16, y: Int16, z: Int16), _ fullScale: Int64, decimals: Int, to bytes: inout [UInt8]
    ) {
        appendField(v.x, fullScale, decimals: decimals, to: &bytes)
        appendField(v.y, fullScale, decimals: decimals, to: &bytes)
        appendField(v.z, fullScale, decimals: decimals, to: &bytes)
    }

    private static func appendField(
        _ count: Int16, _ fullScale: Int64, decimals: Int, to bytes: inout [UInt8]
    ) {
        bytes.append(UInt8(ascii: ","))
        appendDecimal(scaled(count, fullScale), decimals: decimals, to: &bytes)
    }

    /// A count of 32768 at `fullScale`, rounded half away from zero.
    static func scaled(_ count: Int16, _ fullScale: Int64) -> Int64 {
        let product = Int64(count) * fullScale
        return (product + (product < 0 ? -16384 : 16384)) / 32768
    }

    /// `units` divided by ten to the `decimals`, written without an allocation.
    static func appendDecimal(_ units: Int64, decimals: Int, to bytes: inout [UInt8]) {
        var rest = units.magnitude
        if units < 0 { bytes.append(UInt8(ascii: "-")) }
        let first = bytes.count
        var digits = 0
        repeat {
            if digits == decimals, digits > 0 { bytes.append(UInt8(ascii: ".")) }
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            digits += 1
        } while rest > 0 || digits <= decimals
        bytes[first...].reverse()
    }
}
