import LumbarCore

/// How long after its end an episode may still be told as news.
let freshness = Elapsed.seconds(60)

// MARK: Hearing

extension AlertPolicy {
    /// The numbers in force, for every rule.
    mutating func setNumbers() {
        let now = asked.profile(at: clock, usual: settings.profile)
        view.numbers = PolicyNumbers(settings: settings, profile: now.profile, day: now.day)
        for index in slots.indices {
            let rule = slots[index].rule
            let mode = view.numbers.mode(of: rule)
            let isQuiet = asked.setsAside(rule) != nil || isMeasuredWithout(rule)
            slots[index].mode = isQuiet ? mode.quieter(.shadow) : mode
            slots[index].steps = rule.steps(view.numbers)
        }
        // Movement first, and no training, in the days after a spasm.
        if profile == .flare { training.cut(at: clock) }
    }

    /// Shows a fact to every rule, in catalog order.
    mutating func hear(_ fact: Fact) {
        for index in slots.indices where slots[index].mode != .off {
            let rule = slots[index].rule
            if rule.restsOnAngles, mountTrust != .trusted { continue }
            if isTrained(fact, rule) { continue }
            view.known = slots[index].state.situation
            switch rule.senses(fact, view) {
            case .none: break
            case .over: slots[index].state.clear()
            case .situation(let situation): take(situation, index)
            }
        }
    }

    private mutating func take(_ situation: Situation, _ index: Int) {
        let slot = slots[index]
        let isKnown = slot.state.situation.map { $0.start == situation.start } ?? false
        // Dealt with, however late its records come.
        if !isKnown, slot.state.isCleared(situation.start) || slot.spoken.start == situation.start { return }
        let waits = slot.state.situation.map { !$0.isOngoing } ?? false
        if situation.isOngoing {
            if !isKnown, waits { holdBack(index) }
            return slots[index].state.update(situation)
        }
        guard slot.rule.isToldAfterwards, let last = slot.steps.indices.last,
            slot.state.told.step < last || !isKnown, situation.level >= slot.steps[last].threshold
        else {
            if isKnown { slots[index].state.clear() }
            return
        }
        if !isKnown, waits { holdBack(index) }
        slots[index].state.update(situation)
        if slot.rule.sharesActs, slot.rule.patience == .zero, joinsToldAct(situation, index) {
            slots[index].state.clear()
        }
    }

    /// Whether `situation` is part of an act that was dealt with; counts it to it either way.
    private mutating func joinsToldAct(_ situation: Situation, _ index: Int) -> Bool {
        guard slots[index].mode == .on else {
            defer { slots[index].spoken.extend(by: situation) }
            return slots[index].spoken.covers(situation) || acts.covers(situation)
        }
        defer { acts.extend(by: situation) }
        return acts.covers(situation)
    }
}

// MARK: When

extension AlertPolicy {
    /// Finds out what is due next; of several at one moment, the first in catalog order.
    mutating func schedule() {
        var first: (time: Instant, slot: Int?)?
        for index in slots.indices where slots[index].mode != .off {
            let due =
                switch slots[index].rule.id {
                case .digest: digestDue(index, from: clock)
                case .training: trainingDue(index, from: clock)
                default: due(index, from: clock)
                }
            if let due, first.map({ due < $0.time }) ?? true { first = (due, index) }
        }
        if let change = asked.profileChange(after: clock), first.map({ change < $0.time }) ?? true {
            first = (change, nil)
        }
        next = first
    }

    /// The first moment from `time` on at which the rule has something to do, or nil when only news can say.
    private func due(_ index: Int, from time: Instant) -> Instant? {
        guard let situation = slots[index].state.situation else { return nil }
        let slot = slots[index]
        guard situation.isOngoing else {
            // An act waits for its wearer to stand still, as long as it is news.
            let wait = isVetoed(slot.rule) ? freshness : slot.rule.patience
            return max(time, situation.end + wait)
        }
        guard !isVetoed(slot.rule), let reach = slot.nextReach, slot.rule.holds(situation, view),
            var moment = unsilenced(slot.rule, from: max(time, reach)), var step = slot.due(at: moment)
        else { return nil }
        // While it waits, the next step may be reached, which may need budget where this one needs none.
        while let later = permitted(index, step, from: moment) {
            guard let then = slot.due(at: later), then > step else { return later }
            moment = later
            step = then
        }
        return nil
    }

    private func isVetoed(_ rule: Rule) -> Bool { !rule.vetoes.isDisjoint(with: view.body.vetoes) }

    /// The first moment from `time` on at which `step` may be told, if the body goes on as it does.
    func permitted(_ index: Int, _ step: Int, from time: Instant) -> Instant? {
        let slot = slots[index]
        if case .perDay(let most) = slot.rule.repeats, slot.spoken.today >= most { return nil }
        let rested = slot.rested(step, slot.rule.cooldown(view.numbers), acts)
        let isBudgeted =
            slot.mode == .on && !slot.rule.isExempt && slot.steps.indices.contains(step)
            && slot.steps[step].tier != .notice
        return settled(from: max(time, rested)) { moment in
            guard let free = unsilenced(slot.rule, from: moment) else { return nil }
            return isBudgeted ? budget.available(from: free) : free
        }
    }

    /// The first moment from `time` on that `rule` leaves as it is; each answer of it is a moment to ask about next.
    func settled(from time: Instant, _ rule: (Instant) -> Instant?) -> Instant? {
        var moment = time
        // Budgets and spans of quiet hours alternate a few times at most.
        for _ in 0..<64 {
            guard let later = rule(moment) else { return nil }
            if later <= moment { return moment }
            moment = later
        }
        return nil
    }
}

// MARK: Saying

extension AlertPolicy {
    /// Does what was found to be due now.
    mutating func carryOut(_ index: Int, at now: Instant, into alerts: inout [Alert]) {
        switch slots[index].rule.id {
        case .digest: return tellDigest(index, at: now, into: &alerts)
        case .training: return tellTraining(index, at: now, into: &alerts)
        default: break
        }
        guard let situation = slots[index].state.situation else { return }
        if situation.isOngoing {
            if let step = slots[index].due(at: now) { tell(index, step, at: now, into: &alerts) }
            return
        }
        let last = slots[index].steps.count - 1
        let rule = slots[index].rule
        let isTold = rule.patience > .zero && rule.sharesActs && joinsToldAct(situation, index)
        if isTold || unsilenced(rule, from: now) != now {
            // What happened in silence is no news after it.
            slots[index].state.clear()
        } else if isVetoed(rule) || now - situation.end > freshness
            || permitted(index, last, from: now) != now
        {
            holdBack(index)
        } else {
            tell(index, last, at: now, into: &alerts)
            slots[index].state.clear()
        }
    }

    /// Keeps an act for the digest.
    private mutating func holdBack(_ index: Int) {
        if slots[index].mode == .on, slots[index].rule.heldAs != nil,
            let situation = slots[index].state.situation
        {
            held.append(
                slots[index].rule.id, at: situation.end, degrees: situation.flexionDegrees ?? 0)
        }
        slots[index].state.clear()
    }

    private mutating func tell(_ index: Int, _ step: Int, at now: Instant, into alerts: inout [Alert]) {
        let slot = slots[index]
        guard let situation = slot.state.situation else { return }
        var tier = slot.steps[step].tier
        let isIgnored = slot.state.told.nudges >= 2 && !view.numbers.changes.isGentle
        if slot.steps[step].escalates, isIgnored { tier = .urgent }
        slots[index].state.tell(step, tier)
        let duration = situation.isOngoing ? now - situation.start : situation.end - situation.start
        let telling = Telling(
            situation: situation, step: step, steps: slot.steps.count, tier: tier,
            level: situation.level(at: now), seconds: duration.seconds, now: now,
            profile: view.numbers.profile)
        var alert = Alert(
            rule: slot.rule.id, tier: tier, time: now, episodeStart: situation.start, duration: duration,
            step: slots[index].state.told.times, message: slot.rule.text(telling),
            flexionDegrees: situation.flexionDegrees, wearer: wearer)
        alert.reason = reason(slot.rule, telling, slot.steps[step])
        alert.delivery = slot.mode == .on ? .told : .shadow
        note(alert)
        alerts.append(alert)
    }

    private func reason(_ rule: Rule, _ telling: Telling, _ step: Step) -> AlertReason {
        let clause = telling.situation.clause
        let unit = clause?.unit ?? rule.unit
        let age = view.angles.confirmed.map { telling.now - $0 }
        return AlertReason(
            clause: clause?.name ?? rule.clause, measured: telling.level,
            threshold: clause?.threshold ?? step.threshold + telling.situation.delay, unit: unit,
            dwell: rule.dwellTime,
            uncertainty: rule.restsOnAngles && unit == .degrees ? view.angles.uncertaintyDegrees : nil,
            confidence: telling.situation.confidence, algorithm: rule.algorithm,
            calibrationAge: rule.restsOnAngles ? age.map { max(.zero, $0) } : nil)
    }

    /// Remembers an alert for cooldowns and the budget.
    mutating func note(_ alert: Alert) {
        guard let index = slots.firstIndex(where: { $0.rule.id == alert.rule }) else { return }
        slots[index].note(alert)
        training.note(alert)
        if alert.rule == .goodNews, let clause = alert.reason?.clause { view.day.said.append(clause) }
        guard alert.delivery == .told else { return }
        let rule = slots[index].rule
        if rule.sharesActs { acts.note(alert) }
        // A possible fall is outside the budget both ways: it needs none and takes none.
        guard alert.tier != .notice, !rule.isExempt else { return }
        budget.spend(at: alert.time)
        if lastNudge.map({ alert.time > $0 }) ?? true { lastNudge = alert.time }
        if alert.rule == .sitting { view.day.noteNudge(at: alert.time) }
    }
}
