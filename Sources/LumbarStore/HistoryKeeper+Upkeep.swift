import LumbarCore

/// What is done once a day, while nothing else is to be written: a backup, and what is too old is given up.
extension HistoryKeeper {
    /// How often it is looked whether something is due.
    static let upkeepInterval = Elapsed.minutes(10)

    /// Does what is due of it at `now`.
    ///
    /// `goesOn` is asked every so many milliseconds and may do other things with this keeper; false from it puts off what is
    /// not done.
    public func tend(at now: Instant, goesOn: () -> Bool, say: (News) -> Void) {
        guard now >= upkeepDue, !isTending else { return }
        upkeepDue = now + HistoryKeeper.upkeepInterval
        guard let store, isQuiet, let wall = wall(at: now) else { return }
        isTending = true
        defer { isTending = false }
        if plan.retention.isLimited, let date = date(at: now), date != lastTrimmed {
            trim(store, date, wall, goesOn, say)
        }
        guard plan.backups > 0 else { return }
        backUp(store, wall, goesOn, say)
        backUpEntries(wall, say)
    }

    private func trim(
        _ store: Store, _ date: CivilDate, _ wall: WallTime, _ goesOn: () -> Bool, _ say: (News) -> Void
    ) {
        do {
            while try store.trim(plan.retention, at: wall) { guard goesOn() else { return } }
            lastTrimmed = date
        } catch {
            say(.upkeepFailed(.retention, error))
            lastTrimmed = date
        }
    }

    private func backUp(_ store: Store, _ wall: WallTime, _ goesOn: () -> Bool, _ say: (News) -> Void) {
        // While nothing is written, the last one is as good as a new one.
        guard store.writes.commits != commitsAtBackup, let facts = host.facts(of: path) else { return }
        if let last = host.facts(of: Backups.path(of: path, 1)) {
            let age = wall - last.modified
            // From the future: one of the two clocks was wrong, and a clock that is known to be right was not it.
            let isDue = age < .zero ? isClockKnown : age >= HistoryPlan.interval(afterBackupOf: facts.bytes)
            guard isDue else { return }
        }
        guard facts.bytesLeft >= facts.bytes + HistoryPlan.bytesToLeave else {
            if !hasSaidNoSpace { say(.noSpaceForBackup(needed: facts.bytes + HistoryPlan.bytesToLeave)) }
            hasSaidNoSpace = true
            return
        }
        do {
            let commits = store.writes.commits
            if try store.backUp(keeping: plan.backups, goesOn: goesOn) {
                commitsAtBackup = commits
                hasSaidNoSpace = false
                count(backup: Backups.path(of: path, 1))
            }
        } catch {
            say(.upkeepFailed(.backup, error))
            // Not again before tomorrow: it may fail every time.
            upkeepDue = host.now() + .hours(24)
        }
    }

    /// A day after the last, when anything was said since: they are small, and copied in one go.
    private func backUpEntries(_ wall: WallTime, _ say: (News) -> Void) {
        let entries = Entries.path(beside: path)
        let now = host.now()
        guard let facts = host.facts(of: entries),
            facts.bytesLeft >= facts.bytes + HistoryPlan.bytesToLeave
        else { return }
        let day = HistoryPlan.interval(afterBackupOf: facts.bytes)
        if let entriesBackedUp, now < entriesBackedUp + day { return }
        // What was taken back is taken out of backups, which makes them look newer than they are: a backup of one's own
        // is gone by first, and its file only by who was just started.
        if entriesBackedUp == nil, let last = host.facts(of: Backups.path(of: entries, 1)) {
            let age = wall - last.modified
            guard age < .zero ? isClockKnown : age >= day else { return }
        }
        do {
            if try Entries.backUpChanges(beside: path, keeping: plan.backups, host: host) {
                entriesBackedUp = now
                count(backup: Backups.path(of: entries, 1))
            }
        } catch {
            say(.upkeepFailed(.backup, error))
            entriesBackedUp = now
        }
    }
}
