import LumbarCore
import LumbarMeasures
import LumbarStore

/// A wearer's days as far as a comparison before episodes of pain needs them, from the history.
struct StoredExposures {
    let store: Store
    let clock: LocalClock
    let wearer: WearerID

    /// When the wearer may have fallen, by the alerts.
    func falls() throws -> [WallTime] {
        try store.alerts(wearer: wearer).filter { $0.alert.rule == .fall }.compactMap(\.place.wall)
    }

    /// What happened in the eight weeks and three days before each of `onsets`.
    func history(before onsets: [WallTime]) throws -> ExposureHistory {
        var days: Set<CivilDate> = []
        // The window of the farthest control, and a day for a change of the clock.
        let reach = Int64(CaseCrossover.reachDays + CaseCrossover.Span.threeDays.rawValue + 1)
        for onset in onsets {
            let last = clock.zone(at: onset).date(at: onset).daysSinceEpoch
            for day in (last - reach)...last { days.insert(CivilDate(daysSinceEpoch: day)) }
        }
        var found = Found()
        guard var reference = try store.latestAnchor() else { return found.history }
        for date in days.sorted() {
            reference.anchor.zone = clock.zone(of: date)
            let day = try store.day(date, by: reference.anchor, bootID: reference.bootID, wearer: wearer)
            found.take(day, of: date, by: reference.anchor)
        }
        return found.history
    }

    private struct Found {
        var minutes: [ExposureHistory.Minute] = []
        var deepBends: [WallTime] = []
        var liftsThenTwist: [WallTime] = []
        var sittings: [ExposureHistory.Sitting] = []
        var risings: [WallTime] = []

        var history: ExposureHistory {
            ExposureHistory(
                minutes: minutes, deepBends: deepBends, liftsThenTwist: liftsThenTwist, sittings: sittings,
                risings: risings)
        }

        mutating func take(_ day: StoredDay, of date: CivilDate, by anchor: WallAnchor) {
            for epoch in day.epochs {
                minutes.append(
                    ExposureHistory.Minute(epoch, time: anchor.wall(at: epoch.start), body: StoredDays.body))
            }
            let midnight = anchor.zone.start(of: date)
            for episode in day.episodes {
                let start = anchor.wall(at: episode.start)
                // What began the day before came with that day.
                guard start >= midnight else { continue }
                take(episode, from: start, until: anchor.wall(at: episode.end))
            }
        }

        private mutating func take(_ episode: Episode, from start: WallTime, until end: WallTime) {
            switch episode.kind {
            case .bend(let bend) where bend.peakDegrees > 60: deepBends.append(start)
            case .twist(let twist) where twist.isAfterLift: liftsThenTwist.append(start)
            case .sitting(let bout):
                sittings.append(.init(start: start, end: end, seatedSeconds: bout.seatedSeconds))
            case .rising: risings.append(start)
            default: break
            }
        }
    }
}
