// Small text tools for messages about configuration files: what people typed is shown, never trusted.

/// `text` in quotes, cut short, with everything that could disturb a terminal escaped.
public func shown(_ text: some StringProtocol) -> String {
    var out = "\""
    var count = 0
    for scalar in text.unicodeScalars {
        guard count < 60 else { return out + "...\"" }
        count += 1
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069,
            0xFEFF:
            out += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}

/// `text` without spaces and tabs at both ends.
func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
    return String(rest)
}

/// The one of `candidates` that `word` was probably meant to be, or nil when none is near.
///
/// Near is an edit distance (insert, delete, replace, swap neighbours) of at most a third of the word's length, and
/// at least one; the first of several equally near ones wins. Letter case and `-` for `_` cost nothing.
public func nearest(to word: String, in candidates: [String]) -> String? {
    let wanted = Array(comparable(word).unicodeScalars.prefix(80))
    var best: (distance: Int, word: String)?
    for candidate in candidates {
        let distance = editDistance(wanted, Array(comparable(candidate).unicodeScalars))
        if distance <= max(1, wanted.count / 3), distance < best?.distance ?? .max {
            best = (distance, candidate)
        }
    }
    return best?.word
}

private func comparable(_ word: String) -> String {
    String(word.lowercased().map { $0 == "-" ? "_" : $0 })
}

/// The optimal string alignment distance.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var twoAgo: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var cost = min(previous[j + 1], row[j]) + 1
            cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, twoAgo[j - 1] + 1) }
            row.append(cost)
        }
        twoAgo = previous
        previous = row
    }
    return previous[b.count]
}
