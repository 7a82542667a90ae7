import LumbarCore

/// The bouts of sitting of one local day.
///
/// A bout across midnight counts on both days, each with its own part of it; the break that ends a bout counts on the
/// day it became known.
struct SittingTally: Sendable {
    private var bouts = 0
    private var boutsOver30 = 0
    private var longest = Elapsed.zero
    private var breaks = 0
    private var lengths: [Double] = []
    /// The bout that goes on, as last told.
    private var current: (start: Instant, end: Instant)?
    /// The newest bout that ended, so that a record told twice counts once.
    private var finished: Instant?
    private var shiftsSeen = 0

    /// Takes a record and returns how many shifts of the trunk are new in it.
    mutating func receive(_ bout: SittingBout, _ episode: Episode, dayStart: Instant) -> Int {
        guard finished != episode.start else { return 0 }
        if current?.start != episode.start {
            finish(dayStart: dayStart)
            shiftsSeen = 0
        }
        current = (episode.start, max(current?.end ?? episode.end, episode.end))
        let newShifts = max(0, bout.posturalShifts - shiftsSeen)
        shiftsSeen += newShifts
        if !episode.isOngoing {
            current?.end = episode.end
            if episode.endsWithABreak { breaks += 1 }
            finish(dayStart: dayStart)
        }
        return newShifts
    }

    /// Ends the bout that goes on where it was last told: its end will not come.
    mutating func finish(dayStart: Instant) {
        guard let bout = current else { return }
        count(from: max(bout.start, dayStart), to: bout.end)
        finished = bout.start
        current = nil
    }

    /// Another local day: the bout that goes on goes on.
    mutating func beginDay() {
        bouts = 0
        boutsOver30 = 0
        longest = .zero
        breaks = 0
        lengths.removeAll(keepingCapacity: true)
    }

    /// Writes the day's numbers into `summary`; the bout that goes on reaches as far as the wearer is `seated`, unless
    /// they sat down after it was last told, which may be another bout.
    func fill(_ summary: inout DailySummary, seated: (since: Instant, until: Instant)?) {
        var copy = self
        if let bout = current {
            var end = bout.end
            if let seated, seated.since <= end { end = max(end, seated.until) }
            end = min(end, summary.end)
            copy.count(from: max(bout.start, summary.start), to: end)
        }
        summary.sittingBouts = copy.bouts
        summary.sittingBoutsOver30Minutes = copy.boutsOver30
        summary.longestSittingSeconds = copy.longest.seconds
        summary.sittingBreaks = copy.breaks
        summary.boutSeconds = copy.lengths
    }

    private mutating func count(from start: Instant, to end: Instant) {
        guard end > start else { return }
        bouts += 1
        if end - start >= .minutes(30) { boutsOver30 += 1 }
        longest = max(longest, end - start)
        lengths.append((end - start).seconds)
    }
}

extension Episode {
    /// Whether a complete bout of sitting ended with a break.
    ///
    /// Whoever breaks a bout is seen doing something else for a while before the detector decides; a bout that ended with
    /// the data is decided at its end, and is no break.
    var endsWithABreak: Bool { decided - end >= .seconds(1) }
}
