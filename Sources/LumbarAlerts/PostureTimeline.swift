import LumbarCore

/// Which posture the wearer is in, as far as it is told: what is settled, and what is believed from there on.
///
///     complete   complete   |settled     ongoing ---------------->|dataThrough
///     =========|============|............|========================|
///
/// Complete records are authoritative and never change. From where they end, the ongoing record tells what is believed
/// now; stream time with neither is `unknown`.
struct PostureTimeline: Sendable {
    /// Everything before is told by complete records.
    private(set) var settledThrough = Instant(nanoseconds: .min)
    /// How far the stream has come.
    private(set) var dataThrough = Instant(nanoseconds: .min)
    private var ongoing: (posture: Posture, start: Instant)?
    /// Where the present run of frames began, while no record has told about it.
    private var runStart: Instant?

    /// The posture believed now; `unknown` while nothing is told.
    var posture: Posture { ongoing?.posture ?? .unknown }

    /// Since when and until when the wearer is believed to sit now, or nil.
    var seated: (since: Instant, until: Instant)? {
        guard let ongoing, ongoing.posture == .sitting else { return nil }
        return (ongoing.start, dataThrough)
    }

    mutating func receive(_ features: Features) {
        if features.followsGap || (ongoing == nil && runStart == nil) { runStart = features.start }
        dataThrough = max(dataThrough, features.end)
    }

    /// Takes a record and returns the span it settles, or nil.
    mutating func receive(_ posture: Posture, _ episode: Episode) -> (start: Instant, end: Instant)? {
        guard episode.end >= episode.start else { return nil }
        dataThrough = max(dataThrough, episode.end)
        if episode.isOngoing {
            ongoing = (posture, episode.start)
            return nil
        }
        let start = max(episode.start, settledThrough)
        settledThrough = max(settledThrough, episode.end)
        if let now = ongoing, now.start < episode.end { ongoing = nil }
        if episode.end >= dataThrough { runStart = nil }
        return start < episode.end ? (start, episode.end) : nil
    }

    /// The spans believed but not settled, before `limit`.
    func believed(before limit: Instant) -> [(posture: Posture, start: Instant, end: Instant)] {
        let end = min(dataThrough, limit)
        var out: [(posture: Posture, start: Instant, end: Instant)] = []
        if let runStart {
            let unknownEnd = min(end, ongoing?.start ?? end)
            if max(runStart, settledThrough) < unknownEnd {
                out.append((.unknown, max(runStart, settledThrough), unknownEnd))
            }
        }
        if let ongoing, max(ongoing.start, settledThrough) < end {
            out.append((ongoing.posture, max(ongoing.start, settledThrough), end))
        }
        return out
    }
}
