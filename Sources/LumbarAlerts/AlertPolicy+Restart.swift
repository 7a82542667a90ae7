import LumbarCore

// What a policy takes over from the one before a restart of the program.
extension AlertPolicy {
    /// Counts alerts of today from before a restart against the budget, and goes on with a morning, with who was up and
    /// with the sums of the day.
    ///
    /// What was said before cannot lie ahead: where a clock that lags says so, it was said just now.
    public mutating func restore(
        _ alerts: [Alert], episodes: [Episode] = [], epochs: [MinuteEpoch] = [], at now: Instant
    ) {
        clock = max(clock, now)
        for epoch in epochs { view.day.receive(epoch) }
        view.body.recall(episodes)
        // Whether a break followed on a nudge is for the order to say in which they were heard of.
        var rest = alerts.map { $0.said(by: now) }.sorted { $0.time < $1.time }[...]
        let off = episodes.filter { $0.kind == .posture(.notWorn) }
        for episode in episodes.sorted(by: { $0.heard < $1.heard }) {
            while let alert = rest.first, alert.time <= episode.heard {
                note(alert)
                rest.removeFirst()
            }
            if case .rising = episode.kind { view.body.receive(episode) }
            view.day.receive(episode, isWorn: !off.contains { $0.isKnown(at: episode.heard) })
        }
        for alert in rest { note(alert) }
        schedule()
    }
}

extension Episode {
    /// When a complete one was heard of.
    fileprivate var heard: Instant { max(end, decided) }

    /// Whether it was heard of at `time` as going on.
    fileprivate func isKnown(at time: Instant) -> Bool { decided <= time && time < end }
}
