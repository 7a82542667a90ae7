import LumbarCore
import LumbarDecoders

/// A simulated WitMotion sensor that obeys commands: rate, output set, baud and bandwidth can be set and read back.
///
/// It takes a command only whole, a setting only within ten seconds of the unlock command and with a value it knows, and
/// answers a read with four registers in a frame 55 5F, or eight in one that begins 55 71 when it sends the combined
/// frame. Time is what it is told; it holds no clock.
public struct ConfigurableWitMotion: Sendable {
    /// What it sends: `witMotion` or `witMotionCombined`.
    public let wire: SensorModel.Wire
    /// What is in force.
    public private(set) var registers = [UInt16](repeating: 0, count: 256)
    /// What survives a power cycle.
    public private(set) var saved: [UInt16]
    /// Settings it takes no notice of, as some models do.
    public let ignored: [WitMotionSetting]

    private var sensor: SimulatedSensor
    private var wearer: SimulatedWearer
    private var unlockedUntil = -1.0
    private var command: [UInt8] = []

    /// How long an unlock command holds, seconds.
    private static let unlockSeconds = 10.0

    /// A sensor of `model` on a wearer who acts out `scenario`; it sends at `rateHz` of the model, or the next lower rate.
    public init(
        scenario: Scenario, seed: UInt64, model: SensorModel, baud: Int, ignored: [WitMotionSetting] = []
    ) {
        precondition(
            [.witMotion, .witMotionCombined].contains(model.wire), "only WitMotion has these registers")
        wire = model.wire
        self.ignored = ignored
        sensor = SimulatedSensor(model, seed: seed)
        wearer = SimulatedWearer(scenario: scenario, seed: seed)
        let rate = WitMotionSetting.rates.last { $0.hz <= model.rateHz }?.code ?? 6
        registers[Int(WitMotionSetting.rate.rawValue)] = rate
        registers[Int(WitMotionSetting.output.rawValue)] = WitMotionOutput.factory.rawValue
        registers[Int(WitMotionSetting.baud.rawValue)] =
            WitMotionSetting.bauds.first { $0.rate == baud }?.code ?? 6
        registers[Int(WitMotionSetting.bandwidth.rawValue)] = 4
        saved = registers
    }

    /// Samples a second.
    public var rateHz: Double { WitMotionSetting.rateHz(self[.rate]) ?? 10 }
    /// Bits a second on its line.
    public var baud: Int { WitMotionSetting.baud(self[.baud]) ?? 9600 }
    /// What a setting's register holds.
    public subscript(setting: WitMotionSetting) -> UInt16 { registers[Int(setting.rawValue)] }

    /// Takes bytes that came at `seconds`, and appends what it answers.
    public mutating func receive(_ bytes: [UInt8], at seconds: Double, answer: inout [UInt8]) {
        for byte in bytes {
            command.append(byte)
            if command[0] != 0xFF || command.count > 1 && command[1] != 0xAA {
                // What is no command may yet hold the beginning of one.
                command = byte == 0xFF ? [byte] : []
            }
            guard command.count == 5 else { continue }
            obey(command[2], UInt16(command[3]) | UInt16(command[4]) << 8, at: seconds, answer: &answer)
            command.removeAll()
        }
    }

    private mutating func obey(
        _ register: UInt8, _ value: UInt16, at seconds: Double, answer: inout [UInt8]
    ) {
        if register == WitMotionSetting.readRegister { return reply(from: Int(value & 0xFF), &answer) }
        if register == 0x69, value == 0xB588 { unlockedUntil = seconds + Self.unlockSeconds }
        guard seconds < unlockedUntil else { return }
        if register == 0, value == 0 { saved = registers }
        guard let setting = WitMotionSetting(rawValue: register), setting.accepts(value) else { return }
        if !ignored.contains(setting) { registers[Int(register)] = value }
    }

    private func reply(from first: Int, _ bytes: inout [UInt8]) {
        let start = bytes.count
        let isCombined = wire == .witMotionCombined
        bytes += isCombined ? [0x55, 0x71, UInt8(first), 0] : [0x55, 0x5F]
        for offset in 0..<(isCombined ? 8 : 4) {
            let value = registers[(first + offset) & 0xFF]
            bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        }
        if !isCombined { bytes.append(bytes[start...].reduce(0, &+)) }
    }

    /// Appends the sample taken at `seconds`; false once the scenario is over.
    public mutating func appendSample(at seconds: Double, to bytes: inout [UInt8]) -> Bool {
        guard let motion = wearer.motion(at: seconds) else { return false }
        for slip in wearer.takeSlips() { sensor.begin(slip) }
        let counts = sensor.measure(motion)
        let output = WitMotionOutput(rawValue: self[.output])
        if wire == .witMotionCombined {
            FrameWriter.appendCombinedFrame(counts, to: &bytes)
        } else {
            FrameWriter.append(counts, output: output, to: &bytes)
        }
        return true
    }
}

extension FrameWriter {
    /// Appends the frames of one sample that `output` asks for; what is not simulated is sent as zeros.
    static func append(_ counts: SimulatedSensor.Counts, output: WitMotionOutput, to bytes: inout [UInt8]) {
        for bit in WitMotionOutput.names.indices where output.rawValue >> UInt16(bit) & 1 == 1 {
            let start = bytes.count
            bytes += [0x55, 0x50 + UInt8(bit)]
            let values: [Int16] =
                switch bit {
                case 1: [counts.acceleration.x, counts.acceleration.y, counts.acceleration.z, 2950]
                case 2: [counts.rate.x, counts.rate.y, counts.rate.z, 0]
                case 3: [counts.angle.roll, counts.angle.pitch, counts.angle.yaw, 0x4701]
                default: [0, 0, 0, 0]
                }
            append(values, to: &bytes)
            bytes.append(bytes[start...].reduce(0, &+))
        }
    }

    /// Appends one sample as the combined frame.
    static func appendCombinedFrame(_ counts: SimulatedSensor.Counts, to bytes: inout [UInt8]) {
        bytes += [0x55, 0x61]
        append([counts.acceleration.x, counts.acceleration.y, counts.acceleration.z], to: &bytes)
        append([counts.rate.x, counts.rate.y, counts.rate.z], to: &bytes)
        append([counts.angle.roll, counts.angle.pitch, counts.angle.yaw], to: &bytes)
    }

    private static func append(_ values: [Int16], to bytes: inout [UInt8]) {
        for value in values {
            let bits = UInt16(bitPattern: value)
            bytes += [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
        }
    }
}
