/// A type that a setting can have.
///
/// Numbers, switches and texts are below; an enum joins by conforming to `SettingChoice`, a list is an array.
public protocol SettingValue: Sendable {
    /// What restricts it.
    associatedtype Limits: Sendable
    /// Reads `text`, which may carry the unit, and checks it.
    static func parse(_ text: String, limits: Limits, unit: SettingUnit) throws(SettingError) -> Self
    /// The value as it would stand in a file.
    static func text(_ value: Self, unit: SettingUnit) -> String
    /// The limits for people.
    static func limitsText(_ limits: Limits, unit: SettingUnit) -> String
}

/// No limits.
public struct Unlimited: Sendable {
    /// No limits.
    public init() {}
}

extension Double: SettingValue {
    /// Reads a number, or a duration such as `1h30min` when the unit is one of time.
    public static func parse(
        _ text: String, limits: ClosedRange<Double>, unit: SettingUnit
    ) throws(SettingError) -> Double {
        guard let value = quantity(text, unit) else { throw SettingError(notANumber(text, unit)) }
        guard limits.contains(value) else {
            throw SettingError("\(text) is outside \(limitsText(limits, unit: unit))")
        }
        return value
    }

    /// The shortest digits that read back as the same number, with the unit.
    public static func text(_ value: Double, unit: SettingUnit) -> String {
        let plain = whole(value).map { String($0) } ?? "\(value)"
        return unit == .none ? plain : plain + " " + unit.rawValue
    }

    /// Such as `10...90 deg`.
    public static func limitsText(_ limits: ClosedRange<Double>, unit: SettingUnit) -> String {
        text(limits.lowerBound, unit: .none) + "..." + text(limits.upperBound, unit: unit)
    }
}

extension Int: SettingValue {
    /// Reads a whole number, or a duration that is a whole number of the unit.
    public static func parse(
        _ text: String, limits: ClosedRange<Int>, unit: SettingUnit
    ) throws(SettingError) -> Int {
        guard let value = quantity(text, unit) else {
            throw SettingError(notANumber(text, unit, whole: true))
        }
        guard let whole = whole(value) else {
            throw SettingError(
                "\(shown(text)) is not a whole number" + (unit == .none ? "" : " of \(unit.rawValue)"))
        }
        guard limits.contains(whole) else {
            throw SettingError("\(text) is outside \(limitsText(limits, unit: unit))")
        }
        return whole
    }

    /// The digits, with the unit.
    public static func text(_ value: Int, unit: SettingUnit) -> String {
        unit == .none ? String(value) : String(value) + " " + unit.rawValue
    }

    /// Such as `1...20`.
    public static func limitsText(_ limits: ClosedRange<Int>, unit: SettingUnit) -> String {
        "\(limits.lowerBound)..." + text(limits.upperBound, unit: unit)
    }
}

extension Bool: SettingValue {
    /// Reads the words that systemd takes for a switch.
    public static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> Bool {
        switch text.lowercased() {
        case "yes", "true", "on", "1", "y", "t": return true
        case "no", "false", "off", "0", "n", "f": return false
        default: throw SettingError("\(shown(text)) is neither yes nor no")
        }
    }

    /// `yes` or `no`.
    public static func text(_ value: Bool, unit: SettingUnit) -> String { value ? "yes" : "no" }

    /// `yes or no`.
    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "yes or no" }
}

extension String: SettingValue {
    /// Takes the text as it stands.
    public static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> String { text }

    /// The text as it stands.
    public static func text(_ value: String, unit: SettingUnit) -> String { value }

    /// `text`.
    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "text" }
}

/// A setting that is one of a few words: an enum of strings needs no more than to conform.
public protocol SettingChoice: SettingValue, CaseIterable, RawRepresentable
where RawValue == String, Limits == Unlimited {}

extension SettingChoice {
    /// Reads one of the words.
    public static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> Self {
        if let value = Self(rawValue: text) ?? Self(rawValue: text.lowercased()) { return value }
        let words = allCases.map(\.rawValue)
        let guess = nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
        throw SettingError("\(shown(text)) is none of \(words.joined(separator: ", "))\(guess)")
    }

    /// The word.
    public static func text(_ value: Self, unit: SettingUnit) -> String { value.rawValue }

    /// The words.
    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String {
        "one of " + allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension Array: SettingValue where Element: SettingValue {
    /// Reads elements between commas, each within the limits of an element.
    public static func parse(
        _ text: String, limits: Element.Limits, unit: SettingUnit
    ) throws(SettingError) -> [Element] {
        var out: [Element] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = trimmed(part)
            guard !word.isEmpty else {
                throw SettingError("\(shown(text)) has an empty place between commas")
            }
            out.append(try Element.parse(word, limits: limits, unit: unit))
        }
        return out
    }

    /// The elements between commas.
    public static func text(_ value: [Element], unit: SettingUnit) -> String {
        value.map { Element.text($0, unit: unit) }.joined(separator: ", ")
    }

    /// The limits of an element.
    public static func limitsText(_ limits: Element.Limits, unit: SettingUnit) -> String {
        "a comma-separated list, each " + Element.limitsText(limits, unit: unit)
    }
}

/// `value` as a whole number, if it is one; without libm, which this module does not link.
private func whole(_ value: Double) -> Int? {
    guard value.magnitude < 1e15, Double(Int(value)) == value else { return nil }
    return Int(value)
}

private func notANumber(_ text: String, _ unit: SettingUnit, whole: Bool = false) -> String {
    "\(shown(text)) is not a \(whole ? "whole " : "")number" + (unit == .none ? "" : " of \(unit.rawValue)")
}
