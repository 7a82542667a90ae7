import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarAlerts

@Suite("A policy played over what is stored")
struct PolicyReplayTests {
    private let noon = WallAnchor(
        instant: at(0), wall: WallTime(unixSeconds: 1_795_262_400), zone: .utc)

    @Test func aBoutOfSittingClimbsItsLadderAtTheSecond() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        life.sit(minutes: 95)
        #expect(
            life.lines() == [
                "35:00 sitting notice #1 x1", "40:00 sitting nudge #2 x1", "70:00 sitting nudge #3 x1",
                "100:00 sitting urgent #4 x1",
            ])
    }

    @Test func aShortRiseIsTakenOff() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        let start = life.now
        life.posture(.sitting, minutes: 21)
        life.posture(.standing, minutes: 0.5)
        life.posture(.sitting, minutes: 20)
        life.bout(from: start, seated: 41 * 60)
        life.posture(.walking, minutes: 5)
        #expect(life.lines() == ["35:30 sitting notice #1 x1", "40:30 sitting nudge #2 x1"])
    }

    @Test func whoHasRisenIsNotTold() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        let start = life.now
        life.posture(.sitting, minutes: 24.5)
        life.posture(.standing, minutes: 0.9)
        life.posture(.sitting, minutes: 3)
        life.bout(from: start, seated: 27.5 * 60)
        life.posture(.walking, minutes: 5)
        // Not with the end of standing, a moment before sitting is heard of: the time on the feet is none seated.
        #expect(life.lines() == ["35:54 sitting notice #1 x1"])
    }

    @Test func aShiftOfTheTrunkPutsTheStepsOff() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        let start = life.now
        life.posture(.sitting, minutes: 50)
        life.minute(at: at(32), shifts: 1)
        life.bout(from: start, seated: 3000, shifts: 1)
        life.posture(.walking, minutes: 5)
        #expect(life.lines() == ["45:00 sitting notice #1 x1", "50:00 sitting nudge #2 x1"])
    }

    /// Minutes have the shifts as they were heard of: those before the first record all in the one of that.
    @Test func shiftsOfBeforeTheFirstRecordPutNothingOff() {
        for seconds in [Int64(0), 30] {
            for early in [Int64(-1), 0] {
                var life = RecordedLife()
                life.posture(.standing, minutes: 10 + Double(seconds) / 60)
                let start = life.now
                life.posture(.sitting, minutes: 35)
                life.minute(at: at(20 + early), shifts: 3)
                life.bout(from: start, seated: 2100, shifts: 3)
                life.posture(.walking, minutes: 5)
                let second = seconds == 0 ? "00" : "30"
                #expect(
                    life.lines() == ["35:\(second) sitting notice #1 x1", "40:\(second) sitting nudge #2 x1"])
            }
        }
    }

    @Test func reportsComeAsTheDetectorsSettingsSay() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        life.sit(minutes: 10)
        var settings = AlertSettings()
        settings.sittingNotice = 2
        settings.sittingFirst = 3
        // Reported from ten minutes on, and this bout was none of these.
        #expect(life.lines(settings) == [])
        var pace = ReportPace()
        pace.sittingAfter = 0
        let alerts = PolicyReplay(wearer: .sole, boots: [life.boot]).alerts(settings, pace: pace)
        #expect(
            alerts.map { Diary.line($0.alert) } == [
                "12:00 sitting notice #1 x1", "13:00 sitting nudge #2 x1",
            ])
    }

    @Test func aHeldBendIsToldAlongItsHoldingTime() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        let held = SustainedFlexion(meanDegrees: 50, peakDegrees: 60, budgetUsed: 1.25)
        life.act(.sustainedFlexion(held), seconds: 125)
        life.posture(.standing, minutes: 10)
        #expect(
            life.lines() == ["11:20 sustained_flexion notice #1 x1", "11:40 sustained_flexion nudge #2 x1"])
    }

    @Test func whoStaysDownAfterAFallIsToldAndWhoGetsUpIsNot() {
        let fall = Episode.Kind.fall(Fall(impactG: 4, restInclinationDegrees: 80))
        var down = RecordedLife()
        down.posture(.standing, minutes: 10)
        down.act(fall, seconds: 5)
        down.posture(.lying, minutes: 3)
        #expect(
            down.lines() == [
                "10:06 fall urgent #1 x1", "10:30 still_down urgent #1 x1", "11:00 still_down urgent #2 x1",
            ])
        var up = RecordedLife()
        up.posture(.standing, minutes: 10)
        up.act(fall, seconds: 5)
        up.posture(.lying, minutes: 0.7)
        up.posture(.standing, minutes: 3)
        #expect(up.lines() == ["10:06 fall urgent #1 x1", "10:30 still_down urgent #1 x1"])
    }

    /// Minutes later it is known that the sensor was taken off right after a fall; until then somebody lies there.
    @Test func whatIsKnownLaterWasNotKnownThen() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        life.act(.fall(Fall(impactG: 4, restInclinationDegrees: 80)), seconds: 5)
        life.posture(.lying, minutes: 0.2)
        life.posture(.notWorn, minutes: 20, decidedAfter: 120)
        #expect(
            life.lines() == [
                "10:06 fall urgent #1 x1", "10:30 still_down urgent #1 x1", "11:00 still_down urgent #2 x1",
            ])
        var soon = RecordedLife()
        soon.posture(.standing, minutes: 10)
        soon.act(.fall(Fall(impactG: 4, restInclinationDegrees: 80)), seconds: 5)
        soon.posture(.lying, minutes: 0.2)
        soon.posture(.notWorn, minutes: 20, decidedAfter: 30)
        #expect(soon.lines() == ["10:06 fall urgent #1 x1", "10:30 still_down urgent #1 x1"])
    }

    /// After a walk the wearer is believed to stand, until they rise from the seat that they had come to.
    @Test func aPostureThatWasTakenForAnotherIsHeardOfAsThat() {
        func digest(decidedAfter seconds: Double) -> [String] {
            var life = RecordedLife()
            life.posture(.standing, minutes: 10)
            for _ in 0..<4 {
                life.lift()
                life.posture(.standing, minutes: 1.5)
            }
            life.posture(.walking, minutes: 1)
            life.posture(.sitting, minutes: 30, decidedAfter: seconds)
            life.posture(.standing, minutes: 10)
            return life.lines().filter { $0.contains("digest") }
        }
        // It waits while somebody walks.
        #expect(digest(decidedAfter: 1800) == ["20:05 digest nudge #1 x3"])
        #expect(digest(decidedAfter: 0) == ["20:05 digest nudge #1 x3"])
    }

    /// A sensor that is put on, and was not: two spans without it that touch.
    @Test func whatHasTheNameOfTheOneBeforeItHadAnotherAtFirst() {
        func digest(_ spans: [(minutes: Double, decidedAfter: Double)]) -> [String] {
            var life = RecordedLife()
            life.posture(.standing, minutes: 10)
            for _ in 0..<4 {
                life.lift()
                life.posture(.standing, minutes: 1.5)
            }
            for span in spans {
                life.posture(.notWorn, minutes: span.minutes, decidedAfter: span.decidedAfter)
            }
            life.posture(.standing, minutes: 10)
            return life.lines().filter { $0.contains("digest") }
        }
        #expect(digest([(14, 0), (16, 120)]) == ["30:04 digest nudge #1 x3"])
        #expect(digest([(30, 0)]) == ["46:00 digest nudge #1 x3"])
    }

    @Test func aLiftIsToldWhenItWasDecidedAndNotRightAfterASilence() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        life.lift()
        life.posture(.standing, minutes: 20)
        life.silence(minutes: 5)
        life.posture(.standing, minutes: 1)
        life.lift()
        life.posture(.standing, minutes: 20)
        #expect(life.lines() == ["10:05 lift nudge #1 x1"])
        // Two minutes after the sensor came back it is heard.
        life.lift()
        life.posture(.standing, minutes: 1)
        #expect(life.lines() == ["10:05 lift nudge #1 x1", "56:05 lift nudge #1 x1"])
    }

    @Test func whatWasAskedForHoldsAndWhatIsNotTrustedIsNotTold() {
        var life = RecordedLife()
        life.posture(.standing, minutes: 10)
        life.lift()
        life.posture(.standing, minutes: 20)
        let told = life.lines()
        #expect(told.count == 1)
        var snoozed = life
        snoozed.boot.controls = [
            RecordedBoot.Timed(.snooze(until: at(20), endsUpright: false), at: at(9))
        ]
        #expect(snoozed.lines() == [])
        snoozed.boot.controls.append(RecordedBoot.Timed(.wake, at: at(9, 30)))
        #expect(snoozed.lines() == told)
        var moved = life
        moved.boot.trusts = [RecordedBoot.Timed(.moved, at: at(5))]
        #expect(moved.lines() == [])
        moved.boot.trusts.append(RecordedBoot.Timed(.trusted, at: at(8)))
        #expect(moved.lines() == told)
    }

    @Test func whatHoldsGoesOnAcrossARestartAndSoDoesTheBudgetOfTheDay() {
        var before = RecordedLife(anchor: noon)
        before.posture(.standing, minutes: 10)
        before.lift()
        before.posture(.standing, minutes: 20)
        before.boot.controls = [
            RecordedBoot.Timed(.snooze(until: at(60), endsUpright: false), at: at(25))
        ]
        // Started again forty minutes past noon, with a clock of its own that is wrong at first.
        var after = RecordedLife(
            anchor: WallAnchor(instant: at(0), wall: noon.wall + .minutes(-2000), zone: .utc))
        let right = WallAnchor(instant: at(5), wall: noon.wall + .minutes(45), zone: .utc)
        after.boot.anchors.append(right)
        after.boot.clock = right
        after.posture(.standing, minutes: 10)
        after.lift()
        after.posture(.standing, minutes: 20)
        after.lift()
        after.posture(.standing, minutes: 20)
        func played(_ settings: AlertSettings) -> [String] {
            PolicyReplay(wearer: .sole, boots: [before.boot, after.boot]).alerts(settings)
                .filter { $0.alert.delivery == .told }.map { "\($0.boot) " + Diary.line($0.alert) }
        }
        #expect(played(AlertSettings()) == ["0 10:05 lift nudge #1 x1", "1 30:05 lift nudge #1 x1"])
        var strict = AlertSettings()
        strict.nudgesPerDay = 1
        #expect(played(strict) == ["0 10:05 lift nudge #1 x1"])
    }

    /// A bout across midnight, in the night in which summer time ends.
    @Test func theDaysBudgetIsNewAtLocalMidnight() {
        let zone = ZoneRule(
            name: "Europe/Amsterdam", offsetSeconds: 7200, change: WallTime(unixSeconds: 1792890000),
            offsetAfterSeconds: 3600)
        let anchor = WallAnchor(
            instant: at(0), wall: zone.start(of: CivilDate(year: 2026, month: 10, day: 24)), zone: zone)
        var life = RecordedLife(anchor: anchor)
        life.posture(.standing, minutes: 23 * 60)
        life.lift()
        life.posture(.standing, minutes: 50)
        life.lift()
        life.posture(.standing, minutes: 20)
        life.lift()
        life.posture(.standing, minutes: 20)
        var settings = AlertSettings()
        settings.nudgesPerDay = 1
        settings.digest = .off
        #expect(life.lines(settings) == ["1380:05 lift nudge #1 x1", "1450:05 lift nudge #1 x1"])
    }

    // MARK: Properties

    /// At the end of October in Amsterdam: a day of 25 hours is among them.
    private var autumn: WallAnchor {
        let zone = ZoneRule(
            name: "Europe/Amsterdam", offsetSeconds: 7200, change: WallTime(unixSeconds: 1792890000),
            offsetAfterSeconds: 3600)
        return WallAnchor(instant: at(7), wall: WallTime(unixSeconds: 1792706400), zone: zone)
    }

    @Test func aStricterBudgetNeverGivesMoreAndTheSameGivesTheSame() {
        var nudges = 0
        for seed in 1...UInt64(Trials.count(10)) {
            let life = RecordedLife.random(seed: seed, days: 4, anchor: autumn)
            let replay = PolicyReplay(wearer: .sole, boots: [life.boot])
            var last = Int.max
            for most in [20, 8, 4, 1, 0] {
                var settings = AlertSettings()
                settings.nudgesPerDay = most
                let alerts = replay.alerts(settings)
                #expect(alerts == PolicyReplay(wearer: .sole, boots: [life.boot]).alerts(settings))
                let count = alerts.count { $0.alert.delivery == .told && $0.alert.tier != .notice }
                #expect(count <= last, "seed \(seed), \(most) a day")
                if last == .max { nudges += count }
                last = count
            }
            #expect(last == 0)
        }
        #expect(nudges > 0)
    }

    @Test func theOrderOfWhatIsStoredDoesNotMatter() {
        let life = RecordedLife.random(seed: 5, days: 3, anchor: autumn)
        var shuffled = life.boot
        var random = SplitMix64(seed: 9)
        shuffled.episodes.shuffle(using: &random)
        shuffled.epochs.shuffle(using: &random)
        let one = PolicyReplay(wearer: .sole, boots: [life.boot]).alerts(AlertSettings())
        #expect(one.count > 10)
        #expect(PolicyReplay(wearer: .sole, boots: [shuffled]).alerts(AlertSettings()) == one)
    }

    @Test func inQuietHoursNothingIsTold() {
        var outside = 0
        for seed in 1...UInt64(Trials.count(10)) {
            let life = RecordedLife.random(seed: seed, days: 4, anchor: autumn)
            var settings = AlertSettings()
            settings.quietHours = [
                QuietSpan(from: 20 * 60, to: 9 * 60), QuietSpan(from: 12 * 60, to: 14 * 60),
            ]
            let quiet = QuietHours(spans: settings.quietHours)
            for played in PolicyReplay(wearer: .sole, boots: [life.boot]).alerts(settings) {
                guard played.alert.delivery == .told else { continue }
                #expect(quiet.end(holding: played.alert.time, autumn) == nil, "\(Diary.line(played.alert))")
                outside += 1
            }
        }
        #expect(outside > 0)
    }
}
