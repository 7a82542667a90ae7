import LumbarCore

extension AlertPolicy {
    /// Until when it keeps quiet because it was asked to; long ago when it does not.
    public var snoozedUntil: Instant { asked.snoozedUntil }
}

extension Alert {
    /// The same, said at `now` at the latest.
    func said(by now: Instant) -> Alert {
        var alert = self
        alert.time = min(time, now)
        alert.episodeStart = min(episodeStart, now)
        return alert
    }
}
