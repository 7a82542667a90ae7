import LumbarCore

/// The x-IMU3's binary messages that have a length of their own.
enum XIMU3Message: UInt8 {
    case inertial = 0xC9
    case magnetometer = 0xCD
    case quaternion = 0xD1
    case rotationMatrix = 0xD2
    case eulerAngles = 0xC1
    case linearAcceleration = 0xCC
    case earthAcceleration = 0xC5
    case filterStatus = 0xD3
    case highG = 0xC8
    case temperature = 0xD4
    case battery = 0xC2
    case signalStrength = 0xD7

    /// Letter, time and values, without the end.
    var length: Int {
        switch self {
        case .inertial: 33
        case .magnetometer, .eulerAngles, .highG, .battery: 21
        case .quaternion, .filterStatus: 25
        case .rotationMatrix: 45
        case .linearAcceleration, .earthAcceleration: 37
        case .temperature: 13
        case .signalStrength: 17
        }
    }

    /// Messages that carry what is used here.
    static let worthFinding: [XIMU3Message] = [.inertial, .quaternion, .eulerAngles, .rotationMatrix]

    /// Whether `byte` begins a message, known here or not: words and notes have letters too.
    static func isLetter(_ byte: UInt8) -> Bool { (0xC1...0xDA).contains(byte) }

    /// Takes over what the message at the head of the window says of the device itself, if that can be true.
    func tell(_ vitals: inout SensorVitals, _ window: FrameWindow) {
        func value(_ index: Int, within range: ClosedRange<Double>) -> Double? {
            let value = window.littleFloat(9 + 4 * index)
            return range.contains(value) ? value : nil
        }
        switch self {
        case .temperature:
            if let degrees = value(0, within: SensorVitals.workingCelsius) {
                vitals.temperatureCelsius = degrees
            }
        case .battery:
            // Both or neither: one that is damaged makes the other doubtful.
            guard let percent = value(0, within: 0...100), let volts = value(1, within: 0...20) else {
                return
            }
            vitals.batteryPercent = percent
            vitals.batteryVolts = volts
        default: break
        }
    }

    /// Where the message at the head of the window says that up is; nil when it does not.
    func up(_ window: FrameWindow) -> Vector3<SensorFrame>? {
        func value(_ index: Int) -> Double { window.littleFloat(9 + 4 * index) }
        switch self {
        case .quaternion, .linearAcceleration, .earthAcceleration:
            return DeviceUp.from(w: value(0), x: value(1), y: value(2), z: value(3))
        case .rotationMatrix: return DeviceUp.from(row: Vector3(value(6), value(7), value(8)))
        case .eulerAngles:
            return DeviceUp.from(roll: value(0) * radiansPerDegree, pitch: value(1) * radiansPerDegree)
        default: return nil
        }
    }
}

/// Says which times of a device's clock can follow each other.
struct XIMU3Timeline: Sendable {
    private static let longestStep: UInt64 = 1_000_000
    /// 2^53 microseconds are 285 years; beyond, nanoseconds no longer fit into 64 bits.
    private static let latest: UInt64 = 1 << 53

    private var last: UInt64?
    private var beforeLast: UInt64?
    private var refused: UInt64?

    /// Whether a sample of `time` microseconds can be true.
    mutating func accepts(_ time: UInt64) -> Bool {
        guard time < Self.latest else { return false }
        guard last == nil || follows(time, last) || follows(time, beforeLast) || follows(time, refused) else {
            refused = time
            return false
        }
        beforeLast = last
        last = time
        refused = nil
        return true
    }

    private func follows(_ time: UInt64, _ earlier: UInt64?) -> Bool {
        guard let earlier else { return false }
        return time &- earlier <= Self.longestStep
    }
}
