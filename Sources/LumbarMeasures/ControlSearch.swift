import LumbarCore

/// Looks for the control windows of a case-crossover study; see `CaseCrossover`.
struct ControlSearch {
    let span: CaseCrossover.Span
    let episodes: [PainEpisode]
    let zone: (WallTime) -> ZoneRule
    let exposure: (Range<WallTime>) -> WindowExposure

    /// The window before `onset` with its controls.
    func windows(before onset: WallTime) -> CaseCrossover.MatchedWindows {
        let before = worn(window(endingAt: onset))
        let found = controls(before: onset)
        return CaseCrossover.MatchedWindows(
            onset: onset, before: before, controls: found.windows, isSameWeekday: found.isSameWeekday)
    }

    /// The control windows for an episode that began at `onset`.
    func controls(before onset: WallTime) -> (windows: [WindowExposure], isSameWeekday: Bool) {
        let sameWeekday = usable(before: onset, every: 7)
        if sameWeekday.count >= CaseCrossover.leastControls { return (sameWeekday, true) }
        return (usable(before: onset, every: span.rawValue), false)
    }

    private func usable(before onset: WallTime, every days: Int) -> [WindowExposure] {
        let start = window(endingAt: onset).lowerBound
        return stride(from: days, through: CaseCrossover.reachDays, by: days).compactMap { back in
            let candidate = window(endingAt: moment(onset, daysEarlier: back))
            guard candidate.upperBound <= start, isClear(candidate, of: onset) else { return nil }
            return worn(candidate)
        }
    }

    private func window(endingAt end: WallTime) -> Range<WallTime> {
        (end + Elapsed(nanoseconds: -span.length.nanoseconds))..<end
    }

    private func worn(_ window: Range<WallTime>) -> WindowExposure? {
        let found = exposure(window)
        return found.wornSeconds >= span.leastWorn ? found : nil
    }

    /// Whether `candidate` has nothing of any other episode, nor of the window before it.
    private func isClear(_ candidate: Range<WallTime>, of onset: WallTime) -> Bool {
        episodes.allSatisfy { episode in
            if episode.onset == onset { return true }
            let from = window(endingAt: episode.onset).lowerBound
            let until = episode.latest + PainEpisode.sameEpisode
            return candidate.upperBound <= from || candidate.lowerBound >= until
        }
    }

    /// The same time by the clock on the wall, some days earlier.
    private func moment(_ time: WallTime, daysEarlier days: Int) -> WallTime {
        let earlier = time + .hours(-24 * Double(days))
        let shift = zone(time).offset(at: time) - zone(earlier).offset(at: earlier)
        return earlier + .seconds(Double(shift))
    }
}
