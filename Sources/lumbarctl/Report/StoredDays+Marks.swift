import LumbarCore
import LumbarReport
import LumbarStore

extension StoredDays {
    /// What the wearer noted in these days, by time: the diary, and the loads declared.
    func marks(on period: ReportPeriod, _ entries: Entries?) throws -> [ReportModel.Mark] {
        guard let entries else { return [] }
        let from = clock.start(of: period.first)
        let until = clock.start(of: CivilDate(daysSinceEpoch: period.last.daysSinceEpoch + 1))
        let diary = try entries.diary(since: from, until: until, wearer: wearer).map(ReportModel.Mark.init)
        let loads = try entries.loads(since: from, until: until, wearer: wearer).map {
            ReportModel.Mark(time: $0.time, label: "lifted " + DeclaredLiftingText.quantities($0))
        }
        return (diary + loads).sorted { $0.time < $1.time }
    }
}
