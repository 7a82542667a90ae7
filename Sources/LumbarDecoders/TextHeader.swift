import LumbarCore

/// The header line of text readings: which column is what, and in which unit.
///
/// A header such as `t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps` names each column `<quantity>_<unit>`:
///
/// - `t` in `s`, `ms`, `us` or `ns`: the sender's time
/// - `ax`, `ay`, `az` in `g`, `mg` or `mps2` (m/s²): specific force, +1 g along the axis that points up, at rest
/// - `gx`, `gy`, `gz` in `dps` (deg/s) or `radps`: angular rate; leave all three out when there is no gyroscope
///
/// The order is free, case does not matter, blanks and double quotes around a name are dropped. Other columns are
/// listed in `ignoredColumns`. A unit is never guessed.
public struct TextHeader: Sendable, Equatable {
    /// What a column holds; raw values below `columnCount` index `scales`.
    enum Role: UInt8, CaseIterable {
        case ax, ay, az, gx, gy, gz, time, ignored

        /// The name before the underscore.
        var quantity: String {
            switch self {
            case .ax: "ax"
            case .ay: "ay"
            case .az: "az"
            case .gx: "gx"
            case .gy: "gy"
            case .gz: "gz"
            case .time: "t"
            case .ignored: ""
            }
        }

        /// The units the column may be in.
        var units: [String] {
            switch self {
            case .ax, .ay, .az: AccelerationUnit.allCases.map(\.rawValue)
            case .gx, .gy, .gz: AngularRateUnit.allCases.map(\.rawValue)
            case .time: TimeUnit.allCases.map(\.rawValue)
            case .ignored: []
            }
        }
    }

    /// The units of the time column.
    enum TimeUnit: String, CaseIterable {
        case s, ms, us, ns

        /// The power of ten that turns this unit into nanoseconds.
        var decimalShift: Int {
            switch self {
            case .s: 9
            case .ms: 6
            case .us: 3
            case .ns: 0
            }
        }
    }

    /// Names of the columns that mean nothing here, as they stood in the line.
    public private(set) var ignoredColumns: [String] = []
    /// Whether the lines hold angular rate.
    public private(set) var hasAngularRate = false

    /// What each column holds, left to right.
    private(set) var roles: [Role] = []
    /// Multiply a value by this to get g or rad/s, by role.
    private(set) var scales: [Double] = Array(repeating: 1, count: 6)
    private(set) var timeShift = 9

    /// Reads a header line, and says precisely what is wrong with it otherwise.
    public init(_ line: String) throws(TextHeaderError) {
        guard Self.resembles(line) || Self.columnNames(line) == [""] else { throw .noKnownColumn }
        for name in Self.columnNames(line) {
            let role = try Self.role(of: name)
            if role == .ignored {
                // The empty name behind a trailing comma is no column to speak of.
                if !name.isEmpty { ignoredColumns.append(name) }
            } else if roles.contains(role) {
                throw .repeatedColumn(name)
            }
            roles.append(role)
            try setUnit(of: name, for: role)
        }
        if roles.last == .ignored, Self.columnNames(line).last == "" { roles.removeLast() }
        hasAngularRate = roles.contains { [.gx, .gy, .gz].contains($0) }
        for role: Role in [.time, .ax, .ay, .az] + (hasAngularRate ? [.gx, .gy, .gz] : [])
        where !roles.contains(role) {
            throw .missingColumn(role.quantity, units: role.units)
        }
    }

    /// Whether a line of text names at least one of our columns, and so was probably meant as a header.
    static func resembles(_ line: String) -> Bool { resembles(Array(line.utf8)) }

    /// The same by bytes: lines that are none come by the thousand when a line is garbled.
    static func resembles(_ line: some Collection<UInt8>) -> Bool {
        line.split(separator: Ascii.comma).contains { cell in
            let name = cell.drop { isPadding($0) }
            let quantity = name.prefix { $0 != 0x5F && !isPadding($0) }
            // What follows a padding within the name must not be part of it.
            let rest = name.dropFirst(quantity.count)
            guard rest.first == 0x5F || rest.allSatisfy(isPadding) else { return false }
            return Role.allCases.contains { role in
                role != .ignored && quantity.elementsEqual(role.quantity.utf8) { $0 | 0x20 == $1 }
            }
        }
    }

    /// Blanks, double quotes, and the bytes of a byte order mark.
    private static func isPadding(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x0A, Ascii.quote, 0xEF, 0xBB, 0xBF: true
        default: false
        }
    }

    private mutating func setUnit(of name: String, for role: Role) throws(TextHeaderError) {
        guard role != .ignored else { return }
        guard let unit = Self.splitName(name).unit else { throw .missingUnit(name, units: role.units) }
        if let scale = Self.scale(of: unit, for: role) {
            scales[Int(role.rawValue)] = scale
        } else if role == .time, let unit = TimeUnit(rawValue: unit) {
            timeShift = unit.decimalShift
        } else {
            throw .unknownUnit(name, units: role.units)
        }
    }

    private static func scale(of unit: String, for role: Role) -> Double? {
        switch role {
        case .ax, .ay, .az: AccelerationUnit(rawValue: unit)?.inG
        case .gx, .gy, .gz: AngularRateUnit(rawValue: unit)?.inRadiansPerSecond
        case .time, .ignored: nil
        }
    }

    private static func columnNames(_ line: String) -> [String] {
        // By scalars: "\r\n" is one Character, and a combining mark behind a comma would hide it.
        line.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false).map { cell in
            let isPadding: (Unicode.Scalar) -> Bool = { " \t\r\n\"\u{FEFF}".unicodeScalars.contains($0) }
            var name = cell.drop(while: isPadding)
            while let last = name.last, isPadding(last) { name.removeLast() }
            return String(name)
        }
    }

    /// Quantity and unit in lower case.
    private static func splitName(_ name: String) -> (quantity: String, unit: String?) {
        let parts = name.lowercased().split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        let unit = parts.count == 2 && !parts[1].isEmpty ? String(parts[1]) : nil
        return (parts.first.map(String.init) ?? "", unit)
    }

    private static func known(_ quantity: String) -> Role? {
        quantity.isEmpty ? nil : Role.allCases.first { $0.quantity == quantity }
    }

    private static func role(of name: String) throws(TextHeaderError) -> Role {
        known(splitName(name).quantity) ?? .ignored
    }
}
