/// Text from outside (device names, file contents) made safe to print on a terminal.
public enum Printable {
    /// `text` with control, bidirectional and line-separating characters written as `\u{...}`, cut at `limit` characters.
    public static func text(_ text: String, limit: Int = 128) -> String {
        var out = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count >= limit { return out + "..." }
            if isSafe(scalar) {
                out.unicodeScalars.append(scalar)
            } else {
                out += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
            count += 1
        }
        return out
    }

    /// Whether a character can do nothing to a terminal but be shown.
    public static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false
        case 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }
}
