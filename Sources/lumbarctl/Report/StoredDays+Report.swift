import LumbarCore
import LumbarReport
import LumbarStore

extension StoredDays {
    /// Everything that a report of `period` is made of.
    func report(on period: ReportPeriod) throws -> ReportModel {
        let summaries = try summaries(from: period.first, through: period.last)
        let reference = try store.latestAnchor()
        var days: [ReportDay] = []
        for number in period.first.daysSinceEpoch...period.last.daysSinceEpoch {
            let date = CivilDate(daysSinceEpoch: number)
            let zone = clock.zone(of: date)
            var stored = StoredDay()
            var anchor: WallAnchor?
            if var known = reference {
                known.anchor.zone = zone
                anchor = known.anchor
                stored = try store.day(date, by: known.anchor, bootID: known.bootID, wearer: wearer)
            }
            days.append(
                ReportDay(
                    date, zone: zone, stored: stored, anchor: anchor,
                    summary: summaries.first { $0.date == date }, now: clock.now))
        }
        let before = try self.summaries(from: period.before.first, through: period.before.last)
        return ReportModel(period.kind, wearer: wearer, days: days, before: before, made: clock.now)
    }
}
