import LumbarCore

/// Frames of the binary protocols, built from the manuals' layouts and neither from the decoders nor from the simulation.
enum BinaryFrames {
    static func big(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
    }

    static func bigFloats(_ values: [Float]) -> [UInt8] {
        values.flatMap { big(UInt64($0.bitPattern), 4) }
    }

    static func littleFloats(_ values: [Float]) -> [UInt8] {
        values.flatMap { big(UInt64($0.bitPattern), 4).reversed() }
    }

    // MARK: BNO08x UART-RVC

    /// Yaw, pitch, roll in 0.01 degrees, acceleration in mg.
    static func rvc(
        _ counter: Int, angles: [Int16] = [0, 0, 0], mg: [Int16], tail: [UInt8] = [0, 0, 0]
    ) -> [UInt8] {
        let body = [UInt8(truncatingIfNeeded: counter)] + WitMotionFrames.words(angles + mg) + tail
        return [0xAA, 0xAA] + body + [body.reduce(0, &+)]
    }

    // MARK: MIP

    static func mipField(_ name: UInt8, _ data: [UInt8]) -> [UInt8] { [UInt8(data.count + 2), name] + data }

    static func mip(_ set: UInt8 = 0x80, _ fields: [[UInt8]]) -> [UInt8] {
        let data = fields.flatMap { $0 }
        let packet = [0x75, 0x65, set, UInt8(data.count)] + data
        var first: UInt8 = 0
        var second: UInt8 = 0
        for byte in packet {
            first &+= byte
            second &+= first
        }
        return packet + [first, second]
    }

    static func mipTimes(_ nanoseconds: UInt64, step: UInt64) -> [[UInt8]] {
        [mipField(0xD5, big(nanoseconds, 8)), mipField(0xD6, big(step, 8))]
    }

    static func mipSample(_ g: [Float], _ rate: [Float] = [0, 0, 0]) -> [[UInt8]] {
        [mipField(0x04, bigFloats(g)), mipField(0x05, bigFloats(rate))]
    }

    // MARK: MTData2

    static func item(_ name: UInt16, _ data: [UInt8]) -> [UInt8] {
        big(UInt64(name), 2) + [UInt8(data.count)] + data
    }

    static func xbus(_ items: [[UInt8]], kind: UInt8 = 0x36, isLong: Bool = false) -> [UInt8] {
        let data = items.flatMap { $0 }
        let length =
            data.count > 254 || isLong ? [0xFF] + big(UInt64(data.count), 2) : [UInt8(data.count)]
        let body = [0xFF, kind] + length + data
        return [0xFA] + body + [0 &- body.reduce(0, &+)]
    }

    static func mtSample(_ number: UInt16, _ metresPerSecondSquared: [Float]) -> [UInt8] {
        xbus([
            item(0x1020, big(UInt64(number), 2)), item(0x1060, big(UInt64(number) * 100, 4)),
            item(0x4020, bigFloats(metresPerSecondSquared)), item(0x8020, bigFloats([0.1, 0.2, 0.3])),
        ])
    }

    // MARK: x-IMU3

    static func ximu3(_ letter: Character, _ microseconds: UInt64, _ values: [Float]) -> [UInt8] {
        let letter = (letter.asciiValue ?? 0) | 0x80
        let message = [letter] + big(microseconds, 8).reversed() + littleFloats(values)
        let stuffed: [UInt8] = message.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x0A: [0xDB, 0xDC]
            case 0xDB: [0xDB, 0xDD]
            default: [byte]
            }
        }
        return stuffed + [0x0A]
    }

    static func inertial(_ microseconds: UInt64, dps: [Float] = [0, 0, 0], g: [Float]) -> [UInt8] {
        ximu3("I", microseconds, dps + g)
    }
}

/// A protocol with a stream whose samples can be told apart: the sample's number is in its acceleration.
struct NumberedProtocol: Sendable, CustomStringConvertible {
    let name: String
    /// Whether damage is seen by a checksum, and how often one passes it.
    let checksumOdds: Double?
    /// The longest a false head can make the decoder wait, and three frames.
    let resyncBytes: Int
    /// The bytes of sample `index` that must be whole for its reading, and bytes behind them that need not be.
    let frame: @Sendable (Int) -> (own: [UInt8], rest: [UInt8])
    /// The acceleration that the reading of sample `index` must bear.
    let acceleration: @Sendable (Int) -> Vector3<SensorFrame>

    var description: String { name }

    private static func counts(_ index: Int) -> [Int16] {
        [Int16(index % 7000 - 3500), Int16(index * 37 % 1999 - 1000), Int16(900 + index * 13 % 211)]
    }

    private static func vector(_ index: Int, _ scale: Double) -> Vector3<SensorFrame> {
        let v = counts(index).map { Double($0) * scale }
        return Vector3(v[0], v[1], v[2])
    }

    private static func floats(_ index: Int, _ scale: Float) -> [Float] {
        counts(index).map { Float($0) * scale }
    }

    static let all = [
        NumberedProtocol(
            name: "witmotion", checksumOdds: 1.0 / 256, resyncBytes: 66,
            frame: { index in
                (
                    WitMotionFrames.standard(0x51, counts(index) + [5])
                        + WitMotionFrames.standard(0x52, [Int16(index % 99), 3, 4, 5]),
                    WitMotionFrames.standard(0x53, [Int16(index % 300), 300, 400, 5])
                )
            }, acceleration: { vector($0, 16.0 / 32768) }),
        NumberedProtocol(
            name: "witmotion-ble", checksumOdds: nil, resyncBytes: 82,
            frame: { (WitMotionFrames.combined(counts($0) + [1, 2, 3, 100, 200, 300]), []) },
            acceleration: { vector($0, 16.0 / 32768) }),
        NumberedProtocol(
            name: "bno08x-rvc", checksumOdds: 1.0 / 256, resyncBytes: 76,
            frame: { (BinaryFrames.rvc($0, angles: [100, -200, 300], mg: counts($0)), []) },
            acceleration: { vector($0, 0.001) }),
        NumberedProtocol(
            name: "x-imu3", checksumOdds: nil, resyncBytes: 180,
            frame: { index in
                let time = UInt64(index) * 10_000 + 77
                return (
                    BinaryFrames.inertial(time, dps: [1, 2, 3], g: floats(index, 0x1p-10)),
                    BinaryFrames.ximu3("Q", time, [1, 0, 0, 0])
                )
            }, acceleration: { vector($0, 0x1p-10) }),
        NumberedProtocol(
            name: "microstrain-mip", checksumOdds: 1.0 / 65536, resyncBytes: 261 + 180,
            frame: { index in
                let times = BinaryFrames.mipTimes(UInt64(index) * 10_000_000, step: 10_000_000)
                return (BinaryFrames.mip(0x80, times + BinaryFrames.mipSample(floats(index, 0x1p-10))), [])
            }, acceleration: { vector($0, 0x1p-10) }),
        NumberedProtocol(
            name: "xsens-mtdata2", checksumOdds: 1.0 / 256, resyncBytes: 2055 + 180,
            frame: { (BinaryFrames.mtSample(UInt16(truncatingIfNeeded: $0), floats($0, 0x1p-6)), []) },
            acceleration: { vector($0, 0x1p-6 / standardGravityMetresPerSecondSquared) }),
    ]
}
