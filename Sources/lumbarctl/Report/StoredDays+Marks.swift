import LumbarCore
import LumbarReport
import LumbarStore

extension StoredDays {
    /// What the wearer noted in these days, by time: the loads declared; other notes of theirs belong here too.
    func marks(on period: ReportPeriod, loads: DeclaredLoads?) throws -> [ReportModel.Mark] {
        let from = clock.start(of: period.first)
        let until = clock.start(of: CivilDate(daysSinceEpoch: period.last.daysSinceEpoch + 1))
        let declared = try loads?.loads(since: from, until: until, wearer: wearer) ?? []
        return declared.map {
            ReportModel.Mark(time: $0.time, label: "lifted " + DeclaredLiftingText.quantities($0))
        }
    }
}
