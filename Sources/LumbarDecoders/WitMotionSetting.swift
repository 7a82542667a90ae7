/// A setting of a WitMotion sensor: the register that holds it, and what its values mean.
///
/// A command is five bytes, `FF AA register low high`. Settings are taken only within ten seconds of `unlock`, and are
/// forgotten at the next power cycle without `save`. A sensor answers `read` with four registers in a frame 55 5F, or
/// eight in one of 20 bytes that begins 55 71, by what it sends otherwise.
///
/// Source: WitMotion standard communication protocol (WT901C, JY901), chapter on registers.
public enum WitMotionSetting: UInt8, Sendable, CaseIterable {
    /// Which frames it sends, one bit each; see `WitMotionOutput`.
    case output = 0x02
    /// Samples a second, by a code.
    case rate = 0x03
    /// Bits a second on the line, by a code.
    case baud = 0x04
    /// The width of the low-pass filter before the samples, by a code.
    case bandwidth = 0x1F

    /// What it is called in commands and tables.
    public var name: String {
        switch self {
        case .output: "output"
        case .rate: "rate"
        case .baud: "baud"
        case .bandwidth: "bandwidth"
        }
    }

    /// The setting of that name, or nil.
    public init?(name: String) {
        guard let setting = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = setting
    }

    /// Samples a second and their codes; 125 Hz is known to the WT931 only.
    public static let rates: [(hz: Double, code: UInt16)] = [
        (0.2, 1), (0.5, 2), (1, 3), (2, 4), (5, 5), (10, 6), (20, 7), (50, 8), (100, 9), (125, 10), (200, 11),
    ]

    /// Bits a second and their codes.
    public static let bauds: [(rate: Int, code: UInt16)] = [
        (4800, 1), (9600, 2), (19_200, 3), (38_400, 4), (57_600, 5), (115_200, 6), (230_400, 7), (460_800, 8),
        (921_600, 9),
    ]

    /// Filter widths in Hz; the code is the place in the list.
    public static let bandwidths = [256, 184, 94, 44, 21, 10, 5]

    /// The rate a code stands for, or nil.
    public static func rateHz(_ code: UInt16) -> Double? { rates.first { $0.code == code }?.hz }

    /// The bits a second a code stands for, or nil.
    public static func baud(_ code: UInt16) -> Int? { bauds.first { $0.code == code }?.rate }

    /// Whether a sensor takes `value` for this setting.
    public func accepts(_ value: UInt16) -> Bool {
        switch self {
        case .output: value & ~WitMotionOutput.all.rawValue == 0
        case .rate: Self.rateHz(value) != nil
        case .baud: Self.baud(value) != nil
        case .bandwidth: Int(value) < Self.bandwidths.count
        }
    }

    // MARK: Commands

    /// Lets settings be changed for ten seconds.
    public static let unlock = command(0x69, 0xB588)
    /// Keeps the settings in force beyond the next power cycle.
    public static let save = command(0x00, 0x0000)
    /// The register that a read command writes to.
    public static let readRegister: UInt8 = 0x27

    /// Sets this to `value`.
    public func command(_ value: UInt16) -> [UInt8] { Self.command(rawValue, value) }

    /// Asks for this and the registers after it.
    public var read: [UInt8] { Self.command(Self.readRegister, UInt16(rawValue)) }

    /// `FF AA register low high`.
    public static func command(_ register: UInt8, _ value: UInt16) -> [UInt8] {
        [0xFF, 0xAA, register, UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
}

/// Which frames a WitMotion sensor sends, one bit each.
public struct WitMotionOutput: OptionSet, Sendable, Equatable {
    /// The bits, as the register holds them.
    public var rawValue: UInt16

    /// From the register's bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The bits by name, lowest first; the frame of bit n has type 50 + n, hexadecimal.
    public static let names = [
        "time", "acc", "gyro", "angle", "mag", "port", "pressure", "gps", "velocity", "quaternion", "gsa",
    ]
    /// Every frame.
    public static let all = WitMotionOutput(rawValue: 0x07FF)
    /// Acceleration: without it there is nothing to measure with.
    public static let acceleration = WitMotionOutput(rawValue: 1 << 1)
    /// As delivered: acceleration, rate, angle, field.
    public static let factory = WitMotionOutput(rawValue: 0x001E)

    /// From names between commas, such as `acc,gyro,angle`; nil when one is not known.
    public init?(names text: String) {
        self.init(rawValue: 0)
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let bit = Self.names.firstIndex(where: { $0 == name }) else { return nil }
            rawValue |= 1 << UInt16(bit)
        }
    }

    /// How many frames make a sample.
    public var frames: Int { (rawValue & Self.all.rawValue).nonzeroBitCount }

    /// The names between commas.
    public var text: String {
        let known = Self.names.indices.filter { rawValue >> UInt16($0) & 1 == 1 }.map { Self.names[$0] }
        return known.isEmpty ? "nothing" : known.joined(separator: ",")
    }
}
