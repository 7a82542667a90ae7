import LumbarCore

/// What a column of a profile can hold; the raw value is its place among the values of a line.
enum ProfileQuantity: Int, CaseIterable, Sendable {
    case ax, ay, az, gx, gy, gz, yaw, pitch, roll, qw, qx, qy, qz, time

    /// The key in a profile.
    var key: String { "\(self)" }

    var bit: UInt32 { 1 << UInt32(rawValue) }

    static let acceleration: UInt32 = 0b111
    static let rate: UInt32 = 0b111 << 3
    static let tilt: UInt32 = 0b11 << 7
    static let quaternion: UInt32 = 0b1111 << 9
    static let count = allCases.count

    /// The units a column of this may be in, for people.
    var units: String {
        switch self {
        case .ax, .ay, .az: "g, mg, mps2 or raw/COUNTS_PER_G"
        case .gx, .gy, .gz: "dps, radps or raw/COUNTS_PER_DPS"
        case .yaw, .pitch, .roll: "deg or rad"
        case .qw, .qx, .qy, .qz: "1 or raw/COUNTS_PER_ONE"
        case .time: "s, ms, us or ns"
        }
    }

    /// What a value in `unit` is multiplied with to get g, rad/s, rad or 1; for the time, the power of ten to nanoseconds.
    func scale(of unit: String) -> Double? {
        if unit.hasPrefix("raw/") {
            guard let counts = Double(unit.dropFirst(4)), counts > 0, counts <= 1e9 else { return nil }
            switch self {
            case .ax, .ay, .az, .qw, .qx, .qy, .qz: return 1 / counts
            case .gx, .gy, .gz: return radiansPerDegree / counts
            case .yaw, .pitch, .roll, .time: return nil
            }
        }
        switch self {
        case .ax, .ay, .az: return AccelerationUnit(rawValue: unit)?.inG
        case .gx, .gy, .gz: return AngularRateUnit(rawValue: unit)?.inRadiansPerSecond
        case .yaw, .pitch, .roll: return unit == "deg" ? radiansPerDegree : unit == "rad" ? 1 : nil
        case .qw, .qx, .qy, .qz: return unit == "1" ? 1 : nil
        case .time: return TextHeader.TimeUnit(rawValue: unit).map { Double($0.decimalShift) }
        }
    }
}

/// Where a value stands in a line: a column by its number or its name, or a place in a JSON object.
enum ProfilePlace: Sendable, Equatable {
    case number(Int)
    case name(String)
    case pointer([String])

    /// Columns beyond this are not looked at.
    static let mostColumns = 64
    /// How deep a JSON object may be.
    static let deepest = 8

    init?(_ text: String) {
        if text.hasPrefix("/") {
            let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= Self.deepest, !parts.contains(where: \.isEmpty) else { return nil }
            self = .pointer(parts.map(String.init))
        } else if let number = Int(text) {
            guard (1...Self.mostColumns).contains(number) else { return nil }
            self = .number(number)
        } else {
            guard !text.isEmpty else { return nil }
            self = .name(text)
        }
    }

    var text: String {
        switch self {
        case .number(let number): String(number)
        case .name(let name): name
        case .pointer(let parts): parts.map { "/" + $0 }.joined()
        }
    }
}
