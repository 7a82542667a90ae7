/// The numbers in a sentence or a cell, each as the interval that its rounding leaves open.
enum SpokenNumbers {
    /// How numbers are rounded where they stand.
    enum Rounding {
        /// Times to the minute or cut to it, counts as they are.
        case fine
        /// As of a week: times to 5 min from 10 min on and to half hours from 2 h on, counts to two figures.
        case coarse
    }

    /// Times in seconds, everything else as it stands; words that are no numbers are passed over, and `-` is nothing.
    static func read(_ text: some StringProtocol, _ rounding: Rounding) -> [ClosedRange<Double>] {
        let plain = String(text).filter { $0 != "\u{202F}" && $0 != "°" }
        var words = plain.split { " |\n".contains($0) }.map { trimmed($0) }[...]
        var found: [ClosedRange<Double>] = []
        while let word = words.popFirst() {
            if word == "-" { found.append(0...0.5) }
            if let clock = clock(word) { found.append((clock - 30)...(clock + 60)) }
            guard let value = value(word) else { continue }
            switch words.first {
            case "h":
                words.removeFirst()
                var seconds = value * 3600
                if words.dropFirst().first == "min", let minutes = words.first.flatMap(self.value) {
                    seconds += minutes * 60
                    words = words.dropFirst(2)
                }
                found.append(time(seconds, rounding))
            case "min":
                words.removeFirst()
                found.append(time(value * 60, rounding))
            case "s":
                words.removeFirst()
                found.append((value - 0.5)...(value + 1))
            default: found.append(count(value, word, rounding))
            }
        }
        return found
    }

    /// What is wrong with the numbers in `text`, which have to be those of `truth` in their order.
    static func complaint(
        _ text: some StringProtocol, _ rounding: Rounding, _ truth: [Double]
    ) -> String? {
        complaint(text, rounding, truth.map { $0...$0 })
    }

    /// The same for truths that are known within an interval each.
    static func complaint(
        _ text: some StringProtocol, _ rounding: Rounding, _ truth: [ClosedRange<Double>]
    ) -> String? {
        let found = read(text, rounding)
        let holds = found.count == truth.count && zip(found, truth).allSatisfy { $0.overlaps($1) }
        return holds ? nil : "\"\(text)\" does not say \(truth)"
    }

    private static func trimmed(_ word: Substring) -> Substring {
        var rest = word
        while let last = rest.last, ".,;:)*".contains(last) { rest.removeLast() }
        while let first = rest.first, "(".contains(first) { rest.removeFirst() }
        return rest
    }

    private static func value(_ word: Substring) -> Double? {
        if word.last == "½" { return word == "½" ? 0.5 : Double(word.dropLast()).map { $0 + 0.5 } }
        let digits = word.first == "-" ? word.dropFirst() : word
        guard let first = digits.first, first.isASCII, first.isNumber else { return nil }
        return Double(word)
    }

    private static func clock(_ word: Substring) -> Double? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = Double(parts[0]), let minutes = Double(parts[1]) else {
            return nil
        }
        return hours * 3600 + minutes * 60
    }

    private static func time(_ seconds: Double, _ rounding: Rounding) -> ClosedRange<Double> {
        switch rounding {
        case .fine: (seconds - 30)...(seconds + 60)
        case .coarse where seconds < 600: (seconds - 30)...(seconds + 30)
        case .coarse where seconds < 7200: (seconds - 150)...(seconds + 150)
        case .coarse: (seconds - 900)...(seconds + 900)
        }
    }

    private static func count(_ value: Double, _ word: Substring, _ rounding: Rounding) -> ClosedRange<Double>
    {
        let decimals = word.split(separator: ".").dropFirst().first?.count ?? 0
        var half = decimals == 0 ? 0.5 : decimals == 1 ? 0.05 : 0.005
        if case .coarse = rounding, decimals == 0 {
            var rest = value
            while rest >= 100 {
                rest /= 10
                half *= 10
            }
        }
        return (value - half - 1e-9)...(value + half + 1e-9)
    }
}
