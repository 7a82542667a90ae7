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
}
