/// How heavy and how far, as people write it: `12kg`, `12.5 kg`, `800 g`; `45cm`, `0.45 m`.
public enum LoadExpression {
    /// Kilograms; a number alone is kilograms. Nil when it is none of the forms.
    public static func kilograms(_ text: String) -> Double? {
        value(text, [("kg", 1), ("g", 0.001), ("", 1)])
    }

    /// Metres; a number alone is centimetres. Nil when it is none of the forms.
    public static func metres(_ text: String) -> Double? {
        value(text, [("cm", 0.01), ("mm", 0.001), ("m", 1), ("", 0.01)])
    }

    /// Loads that people lift, kg.
    public static let loads = 0.1...200.0
    /// How far hands reach, m.
    public static let reaches = 0.1...1.2

    private static func value(_ text: String, _ units: [(name: String, factor: Double)]) -> Double? {
        let word = text.lowercased()
        guard let unit = units.first(where: { word.hasSuffix($0.name) }) else { return nil }
        var digits = word.dropLast(unit.name.count)
        while digits.last == " " { digits = digits.dropLast() }
        // Plain digits and one point; no signs, exponents or "inf".
        guard let first = digits.first, first.isNumber, digits.count <= 8,
            digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits)
        else { return nil }
        return number * unit.factor
    }
}
