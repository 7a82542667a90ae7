import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarReport

/// How long something is to last, as people type it: `30m`, `1h 30min`, `until 14:00`, `until tomorrow 08:00`.
struct ControlTerm {
    let term: LiveAsk.Term

    /// What `words` mean; nil when there are none.
    init?(_ words: [String], command: String, clock: LocalClock = LocalClock()) throws {
        guard let first = words.first else { return nil }
        let rest = words.dropFirst().joined(separator: " ")
        if first == "until" {
            term = .until(try ControlTerm.moment(rest, command, clock))
            return
        }
        let text = first == "for" ? rest : words.joined(separator: " ")
        guard let length = TimeExpression.duration(text) else {
            let isMoment = TimeExpression(text, now: clock.now, today: clock.today) != nil
            let printed = Printable.text(text, limit: 60)
            throw Failure(
                .usage,
                isMoment
                    ? "\"\(printed)\" is a time; write: lumbarctl \(command) until \(printed)"
                    : "\"\(printed)\" is no length of time; write 30m, 1h30min, until 14:00 or until tomorrow."
            )
        }
        guard length > .zero else { throw Failure(.usage, "\"\(Printable.text(text))\" is no time at all.") }
        term = .lasting(length)
    }

    private static func moment(_ text: String, _ command: String, _ clock: LocalClock) throws -> WallTime {
        let asked = "\"until \(Printable.text(text, limit: 60))\""
        guard let expression = TimeExpression(text, now: clock.now, today: clock.today) else {
            throw Failure(
                .usage,
                "\(asked) is no time; write until 14:00, until tomorrow, or until \"2026-11-22 08:00\".")
        }
        var moment = clock.moment(expression)
        // A time of the day that is over is that of tomorrow.
        if moment <= clock.now, case .local(let date, let second) = expression, text.contains(":"),
            date == clock.today, !text.contains("today"), !text.contains("-")
        {
            let tomorrow = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
            moment = clock.moment(.local(tomorrow, second: second))
        }
        guard moment > clock.now else {
            throw Failure(.usage, "\(asked) is over already; give a time to come.")
        }
        return moment
    }
}
