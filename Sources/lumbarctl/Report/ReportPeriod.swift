import LumbarCore
import LumbarReport

/// Which days are meant, as it is said on the command line.
struct ReportPeriod {
    let kind: ReportModel.Kind
    let first: CivilDate
    let last: CivilDate

    /// Days of the stretch before it that it is held against.
    var before: (first: CivilDate, last: CivilDate) {
        let count = kind == .day ? 7 : last.daysSinceEpoch - first.daysSinceEpoch + 1
        return (
            CivilDate(daysSinceEpoch: first.daysSinceEpoch - count),
            CivilDate(daysSinceEpoch: first.daysSinceEpoch - 1)
        )
    }

    /// The longest stretch.
    static let longest: Int64 = 366

    /// One day.
    static func day(_ date: CivilDate) -> ReportPeriod { ReportPeriod(kind: .day, first: date, last: date) }

    /// The seven days that end with `last`.
    static func week(through last: CivilDate) -> ReportPeriod { ending(last, days: 7, .week) }

    /// The four weeks that end with `last`.
    static func month(through last: CivilDate) -> ReportPeriod { ending(last, days: 28, .month) }

    /// From `first` through `last`.
    static func span(_ first: CivilDate, through last: CivilDate) throws -> ReportPeriod {
        guard first <= last else { throw Failure(.usage, "--from \(first) is after --to \(last).") }
        guard last.daysSinceEpoch - first.daysSinceEpoch < longest else {
            throw Failure(.usage, "--from \(first) --to \(last) is more than \(longest) days.")
        }
        return first == last ? day(first) : ReportPeriod(kind: .span, first: first, last: last)
    }

    private static func ending(_ last: CivilDate, days: Int64, _ kind: ReportModel.Kind) -> ReportPeriod {
        ReportPeriod(kind: kind, first: CivilDate(daysSinceEpoch: last.daysSinceEpoch - days + 1), last: last)
    }
}
