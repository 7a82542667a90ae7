import LumbarAlerts
import LumbarCore
import LumbarTestKit
import Testing

/// Sessions of a training: they begin, tell and end at the right second, and not where they are not to.
@Suite struct TrainingTests {
    private static let plan = TrainingPlan(since: WallTime(unixSeconds: 0), target: 0.2, baseline: 0.4)

    /// Every rule speaks but of standing, which everybody does here all along.
    private static var settings: AlertSettings {
        var settings = AlertSettings.allOn
        settings.standing = false
        return settings
    }

    /// Somebody who asked for a training, from ten in the morning on 2026-10-20 on, standing since then.
    private func day(
        _ settings: AlertSettings = TrainingTests.settings, sessions: [Int] = [], stands: Bool = true,
        hour: Int = 10
    ) -> Diary {
        var day = Diary(settings)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: hour), at: at(0))
        var log = TrainingLog(plan: Self.plan)
        log.sessions = sessions.map {
            TrainingSession(
                date: CivilDate(year: 2026, month: 10, day: $0), seconds: 60,
                count: BendCount(bends: 10, deep: 1))
        }
        day.policy.apply(.training(log), at: at(0))
        if stands { day.posture(.standing, from: at(0), at: at(0)) }
        return day
    }

    private func clauses(_ day: Diary) -> [String] { day.alerts.compactMap { $0.reason?.clause } }

    @Test func aSessionBeginsAfterFiveMinutesOnTheFeetAndEndsWithItsResult() throws {
        var day = day()
        day.advance(to: at(4, 59))
        #expect(day.alerts.isEmpty)
        day.advance(to: at(5))
        #expect(day.lines == ["5:00 training notice #1 x1"])
        #expect(day.alerts[0].reason?.clause == "session_begin" && day.alerts[0].reason?.measured == 300)
        for minute in Int64(6)...14 { day.bend(to: at(minute), peak: minute == 9 ? 60.1 : 60) }
        day.advance(to: at(44, 59))
        #expect(day.lines == ["5:00 training notice #1 x1", "9:00 training notice #2 x1"])
        let bend = try #require(day.alerts[1].reason)
        #expect(bend.clause == "bend_past_limit" && bend.measured == 60.1 && bend.threshold == 60)
        #expect(day.alerts[1].flexionDegrees == 60 && bend.unit == .degrees)
        day.advance(to: at(45))
        #expect(day.lines.last == "45:00 training notice #3 x9")
        let end = try #require(day.alerts[2].reason)
        #expect(end.clause == "session_end" && end.threshold == 0.2 && end.unit == .share)
        #expect(end.dwell == .minutes(40) && end.measured == 1.0 / 9)
        #expect(day.alerts[2].episodeStart == at(5) && day.alerts[2].duration == .minutes(40))
        #expect(
            day.alerts.map(\.message) == [
                "Training for the next 40 minutes on your feet: bends past 60 degrees are told. Carry on.",
                "That bend went to 60 degrees. For the next one, bend the knees.",
                "Training over: 8 of 9 bends stayed within 60 degrees. Carry on; next: 30 minutes tomorrow.",
            ])
        // One a day.
        day.advance(to: at(200))
        #expect(day.alerts.count == 3)
        day.policy.beginDay(at: at(14 * 60))
        #expect(day.policy.trainedToday == nil)
        day.advance(to: at(14 * 60 + 5))
        #expect(day.alerts.last?.message.contains("the next 30 minutes") == true)
        #expect(day.policy.nextDeadline.map { $0 == at(14 * 60 + 35) } == true)
    }

    @Test func onlyTimeOnTheFeetCounts() {
        var day = day(stands: false)
        day.posture(.standing, from: at(0), at: at(0, 3))
        day.posture(.sitting, from: at(3), at: at(3, 4))
        day.advance(to: at(30))
        #expect(day.alerts.isEmpty, "not long enough")
        day.posture(.sitting, from: at(3), at: at(30), ongoing: false)
        day.posture(.walking, from: at(30), at: at(30, 2))
        day.advance(to: at(31, 59))
        #expect(day.alerts.isEmpty)
        day.advance(to: at(32))
        #expect(clauses(day) == ["session_begin"])
        day.posture(.sitting, from: at(52), at: at(52, 5))
        day.advance(to: at(300))
        #expect(clauses(day) == ["session_begin"])
        day.posture(.standing, from: at(300), at: at(300, 5))
        day.advance(to: at(319, 59))
        #expect(clauses(day) == ["session_begin"])
        day.advance(to: at(320))
        #expect(clauses(day) == ["session_begin", "session_end"])
        #expect(
            day.alerts.last?.message == "Training over, without a bend. Carry on; next: 40 minutes tomorrow.")
    }

    @Test func takingTheSensorOffBeginsTheFiveMinutesAnew() {
        var day = day(stands: false)
        day.posture(.standing, from: at(0), at: at(0))
        day.posture(.notWorn, from: at(4), at: at(4))
        day.posture(.standing, from: at(10), at: at(10))
        day.advance(to: at(14, 59))
        #expect(day.alerts.isEmpty)
        day.advance(to: at(15))
        #expect(clauses(day) == ["session_begin"])
    }

    @Test func nothingBeginsWhereNothingIsToBeSaid() {
        var snoozed = day()
        snoozed.policy.apply(.snooze(until: at(50), endsUpright: false), at: at(4))
        snoozed.advance(to: at(49, 59))
        #expect(snoozed.alerts.isEmpty)
        snoozed.advance(to: at(55))
        #expect(snoozed.lines == ["50:00 training notice #1 x1"])

        var flare = day()
        flare.policy.apply(.spasm(at: at(1)), at: at(1))
        flare.advance(to: at(600))
        #expect(flare.lines.allSatisfy { !$0.contains("training") })

        var settings = Self.settings
        settings.quietHours = [QuietSpan(from: 600, to: 720)]
        var quiet = day(settings)
        quiet.advance(to: at(119, 59))
        #expect(quiet.alerts.isEmpty)
        quiet.advance(to: at(120))
        #expect(clauses(quiet) == ["session_begin"])

        settings = Self.settings
        settings.silentAfterConnect = 9
        var connected = day(settings)
        connected.policy.connected(at: at(1))
        connected.advance(to: at(9, 59))
        #expect(connected.alerts.isEmpty)
        connected.advance(to: at(10))
        #expect(clauses(connected) == ["session_begin"])

        var riding = day()
        riding.ride(from: at(1), at: at(2))
        riding.advance(to: at(20))
        #expect(riding.lines.isEmpty)

        var moved = day()
        moved.policy.setTrust(.moved, at: at(2))
        moved.advance(to: at(20))
        #expect(moved.lines.allSatisfy { !$0.contains("training") })

        var late = day(hour: 23)
        late.advance(to: at(59))
        #expect(late.alerts.isEmpty == false, "forty minutes fit before midnight from 23:05 on")
        var later = Diary(Self.settings)
        later.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 23, minute: 16), at: at(0))
        later.policy.apply(.training(TrainingLog(plan: Self.plan)), at: at(0))
        later.posture(.standing, from: at(0), at: at(0))
        later.advance(to: at(43))
        #expect(later.alerts.isEmpty, "they do not")

        var noClock = Diary(Self.settings)
        noClock.policy.apply(.training(TrainingLog(plan: Self.plan)), at: at(0))
        noClock.posture(.standing, from: at(0), at: at(0))
        noClock.advance(to: at(60))
        #expect(noClock.alerts.isEmpty)

        var nothing = Diary(Self.settings)
        nothing.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 10), at: at(0))
        nothing.posture(.standing, from: at(0), at: at(0))
        nothing.advance(to: at(30))
        #expect(nothing.alerts.isEmpty, "nobody asked")

        settings = Self.settings
        settings.training = false
        var off = day(settings)
        off.advance(to: at(30))
        #expect(off.alerts.isEmpty)
    }

    /// A session that is cut is not told about, and the day has another.
    @Test func itIsOverWhenNothingIsToCome() {
        func isOver(trainedIn month: Int, days: ClosedRange<Int> = 1...6) -> Bool {
            var log = TrainingLog(plan: Self.plan)
            log.sessions = days.map {
                TrainingSession(
                    date: CivilDate(year: 2026, month: month, day: $0), seconds: 60,
                    count: BendCount(bends: 10, deep: 1))
            }
            var day = day()
            day.policy.apply(.training(log), at: at(1))
            return day.policy.isTrainingOver
        }
        #expect(isOver(trainedIn: 6))
        #expect(!isOver(trainedIn: 6, days: 1...5), "the last session is to come")
        #expect(!isOver(trainedIn: 8), "it is still to be measured what is left")
        #expect(!Diary().policy.isTrainingOver)
    }

    @Test func aSessionThatIsCutDoesNotCount() {
        let cuts: [(String, (inout Diary) -> Void)] = [
            ("snooze", { $0.policy.apply(.snooze(until: at(21), endsUpright: false), at: at(20)) }),
            ("lost", { $0.policy.lost(at: at(20)) }),
            ("moved", { $0.policy.setTrust(.stale, at: at(20)) }),
            ("flare", { $0.policy.apply(.profile(.flare), at: at(20)) }),
            ("midnight", { $0.policy.beginDay(at: at(20)) }),
            ("stop", { $0.policy.apply(.training(nil), at: at(20)) }),
        ]
        for (name, cut) in cuts {
            var day = day()
            day.advance(to: at(10))
            day.bend(to: at(12), peak: 70)
            day.advance(to: at(20))
            cut(&day)
            day.advance(to: at(24))
            #expect(clauses(day) == ["session_begin", "bend_past_limit"], "\(name)")
            if name == "moved" { day.policy.setTrust(.trusted, at: at(24)) }
            if name == "flare" { day.policy.apply(.profile(nil), at: at(24)) }
            if name == "lost" { day.posture(.standing, from: at(24), at: at(24)) }
            day.advance(to: at(30))
            let again = name == "stop" ? 0 : 1
            #expect(day.alerts.count { $0.reason?.clause == "session_begin" } == 1 + again, "\(name)")
            day.advance(to: at(100))
            #expect(day.alerts.count { $0.reason?.clause == "session_end" } == again, "\(name)")
            if again == 1 { #expect(day.alerts.last { $0.rule == .training }?.count == 0, "\(name)") }
        }
    }

    @Test func bendsAreToldTenSecondsApartAndAllAreCounted() {
        var day = day()
        day.advance(to: at(5))
        for second in [0, 4, 9, 10, 15, 20] { day.bend(to: at(10, Int64(second)), lasting: 2, peak: 80) }
        #expect(day.alerts.dropFirst().map(\.time) == [at(10), at(10, 10), at(10, 20)])
        // What began before the session, goes on, or comes after it is none of its bends.
        day.bend(to: at(11), peak: 80, share: 0.2, ongoing: true)
        day.advance(to: at(45))
        #expect(day.alerts.last?.count == 6 && day.alerts.last?.reason?.measured == 1)
        day.bend(to: at(46), peak: 80)
        #expect(day.alerts.count { $0.rule == .training } == 5)
    }

    @Test func aBendIsToldOnce() {
        var settings = Self.settings
        settings.nudgesPerHour = 60
        var day = day(settings)
        day.tell(.rising(Rising(lyingSeconds: 20_000, guardedSeconds: 7200)), from: at(0), to: at(0))
        day.advance(to: at(5))
        day.bend(to: at(6), lasting: 14, peak: 80, share: 0.9, endRange: 12)
        #expect(day.rules == [.training, .training])
        day.bend(to: at(8), peak: 50)
        #expect(day.rules.last == .morning, "this one no session tells")
        day.advance(to: at(46))
        day.bend(to: at(47), lasting: 14, peak: 80, share: 0.9, endRange: 12)
        #expect(day.rules.contains(.endRange))
    }

    /// Six sessions that held end the fading on the 13th; a week later it is measured.
    @Test func onADayThatIsMeasuredNothingIsSaidOfBends() {
        var settings = Self.settings
        settings.nudgesPerHour = 60
        let held = Array(8...13)
        func script(_ day: inout Diary) {
            day.tell(.rising(Rising(lyingSeconds: 20_000, guardedSeconds: 7200)), from: at(0), to: at(0))
            day.bend(to: at(4), lasting: 14, peak: 80, perMinute: 3, share: 0.9, endRange: 12)
            for minute in Int64(30)...80 { day.minute(to: at(minute), over30: 60, over60: 60) }
            day.lift(at: at(90))
            day.bent(from: at(120), to: at(125), budget: 1.2, ongoing: false)
            day.advance(to: at(200))
        }
        var measured = day(settings, sessions: held)
        #expect(measured.policy.trainedToday == .retention(weeks: 1))
        script(&measured)
        #expect(Set(measured.told.map(\.rule)) == [.lift, .sustainedFlexion])
        let kept = Set(measured.alerts.filter { $0.delivery == .shadow }.map(\.rule))
        #expect(kept == [.endRange, .repeatedBends, .bentToday, .morning, .afterRest], "\(kept)")

        var usual = day(settings, sessions: Array(1...6))
        #expect(usual.policy.trainedToday == nil)
        script(&usual)
        #expect(Set(usual.told.map(\.rule)) == Set(measured.alerts.map(\.rule)))

        // The words of the days after a spasm weigh more.
        var flare = day(settings, sessions: held)
        flare.policy.apply(.profile(.flare), at: at(0))
        script(&flare)
        #expect(flare.told.contains { $0.rule == .endRange })
    }

    @Test func whatIsMeasuredIsKnownAtMidnight() {
        var day = day(sessions: Array(8...13))
        #expect(day.policy.trainedToday == .retention(weeks: 1))
        var summary = DailySummary(
            wearer: .sole, date: CivilDate(year: 2026, month: 10, day: 20), start: at(0), end: at(840),
            isComplete: true)
        summary.postureSeconds[Posture.standing.index] = 5 * 3600
        summary.bends = 40
        day.advance(to: at(840))
        day.policy.recentDays([summary])
        day.policy.beginDay(at: at(840))
        #expect(day.policy.trainedToday == nil)
        day.posture(.standing, from: at(840), at: at(840))
        day.advance(to: at(845))
        #expect(day.alerts.last?.message.contains("the next 10 minutes") == true, "a booster")
        // A day that was not worn for long enough is none.
        var short = self.day(sessions: Array(8...13))
        summary.postureSeconds[Posture.standing.index] = 3 * 3600
        short.policy.recentDays([summary])
        short.policy.beginDay(at: at(840))
        #expect(short.policy.trainedToday == .retention(weeks: 1))
    }

    /// Whoever stops has still done what was done that day.
    @Test func aSessionStaysOfItsDayWhenTheTrainingIsStopped() {
        var day = day()
        day.advance(to: at(6))
        day.bend(to: at(7), peak: 70)
        day.advance(to: at(46))
        let made = day.policy.trainedToday
        #expect(made?.sessions.map(\.count) == [BendCount(bends: 1, deep: 1)])
        day.policy.apply(.training(nil), at: at(50))
        #expect(day.policy.trainedToday == made)
        day.policy.beginDay(at: at(840))
        #expect(day.policy.trainedToday == nil)
    }

    @Test func summariesTellOfItInALine() {
        var summary = DailySummary(
            wearer: .sole, date: CivilDate(year: 2026, month: 10, day: 20), start: at(0), end: at(840),
            isComplete: true)
        summary.postureSeconds[Posture.standing.index] = 5 * 3600
        summary.bends = 40
        summary.deepBends = 6
        let without = SummaryText.text(summary)
        let session = TrainingSession(
            date: CivilDate(year: 2026, month: 10, day: 20), seconds: 1800,
            count: BendCount(bends: 14, deep: 2))
        summary.training = .sessions([session])
        #expect(
            SummaryText.line(summary).contains(
                "; training: 30 min in 1 session, 2 of 14 bends past 60 degrees"))
        summary.training = .sessions([session, session])
        #expect(
            SummaryText.line(summary).contains(
                "; training: 60 min in 2 sessions, 4 of 28 bends past 60 degrees")
        )
        let more = SummaryText.text(summary).split(separator: "\n")
        #expect(more.count == without.split(separator: "\n").count + 1)
        summary.training = .retention(weeks: 3)
        #expect(SummaryText.text(summary).contains("6 of 40 bends past 60 degrees"))
    }

    /// Sessions keep the rules of silence whatever happens: random facts, random wishes.
    @Test func nothingBreaksTheSilence() {
        var begun = 0
        for seed in 0..<UInt64(Trials.count(40)) {
            var random = SplitMix64(seed: seed)
            var settings = Self.settings
            settings.quietHours = [QuietSpan(from: Int.random(in: 600..<900, using: &random), to: 960)]
            var day = day(settings, stands: false)
            var now = at(0)
            var snooze = (from: at(-10), until: at(-9))
            var posture = Posture.unknown
            for _ in 0..<200 {
                now = now + .seconds(Double(Int.random(in: 1...400, using: &random)))
                day.advance(to: now)
                check(day.alerts, snooze, settings.quietHours)
                begun += day.alerts.count { $0.reason?.clause == "session_begin" }
                day.alerts.removeAll()
                switch Int.random(in: 0..<14, using: &random) {
                case 0:
                    snooze = (now, now + .minutes(Double.random(in: 1...20, using: &random).rounded()))
                    day.policy.apply(.snooze(until: snooze.until, endsUpright: false), at: now)
                case 1: day.policy.lost(at: now)
                case 2: day.policy.connected(at: now)
                case 3: day.policy.setTrust(.moved, at: now)
                case 4, 5: day.policy.setTrust(.trusted, at: now)
                case 6...9: day.bend(to: now, peak: Double.random(in: 45...90, using: &random), share: 0.8)
                default:
                    day.posture(posture, from: now, at: now, ongoing: false)
                    posture =
                        Bool.random(using: &random)
                        ? .standing : Posture.allCases.randomElement(using: &random) ?? .walking
                    day.posture(posture, from: now, at: now)
                }
                check(day.alerts, snooze, settings.quietHours)
            }
        }
        if !Trials.areEmulated { #expect(begun > 10, "silence proves nothing") }
    }

    private func check(
        _ alerts: [Alert], _ snooze: (from: Instant, until: Instant), _ quiet: [QuietSpan]
    ) {
        for alert in alerts where alert.rule == .training {
            #expect(alert.tier == .notice)
            #expect(alert.time < snooze.from || alert.time >= snooze.until, "\(alert)")
            let minutes = alert.time.nanoseconds / 60_000_000_000 + 600
            for span in quiet where minutes < 1440 {
                #expect(minutes < span.from || minutes >= span.to, "\(alert)")
            }
        }
    }
}
