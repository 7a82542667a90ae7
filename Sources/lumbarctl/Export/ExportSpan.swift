import LumbarCore
import LumbarStore

/// What part of a history is exported: from when, until when, whose.
struct ExportSpan {
    var since: WallTime?
    var until: WallTime?
    /// Whose, by exact name; nil for everyone's.
    var wearer: WearerID?

    /// Whether `row` is in it. What has no wall time is in no span of time.
    ///
    /// Clock anchors always are: without those of its boot no row could be placed in time where it is taken in.
    func holds(_ row: ExportedRow, zone: (CivilDate) -> ZoneRule) -> Bool {
        if let wearer, let owner = row.wearer, owner != wearer { return false }
        guard since != nil || until != nil else { return true }
        switch row {
        case .anchor: return true
        case .epoch(_, let place), .alert(_, let place): return holds(place.wall)
        case .trace(let trace, let key, let place):
            return holds(place.wall.map { $0 + (key.time - trace.start) })
        case .episode(let episode, _, let place):
            // One that began before and reaches into it is in it.
            guard let start = place.wall else { return false }
            return (until.map { start < $0 } ?? true)
                && (since.map { start >= $0 || start + episode.duration > $0 } ?? true)
        case .calibration(let stored): return holds(stored.updated.wall)
        case .device(let stored): return holds(stored.last.wall)
        case .wear(_, let place), .setting(_, _, let place), .asked(_, _, let place),
            .trust(_, _, _, let place), .run(_, let place):
            return holds(place.wall)
        case .summary(let day, _): return day.date.map { holds(day: $0, zone($0)) } ?? false
        }
    }

    /// Whether a moment is in it.
    func holds(_ wall: WallTime?) -> Bool {
        guard let wall else { return since == nil && until == nil }
        return (since.map { wall >= $0 } ?? true) && (until.map { wall < $0 } ?? true)
    }

    /// Whether any of a local day is in it.
    func holds(day: CivilDate, _ zone: ZoneRule) -> Bool {
        let start = zone.start(of: day)
        let end = zone.start(of: CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1))
        return (until.map { start < $0 } ?? true) && (since.map { end > $0 } ?? true)
    }
}
