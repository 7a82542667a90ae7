import LumbarAlerts
import LumbarCore
import LumbarDetectors
import LumbarLinux
import LumbarMeasures
import LumbarMonitor
import LumbarReport
import LumbarSettings
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
        try addTraining(to: &days, from: first, through: last)
        return days
    }

    /// Says what a training came to on each day, which is not stored with it.
    private func addTraining(
        to days: inout [DailySummary], from first: CivilDate, through last: CivilDate
    ) throws {
        let sessions = try store.trainingSessions(
            since: clock.start(of: first),
            until: clock.start(of: CivilDate(daysSinceEpoch: last.daysSinceEpoch + 1)), wearer: wearer)
        let standing = try store.trainingStanding(
            of: wearer, today: clock.today, zone: clock.zone(of:), day: clock.day(of:))
        for index in days.indices {
            guard let date = days[index].date else { continue }
            let measured = standing?.course.retention.first { $0.day?.date == date }
            days[index].training =
                sessions[date].map { .sessions($0) } ?? measured.map { .retention(weeks: $0.weeks) }
        }
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
        var ledger = DayLedger(wearer: wearer, start: end, date: date, body: StoredDays.body)
        ledger.restore(epochs: stored.epochs, episodes: stored.episodes, alerts: stored.alerts)
        var day = ledger.summary(at: end)
        day.isComplete = isOver
        return day
    }

    /// What was declared for a day, with the lifts that were seen on it; nil when nothing was declared.
    func lifting(on date: CivilDate, _ entries: Entries?) throws -> DeclaredLifting? {
        let midnight = clock.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        let declared = try entries?.loads(since: clock.start(of: date), until: midnight, wearer: wearer) ?? []
        guard !declared.isEmpty else { return nil }
        guard var reference = try store.latestAnchor() else {
            return DeclaredLifting(declared, liftTimes: [])
        }
        reference.anchor.zone = clock.zone(of: date)
        let day = try store.day(date, by: reference.anchor, bootID: reference.bootID, wearer: wearer)
        let lifts = day.episodes.compactMap { episode -> Double? in
            guard case .lift = episode.kind else { return nil }
            return (episode.start - .zero).seconds
        }
        return DeclaredLifting(declared, liftTimes: lifts)
    }

    /// The wearer's size as the daemon's configuration has it; the built-in one when that cannot be read.
    static let body: BodySize = {
        let settings = MonitorSettings()
        let daemon = DaemonSettings(decoders: (try? KnownProtocols.catalog()) ?? .builtIn)
        var loader = ConfigLoader(sections: settings.sections + daemon.sections)
        let files = try? ConfigurationFiles.read(ConfigurationFiles.standardPath, isRequired: false)
        for file in files ?? [] { loader.load(file: file.path, bytes: file.bytes) }
        loader.finish()
        let lift = settings.detectors.lift
        return loader.errors.isEmpty ? BodySize(mass: lift.bodyMass, height: lift.bodyHeight) : BodySize()
    }()

    /// Minutes are stored with a lag: only when more than that is missing is it time without data.
    private func end(after last: MinuteEpoch, _ anchor: WallAnchor) -> Instant {
        let known = last.start + last.length
        let now = anchor.instant(at: clock.now)
        return now - known > .minutes(4) ? now : known
    }
}
