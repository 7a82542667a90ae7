import LumbarCore

/// The words of a training in a `control` event, both ways; see `RecordingFormat`.
///
/// First the plan as it is kept everywhere (`TrainingPlan.text`), then a word for each session and each day:
/// `s20779:2400:14:2` is day 20779 since 1970, 2400 s on the feet, 14 bends, 2 of them deep; `d` is a day with the seconds
/// worn, and `t` behind it when bends were told on it.
enum TrainingLogText {
    /// Bytes that sessions and days may take, so that the line is never too long: some 150 sessions.
    static let mostBytes = 2600
    /// A count, or seconds of a day, that nothing reaches.
    private static let most = 1_000_000
    /// Until the year 2200.
    private static let dates = Int64(0)...84_000

    /// The words; of a course that is longer than anybody's the first sessions are left out.
    static func words(_ log: TrainingLog) -> [String] {
        let days = log.days.map {
            "d" + word($0.date, $0.wornSeconds, $0.count) + ($0.wasTold ? ":t" : "")
        }
        var left = mostBytes - days.reduce(0) { $0 + $1.utf8.count + 1 }
        var sessions: [String] = []
        for session in log.sessions.reversed() {
            let word = "s" + word(session.date, session.seconds, session.count)
            left -= word.utf8.count + 1
            if left < 0 { break }
            sessions.append(word)
        }
        return [log.plan.text] + sessions.reversed() + days
    }

    private static func word(_ date: CivilDate, _ seconds: Double, _ count: BendCount) -> String {
        let whole = seconds >= 0 && seconds < Double(most) ? Int(seconds) : 0
        return "\(date.daysSinceEpoch):\(whole):\(min(count.bends, most)):\(min(count.deep, most))"
    }

    /// What `words` spell; nil when they spell nothing.
    static func log(_ words: ArraySlice<Substring>) -> TrainingLog? {
        guard let plan = TrainingPlan(words.prefix(4).joined(separator: " ")) else { return nil }
        var log = TrainingLog(plan: plan)
        for word in words.dropFirst(4) {
            var parts = word.dropFirst().split(separator: ":", omittingEmptySubsequences: false)[...]
            let isDay = word.first == "d"
            let wasTold = isDay && parts.count == 5 && parts.last == "t"
            if wasTold { parts.removeLast() }
            guard isDay || word.first == "s", let numbers = numbers(parts) else { return nil }
            let date = CivilDate(daysSinceEpoch: numbers.date)
            if isDay {
                log.days.append(
                    TrainingDay(
                        date: date, wornSeconds: numbers.seconds, count: numbers.count, wasTold: wasTold))
            } else {
                log.sessions.append(
                    TrainingSession(date: date, seconds: numbers.seconds, count: numbers.count))
            }
        }
        return log
    }

    private static func numbers(
        _ parts: ArraySlice<Substring>
    ) -> (date: Int64, seconds: Double, count: BendCount)? {
        let read = parts.compactMap { Int64($0) }
        guard parts.count == 4, read.count == 4, dates.contains(read[0]),
            read.dropFirst().allSatisfy({ (0...Int64(most)).contains($0) }), read[3] <= read[2]
        else { return nil }
        return (read[0], Double(read[1]), BendCount(bends: Int(read[2]), deep: Int(read[3])))
    }
}
