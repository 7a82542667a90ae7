/// Builds one JSON object as text, keys in the order they are added.
public struct JSONObject: Sendable {
    private var body = ""
    /// Whether numbers are written as they are, to be read again, and not rounded.
    public let isExact: Bool

    /// An empty object.
    public init(isExact: Bool = false) { self.isExact = isExact }

    /// Adds a text, escaped.
    public mutating func add(_ key: String, _ value: String) { addRaw(key, JSONObject.quoted(value)) }

    /// Adds a whole number.
    public mutating func add(_ key: String, _ value: Int) { addRaw(key, String(value)) }

    /// Adds true or false.
    public mutating func add(_ key: String, _ value: Bool) { addRaw(key, value ? "true" : "false") }

    /// Adds a number rounded to `decimals` places, or as it is in an exact object; `null` when it is not finite.
    public mutating func add(_ key: String, _ value: Double, decimals: Int) {
        addRaw(key, text(value, decimals: decimals))
    }

    /// A number as this object writes it: rounded, or the shortest text that reads as the same number.
    public func text(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "null" }
        return isExact ? "\(value)" : DecimalText.fixed(value, decimals)
    }

    /// Adds text that is JSON already.
    public mutating func addRaw(_ key: String, _ json: String) {
        if !body.isEmpty { body += "," }
        body += JSONObject.quoted(key) + ":" + json
    }

    /// The object as one line.
    public var text: String { "{" + body + "}" }

    /// `value` as a JSON string: quotes, backslashes and everything that could disturb a terminal escaped.
    public static func quoted(_ value: String) -> String {
        var out = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            default:
                if Printable.isSafe(scalar) {
                    out.unicodeScalars.append(scalar)
                } else {
                    for unit in String(scalar).utf16 {
                        let hex = String(unit, radix: 16)
                        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                    }
                }
            }
        }
        return out + "\""
    }
}
