import LumbarCore

/// Something that takes named values: a JSON object, or the row of a table.
///
/// What an episode, a minute or a day consists of is listed once, and is in every format by the same name.
protocol KeyedValues {
    mutating func add(_ key: String, _ value: String)
    mutating func add(_ key: String, _ value: Int)
    mutating func add(_ key: String, _ value: Bool)
    mutating func add(_ key: String, _ value: Double, decimals: Int)
    /// A value that is JSON already: nested, or `null`.
    mutating func addRaw(_ key: String, _ json: String)
    /// Words from a fixed list, in order.
    mutating func add(_ key: String, words: [String])
}

extension KeyedValues {
    /// Adds a number, or nothing known.
    mutating func add(_ key: String, _ value: Double?, decimals: Int) {
        if let value {
            add(key, value, decimals: decimals)
        } else {
            addRaw(key, "null")
        }
    }

    /// Adds a time as seconds with four decimals.
    mutating func add(_ key: String, _ span: Elapsed) { addRaw(key, SecondsText.fixed(span)) }
}

extension JSONObject: KeyedValues {
    mutating func add(_ key: String, words: [String]) {
        addRaw(key, "[" + words.map(JSONObject.quoted).joined(separator: ",") + "]")
    }
}
