/// The units of settings, with the spelling used in files.
public enum SettingUnit: String, Sendable {
    /// A plain number, a text or a switch.
    case none = ""
    /// Degrees.
    case degrees = "deg"
    /// Degrees per second.
    case degreesPerSecond = "deg/s"
    /// Standard gravity.
    case g = "g"
    /// g per second.
    case gPerSecond = "g/s"
    /// Milliseconds.
    case milliseconds = "ms"
    /// Seconds.
    case seconds = "s"
    /// Minutes.
    case minutes = "min"
    /// Hours.
    case hours = "h"
    /// Days.
    case days = "d"
    /// Metres.
    case metres = "m"
    /// Metres per second.
    case metresPerSecond = "m/s"
    /// Kilograms.
    case kilograms = "kg"
    /// Newton metres.
    case newtonMetres = "Nm"
    /// Hertz.
    case hertz = "Hz"
    /// Bytes.
    case bytes = "B"
    /// Per cent.
    case percent = "%"

    /// How many milliseconds one of this unit lasts, or nil when it is not a unit of time.
    var milliseconds: Double? {
        switch self {
        case .milliseconds: 1
        case .seconds: 1000
        case .minutes: 60_000
        case .hours: 3_600_000
        case .days: 86_400_000
        default: nil
        }
    }
}

/// Reads a number in `unit`, with or without the unit's name; nil when it is none.
///
/// Units of time convert: `90s`, `1.5 min` and `1h30min` all fit a setting in minutes. `m` means minutes there, as in
/// systemd.
func quantity(_ text: String, _ unit: SettingUnit) -> Double? {
    var rest = Substring(text)
    var sign = 1.0
    if rest.first == "-" || rest.first == "+" {
        sign = rest.first == "-" ? -1 : 1
        rest = rest.dropFirst()
    }
    var total = 0.0
    var parts = 0
    while !rest.isEmpty {
        guard let (number, word) = takeTerm(&rest) else { return nil }
        parts += 1
        if word.isEmpty {
            // Only a lone number may leave its unit out: "1 30" would be a guess.
            guard parts == 1, rest.isEmpty else { return nil }
            total = number
        } else if word == unit.rawValue || isAlias(word, of: unit) {
            total += number
        } else if let own = unit.milliseconds, let other = millisecondsByName(word) {
            total += number * other / own
        } else {
            return nil
        }
        guard parts == 1 || unit.milliseconds != nil else { return nil }
    }
    return parts > 0 && total.isFinite ? sign * total : nil
}

/// Takes `12.5 min ` off the front: a number without sign, then a word that may be missing.
private func takeTerm(_ rest: inout Substring) -> (number: Double, word: String)? {
    var digits = ""
    while let character = rest.first, isNumeric(character, after: digits.last) {
        digits.append(character)
        rest = rest.dropFirst()
    }
    guard digits.first?.isASCII == true, let number = Double(digits), number.isFinite else { return nil }
    rest = rest.drop { $0 == " " || $0 == "\t" }
    let word = rest.prefix { !isNumeric($0, after: nil) && $0 != " " && $0 != "\t" }
    rest = rest.dropFirst(word.count).drop { $0 == " " || $0 == "\t" }
    return (number, String(word))
}

/// Digits, a point, an exponent right after a digit, and a sign right after the exponent.
private func isNumeric(_ character: Character, after previous: Character?) -> Bool {
    switch character {
    case "0"..."9": character.isASCII
    case ".": true
    case "e", "E": previous.map { ("0"..."9").contains($0) || $0 == "." } ?? false
    case "+", "-": previous == "e" || previous == "E"
    default: false
    }
}

private func isAlias(_ word: String, of unit: SettingUnit) -> Bool {
    switch unit {
    case .degrees: word == "°" || word == "degrees" || word == "degree"
    case .degreesPerSecond: word == "°/s" || word == "dps"
    default: false
    }
}

private func millisecondsByName(_ word: String) -> Double? {
    switch word {
    case "ms", "msec": 1
    case "s", "sec", "second", "seconds": 1000
    case "m", "min", "minute", "minutes": 60_000
    case "h", "hr", "hour", "hours": 3_600_000
    case "d", "day", "days": 86_400_000
    default: nil
    }
}
