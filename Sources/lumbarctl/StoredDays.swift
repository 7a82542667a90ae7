import LumbarAlerts
import LumbarCore
import LumbarLinux
import LumbarStore

/// The days of a history: as they were summed up, or added up again from their minutes.
struct StoredDays {
    let store: Store
    let clock: LocalClock
    let wearer: WearerID

    /// The days from `first` through `last` of which anything is stored, in order.
    func summaries(from first: CivilDate, through last: CivilDate) throws -> [DailySummary] {
        let stored = try store.summaries(from: first, through: last, wearer: wearer)
        let reference = try store.latestAnchor()
        var days: [DailySummary] = []
        for number in first.daysSinceEpoch...last.daysSinceEpoch {
            let date = CivilDate(daysSinceEpoch: number)
            let known = stored.first { $0.date == date }
            if let known, known.isComplete {
                days.append(known)
            } else if let reference, let day = try addUp(date, reference.anchor, bootID: reference.bootID) {
                days.append(day)
            } else if let known {
                days.append(known)
            }
        }
        return days
    }

    /// The day from its minutes, or nil when there are none.
    private func addUp(_ date: CivilDate, _ reference: WallAnchor, bootID: String) throws -> DailySummary? {
        var anchor = reference
        anchor.zone = clock.zone(of: date)
        let stored = try store.day(date, by: anchor, bootID: bootID, wearer: wearer)
        guard let last = stored.epochs.last else { return nil }
        let midnight = anchor.zone.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        let isOver = midnight <= clock.now
        let end = isOver ? anchor.instant(at: midnight) : self.end(after: last, anchor)
        var ledger = DayLedger(wearer: wearer, start: end, date: date)
        ledger.restore(epochs: stored.epochs, episodes: stored.episodes, alerts: stored.alerts)
        var day = ledger.summary(at: end)
        day.isComplete = isOver
        return day
    }

    /// Minutes are stored with a lag: only when more than that is missing is it time without data.
    private func end(after last: MinuteEpoch, _ anchor: WallAnchor) -> Instant {
        let known = last.start + last.length
        let now = anchor.instant(at: clock.now)
        return now - known > .minutes(4) ? now : known
    }
}
