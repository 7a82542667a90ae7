import LumbarCore

/// A boot as the program that watched in it saw it: run after run, each of which begins with a policy that knows only what
/// is stored.
extension RecordedBoot {
    /// A stretch of time in which the program was running.
    public struct Run: Sendable, Equatable {
        /// When it was started, or began anew.
        public var from: Instant
        /// When it ended; nil when nobody saw that.
        public var until: Instant?

        /// A run.
        public init(from: Instant, until: Instant? = nil) {
            self.from = from
            self.until = until
        }
    }

    /// What there is of each run, as a boot of its own. What was before the first run that is known is one too.
    ///
    /// Detectors begin with a run, and so does what they find. A minute belongs to the run in which it was handed out: its
    /// end tells, since the first one after a start begins where the last stored one ended. What was said while the program
    /// did not run is heard at its next start.
    var parts: [RecordedBoot] {
        guard !runs.isEmpty else { return [self] }
        let runs = runs.sorted { $0.from < $1.from }
        var parts = Array(repeating: RecordedBoot(), count: runs.count + 1)
        for place in parts.indices {
            let next = place < runs.count ? runs[place].from : nil
            parts[place].clock = clock
            parts[place].isRun = place > 0
            parts[place].anchors = anchors.filter { anchor in next.map { anchor.instant < $0 } ?? true }
            parts[place].stop = (place > 0 ? runs[place - 1].until : nil) ?? next
            // The sensor may have been silent for long before its end.
            parts[place].end = (place > 0 ? runs[place - 1].until : nil) ?? (next == nil ? end : nil)
        }
        let part: (Instant) -> Int = { time in runs.prefix { $0.from <= time }.count }
        let partOfEnd: (Instant) -> Int = { time in runs.prefix { $0.from < time }.count }
        for episode in episodes {
            parts[partOfEnd(max(episode.end, episode.decided))].episodes.append(episode)
        }
        for epoch in epochs { parts[partOfEnd(epoch.start + epoch.length)].epochs.append(epoch) }
        for trust in trusts { parts[part(trust.time)].trusts.append(trust) }
        for var control in controls {
            var place = part(control.time)
            if place < runs.count, let stop = parts[place].stop, control.time > stop {
                control.time = runs[place].from
                place += 1
            }
            parts[place].controls.append(control)
        }
        return parts
    }
}
