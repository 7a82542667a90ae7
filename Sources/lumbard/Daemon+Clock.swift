import LumbarAlerts
import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarRecording
import LumbarStore

/// What time it is, and what follows when that turns out to be another one.
extension Daemon {
    /// How often the wall clock's anchor is looked at anew: a zone may change without the clock being set.
    static let anchorInterval = Elapsed.minutes(10)
    private static let mostSummedUp = 16

    enum AnchorReason { case start, clockSet, routine }

    /// Reads the wall clock, and tells everybody when it says something new.
    func takeAnchor(reason: AnchorReason) {
        let new = WallClockReader.anchor()
        anchorDue = new.instant + Daemon.anchorInterval
        // The moment the zone changes its offset, a new rule with the change after it is wanted.
        if let change = new.zone.change { anchorDue = min(anchorDue, new.instant(at: change)) }
        let drift = new.wall.nanoseconds - anchor.wall(at: new.instant).nanoseconds
        let isNew = new.zone != anchor.zone || drift.magnitude > 1_000_000_000
        guard reason == .start || isNew || (reason == .clockSet && drift.magnitude > 1_000_000) else {
            return
        }
        let isRebuilt =
            reason != .start && configuration.daemon.store.keep
            && dayBasis.isOutdated(by: new, after: anchor)
        let wasWrong = DayBasis.isSet(new, after: anchor)
        if isRebuilt {
            // At the anchor's moment, with which the next run begins: neither has what belongs to the other.
            endMonitor(at: new.instant, keepsSummary: !wasWrong)
            monitor = Monitor(settings: configuration.monitor)
        }
        anchor = new
        desk?.events.anchor = new
        router.note(RecordingEvent(.anchor(new), at: new.instant))
        monitor.setAnchor(new)
        mailbox.send(.anchor(new, isSynchronized: WallClockReader.isSynchronized))
        drain()
        if isNew { replaceControls(at: new.instant) }
        if isRebuilt {
            beginRun()
            if wasWrong { sumUpAgain() }
            goOnFromStore()
        } else if isNew {
            repeatWhatWasSaid(at: new.instant)
            askForTrainings()
        }
        if reason != .start, drift.magnitude > 1_000_000_000 {
            let seconds = Elapsed(nanoseconds: drift).seconds
            let readAgain = isRebuilt ? " The day was read again from the history." : ""
            router.say(
                .note(
                    .clockSet,
                    "The clock was set \(seconds < 0 ? "back" : "forward") by \(spoken(abs(seconds))).\(readAgain)"
                ))
        }
    }

    private func spoken(_ seconds: Double) -> String {
        if seconds < 120 { return DecimalText.fixed(seconds, 0) + " s" }
        if seconds < 7200 { return DecimalText.fixed(seconds / 60, 0) + " min" }
        return seconds < 172_800
            ? DecimalText.fixed(seconds / 3600, 0) + " h" : DecimalText.fixed(seconds / 86_400, 0) + " d"
    }

    /// Remembers a day that was summed up, for as long as its rows are sure to be kept.
    func noteSummedUp(_ summary: DailySummary) {
        guard summary.isComplete else { return }
        summedUp.removeAll { $0.wearer == summary.wearer && $0.date == summary.date }
        summedUp.append(summary)
        if summedUp.count > Daemon.mostSummedUp { summedUp.removeFirst() }
    }

    /// Adds up again, from what is stored, the days that were summed up by a clock that was wrong.
    ///
    /// What belongs to another day by now would stand in both for good: a day that is over is read as it was summed up.
    private func sumUpAgain() {
        for old in summedUp {
            guard let date = old.date else { continue }
            var clock = anchor
            clock.zone = WallClockReader.rule(of: date)
            mailbox.send(.loadDay(old.wearer, date, clock))
            waitForReply { reply in
                guard case .day(old.wearer, let day, _) = reply else { return false }
                var summary = DailySummary(of: day, on: date, for: old, by: clock)
                summary.setAside = old.setAside
                mailbox.send(.correct(summary))
                return true
            }
        }
    }
}

extension DailySummary {
    /// The day that `old` was taken for, as its rows have it; not complete when it is not over.
    fileprivate init(of day: StoredDay, on date: CivilDate, for old: DailySummary, by clock: WallAnchor) {
        let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
        let midnight = clock.instant(at: clock.zone.start(of: next))
        let end = min(midnight, clock.instant)
        var ledger = DayLedger(wearer: old.wearer, start: end, date: date, body: old.body)
        ledger.restore(epochs: day.epochs, episodes: day.episodes, alerts: day.alerts)
        self = ledger.summary(at: end)
        isComplete = midnight <= clock.instant
    }
}
