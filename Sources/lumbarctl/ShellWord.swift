import LumbarCore

/// Words that people are told to type.
enum ShellWord {
    /// `word` as a shell takes it for one word, whatever is in it; unprintable characters are shown and no longer meant.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty && !word.hasPrefix("#") && !word.hasPrefix("~")
            && word.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (97...122).contains(byte | 32) || plain.contains(byte)
            }
        if isPlain { return word }
        let inner = Printable.text(word, limit: 4096).split(separator: "'", omittingEmptySubsequences: false)
        return "'" + inner.joined(separator: "'\\''") + "'"
    }

    private static let plain = Array("#%+,-./:=@_".utf8)
}
