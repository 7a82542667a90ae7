import LumbarCore

extension AlertPolicy {
    /// Until when it keeps quiet because it was asked to; long ago when it does not.
    public var snoozedUntil: Instant { asked.snoozedUntil }
}
