import LumbarCore
import LumbarLinux
import LumbarReport

/// Now and here, for commands that are told times by people.
struct LocalClock {
    /// The boot clock, the wall clock and the zone of this moment.
    let anchor = WallClockReader.anchor()

    var now: WallTime { anchor.wall }
    var today: CivilDate { anchor.date(at: anchor.instant) }

    /// The moment that `text` means.
    func moment(_ text: String, option: String) throws -> WallTime {
        if let expression = TimeExpression(text, now: now, today: today) { return moment(expression) }
        throw Failure(
            .usage,
            "\(option) \"\(text)\" is no time; write today, yesterday, 2026-11-01, \"2026-11-01 14:00\", 14:00, -2h or "
                + "-3d.")
    }

    /// The moment that `expression` means.
    func moment(_ expression: TimeExpression) -> WallTime {
        switch expression {
        case .exact(let wall): return wall
        case .local(let date, let second):
            let zone = zone(of: date)
            let start = zone.start(of: date)
            let moment = start + .seconds(Double(second))
            // On a day with a change of the clock, 14:00 is not fourteen hours after midnight.
            return moment + .seconds(Double(zone.offset(at: start) - zone.offset(at: moment)))
        }
    }

    /// The local day that `text` means.
    func date(_ text: String, option: String) throws -> CivilDate {
        if let date = TimeExpression.date(text, today: today) { return date }
        throw Failure(.usage, "\(option) \"\(text)\" is no day; write today, yesterday or 2026-11-01.")
    }

    /// The zone's rule at the beginning of `date` and after.
    func zone(of date: CivilDate) -> ZoneRule { WallClockReader.rule(of: date) }

    /// The zone's rule around `time`.
    func zone(at time: WallTime) -> ZoneRule { WallClockReader.rule(at: time) }

    /// The local day of `time`.
    func day(of time: WallTime) -> CivilDate {
        WallAnchor(instant: .zero, wall: time, zone: zone(at: time)).date(at: .zero)
    }

    /// The first moment of `date`.
    func start(of date: CivilDate) -> WallTime { zone(of: date).start(of: date) }
}
