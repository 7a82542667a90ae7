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
}
