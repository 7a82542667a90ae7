/// Text for a place that takes it for markup: HTML, XML, the bodies of desktop notices.
public enum MarkupText {
    /// `text` with nothing in it that could be markup, or move the text around it.
    ///
    /// Control and bidirectional characters, and those that XML has no place for, are written out as `\u{...}`; line ends
    /// and tabs become spaces.
    public static func escaped(_ text: String) -> String {
        var out = ""
        out.reserveCapacity(text.utf8.count + 8)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n", "\r", "\t": out += " "
            default:
                if Printable.isSafe(scalar), scalar.value & 0xFFFE != 0xFFFE,
                    !(0xFDD0...0xFDEF).contains(scalar.value)
                {
                    out.unicodeScalars.append(scalar)
                } else {
                    out += "\\u{" + String(scalar.value, radix: 16) + "}"
                }
            }
        }
        return out
    }
}
