import LumbarCore
import LumbarSettings

/// The setting of one column: where it stands, its sign and its unit, such as `-3 deg` or `/accel/x mg`.
///
/// The unit is checked against the quantity by `TextProfile`, which knows it.
struct ProfileColumn: SettingValue, Equatable {
    /// Nothing: the line does not hold it.
    static let absent = ProfileColumn(place: nil, isNegated: false, unit: "")

    var place: ProfilePlace?
    var isNegated: Bool
    var unit: String

    static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> ProfileColumn {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        guard words.count == 2 else {
            throw SettingError(
                words.count == 1
                    ? "it has no unit: write the place and then the unit, as in 2 mg"
                    : "it is not a place and a unit, as in 2 mg")
        }
        var place = words[0]
        let isNegated = place.hasPrefix("-")
        if isNegated { place.removeFirst() }
        guard let read = ProfilePlace(place) else {
            throw SettingError(
                "\(Printable.text(place, limit: 40)) is neither a column number from 1 to "
                    + "\(ProfilePlace.mostColumns), nor a name in the header, nor a JSON pointer such as /accel/x"
            )
        }
        return ProfileColumn(place: read, isNegated: isNegated, unit: words[1])
    }

    static func text(_ value: ProfileColumn, unit: SettingUnit) -> String {
        guard let place = value.place else { return "" }
        return (value.isNegated ? "-" : "") + place.text + " " + value.unit
    }

    static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "a place and a unit" }
}

/// A setting that a line must agree with: a place and the text that stands there, such as `/accel/unit=g`.
struct ProfileRequirement: SettingValue, Equatable {
    var place: ProfilePlace
    var text: String

    static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> ProfileRequirement {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let place = ProfilePlace(String(parts[0])), !parts[1].isEmpty else {
            throw SettingError(
                "\(Printable.text(text, limit: 60)) is not PLACE=TEXT, as in /accel/unit=g or 6=ypr")
        }
        return ProfileRequirement(place: place, text: String(parts[1]))
    }

    static func text(_ value: ProfileRequirement, unit: SettingUnit) -> String {
        value.place.text + "=" + value.text
    }

    static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "PLACE=TEXT" }
}

/// What stands between the cells of a line.
enum ProfileDelimiter: String, SettingChoice {
    case comma, semicolon, tab, blanks

    /// The byte that ends a cell; blanks are any run of spaces and tabs.
    var byte: UInt8 {
        switch self {
        case .comma: Ascii.comma
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        case .blanks: UInt8(ascii: " ")
        }
    }
}

/// How a line proves that it is whole.
enum ProfileChecksum: String, SettingChoice {
    case none
    /// `$...*hh`, the exclusive or of what stands between.
    case xor
}
