import LumbarCore

/// Getting up, and whether a bend after it was spoken about.
struct MorningWatch: Sendable {
    private(set) var risenAt: Instant?
    private(set) var guardedUntil: Instant?
    var lastTold: Instant?

    /// A night with several risings is told about once.
    static let rest = Elapsed.hours(12)

    mutating func receive(_ rising: Rising, _ episode: Episode) {
        risenAt = episode.start
        guardedUntil = episode.start + .seconds(rising.guardedSeconds)
    }

    /// When the wearer got up, if `time` is soon enough after it.
    func rise(before time: Instant) -> Instant? {
        guard let risenAt, let guardedUntil, time >= risenAt, time < guardedUntil else { return nil }
        return risenAt
    }
}

extension AlertPolicy {
    mutating func receive(_ bend: Bend, _ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
        guard settings.morning, !episode.isOngoing, let rise = morning.rise(before: episode.start),
            now >= silentUntil, now - episode.end <= freshness,
            morning.lastTold.map({ now - $0 >= MorningWatch.rest }) ?? true
        else { return }
        say(
            Alert(
                rule: .morning, tier: .notice, time: now, episodeStart: episode.start,
                duration: episode.duration,
                message: AlertText.morning(
                    peakDegrees: bend.peakDegrees, seconds: (episode.start - rise).seconds),
                flexionDegrees: AlertText.wholeDegrees(bend.peakDegrees), wearer: wearer),
            into: &alerts)
    }
}
