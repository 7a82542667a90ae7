import LumbarCore

/// The lines of text that sensors and sketches print; each is written from its maker's description, not from its decoder.
extension FrameWriter {
    /// `ypr\tYAW\tPITCH\tROLL`, as i2cdevlib's MPU6050_DMP6 prints it: pitch is the elevation of the x axis, and goes on
    /// beyond 90 degrees when the z axis points down.
    static func appendYPR(_ counts: SimulatedSensor.Counts, to bytes: inout [UInt8]) {
        let halfTurn: Int64 = 18_000
        var pitch = -hundredths(counts.angle.pitch)
        let roll = hundredths(counts.angle.roll)
        if roll.magnitude > 9_000 { pitch = (pitch > 0 ? halfTurn : -halfTurn) - pitch }
        append("ypr", to: &bytes)
        for value in [hundredths(counts.angle.yaw), pitch, roll] {
            bytes.append(UInt8(ascii: "\t"))
            appendDecimal(value, decimals: 2, to: &bytes)
        }
        endLine(&bytes)
    }

    /// `$APXDR,A,PITCH,D,PTCH,A,ROLL,D,ROLL*hh`: pitch positive when the front goes up.
    static func appendXDR(_ counts: SimulatedSensor.Counts, to bytes: inout [UInt8]) {
        let start = bytes.count
        append("$APXDR,A,", to: &bytes)
        appendDecimal(-thousandths(counts.angle.pitch), decimals: 3, to: &bytes)
        append(",D,PTCH,A,", to: &bytes)
        appendDecimal(thousandths(counts.angle.roll), decimals: 3, to: &bytes)
        append(",D,ROLL", to: &bytes)
        endSentence(from: start, &bytes)
    }

    /// `$VNYMR,yaw,pitch,roll,mx,my,mz,ax,ay,az,gx,gy,gz*hh`: a level sensor has its z axis down, so that roll is half a
    /// turn away from that of a sensor with z up.
    static func appendVNYMR(_ counts: SimulatedSensor.Counts, to bytes: inout [UInt8]) {
        let start = bytes.count
        append("$VNYMR", to: &bytes)
        let roll = thousandths(counts.angle.roll)
        for angle in [
            -thousandths(counts.angle.yaw), -thousandths(counts.angle.pitch),
            roll > 0 ? roll - 180_000 : roll + 180_000,
        ] {
            append(",", to: &bytes)
            appendSigned(angle, decimals: 3, whole: 3, to: &bytes)
        }
        append(",+00.2200,-00.0700,+00.4600", to: &bytes)
        // 16 g at 32768, in thousandths of m/s².
        appendScaled(counts.acceleration, by: 156_906.4, decimals: 3, whole: 2, to: &bytes)
        // 2000 degrees/s at 32768, in millionths of rad/s.
        appendScaled(counts.rate, by: 34_906_585.039_886_59, decimals: 6, whole: 2, to: &bytes)
        endSentence(from: start, &bytes)
    }

    /// One JSON object that says its units.
    static func appendJSON(
        _ counts: SimulatedSensor.Counts, _ microseconds: Int64, to bytes: inout [UInt8]
    ) {
        append("{\"axes\":{\"accel\":", to: &bytes)
        appendObject(counts.acceleration, 160_000, decimals: 4, unit: "g", to: &bytes)
        append(",\"gyro\":", to: &bytes)
        appendObject(counts.rate, 2_000_000, decimals: 3, unit: "dps", to: &bytes)
        append("},\"uptime_ms\":", to: &bytes)
        appendDecimal((microseconds + 500) / 1000, decimals: 0, to: &bytes)
        append("}", to: &bytes)
        endLine(&bytes)
    }

    /// The names of OpenLog Artemis, as it prints them when it starts.
    static let openLogHeader = "rtcDate,rtcTime,aX,aY,aZ,gX,gY,gZ,imu_degC,output_Hz,\r\n"

    /// A row of OpenLog Artemis: mg and degrees/s; the clock is not set, as it mostly is not.
    static func appendOpenLog(_ counts: SimulatedSensor.Counts, to bytes: inout [UInt8]) {
        append("01/01/2000,00:00:00.00", to: &bytes)
        appendFields(counts.acceleration, 1_600_000, decimals: 2, to: &bytes)
        appendFields(counts.rate, 2_000_000, decimals: 3, to: &bytes)
        append(",26.51,100.000,", to: &bytes)
        endLine(&bytes)
    }

    /// `I,us,gx,gy,gz,ax,ay,az`: degrees/s and g.
    static func appendXIMU3Text(
        _ counts: SimulatedSensor.Counts, _ microseconds: Int64, to bytes: inout [UInt8]
    ) {
        append("I,", to: &bytes)
        appendDecimal(microseconds, decimals: 0, to: &bytes)
        appendFields(counts.rate, 20_000_000, decimals: 4, to: &bytes)
        appendFields(counts.acceleration, 160_000, decimals: 4, to: &bytes)
        endLine(&bytes)
    }

    // MARK: Pieces

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func endLine(_ bytes: inout [UInt8]) {
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    private static func endSentence(from start: Int, _ bytes: inout [UInt8]) {
        let sum = bytes[(start + 1)...].reduce(0, ^)
        bytes.append(UInt8(ascii: "*"))
        for digit in [sum >> 4, sum & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
        endLine(&bytes)
    }

    /// 180 degrees at 32768, in hundredths of a degree.
    private static func hundredths(_ count: Int16) -> Int64 { rounded(Double(count) * (18_000.0 / 32768)) }

    /// The same in thousandths.
    private static func thousandths(_ count: Int16) -> Int64 { rounded(Double(count) * (180_000.0 / 32768)) }

    private static func rounded(_ value: Double) -> Int64 { Int64(value.rounded(.toNearestOrAwayFromZero)) }

    private static func appendScaled(
        _ v: (x: Int16, y: Int16, z: Int16), by fullScale: Double, decimals: Int, whole: Int,
        to bytes: inout [UInt8]
    ) {
        for count in [v.x, v.y, v.z] {
            append(",", to: &bytes)
            let units = rounded(Double(count) * (fullScale / 32768))
            appendSigned(units, decimals: decimals, whole: whole, to: &bytes)
        }
    }

    /// With a sign always, and zeros before it up to `whole` digits before the point, as VectorNav prints.
    private static func appendSigned(_ units: Int64, decimals: Int, whole: Int, to bytes: inout [UInt8]) {
        bytes.append(units < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        let start = bytes.count
        appendDecimal(Int64(units.magnitude), decimals: decimals, to: &bytes)
        let missing = max(0, whole + 1 + decimals - (bytes.count - start))
        bytes.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: start)
    }

    private static func appendObject(
        _ v: (x: Int16, y: Int16, z: Int16), _ fullScale: Int64, decimals: Int, unit: StaticString,
        to bytes: inout [UInt8]
    ) {
        append("{\"x\":", to: &bytes)
        appendDecimal(scaled(v.x, fullScale), decimals: decimals, to: &bytes)
        append(",\"y\":", to: &bytes)
        appendDecimal(scaled(v.y, fullScale), decimals: decimals, to: &bytes)
        append(",\"z\":", to: &bytes)
        appendDecimal(scaled(v.z, fullScale), decimals: decimals, to: &bytes)
        append(",\"unit\":\"", to: &bytes)
        append(unit, to: &bytes)
        append("\"}", to: &bytes)
    }
}
