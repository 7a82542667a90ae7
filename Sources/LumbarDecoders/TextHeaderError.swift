import LumbarCore

/// What is wrong with a header line, and what to write instead.
public enum TextHeaderError: Error, Equatable, CustomStringConvertible {
    /// No column is one of ours: the line is no header, or names everything differently.
    case noKnownColumn
    /// A column that every stream needs is not there; `units` are those it may have.
    case missingColumn(String, units: [String])
    /// A column has no unit.
    case missingUnit(String, units: [String])
    /// A column has a unit that is not known.
    case unknownUnit(String, units: [String])
    /// A column says again what one before it said.
    case repeatedColumn(String)

    /// The error as one sentence, safe to print.
    public var description: String {
        switch self {
        case .noKnownColumn:
            return "no header line names the columns: begin with one like " + Self.example
        case .missingColumn(let quantity, let units):
            return "column " + quantity + " is missing: add " + Self.choices(quantity, units)
        case .missingUnit(let name, let units):
            return "column " + Printable.text(name) + " has no unit: write " + Self.choices(name, units)
        case .unknownUnit(let name, let units):
            return "column " + Printable.text(name) + " has an unknown unit: write "
                + Self.choices(name, units)
        case .repeatedColumn(let name):
            return "column " + Printable.text(name) + " repeats one before it: keep one of them"
        }
    }

    /// A header with everything that can be used.
    private static let example = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps"

    /// `ax_g, ax_mg or ax_mps2`.
    private static func choices(_ name: String, _ units: [String]) -> String {
        let quantity = name.lowercased().prefix { $0 != "_" }
        let names = units.map { quantity + "_" + $0 }
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }
}
