import LumbarCore

// When nothing is said: the minutes after a connection, a snooze, quiet hours, and until the wearer is up.
extension AlertPolicy {
    /// For how long after quiet hours or a night "until I am up" goes on at most.
    static let longestWaking = Elapsed.hours(4)

    /// The first moment from `time` on at which nothing of all that keeps `rule` silent; nil when only news can say.
    func unsilenced(_ rule: Rule, from time: Instant) -> Instant? {
        if rule.isExempt { return time }
        return settled(from: time) { moment in
            var later = moment
            if rule.vetoes.contains(.probation) { later = max(later, probationUntil) }
            if rule.vetoes.contains(.snooze) { later = max(later, asked.snoozeEnd(view.body)) }
            if rule.vetoes.contains(.night) {
                guard let anchor = view.anchor else { return nil }
                later = night.end(holding: later, anchor) ?? later
            }
            guard rule.vetoes.contains(.quietHours) else { return later }
            if let anchor = view.anchor { later = quiet.end(holding: later, anchor) ?? later }
            return settings.quietUntilUpright ? awake(from: later) : later
        }
    }

    /// The first moment from `time` on at which the wearer has been upright for ten minutes since the quiet hours or the
    /// night before it, if they stay on their feet; nil when they are not on them.
    private func awake(from time: Instant) -> Instant? {
        guard let end = lastNight(before: time), !view.body.wasUpright(since: end) else { return time }
        let latest = end + Self.longestWaking
        guard let upright = view.body.upright(since: end) else { return max(time, latest) }
        return max(time, min(upright, latest))
    }

    private func lastNight(before time: Instant) -> Instant? {
        var end = view.body.risenAt.flatMap { $0 <= time ? $0 : nil }
        if let anchor = view.anchor, let quietEnd = quiet.lastEnd(before: time, anchor) {
            end = max(end ?? quietEnd, quietEnd)
        }
        return end
    }
}

// MARK: Digest

extension AlertPolicy {
    /// The first moment from `time` on at which enough held-back nudges may be told in one.
    func digestDue(_ index: Int, from time: Instant) -> Instant? {
        guard !held.all.isEmpty, slots[index].rule.vetoes.isDisjoint(with: view.body.vetoes) else {
            return nil
        }
        let rested = lastNudge.map { $0 + .minutes(settings.digestCooldown) } ?? time
        guard let moment = permitted(index, 0, from: max(time, rested)),
            held.count(at: moment) >= settings.digestMinimum
        else { return nil }
        return moment
    }

    mutating func tellDigest(_ index: Int, at now: Instant, into alerts: inout [Alert]) {
        held.prune(at: now)
        guard let oldest = held.all.map(\.time).min() else { return }
        let degrees = held.all.reduce(0) { max($0, $1.degrees) }
        let span = now - oldest
        let rule = slots[index].rule
        var alert = Alert(
            rule: .digest, tier: .nudge, time: now, episodeStart: oldest, duration: span,
            message: AlertText.digest(held.all.map(\.rule), seconds: span.seconds),
            flexionDegrees: degrees > 0 ? degrees : nil, count: held.all.count, wearer: wearer)
        alert.reason = AlertReason(
            clause: rule.clause, measured: Double(held.all.count),
            threshold: Double(settings.digestMinimum), unit: rule.unit,
            algorithm: rule.algorithm)
        alert.delivery = slots[index].mode == .on ? .told : .shadow
        held.removeAll()
        note(alert)
        alerts.append(alert)
    }
}
