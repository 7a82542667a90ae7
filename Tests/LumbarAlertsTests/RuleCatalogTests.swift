import LumbarAlerts
import LumbarCore
import LumbarSettings
import LumbarTestKit
import Testing

@Suite struct RuleCatalogTests {
    @Test func everyRuleIsThereOnceAndSaysWhatItRestsOn() {
        #expect(Set(RuleCatalog.all.map(\.id)) == Set(AlertRule.allCases))
        #expect(RuleCatalog.all.count == AlertRule.allCases.count)
        let keys = AlertSettings().settings.map(\.key)
        for rule in RuleCatalog.all {
            #expect(keys.contains(rule.key), "\(rule.id)")
            #expect(!rule.sources.isEmpty && rule.says.hasSuffix(".") && rule.evidence.hasSuffix("."))
            #expect(!rule.dwell.isEmpty && !rule.release.isEmpty && rule.version > 0)
        }
    }

    @Test func rulesThatAreNewBeginOnTrial() throws {
        let known: [AlertRule] = [
            .sitting, .sustainedFlexion, .lift, .twist, .fall, .stillDown, .morning, .digest,
            // Nothing of it is said to anybody who did not ask for it.
            .training,
        ]
        for rule in RuleCatalog.all {
            let key = try #require(AlertSettings().settings.first { $0.key == rule.key })
            let usual = known.contains(rule.id) ? "yes" : rule.id == .standing ? "no" : "shadow"
            #expect(key.setting.defaultText == usual, "\(rule.id)")
        }
    }

    @Test func theManualTellsEveryRule() {
        let page = RulesManual().page(date: "November 22, 2026")
        for rule in RuleCatalog.all {
            #expect(page.contains(".Ss " + Mdoc.text(rule.title) + "\n"), "\(rule.id)")
            #expect(page.contains("MESSAGE_ID=" + MessageID(rule.id).rawValue))
        }
        #expect(
            page.contains(".It steps") == false
                && page.contains(".It tiers\nnotice at 25 minutes, nudge at 30 minutes, nudge at 60 minutes"))
        #expect(!page.contains("\n\n"), "an empty line is a mistake in mdoc")
    }

    @Test func theManualShowsWordsThatFitALine() {
        for rule in AlertRule.allCases {
            let words = RulesManual.example(rule)
            #expect(words.hasSuffix(".") && !AlertText.firstLine(words).isEmpty, "\(rule): \(words)")
        }
        let page = RulesManual().page(date: "November 22, 2026")
        #expect(page.contains("Stand up and walk for about 3 minutes."))
    }

    @Test func modesAreWords() {
        let settings = AlertSettings()
        var loader = ConfigLoader(sections: [settings])
        loader.load([(path: "f", text: "[alerts]\nsitting=no\nlift=shadow\nturning=on\nprofile=driving\n")])
        #expect(loader.errors.isEmpty)
        #expect(settings.sitting == .off && settings.lift == .shadow && settings.turning == .on)
        #expect(settings.profile == .driving)
        loader.load([(path: "f", text: "[alerts]\nsitting=perhaps\nprofile=deks\n")])
        #expect(
            loader.errors.map(\.description) == [
                "f:2: alerts.sitting: \"perhaps\" is neither yes nor no, nor shadow",
                "f:3: alerts.profile: \"deks\" is none of desk, manual, driving, flare; did you mean desk?",
            ])
    }

    @Test func everyAlertSaysWhy() throws {
        var settings = AlertSettings.allOn
        settings.nudgesPerHour = 60
        settings.nudgesPerDay = 500
        var day = Diary(settings)
        day.policy.angles = AngleNotes(uncertaintyDegrees: 1.5, confirmed: at(2))
        day.sit(from: at(0), at: at(1))
        day.bent(from: at(20), to: at(22), budget: 1.2)
        day.lift(at: at(40), strain: [.deep, .jerky])
        day.twist(at: at(120))
        day.fall(at: at(130), told: at(130, 4))
        day.stillDown(since: at(130), seconds: 30)
        day.advance(to: at(600))
        let reasons = try day.alerts.map { try #require($0.reason) }
        for (alert, reason) in zip(day.alerts, reasons) {
            let rule = try #require(RuleCatalog.rule(alert.rule))
            #expect(reason.algorithm == "\(alert.rule.rawValue)/\(rule.version)")
            #expect(reason.measured >= reason.threshold, "\(alert)")
            #expect((0...1).contains(reason.confidence))
        }
        let sitting = try #require(reasons.first { $0.clause == "seated_time" })
        #expect(sitting.measured == 1500 && sitting.threshold == 1500 && sitting.unit == .seconds)
        #expect(sitting.calibrationAge == nil && sitting.uncertainty == nil)
        let held = try #require(reasons.first { $0.clause == "holding_time_used" })
        #expect(held.measured == 1.2 && held.threshold == 1 && held.unit == .share)
        #expect(held.calibrationAge == .minutes(20))
        let turn = try #require(reasons.first { $0.clause == "turn_after_lift" })
        #expect(turn.uncertainty == 1.5 && turn.unit == .degrees && turn.threshold == 30)
    }
}

/// Every text over the whole range of what it is told about.
@Suite struct AlertTextRangeTests {
    /// Texts as the policy makes them, of wearers who do everything and do it far.
    private func texts() -> [(AlertRule, String)] {
        var out: [(AlertRule, String)] = []
        for profile in AlertProfile.allCases {
            for degrees in [20.0, 130] {
                for minutes in [Int64(1), 25, 140, 800] {
                    out += script(profile, degrees, minutes)
                }
            }
        }
        for bends in [0, 1, 14, 238] { out += training(bends) }
        return out
    }

    /// A training from its first session to the last booster, of somebody who bends so often.
    private func training(_ bends: Int) -> [(AlertRule, String)] {
        var day = Diary(.allOn)
        let plan = TrainingPlan(since: WallTime(unixSeconds: 0), target: 0.2, baseline: 0.4)
        day.policy.apply(.training(TrainingLog(plan: plan)), at: at(0))
        for number in Int64(0)..<100 {
            let start = at(number * 1440)
            var anchor = Amsterdam.anchor(day: 1, hour: 8, at: at(0))
            anchor = WallAnchor(instant: start, wall: anchor.wall(at: start), zone: anchor.zone)
            day.policy.setAnchor(anchor, at: start)
            day.policy.beginDay(at: start)
            day.posture(.standing, from: start, at: start)
            day.advance(to: start + .minutes(5))
            for second in 0..<bends {
                day.bend(
                    to: start + .minutes(5) + .seconds(Double(second) + 1), lasting: 0.5,
                    peak: second == 3 ? 61 : 50)
            }
            day.advance(to: start + .minutes(60))
            let date = anchor.date(at: start)
            var summary = DailySummary(
                wearer: .sole, date: date, start: start, end: start + .hours(24), isComplete: true)
            summary.postureSeconds[Posture.standing.index] = 18_000
            summary.bends = 40
            day.policy.recentDays([summary])
        }
        return day.told.map { ($0.rule, $0.message) }.filter { $0.0 == .training }
    }

    private func script(_ profile: AlertProfile, _ degrees: Double, _ minutes: Int64) -> [(AlertRule, String)]
    {
        var settings = AlertSettings.allOn
        settings.profile = profile
        settings.nudgesPerHour = 60
        settings.nudgesPerDay = 500
        settings.sittingNotice = Double(minutes)
        settings.sittingFirst = Double(minutes) + 1
        settings.sittingSecond = Double(minutes) + 20
        settings.sittingThird = Double(minutes) + 40
        settings.standingNotice = Double(minutes)
        settings.standingNudge = Double(minutes) + 20
        settings.ridingNotice = Double(minutes)
        settings.bentTodayOver30 = 5
        var day = Diary(settings)
        let end = at(minutes)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 10), at: at(0))
        day.sit(from: at(0), at: end, shifts: 0)
        day.advance(to: at(minutes + 60))
        day.sit(from: at(0), at: at(minutes + 60), ongoing: false)
        let held = SustainedFlexion(meanDegrees: degrees, peakDegrees: degrees, budgetUsed: 0.9)
        day.tell(.sustainedFlexion(held), from: at(0), to: at(minutes + 60), ongoing: true)
        let more = SustainedFlexion(meanDegrees: degrees, peakDegrees: degrees, budgetUsed: 1.1)
        day.tell(.sustainedFlexion(more), from: at(0), to: at(minutes + 61), ongoing: minutes % 2 == 0)
        day.minute(to: at(minutes + 64), over30: Double(minutes) * 60, over60: 60)
        day.posture(.standing, from: at(minutes + 70), at: at(minutes + 70))
        for index in Int64(0)..<2 {
            for strain in 0..<16 {
                let lift = Lift(
                    peakDegrees: degrees, peakExtensionRateDps: 90, peakRiseVelocity: 1, peakJerkGps: 1,
                    riseSeconds: 1, turnWhileBentDegrees: 40, peakMomentNm: 100, isUnderStrain: true,
                    strain: Lift.Strain(rawValue: strain))
                let time = at(minutes + 80 + index * 700 + Int64(strain) * 30)
                day.tell(.lift(lift), from: time - .seconds(2), to: time)
                day.lift(at: time + .minutes(1))
                let twist = Twist(turnDegrees: degrees * 1.4, peakRateDps: 60, isAfterLift: index % 2 == 0)
                let later = time + .minutes(12)
                day.tell(.twist(twist), from: later - .seconds(1), to: later)
                day.bend(
                    to: later + .minutes(1), peak: degrees, perMinute: 2 + degrees / 10,
                    share: degrees / 130, endRange: 12)
                let rest = Rising(lyingSeconds: Double(minutes) * 60 * 20, guardedSeconds: 7200)
                day.tell(.rising(rest), from: later + .minutes(2), to: later + .minutes(2))
                day.bend(to: later + .minutes(4), peak: max(61, degrees))
            }
        }
        let last = minutes + 4000
        day.posture(.sitting, from: at(last), at: at(last))
        day.ride(from: at(last), at: at(last + 3))
        day.advance(to: at(last + minutes * 2 + 1))
        day.ride(from: at(last), at: at(last + minutes * 2 + 1), ongoing: false)
        let after = last + minutes * 2 + 2
        for (index, trust) in [MountTrust.moved, .stale, .trusted].enumerated() {
            day.policy.setTrust(trust, at: at(after + 40 * Int64(index)))
            day.advance(to: at(after + 40 * Int64(index + 1)))
        }
        day.posture(.notWorn, from: at(after + 121), at: at(after + 121))
        day.advance(to: at(after + 121 + 24 * 60))
        day.policy.lost(at: at(after + 3000))
        day.advance(to: at(after + 3000 + 24 * 60))
        day.fall(at: at(after + 5000), told: at(after + 5000, 4))
        day.stillDown(since: at(after + 5000), seconds: 30)
        day.stillDown(since: at(after + 5000), seconds: 60)
        return day.alerts.map { ($0.rule, $0.message) }
    }

    @Test func everyTextIsShortAndNamesAFactAndAnAction() {
        let all = texts()
        let spoken = Set(all.map(\.0))
        #expect(
            AlertRule.allCases.filter { !spoken.contains($0) } == [.goodNews], "every other rule is heard")
        let actions = [
            "walk", "stand", "come up", "raise", "turn with", "bring it", "more slowly", "call for help",
            "leave for later",
            "bend the knees", "put it on", "look at", "sit for", "carry on",
        ]
        var seen: Set<String> = []
        for (rule, text) in all where seen.insert(text).inserted {
            let line = AlertText.firstLine(text)
            #expect(!line.isEmpty && line.count <= 100, "\(text)")
            if rule != .fall, rule != .stillDown { #expect(line == text, "\(rule): \(text.count): \(text)") }
            let words = line.lowercased()
            #expect(actions.contains { words.contains($0) }, "\(text)")
            for word in [
                "bad", "wrong", "poor", "injury", "risk", "slouch", "score", "must", "should", "too ", "!",
                "  ",
            ] {
                #expect(!words.contains(word), "\(text)")
            }
            #expect(text.allSatisfy { $0.isASCII && $0 != "\n" && $0 != "%" && $0 != "(" }, "\(text)")
            #expect(
                text.last == "." && (text.first?.isUppercase == true || text.first?.isNumber == true),
                "\(text)")
            #expect(!text.contains(" 1 minutes") && !text.contains(" 1 hours"), "\(text)")
        }
    }

    @Test func digestsAreShort() {
        for count in [1, 2, 32] {
            for rules in [[AlertRule.lift], [.lift, .twist], [.lift, .twist, .sustainedFlexion, .endRange]] {
                let held = rules.flatMap { Array(repeating: $0, count: count) }
                let text = AlertText.digest(held, seconds: 7200)
                #expect(text.count <= 100 && text.contains("Raise"), "\(text.count) \(text)")
                #expect(text.hasPrefix("\(held.count) more "), "\(text)")
            }
        }
    }
}
