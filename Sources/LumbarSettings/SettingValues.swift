extension Double: SettingValue {
    public static func parse(
        _ text: String, limits: ClosedRange<Double>, unit: SettingUnit
    ) throws(SettingError) -> Double {
        guard let value = Double(withoutUnit(text, unit)), value.isFinite else {
            throw SettingError("\"\(text)\" is not a number" + (unit == .none ? "" : " of \(unit.rawValue)"))
        }
        guard limits.contains(value) else {
            throw SettingError("\(text) is outside \(limitsText(limits, unit: unit))")
        }
        return value
    }

    public static func text(_ value: Double, unit: SettingUnit) -> String {
        let plain = value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
        return unit == .none ? plain : plain + " " + unit.rawValue
    }

    public static func limitsText(_ limits: ClosedRange<Double>, unit: SettingUnit) -> String {
        text(limits.lowerBound, unit: .none) + "..." + text(limits.upperBound, unit: unit)
    }
}

extension Int: SettingValue {
    public static func parse(
        _ text: String, limits: ClosedRange<Int>, unit: SettingUnit
    ) throws(SettingError) -> Int {
        guard let value = Int(withoutUnit(text, unit)) else {
            throw SettingError("\"\(text)\" is not a whole number" + (unit == .none ? "" : " of \(unit.rawValue)"))
        }
        guard limits.contains(value) else {
            throw SettingError("\(text) is outside \(limitsText(limits, unit: unit))")
        }
        return value
    }

    public static func text(_ value: Int, unit: SettingUnit) -> String {
        unit == .none ? String(value) : String(value) + " " + unit.rawValue
    }

    public static func limitsText(_ limits: ClosedRange<Int>, unit: SettingUnit) -> String {
        "\(limits.lowerBound)..." + text(limits.upperBound, unit: unit)
    }
}

extension Bool: SettingValue {
    public static func parse(_ text: String, limits: Unlimited, unit: SettingUnit) throws(SettingError) -> Bool {
        switch text.lowercased() {
        case "yes", "true", "on", "1": return true
        case "no", "false", "off", "0": return false
        default: throw SettingError("\"\(text)\" is neither yes nor no")
        }
    }

    public static func text(_ value: Bool, unit: SettingUnit) -> String { value ? "yes" : "no" }

    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "yes or no" }
}

extension String: SettingValue {
    public static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> String { text }

    public static func text(_ value: String, unit: SettingUnit) -> String { value }

    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "text" }
}

private func withoutUnit(_ text: String, _ unit: SettingUnit) -> String {
    var rest = Substring(text)
    if unit != .none, rest.hasSuffix(unit.rawValue) { rest = rest.dropLast(unit.rawValue.count) }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
}
