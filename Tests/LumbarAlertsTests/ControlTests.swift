import LumbarCore
import Testing

@testable import LumbarAlerts

@Suite struct ControlTests {
    @Test func aSnoozeSilencesAllButFallsAndEndsByItself() {
        var day = Diary(.allOn)
        day.policy.apply(.snooze(until: at(60), endsUpright: false), at: at(0))
        day.sit(from: at(0), at: at(20))
        day.lift(at: at(30))
        day.twist(at: at(40), afterLift: false)
        day.fall(at: at(45), told: at(45, 3))
        day.posture(.standing, from: at(46), at: at(46))
        day.posture(.sitting, from: at(58), at: at(58))
        day.sit(from: at(0), at: at(59))
        day.advance(to: at(61))
        #expect(day.lines == ["45:03 fall urgent #1 x1", "60:00 sitting nudge #1 x1"])
    }

    @Test func tenMinutesUprightEndASnoozeThatMayEnd() {
        func script(_ endsUpright: Bool, upright minutes: Int64) -> [String] {
            var day = Diary(.allOn)
            day.posture(.standing, from: at(0), at: at(0))
            day.policy.apply(.snooze(until: at(600), endsUpright: endsUpright), at: at(5))
            day.posture(.walking, from: at(8), at: at(8))
            day.posture(.sitting, from: at(5 + minutes), at: at(5 + minutes))
            day.sit(from: at(5 + minutes), at: at(20))
            day.advance(to: at(100))
            return day.lines
        }
        #expect(script(true, upright: 10).first == "40:00 sitting notice #1 x1")
        #expect(script(true, upright: 9).isEmpty)
        #expect(script(false, upright: 12).isEmpty)
    }

    @Test func wakingEndsASnooze() {
        var day = Diary(.allOn)
        day.sit(from: at(0), at: at(20))
        day.policy.apply(.snooze(until: at(500), endsUpright: false), at: at(21))
        day.advance(to: at(40))
        day.policy.apply(.wake, at: at(40))
        day.advance(to: at(41))
        #expect(day.lines == ["40:00 sitting nudge #1 x1"])
    }

    @Test func profilesChangeWhatSpeaks() {
        var driving = Diary()
        driving.policy.apply(.profile(.driving), at: at(0))
        #expect(driving.policy.profile == .driving)
        driving.sit(from: at(0), at: at(10))
        driving.ride(from: at(0), at: at(11))
        driving.advance(to: at(61))
        #expect(driving.alerts.map { "\($0.rule.rawValue) \($0.delivery.rawValue)" } == ["riding told"])
        driving.ride(from: at(0), at: at(62), ongoing: false)
        #expect(driving.alerts.last?.delivery == .shadow, "the chair's ladder is on trial meanwhile")
        driving.policy.apply(.profile(nil), at: at(63))
        #expect(driving.policy.profile == .desk)
        var manual = Diary()
        manual.policy.apply(.profile(.manual), at: at(0))
        manual.bend(to: at(5), perMinute: 3)
        #expect(manual.alerts.map(\.delivery) == [.told])
        var settings = AlertSettings()
        settings.profile = .manual
        settings.repeatedBends = false
        var off = Diary(settings)
        off.bend(to: at(5), perMinute: 3)
        #expect(off.lines.isEmpty, "what is switched off stays off")
    }

    @Test func aSpasmTurnsTheRulesToMovementForAWeek() {
        var day = Diary()
        day.policy.apply(.spasm(at: at(0)), at: at(10))
        #expect(day.policy.profile == .flare)
        day.sit(from: at(10), at: at(11))
        day.lift(at: at(12))
        day.advance(to: at(31))
        #expect(day.alerts.filter { $0.delivery == .told }.map(\.rule) == [.sitting, .sitting])
        #expect(day.alerts.last?.time == at(30), "a walk every twenty minutes")
        #expect(
            day.alerts.last?.message
                == "You have been sitting for 20 minutes. A short walk, as far as is comfortable, keeps you moving."
        )
        day.sit(from: at(10), at: at(31), ongoing: false)
        day.bend(to: at(40), share: 0.49)
        #expect(!day.rules.contains(.endRange))
        day.bend(to: at(41), share: 0.51)
        #expect(day.alerts.last?.rule == .endRange && day.alerts.last?.tier == .notice)
        #expect(day.alerts.last?.delivery == .told)
        // Never urgent, however long.
        day.sit(from: at(50), at: at(51))
        day.advance(to: at(200))
        #expect(!day.alerts.contains { $0.tier == .urgent })
    }

    @Test func aFlareRelaxesDayByDayAndIsOver() {
        func first(day number: Int64) -> Double {
            var day = Diary()
            day.policy.apply(.spasm(at: at(0)), at: at(number * 1440 + 5))
            let start = at(number * 1440 + 10)
            day.sit(from: start, at: start + .minutes(1))
            day.advance(to: start + .minutes(31))
            return (day.alerts.first { $0.tier == .nudge }.map { $0.time - start } ?? .zero).minutes
        }
        let minutes = (0..<8).map { first(day: Int64($0)) }
        #expect(minutes[0] == 20 && minutes[1] == 20 && minutes[7] == 30)
        for (earlier, later) in zip(minutes.dropFirst(), minutes.dropFirst(2)) { #expect(later > earlier) }
        var day = Diary()
        day.policy.apply(.spasm(at: at(0)), at: at(5))
        #expect(day.policy.nextDeadline == at(1440))
        day.advance(to: at(7 * 1440 - 1))
        #expect(day.policy.profile == .flare)
        day.advance(to: at(7 * 1440))
        #expect(day.policy.profile == .desk)
        #expect(day.policy.nextDeadline == nil)
        // Who asks for another profile in a flare gets it.
        day.policy.apply(.spasm(at: at(7 * 1440)), at: at(7 * 1440))
        day.policy.apply(.profile(.manual), at: at(7 * 1440 + 1))
        #expect(day.policy.profile == .manual)
        // The same spasm by a clock that was corrected is no other one.
        day.policy.apply(.spasm(at: at(7 * 1440 + 2)), at: at(7 * 1440 + 3))
        #expect(day.policy.profile == .manual)
        day.policy.apply(.spasm(at: at(7 * 1440 + 120)), at: at(7 * 1440 + 120))
        #expect(day.policy.profile == .flare)
    }

    /// When each of them was, and not which is heard of first, decides: after a restart the diary is read last.
    @Test func aProfileAskedForAfterASpasmLeavesTheFlare() {
        func profile(askedAt asked: Int64?, spasmFirst: Bool) -> ProfileInForce {
            var day = Diary()
            let control = WearerControl.profile(
                .manual, since: asked.map { at($0) } ?? Instant(nanoseconds: .min))
            let both = [control, .spasm(at: at(30))]
            for said in spasmFirst ? both.reversed() : both { day.policy.apply(said, at: at(100)) }
            #expect(day.policy.profile == day.policy.profileInForce.profile)
            return day.policy.profileInForce
        }
        let left = ProfileInForce(profile: .manual, reason: .asked)
        let flare = ProfileInForce(profile: .flare, reason: .spasm, until: at(30 + 7 * 1440))
        for spasmFirst in [false, true] {
            #expect(profile(askedAt: 60, spasmFirst: spasmFirst) == left)
            #expect(profile(askedAt: 20, spasmFirst: spasmFirst) == flare)
            #expect(profile(askedAt: nil, spasmFirst: spasmFirst) == flare)
        }
        var settings = AlertSettings()
        settings.profile = .driving
        let usual = Diary(settings).policy.profileInForce
        #expect(usual == ProfileInForce(profile: .driving, reason: .settings))
    }

    /// In the evening many write down what was in the morning, and did not ask for a profile because of it.
    @Test func aSpasmThatIsNotedAfterAProfileWasAskedForBringsTheFlare() {
        for (asked, expected) in [(Int64(60), AlertProfile.flare), (95, .manual)] {
            let both = [
                WearerControl.profile(.manual, since: at(asked)), .spasm(at: at(30), noted: at(90)),
            ]
            for said in [both, both.reversed()] {
                var day = Diary()
                for control in said { day.policy.apply(control, at: at(100)) }
                #expect(day.policy.profile == expected, "\(asked)")
            }
        }
    }

    /// The diary goes by the wall clock, and so a spasm moves with it.
    @Test func aClockThatIsSetBringsNoFlareBack() {
        for hours in [-5.0, -0.5, 0.5, 5] {
            var day = Diary()
            let noon = WallTime(unixSeconds: 1_790_000_000)
            let old = WallAnchor(instant: at(0), wall: noon, zone: .utc)
            day.policy.setAnchor(old, at: at(0))
            day.policy.apply(.spasm(at: at(30)), at: at(31))
            day.policy.apply(.profile(.manual), at: at(40))
            #expect(day.policy.profile == .manual)
            let new = WallAnchor(instant: at(0), wall: noon + .hours(hours), zone: .utc)
            day.policy.setAnchor(new, at: at(100))
            day.policy.apply(.spasm(at: new.instant(at: old.wall(at: at(30)))), at: at(100))
            #expect(day.policy.profile == .manual, "\(hours)")
            day.policy.apply(.spasm(at: at(200)), at: at(200))
            #expect(day.policy.profile == .flare, "\(hours)")
        }
    }

    @Test func aRuleThatIsMostlyWrongGoesOnTrialAndComesBack() {
        var day = Diary()
        day.policy.apply(.answers([RuleAnswers(rule: .lift, useful: 4, wrong: 5)]), at: at(0))
        day.lift(at: at(5))
        #expect(day.alerts.last?.delivery == .told, "nine answers say little")
        day.policy.apply(.answers([RuleAnswers(rule: .lift, useful: 4, wrong: 6)]), at: at(6))
        #expect(day.policy.setAside == [RuleAnswers(rule: .lift, useful: 4, wrong: 6)])
        day.lift(at: at(20))
        #expect(day.alerts.last?.delivery == .shadow)
        // What is not told takes neither budget nor cooldown from what is.
        day.twist(at: at(20, 2))
        #expect(day.alerts.last?.rule == .twist && day.alerts.last?.delivery == .told)
        day.policy.apply(.answers([RuleAnswers(rule: .lift, useful: 5, wrong: 5)]), at: at(30))
        day.lift(at: at(85))
        #expect(day.alerts.last?.delivery == .told)
        #expect(day.policy.setAside.isEmpty)
        day.policy.apply(.answers([RuleAnswers(rule: .fall, useful: 0, wrong: 50)]), at: at(90))
        day.fall(at: at(100), told: at(100, 3))
        #expect(day.alerts.last?.delivery == .told, "a possible fall cannot be answered away")
    }

    @Test func theSummarySaysWhatWasSetAside() {
        var day = DailySummary(wearer: .sole, date: nil, start: at(0), end: at(60), isComplete: true)
        day.postureSeconds[Posture.sitting.index] = 3600
        #expect(!SummaryText.line(day).contains("answered"))
        day.setAside = [RuleAnswers(rule: .lift, useful: 4, wrong: 8)]
        let said =
            "kept to the history for how it was answered: \"A probable lift under strain\" (4 of 12 useful)"
        #expect(SummaryText.line(day).contains(said))
        #expect(SummaryText.text(day).contains(said))
    }

    @Test func shadowCountsForNobodyButTheHistory() {
        var settings = AlertSettings.allOn
        settings.turning = .shadow
        var day = Diary(settings)
        for minute in Int64(0)..<20 { day.twist(at: at(minute * 11), afterLift: false) }
        day.advance(to: at(210))
        #expect(day.alerts.count == 20)
        #expect(day.alerts.allSatisfy { $0.delivery == .shadow })
        day.lift(at: at(220))
        day.lift(at: at(231))
        #expect(day.alerts.suffix(2).allSatisfy { $0.rule == .lift && $0.delivery == .told })
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        for alert in day.alerts { ledger.receive(alert) }
        #expect(ledger.summary(at: at(300)).alerts == 2)
        // After a restart the same holds.
        var after = Diary(settings)
        after.policy.restore(Array(day.alerts.prefix(20)), at: at(219))
        after.lift(at: at(220))
        after.lift(at: at(231))
        #expect(after.alerts.count == 2)
    }
}
