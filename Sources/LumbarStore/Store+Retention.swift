import LumbarCore

extension Store {
    /// Gives up a few hours of what is older than it is to be kept; false when there is nothing left to give up.
    ///
    /// A small transaction each time, so that nothing has to wait for it.
    public func trim(_ retention: HistoryPlan.Retention, at now: WallTime) throws(StoreError) -> Bool {
        let kinds: [(days: Int?, oldest: StaticString, delete: StaticString)] = [
            // With the alerts they belong to, and before them: what was begun is found again.
            (
                retention.alerts, "SELECT min(time_ns) FROM alert_trace WHERE boot = ?1",
                "DELETE FROM alert_trace WHERE boot = ?1 AND time_ns < ?2"
            ),
            (
                retention.minutes, "SELECT min(start_ns) FROM epoch WHERE boot = ?1",
                "DELETE FROM epoch WHERE boot = ?1 AND start_ns < ?2"
            ),
            (
                retention.postures, "SELECT min(start_ns) FROM posture_span WHERE boot = ?1",
                "DELETE FROM posture_span WHERE boot = ?1 AND start_ns < ?2"
            ),
            (
                retention.episodes, "SELECT min(start_ns) FROM episode WHERE boot = ?1",
                "DELETE FROM episode WHERE boot = ?1 AND start_ns < ?2"
            ),
            (
                retention.alerts, "SELECT min(time_ns) FROM alert WHERE boot = ?1",
                "DELETE FROM alert WHERE boot = ?1 AND time_ns < ?2"
            ),
        ]
        let action = "giving up what is too old"
        let timeline = try timeline()
        let spans = timeline.spans
        for kind in kinds {
            guard let days = kind.days else { continue }
            let end = now + .hours(-24 * Double(days))
            for span in spans {
                guard let old = span.instants(from: WallTime(nanoseconds: .min), until: end),
                    let oldest = try database.integer(kind.oldest, [.int(span.boot)], while: action),
                    oldest < old.until.nanoseconds
                else { continue }
                let limit = min(old.until, Instant(nanoseconds: oldest) + .hours(6))
                try database.run(kind.delete, [.int(span.boot), .int(limit.nanoseconds)], while: action)
                return true
            }
        }
        return try trimAsked(retention, timeline, at: now, while: action)
    }

    /// Gives up what alerts were decided by, once the alerts are given up, but for what still held then: a daemon may be up
    /// for longer than they are kept.
    ///
    /// A few rows a day, so all at once.
    private func trimAsked(
        _ retention: HistoryPlan.Retention, _ timeline: Timeline, at now: WallTime, while action: String
    ) throws(StoreError) -> Bool {
        guard let days = retention.alerts else { return false }
        let end = now + .hours(-24 * Double(days))
        return try database.transaction(while: action) { () throws(StoreError) -> Bool in
            try noteInForce(timeline, at: end, now: now, isGoingOn: true, while: action)
            var count = 0
            for span in timeline.spans {
                guard let old = span.instants(from: WallTime(nanoseconds: .min), until: end) else { continue }
                count += try deleteAsked(
                    .null, boot: span.boot, from: old.from, until: old.until, while: action)
            }
            return count > 0
        }
    }
}
