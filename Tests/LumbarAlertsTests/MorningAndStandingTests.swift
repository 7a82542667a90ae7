import LumbarAlerts
import LumbarCore
import Testing

@Suite struct MorningTests {
    private func rise(_ day: inout Diary, at time: Instant, guarded: Double = 7200) {
        let rising = Rising(lyingSeconds: 27_000, guardedSeconds: guarded)
        day.tell(Episode(.rising(rising), start: time, end: time, decided: time, confidence: 1), at: time)
    }

    private func bend(_ day: inout Diary, at time: Instant, peak: Double = 38.4) {
        let bend = Bend(peakDegrees: peak, peakRateDps: 40, areaAbove20DegreeSeconds: 9, budgetUsed: 0.1)
        let episode = Episode(.bend(bend), start: time - .seconds(4), end: time, decided: time, confidence: 1)
        day.tell(episode, at: time)
    }

    @Test func theFirstBendAfterGettingUpIsToldOnce() {
        var day = Diary()
        bend(&day, at: at(50))
        rise(&day, at: at(60))
        #expect(day.lines.isEmpty)
        bend(&day, at: at(85, 4))
        bend(&day, at: at(90))
        #expect(day.lines == ["85:04 morning notice #1 x1"])
        #expect(
            day.alerts[0].message
                == "You bent forward 38 degrees, 25 minutes after getting up. Leave for later what can wait.")
        #expect(day.alerts[0].flexionDegrees == 38)
    }

    @Test func laterBendsAndOtherMorningsAreNotTold() {
        var day = Diary()
        rise(&day, at: at(60))
        bend(&day, at: at(181))
        #expect(day.lines.isEmpty)
        rise(&day, at: at(200), guarded: 0)
        bend(&day, at: at(201))
        #expect(day.lines.isEmpty)
        // Twice up in one night: told once; and again in the next.
        rise(&day, at: at(300))
        bend(&day, at: at(301))
        rise(&day, at: at(480))
        bend(&day, at: at(481))
        rise(&day, at: at(1740))
        bend(&day, at: at(1741))
        #expect(day.lines == ["301:00 morning notice #1 x1", "1741:00 morning notice #1 x1"])
    }

    @Test func aNoticeTakesNoBudgetAndCanBeSwitchedOff() {
        var settings = AlertSettings()
        settings.nudgesPerHour = 1
        settings.silentAfterConnect = 0
        var day = Diary(settings)
        rise(&day, at: at(60))
        bend(&day, at: at(61))
        day.lift(at: at(62))
        #expect(day.lines == ["61:00 morning notice #1 x1", "62:00 lift nudge #1 x1"])
        settings.morning = false
        var silent = Diary(settings)
        rise(&silent, at: at(60))
        bend(&silent, at: at(61))
        #expect(silent.lines.isEmpty)
    }

    @Test func aMorningGoesOnAfterARestartAndIsNotToldAgain() {
        var before = Diary()
        rise(&before, at: at(60))
        bend(&before, at: at(70))
        let rising = Episode(
            .rising(Rising(lyingSeconds: 1, guardedSeconds: 7200)), start: at(60), end: at(60),
            decided: at(60),
            confidence: 1)
        var fresh = Diary()
        fresh.policy.restore([], episodes: [rising], at: at(80))
        bend(&fresh, at: at(90))
        #expect(fresh.lines == ["90:00 morning notice #1 x1"])
        var told = Diary()
        told.policy.restore(before.alerts, episodes: [rising], at: at(80))
        bend(&told, at: at(90))
        #expect(told.lines.isEmpty)
    }
}

@Suite struct StandingTests {
    private var settings: AlertSettings {
        var settings = AlertSettings()
        settings.standing = true
        return settings
    }

    @Test func longStandingIsToldTwiceAndOnlyWhenAskedFor() {
        var day = Diary(settings)
        day.posture(.standing, from: at(10), at: at(10, 5))
        #expect(day.policy.nextDeadline == at(50))
        day.advance(to: at(120))
        #expect(day.lines == ["50:00 standing notice #1 x1", "70:00 standing nudge #2 x1"])
        #expect(
            day.alerts[0].message
                == "You have been standing for 40 minutes. Walk a little or sit for a while.")
        var silent = Diary()
        silent.posture(.standing, from: at(10), at: at(10, 5))
        silent.advance(to: at(120))
        #expect(silent.lines.isEmpty)
    }

    @Test func aFewStepsAreNoBreakAndAMinuteIs() {
        var day = Diary(settings)
        day.posture(.standing, from: at(0), at: at(0, 5))
        day.posture(.standing, from: at(0), at: at(20), ongoing: false)
        day.posture(.walking, from: at(20), at: at(20, 5))
        day.posture(.walking, from: at(20), at: at(20, 30), ongoing: false)
        day.posture(.standing, from: at(20, 30), at: at(20, 35))
        day.posture(.standing, from: at(20, 30), at: at(30), ongoing: false)
        day.posture(.walking, from: at(30), at: at(30, 5))
        day.posture(.walking, from: at(30), at: at(31, 30), ongoing: false)
        day.posture(.standing, from: at(31, 30), at: at(31, 35))
        day.advance(to: at(71))
        #expect(day.lines.isEmpty)
        day.advance(to: at(72))
        #expect(day.lines == ["71:30 standing notice #1 x1"])
    }

    @Test func whileWalkingNothingIsDueAndSittingBeginsAnew() {
        var day = Diary(settings)
        day.posture(.standing, from: at(0), at: at(0, 5))
        day.posture(.standing, from: at(0), at: at(39, 50), ongoing: false)
        day.posture(.walking, from: at(39, 50), at: at(39, 55))
        day.advance(to: at(40, 20))
        #expect(day.lines.isEmpty)
        day.posture(.walking, from: at(39, 50), at: at(40, 30), ongoing: false)
        day.posture(.standing, from: at(40, 30), at: at(40, 33))
        #expect(day.lines == ["40:33 standing notice #1 x1"])
        day.posture(.standing, from: at(40, 30), at: at(41), ongoing: false)
        day.posture(.sitting, from: at(41), at: at(41, 5))
        day.posture(.sitting, from: at(41), at: at(41, 20), ongoing: false)
        day.posture(.standing, from: at(41, 20), at: at(41, 25))
        day.advance(to: at(81, 20))
        #expect(day.lines.last == "81:20 standing notice #1 x1")
    }
}
