/// Text as mdoc(7), the language of manual pages, wants it.
public enum Mdoc {
    /// Sentences on lines of their own, each with its line feed.
    public static func prose(_ plain: String) -> String {
        var out = ""
        var rest = Substring(text(plain))
        while let stop = sentenceEnd(rest) {
            out += rest[..<stop] + "\n"
            rest = rest[stop...].drop { $0 == " " }
        }
        return rest.isEmpty ? out : out + rest + "\n"
    }

    /// One word of a macro's line.
    public static func argument(_ plain: String) -> String { "\"" + text(plain, quotes: true) + "\"" }

    /// `plain` with what troff would take for itself escaped.
    public static func text(_ plain: String, quotes: Bool = false) -> String {
        var out = ""
        for character in plain {
            switch character {
            case "\\": out += "\\e"
            case "\"" where quotes: out += "\\(dq"
            case "-": out += "\\-"
            case "." where out.isEmpty, "'" where out.isEmpty: out += "\\&" + String(character)
            default: out.append(character)
            }
        }
        return out
    }

    /// The place after a full stop that a space and a capital follow.
    private static func sentenceEnd(_ text: Substring) -> Substring.Index? {
        var index = text.startIndex
        while let dot = text[index...].firstIndex(where: { $0 == "." || $0 == "?" }) {
            let next = text.index(after: dot)
            let rest = text[next...]
            if rest.first == " ", let after = rest.dropFirst().first, after.isUppercase { return next }
            index = next
        }
        return nil
    }
}
