import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarStore

@testable import LumbarReport

/// A simulated history as a report takes it, without a store.
struct PlayedHistory {
    var truth: [SimulatedHistory.Truth] = []
    var summaries: [DailySummary] = []
    var stored: [StoredDay] = []
    let history: SimulatedHistory
    var anchor: WallAnchor

    /// Amsterdam around the end of summer time in 2026.
    static let zone = ZoneRule(
        name: "Europe/Amsterdam", offsetSeconds: 7200, change: WallTime(unixSeconds: 1_792_890_000),
        offsetAfterSeconds: 3600)

    init(first: CivilDate, days: Int, seed: UInt64 = 1) {
        var history = SimulatedHistory(first: first, days: days, zone: Self.zone)
        history.seed = seed
        self.history = history
        anchor = WallAnchor(instant: .zero, wall: WallTime(nanoseconds: 0), zone: Self.zone)
        var day = StoredDay()
        var episodes: [Episode] = []
        var found = anchor
        truth = history.play { event in
            switch event {
            case .boot, .day, .asked: break
            case .anchor(let anchor, _): found = anchor
            case .output(.epoch(let epoch)): day.epochs.append(epoch)
            case .output(.episode(let episode, _)): episodes.append(episode)
            case .output(.alert(let alert)): day.alerts.append(alert)
            case .output(.summary(let summary)):
                summaries.append(summary)
                day.episodes = episodes.filter { $0.end > summary.start && $0.start < summary.end }
                stored.append(day)
                day = StoredDay()
            case .output: break
            }
        }
        anchor = found
    }

    /// The days as a report has them, those before `first` to hold them against.
    func model(_ kind: ReportModel.Kind = .week, from first: Int = 0) -> ReportModel {
        let now = Self.zone.start(of: CivilDate(year: 2027, month: 1, day: 1))
        let days = (first..<truth.count).map { index in
            ReportDay(
                truth[index].date, zone: Self.zone, stored: stored[index], anchor: anchor,
                summary: summaries[index], now: now)
        }
        return ReportModel(
            kind, wearer: .sole, days: days, before: Array(summaries.prefix(first)), made: now)
    }
}
