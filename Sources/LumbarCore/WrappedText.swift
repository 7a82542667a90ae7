/// Text in lines of a limited width, for terminals.
public enum WrappedText {
    /// `text` cut at its spaces into lines of at most `width` characters; a longer word has a line of its own.
    ///
    /// `first` stands before the first line and `rest` before the others, within the width.
    public static func lines(
        _ text: String, width: Int, first: String = "", rest: String = ""
    ) -> [String] {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = rest
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }

    /// A line of columns that two spaces or more keep apart, cut to `width` if it is longer: what does not fit goes on
    /// below, under the beginning of the last column that leaves room for some words.
    public static func hanging(_ line: String, width: Int) -> [String] {
        guard line.count > width else { return [line] }
        let characters = Array(line)
        var start = 0
        for place in characters.indices.dropFirst(2) where width - place >= leastRoom {
            let follows = characters[place - 1] == " " && characters[place - 2] == " "
            if follows, characters[place] != " " { start = place }
        }
        return lines(
            String(characters[start...]), width: width, first: String(characters[..<start]),
            rest: String(repeating: " ", count: start))
    }

    /// Less would be a column of single words.
    private static let leastRoom = 30
}
