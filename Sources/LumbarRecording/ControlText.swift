import LumbarCore

/// The words of a `control` event, both ways; see `RecordingFormat`.
enum ControlText {
    /// A count of answers that nobody reaches; sums of two stay far from overflow.
    private static let mostAnswers = 1_000_000_000

    static func text(_ control: WearerControl, of wearer: WearerID) -> String {
        var words = ["control", RecordingText.escapedWord(wearer.text)]
        switch control {
        case .snooze(let until, let endsUpright):
            words += ["snooze", moment(until)] + (endsUpright ? ["upright"] : [])
        case .wake: words.append("wake")
        case .profile(let profile, let since):
            words += ["profile", profile?.rawValue ?? "-"] + (since.map { [moment($0)] } ?? [])
        case .spasm(let time, let noted):
            words += ["spasm", time.map(moment) ?? "-"] + (noted.map { [moment($0)] } ?? [])
        case .answers(let answers):
            words.append("answers")
            for one in answers { words += [one.rule.rawValue, String(one.useful), String(one.wrong)] }
        case .pause(let isPaused): words.append(isPaused ? "pause" : "resume")
        case .training(let log): words += ["training"] + (log.map(TrainingLogText.words) ?? ["-"])
        }
        return words.joined(separator: " ")
    }

    /// What the words behind `control` spell; nil when they spell nothing.
    static func control(_ text: String) -> (control: WearerControl, wearer: WearerID)? {
        var words = text.split(separator: " ")[...]
        guard let name = words.popFirst().flatMap(RecordingText.unescapedWord), let verb = words.popFirst()
        else { return nil }
        guard let control = control(verb, words) else { return nil }
        return (control, WearerID(name))
    }

    private static func control(_ verb: Substring, _ words: ArraySlice<Substring>) -> WearerControl? {
        switch (verb, words.count) {
        case ("snooze", 1...2):
            guard let until = words.first.flatMap(moment), words.count == 1 || words.last == "upright" else {
                return nil
            }
            return .snooze(until: until, endsUpright: words.count == 2)
        case ("wake", 0): return .wake
        case ("profile", 1...2): return profile(words)
        case ("spasm", 1...2): return spasm(words)
        case ("answers", _): return answers(words).map { .answers($0) }
        case ("pause", 0): return .pause(true)
        case ("resume", 0): return .pause(false)
        case ("training", 1) where words.first == "-": return .training(nil)
        case ("training", _): return TrainingLogText.log(words).map { .training($0) }
        default: return nil
        }
    }

    /// When it began, or `-`, and when it was noted, where that is known.
    private static func spasm(_ words: ArraySlice<Substring>) -> WearerControl? {
        var noted: Instant?
        if words.count == 2 {
            noted = words.last.flatMap(moment)
            if noted == nil { return nil }
        }
        guard let word = words.first, word != "-" else { return .spasm(at: nil, noted: noted) }
        return moment(word).map { .spasm(at: $0, noted: noted) }
    }

    /// Its name, or `-`, and since when it is asked for where that was not just then.
    private static func profile(_ words: ArraySlice<Substring>) -> WearerControl? {
        var since: Instant?
        if words.count == 2 {
            since = words.last.flatMap(moment)
            if since == nil { return nil }
        }
        guard let word = words.first, word != "-" else { return .profile(nil, since: since) }
        return AlertProfile(rawValue: String(word)).map { .profile($0, since: since) }
    }

    /// Three words for each rule. Those of a rule that this program does not know are passed over.
    private static func answers(_ words: ArraySlice<Substring>) -> [RuleAnswers]? {
        guard words.count % 3 == 0 else { return nil }
        var rest = words
        var answers: [RuleAnswers] = []
        while let name = rest.popFirst(), let useful = rest.popFirst(), let wrong = rest.popFirst() {
            guard let useful = count(useful), let wrong = count(wrong) else { return nil }
            guard let rule = AlertRule(rawValue: String(name)) else { continue }
            guard !answers.contains(where: { $0.rule == rule }) else { return nil }
            answers.append(RuleAnswers(rule: rule, useful: useful, wrong: wrong))
        }
        return answers
    }

    private static func count(_ word: Substring) -> Int? {
        guard let count = Int(word), (0...mostAnswers).contains(count) else { return nil }
        return count
    }

    /// Within what a recording may hold: a spasm noted long ago by a wrong clock counts as little a century ago.
    private static func moment(_ time: Instant) -> String {
        let range = RecordingFormat.instants
        let time = min(max(time, range.lowerBound), range.upperBound)
        return DecimalText.seconds(nanoseconds: time.nanoseconds)
    }

    private static func moment(_ word: Substring) -> Instant? {
        guard let nanoseconds = DecimalText.nanoseconds(fromSeconds: String(word)) else { return nil }
        let time = Instant(nanoseconds: nanoseconds)
        return RecordingFormat.instants.contains(time) ? time : nil
    }
}
