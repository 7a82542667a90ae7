import LumbarCore

/// Held flexion: what waits to be told, and what was dealt with.
struct FlexionWatch: Sendable {
    /// The latest record of an episode that is over its budget, goes on and was not told.
    var pending: Episode?
    /// Start of the last episode that was told, held back or dropped.
    var settled: Instant?
}

/// Lifts and turns: the span of the last one dealt with, so that one act is told once.
struct HandlingWatch: Sendable {
    var start: Instant?
    var end: Instant?

    /// Whether `episode` belongs to the act dealt with last: it overlaps it or follows within three seconds.
    func covers(_ episode: Episode) -> Bool {
        guard let start, let end else { return false }
        return episode.start <= end + .seconds(3) && start <= episode.end + .seconds(3)
    }

    mutating func extend(by episode: Episode) {
        let joins = covers(episode)
        start = joins ? min(start ?? episode.start, episode.start) : episode.start
        end = joins ? max(end ?? episode.end, episode.end) : episode.end
    }
}

/// How long after its end an episode may still be told as news.
let freshness = Elapsed.seconds(60)

// MARK: Sitting

extension AlertPolicy {
    /// The first moment from `time` on at which the ladder may speak.
    func sittingDue(from time: Instant) -> Instant? {
        guard settings.sitting, let reach = ladder.nextReach else { return nil }
        switch posture {
        case .standing, .walking, .lying, .notWorn: return nil
        // Seated again: whether it is still the same bout is for the detector to say, with its next record.
        case .sitting: if let told = ladder.toldUntil, let postureStart, told < postureStart { return nil }
        case .unknown: break
        }
        let moment = max(time, silentUntil, reach)
        guard let step = ladder.due(at: moment) else { return nil }
        if step == 0 { return moment }
        let rested = lastSitting.map { $0 + ladder.spacing(before: step) } ?? moment
        return budget.available(from: max(moment, rested))
    }

    mutating func tellSitting(at now: Instant, into alerts: inout [Alert]) {
        guard let start = ladder.start, let step = ladder.due(at: now) else { return }
        let tier: AlertTier = step == 0 ? .notice : step == 3 && ladder.nudgesTold >= 2 ? .urgent : .nudge
        let message = AlertText.sitting(
            seconds: ladder.seated(at: now), tier: tier, isLast: step == ladder.steps.count - 1)
        ladder.tell(step)
        say(
            Alert(
                rule: .sitting, tier: tier, time: now, episodeStart: start, duration: now - start,
                step: ladder.timesTold, message: message, wearer: wearer),
            into: &alerts)
    }
}

// MARK: Held flexion

extension AlertPolicy {
    mutating func receive(
        _ measures: SustainedFlexion, _ episode: Episode, at now: Instant, into alerts: inout [Alert]
    ) {
        guard settings.sustainedFlexion, measures.budgetUsed >= 1, flexion.settled != episode.start else {
            // It may have dropped back under its budget, or be the end of one that was told.
            if flexion.pending?.start == episode.start { flexion.pending = nil }
            return
        }
        if episode.isOngoing {
            flexion.pending = episode
            return
        }
        flexion.pending = nil
        flexion.settled = episode.start
        guard now >= silentUntil else { return }
        if now - episode.end <= freshness, budget.available(from: flexionRested(from: now)) == now {
            tellFlexion(measures, episode, at: now, into: &alerts)
        } else {
            held.append(
                .sustainedFlexion, at: episode.end, degrees: AlertText.wholeDegrees(measures.meanDegrees))
        }
    }

    private func flexionRested(from time: Instant) -> Instant {
        max(time, lastFlexion.map { $0 + .minutes(settings.flexionCooldown) } ?? time)
    }

    /// The first moment from `time` on at which the bend that goes on may be told.
    func flexionDue(from time: Instant) -> Instant? {
        guard flexion.pending != nil else { return nil }
        return budget.available(from: flexionRested(from: max(time, silentUntil)))
    }

    mutating func tellPendingFlexion(at now: Instant, into alerts: inout [Alert]) {
        guard let episode = flexion.pending, case .sustainedFlexion(let measures) = episode.kind else {
            return
        }
        flexion.pending = nil
        flexion.settled = episode.start
        tellFlexion(measures, episode, at: now, into: &alerts)
    }

    private mutating func tellFlexion(
        _ measures: SustainedFlexion, _ episode: Episode, at now: Instant, into alerts: inout [Alert]
    ) {
        let duration = episode.isOngoing ? now - episode.start : episode.duration
        say(
            Alert(
                rule: .sustainedFlexion, tier: .nudge, time: now, episodeStart: episode.start,
                duration: duration,
                message: AlertText.sustainedFlexion(
                    measures, seconds: duration.seconds, isOngoing: episode.isOngoing),
                flexionDegrees: AlertText.wholeDegrees(measures.meanDegrees), wearer: wearer),
            into: &alerts)
    }
}

// MARK: Lifts and turns

extension AlertPolicy {
    mutating func receive(_ lift: Lift, _ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
        guard settings.lift, lift.isUnderStrain, !episode.isOngoing else { return }
        handle(
            .lift, episode, degrees: AlertText.wholeDegrees(lift.peakDegrees), message: AlertText.lift(lift),
            at: now, into: &alerts)
    }

    mutating func receive(_ twist: Twist, _ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
        guard settings.twist, twist.isAfterLift, !episode.isOngoing else { return }
        handle(.twist, episode, degrees: nil, message: AlertText.twist(twist), at: now, into: &alerts)
    }

    private mutating func handle(
        _ rule: AlertRule, _ episode: Episode, degrees: Int?, message: String, at now: Instant,
        into alerts: inout [Alert]
    ) {
        let isKnown = handling.covers(episode)
        handling.extend(by: episode)
        guard !isKnown, now >= silentUntil else { return }
        let rested = max(now, lastHandling.map { $0 + .minutes(settings.liftCooldown) } ?? now)
        guard now - episode.end <= freshness, budget.available(from: rested) == now else {
            held.append(rule, at: episode.end, degrees: degrees ?? 0)
            return
        }
        say(
            Alert(
                rule: rule, tier: .nudge, time: now, episodeStart: episode.start, duration: episode.duration,
                message: message, flexionDegrees: degrees, wearer: wearer),
            into: &alerts)
    }
}

// MARK: Falls

extension AlertPolicy {
    mutating func receive(_ fall: Fall, _ episode: Episode, at now: Instant, into alerts: inout [Alert]) {
        if fall.downSeconds > 0 {
            receiveDown(fall, episode, at: now, into: &alerts)
            return
        }
        // A fall gives several records, and a second impact within a minute is the same event.
        guard settings.fall, lastFall.map({ now - $0 > .minutes(1) }) ?? true, lastFallStart != episode.start
        else { return }
        lastFallStart = episode.start
        say(
            Alert(
                rule: .fall, tier: .urgent, time: now, episodeStart: episode.start,
                duration: episode.duration, message: AlertText.fall, wearer: wearer),
            into: &alerts)
    }

    /// Somebody who may have fallen has not got up: each moment is told once, and needs no other alert before it.
    private mutating func receiveDown(
        _ fall: Fall, _ episode: Episode, at now: Instant, into alerts: inout [Alert]
    ) {
        guard settings.fall else { return }
        var step = 1
        if let last = lastDown, last.start == episode.start {
            guard fall.downSeconds > last.seconds else { return }
            step = 2
        }
        lastDown = (episode.start, fall.downSeconds)
        say(
            Alert(
                rule: .stillDown, tier: .urgent, time: now, episodeStart: episode.start,
                duration: episode.duration, step: step,
                message: AlertText.stillDown(seconds: fall.downSeconds), wearer: wearer),
            into: &alerts)
    }
}

// MARK: Digest

extension AlertPolicy {
    /// The first moment from `time` on at which enough held-back nudges may be told in one.
    func digestDue(from time: Instant) -> Instant? {
        guard settings.digest, !held.all.isEmpty else { return nil }
        switch posture {
        case .walking, .lying, .notWorn: return nil
        case .sitting, .standing, .unknown: break
        }
        let rested = lastNudge.map { $0 + .minutes(settings.digestCooldown) } ?? time
        guard let moment = budget.available(from: max(time, silentUntil, rested)),
            held.count(at: moment) >= settings.digestMinimum
        else { return nil }
        return moment
    }

    mutating func tellDigest(at now: Instant, into alerts: inout [Alert]) {
        held.prune(at: now)
        guard let oldest = held.all.map(\.time).min() else { return }
        let degrees = held.all.reduce(0) { max($0, $1.degrees) }
        let span = now - oldest
        let alert = Alert(
            rule: .digest, tier: .nudge, time: now, episodeStart: oldest, duration: span,
            message: AlertText.digest(held.all.map(\.rule), seconds: span.seconds),
            flexionDegrees: degrees > 0 ? degrees : nil, count: held.all.count, wearer: wearer)
        held.removeAll()
        say(alert, into: &alerts)
    }
}
