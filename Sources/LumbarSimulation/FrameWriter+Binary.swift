import LumbarCore

/// The binary protocols of other makers; layouts in the decoders of the same names.
extension FrameWriter {
    /// `AA AA | counter | yaw, pitch, roll, 0.01 degrees | acceleration, mg | three zeros | sum`.
    static func appendRVC(_ counts: SimulatedSensor.Counts, _ index: Int, to bytes: inout [UInt8]) {
        let first = bytes.count
        appendBig(0xAAAA, count: 2, to: &bytes)
        bytes.append(UInt8(truncatingIfNeeded: index))
        let up = counts.up
        let pitch = Elementary.atan2(up.y, (up.x * up.x + up.z * up.z).squareRoot())
        appendLittle(hundredths(Double(counts.angle.yaw) * (180.0 / 32768)), to: &bytes)
        appendLittle(hundredths(pitch * degreesPerRadian), to: &bytes)
        appendLittle(hundredths(Elementary.atan2(-up.x, up.z) * degreesPerRadian), to: &bytes)
        let g = counts.accelerationG
        appendLittle(thousandths(g.x), to: &bytes)
        appendLittle(thousandths(g.y), to: &bytes)
        appendLittle(thousandths(g.z), to: &bytes)
        for _ in 0..<3 { bytes.append(0) }
        bytes.append(bytes[(first + 2)...].reduce(0, &+))
    }

    /// An inertial message, and the Euler angles of the same moment behind it.
    static func appendXIMU3(
        _ counts: SimulatedSensor.Counts, _ microseconds: Int64, to bytes: inout [UInt8]
    ) {
        let (w, g) = (counts.rateDps, counts.accelerationG)
        appendStuffed(0xC9, microseconds, to: &bytes)
        appendStuffed((w.x, w.y, w.z), to: &bytes)
        appendStuffed((g.x, g.y, g.z), to: &bytes)
        bytes.append(0x0A)
        appendStuffed(0xC1, microseconds, to: &bytes)
        appendStuffed(counts.anglesDegrees, to: &bytes)
        bytes.append(0x0A)
    }

    /// Reference time, time since the one before, acceleration, angular rate, roll, pitch and yaw.
    static func appendMIP(
        _ counts: SimulatedSensor.Counts, _ microseconds: Int64, _ index: Int, to bytes: inout [UInt8]
    ) {
        let first = bytes.count
        appendBig(0x7565_803E, count: 4, to: &bytes)
        let (g, w, up) = (counts.accelerationG, counts.rateDps * radiansPerDegree, counts.up)
        appendField(0xD5, UInt64(microseconds) * 1000, to: &bytes)
        appendField(0xD6, index == 0 ? 0 : UInt64(microseconds) * 1000 / UInt64(index), to: &bytes)
        appendField(0x04, (g.x, g.y, g.z), to: &bytes)
        appendField(0x05, (w.x, w.y, w.z), to: &bytes)
        // The room's z points down: a level sensor's z points up in it, which is a roll of half a turn.
        let pitch = Elementary.atan2(up.x, (up.y * up.y + up.z * up.z).squareRoot())
        let yaw = counts.anglesDegrees.2 * radiansPerDegree
        appendField(0x0C, (Elementary.atan2(-up.y, -up.z), pitch, -yaw), to: &bytes)
        var sums: (UInt8, UInt8) = (0, 0)
        for byte in bytes[first...] {
            sums.0 &+= byte
            sums.1 &+= sums.0
        }
        bytes.append(sums.0)
        bytes.append(sums.1)
    }

    /// Packet counter, sample time, roll, pitch and yaw, acceleration, angular rate.
    static func appendMTData2(
        _ counts: SimulatedSensor.Counts, _ microseconds: Int64, _ index: Int, to bytes: inout [UInt8]
    ) {
        let first = bytes.count
        appendBig(0xFA_FF36_3910_2002, count: 7, to: &bytes)
        appendBig(UInt64(UInt16(truncatingIfNeeded: index)), count: 2, to: &bytes)
        appendBig(0x10_6004, count: 3, to: &bytes)
        appendBig(UInt64(UInt32(truncatingIfNeeded: microseconds / 100)), count: 4, to: &bytes)
        let w = counts.rateDps * radiansPerDegree
        let a = counts.accelerationG * standardGravityMetresPerSecondSquared
        appendItem(0x2030, counts.anglesDegrees, to: &bytes)
        appendItem(0x4020, (a.x, a.y, a.z), to: &bytes)
        appendItem(0x8020, (w.x, w.y, w.z), to: &bytes)
        bytes.append(0 &- bytes[(first + 1)...].reduce(0, &+))
    }

    // MARK: Pieces

    private static func hundredths(_ degrees: Double) -> Int16 { Int16((degrees * 100).rounded()) }

    /// Clipped at 8 g, which is what this chip measures.
    private static func thousandths(_ value: Double) -> Int16 {
        Int16((min(max(value, -8), 8) * 1000).rounded())
    }

    private static func appendLittle(_ value: Int16, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }

    private static func appendBig(_ bits: UInt64, count: Int, to bytes: inout [UInt8]) {
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * index)))
        }
    }

    private static func appendFloats(_ v: (Double, Double, Double), to bytes: inout [UInt8]) {
        appendBig(UInt64(Float(v.0).bitPattern), count: 4, to: &bytes)
        appendBig(UInt64(Float(v.1).bitPattern), count: 4, to: &bytes)
        appendBig(UInt64(Float(v.2).bitPattern), count: 4, to: &bytes)
    }

    private static func appendField(_ name: UInt8, _ value: UInt64, to bytes: inout [UInt8]) {
        bytes.append(10)
        bytes.append(name)
        appendBig(value, count: 8, to: &bytes)
    }

    private static func appendField(_ name: UInt8, _ v: (Double, Double, Double), to bytes: inout [UInt8]) {
        bytes.append(14)
        bytes.append(name)
        appendFloats(v, to: &bytes)
    }

    private static func appendItem(_ name: UInt16, _ v: (Double, Double, Double), to bytes: inout [UInt8]) {
        appendBig(UInt64(name), count: 2, to: &bytes)
        bytes.append(12)
        appendFloats(v, to: &bytes)
    }

    private static func appendStuffed(_ letter: UInt8, _ microseconds: Int64, to bytes: inout [UInt8]) {
        bytes.append(letter)
        appendStuffed(UInt64(bitPattern: microseconds), count: 8, to: &bytes)
    }

    private static func appendStuffed(_ v: (Double, Double, Double), to bytes: inout [UInt8]) {
        appendStuffed(UInt64(Float(v.0).bitPattern), count: 4, to: &bytes)
        appendStuffed(UInt64(Float(v.1).bitPattern), count: 4, to: &bytes)
        appendStuffed(UInt64(Float(v.2).bitPattern), count: 4, to: &bytes)
    }

    /// Least byte first, with the end of a message and the escape itself escaped.
    private static func appendStuffed(_ bits: UInt64, count: Int, to bytes: inout [UInt8]) {
        for index in 0..<count {
            let byte = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
            switch byte {
            case 0x0A:
                bytes.append(0xDB)
                bytes.append(0xDC)
            case 0xDB:
                bytes.append(0xDB)
                bytes.append(0xDD)
            default: bytes.append(byte)
            }
        }
    }
}

extension SimulatedSensor.Counts {
    /// Roll, pitch and yaw, degrees.
    fileprivate var anglesDegrees: (Double, Double, Double) {
        let scale = 180.0 / 32768
        return (Double(angle.roll) * scale, Double(angle.pitch) * scale, Double(angle.yaw) * scale)
    }

    /// Where the device has up, in its own axes.
    var up: Vector3<SensorFrame> {
        let r = Elementary.sincos(Double(angle.roll) * (Elementary.pi / 32768))
        let p = Elementary.sincos(Double(angle.pitch) * (Elementary.pi / 32768))
        return Vector3(-p.sin, p.cos * r.sin, p.cos * r.cos)
    }
}
