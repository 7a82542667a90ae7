import LumbarAlerts
import LumbarCore
import LumbarTestKit
import Testing

/// What holds whatever happens: random facts in random order, in the week of a change of the clock, with a clock that is
/// set and set back.
@Suite struct PolicyPropertyTests {
    private struct Run {
        var day: Diary
        var random: SplitMix64
        var now = at(0)
        var anchor: WallAnchor?
        var posture = Posture.unknown
        var snooze: (from: Instant, until: Instant)?
        var dayStart = at(0)
        var told: [Alert] = []
        let spans: [QuietSpan]

        init(seed: UInt64, settings: AlertSettings) {
            day = Diary(settings)
            spans = settings.quietHours
            random = SplitMix64(seed: seed)
        }

        func roll(_ count: Int, _ random: inout SplitMix64) -> Int {
            Int.random(in: 0..<count, using: &random)
        }
    }

    private func settings(_ random: inout SplitMix64) -> AlertSettings {
        var settings = AlertSettings.allOn
        settings.silentAfterConnect = Double(Int.random(in: 0...3, using: &random))
        settings.quietHours = [
            QuietSpan(from: Int.random(in: 0..<1440, using: &random), to: 420),
            QuietSpan(
                days: (0..<7).map { $0 == Int.random(in: 0..<7, using: &random) },
                from: 720, to: Int.random(in: 721...1440, using: &random)),
        ]
        settings.quietUntilUpright = Bool.random(using: &random)
        settings.nudgesPerHour = Int.random(in: 0...3, using: &random)
        settings.nudgesPerDay = Int.random(in: 0...8, using: &random)
        return settings
    }

    @Test func nothingBreaksBudgetCooldownQuietHoursOrSnooze() {
        var seeds = SplitMix64(seed: 20261025)
        var said = 0
        for round in 0..<UInt64(Trials.count(30)) {
            let settings = settings(&seeds)
            var run = Run(seed: round, settings: settings)
            for _ in 0..<300 {
                step(&run)
                check(&run, settings)
            }
            said += run.told.count
        }
        if !Trials.areEmulated { #expect(said > 120, "silence proves nothing") }
    }

    private func step(_ run: inout Run) {
        var random = run.random
        defer { run.random = random }
        run.now = run.now + .seconds(Double.random(in: 1...900, using: &random).rounded())
        let now = run.now
        let start = now - .seconds(Double.random(in: 0...2400, using: &random).rounded())
        let budget = Double.random(in: 0.5...1.5, using: &random)
        let goesOn = Bool.random(using: &random)
        switch run.roll(17, &random) {
        case 0, 1: run.day.sit(from: start, at: now, shifts: run.roll(3, &random), ongoing: goesOn)
        case 2: run.day.bent(from: start, to: now, budget: budget, ongoing: goesOn)
        case 3: run.day.lift(at: now)
        case 4: run.day.twist(at: now, afterLift: goesOn)
        case 5:
            run.day.bend(to: now, peak: 70, perMinute: 2 * budget, share: budget / 2, endRange: 20 * budget)
        case 6: run.day.ride(from: start, at: now, ongoing: goesOn)
        case 7:
            let night = Rising(lyingSeconds: 20_000, guardedSeconds: 7200)
            run.day.tell(.rising(night), from: now, to: now)
        case 8: run.day.minute(to: now - .seconds(60), over30: 60, over60: 30, sitting: 60)
        case 9:
            run.day.advance(to: now)
            take(&run)
            run.day.policy.beginDay(at: now)
            run.dayStart = now
        case 10:
            run.day.advance(to: now)
            take(&run)
            let until = now + .minutes(Double(run.roll(90, &random)))
            run.day.policy.apply(.snooze(until: until, endsUpright: false), at: now)
            run.snooze = (now, until)
        case 11:
            run.day.advance(to: now)
            take(&run)
            let anchor = Amsterdam.anchor(
                day: 22 + run.roll(3, &random), hour: run.roll(24, &random), minute: run.roll(60, &random),
                at: now)
            run.day.policy.setAnchor(anchor, at: now)
            run.anchor = anchor
        case 12:
            run.day.advance(to: now)
            if goesOn { run.day.policy.lost(at: now) } else { run.day.policy.connected(at: now) }
            if goesOn { run.posture = .unknown }
        default:
            run.day.advance(to: now)
            take(&run)
            run.posture = Posture.allCases[run.roll(6, &random)]
            run.day.posture(run.posture, from: now, at: now)
        }
        run.day.advance(to: now)
    }

    /// Judges what was said before something changes.
    private func take(_ run: inout Run) { check(&run, run.day.policyBudget) }

    private func check(_ run: inout Run, _ settings: AlertSettings?) {
        for alert in run.day.alerts where alert.rule != .fall && alert.rule != .stillDown {
            if let snooze = run.snooze {
                #expect(alert.time < snooze.from || alert.time >= snooze.until, "in a snooze: \(alert)")
            }
            if let anchor = run.anchor {
                #expect(!isQuiet(alert.time, anchor, run.spans), "in quiet hours: \(alert)")
            }
            let isAboutSensor = [.offBody, .silentSensor].contains(alert.rule)
            if !isAboutSensor {
                #expect(
                    ![.walking, .lying, .notWorn].contains(run.posture),
                    "to somebody \(run.posture): \(alert)")
            }
            run.told.append(alert)
        }
        run.day.alerts.removeAll()
        guard let settings else { return }
        let nudges = run.told.filter { $0.tier != .notice }
        #expect(nudges.count { $0.time >= run.dayStart } <= settings.nudgesPerDay)
        let perHour = settings.nudgesPerHour
        for (earlier, later) in zip(nudges, nudges.dropFirst(perHour)) {
            #expect(later.time - earlier.time >= .hours(1))
        }
        let groups: [([AlertRule], Double)] = [
            ([.lift, .twist, .turning, .afterRest], 10), ([.sustainedFlexion], 10), ([.repeatedBends], 30),
            ([.endRange], 10), ([.morning], 720),
        ]
        for (rules, minutes) in groups {
            let those = run.told.filter { rules.contains($0.rule) }
            // A nudge rests after a nudge, and a notice after either.
            let nudges = those.filter { $0.tier != .notice }
            let notices = zip(those, those.dropFirst()).filter { $1.tier == .notice }
            let pairs = zip(nudges, nudges.dropFirst()) + notices
            for (earlier, later) in pairs where earlier.episodeStart != later.episodeStart {
                #expect(later.time - earlier.time >= .minutes(minutes), "\(earlier) \(later)")
            }
        }
    }

    /// By the clock on the wall, as somebody would read it there.
    private func isQuiet(_ time: Instant, _ anchor: WallAnchor, _ spans: [QuietSpan]) -> Bool {
        let wall = anchor.wall(at: time)
        let local = wall.unixSeconds + Int64(anchor.zone.offset(at: wall))
        let day = local >= 0 ? local / 86400 : (local - 86399) / 86400
        let second = Int(local - day * 86400)
        let weekday = Int(((day + 3) % 7 + 7) % 7)
        return spans.contains { span in
            let (from, to) = (span.from * 60, span.to * 60)
            if to > from { return span.days[weekday] && second >= from && second < to }
            return span.days[weekday] && second >= from || span.days[(weekday + 6) % 7] && second < to
        }
    }

    @Test func callsMayBeSpacedInAnyWay() {
        var seeds = SplitMix64(seed: 77)
        for round in 0..<UInt64(Trials.count(15)) {
            let settings = settings(&seeds)
            var sparse = Run(seed: round, settings: settings)
            var dense = Run(seed: round, settings: settings)
            for _ in 0..<200 {
                step(&sparse)
                let next = sparse.now
                // The same facts, with every deadline met on its own.
                while let due = dense.day.policy.nextDeadline, due < next { dense.day.advance(to: due) }
                step(&dense)
                #expect(dense.day.policy.nextDeadline.map { $0 > dense.now } ?? true)
                #expect(sparse.now == dense.now)
            }
            sparse.day.advance(to: sparse.now + .hours(10))
            while let due = dense.day.policy.nextDeadline, due <= dense.now + .hours(10) {
                dense.day.advance(to: due)
            }
            #expect(sparse.told + sparse.day.alerts == dense.told + dense.day.alerts)
        }
    }

    /// However the delays are set, an episode has one record, and an alert for each step at most.
    @Test func oneEpisodeIsToldOnceWhateverTheDelays() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<Trials.count(20) {
            var settings = AlertSettings.allOn
            settings.silentAfterConnect = Double.random(in: 0...10, using: &random)
            settings.flexionCooldown = Double.random(in: 0...30, using: &random)
            settings.liftCooldown = Double.random(in: 0...30, using: &random)
            settings.bendsCooldown = Double.random(in: 0...30, using: &random)
            settings.shiftDelay = Double.random(in: 0...30, using: &random)
            settings.nudgesPerHour = 60
            settings.nudgesPerDay = 500
            settings.digest = false
            var day = Diary(settings)
            day.policy.connected(at: at(0))
            for minute in Int64(1)...120 {
                day.sit(from: at(0), at: at(minute), shifts: Int(minute / 10))
                day.bent(from: at(0, 30), to: at(minute, 1), budget: Double(minute) / 20)
                day.twist(at: at(5), afterLift: true)
                day.fall(at: at(7), told: max(at(7, 5), at(minute, 2)))
                day.stillDown(since: at(7), seconds: Double(minute) * 10)
            }
            func count(_ rule: AlertRule) -> Int { day.alerts.count { $0.rule == rule } }
            #expect(count(.sitting) <= 4 && count(.sustainedFlexion) <= 2)
            #expect(count(.twist) <= 1 && count(.fall) == 1 && count(.stillDown) == 2)
            let steps = day.alerts.filter { $0.rule == .sitting }.map(\.step)
            #expect(steps == Array(1..<(1 + steps.count)))
        }
    }
}

extension Diary {
    /// No settings: what was said so far is judged against silence and posture only.
    fileprivate var policyBudget: AlertSettings? { nil }
}
