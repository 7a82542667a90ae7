import ArgumentParser
import LumbarCore

/// Which days a command is about.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("One day.", valueName: "day"))
    var day: String?

    @Flag(help: "Seven days.")
    var week = false

    @Flag(help: "Four weeks.")
    var month = false

    @Option(help: ArgumentHelp("The last day of --week, of --month or of the usual days.", valueName: "day"))
    var until: String?

    @Option(help: ArgumentHelp("The first day of any stretch.", valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp("Its last day.", valueName: "day"))
    var to: String?

    func validate() throws {
        let chosen = [day != nil, week, month, from != nil].count { $0 }
        if chosen > 1 { throw ValidationError("Choose one of --day, --week, --month and --from.") }
        if to != nil, from == nil { throw ValidationError("--to goes with --from.") }
        if until != nil, day != nil || from != nil {
            throw ValidationError("--until goes with --week, --month or the usual days.")
        }
    }

    /// The days that were asked for, or the `usual` ones; they end with `latest` unless something else was said.
    func period(
        _ clock: LocalClock, latest: CivilDate, usual: (CivilDate) throws -> ReportPeriod
    ) throws -> ReportPeriod {
        if let day { return .day(try clock.date(day, option: "--day")) }
        if let from {
            let first = try clock.date(from, option: "--from")
            return try .span(first, through: last(to, "--to", clock) ?? latest)
        }
        let last = try last(until, "--until", clock) ?? latest
        if month { return .month(through: last) }
        return week ? .week(through: last) : try usual(last)
    }

    private func last(
        _ text: String?, _ option: String, _ clock: LocalClock
    ) throws -> CivilDate? {
        guard let text else { return nil }
        return try clock.date(text, option: option)
    }
}
