import LumbarAlerts
import LumbarCore
import Testing

@Suite struct SilenceAndBudgetTests {
    @Test func twoSilentMinutesAfterConnecting() {
        var day = Diary()
        day.policy.connected(at: at(29))
        day.sit(from: at(0), at: at(29, 30))
        #expect(day.policy.nextDeadline == at(31))
        day.lift(at: at(30))
        day.bent(from: at(27), to: at(30), budget: 1)
        day.fall(at: at(30, 10), told: at(30, 15))
        #expect(day.lines == ["30:15 fall urgent #1 x1"])
        day.advance(to: at(40))
        // What still holds is told when the silence ends; the lift is dropped for good.
        #expect(
            day.lines.dropFirst() == ["31:00 sitting nudge #1 x1", "31:00 sustained_flexion nudge #1 x1"])
        day.advance(to: at(300))
        #expect(!day.alerts.contains { $0.rule == .digest || $0.rule == .lift })
    }

    @Test func whatEndedInSilenceIsDropped() {
        var day = Diary()
        day.policy.connected(at: at(10))
        day.bent(from: at(8), to: at(11), budget: 1.2)
        day.bent(from: at(8), to: at(11, 30), budget: 1.2, ongoing: false)
        day.advance(to: at(100))
        #expect(day.lines.isEmpty)
    }

    @Test func twoNudgesAnHourThenADigest() {
        var settings = AlertSettings()
        settings.liftCooldown = 0
        var day = Diary(settings)
        for minute in Int64(0)..<7 { day.lift(at: at(10 + minute * 2)) }
        day.bent(from: at(26), to: at(28), budget: 1.1, ongoing: false)
        #expect(day.lines == ["10:00 lift nudge #1 x1", "12:00 lift nudge #1 x1"])
        #expect(day.policy.nextDeadline == at(70))
        day.advance(to: at(80))
        #expect(day.lines.last == "70:00 digest nudge #1 x6")
        #expect(
            day.alerts[2].message
                == "6 more bends, lifts or turns in 56 minutes. Raise the work to hip height if you can.")
        #expect(day.alerts[2].flexionDegrees == 75)
        #expect(day.policy.nextDeadline == nil)
    }

    @Test func aDigestIsDroppedWhenItIsNoNewsAnyMore() {
        var settings = AlertSettings()
        settings.liftCooldown = 0
        settings.digestWindow = 30
        var day = Diary(settings)
        for minute in Int64(0)..<6 { day.lift(at: at(10 + minute)) }
        #expect(day.policy.nextDeadline == nil)
        day.advance(to: at(200))
        #expect(day.lines.count == 2)
    }

    @Test func noDigestForSomebodyWhoWalksOrLies() {
        var settings = AlertSettings()
        settings.liftCooldown = 0
        var day = Diary(settings)
        for minute in Int64(0)..<6 { day.lift(at: at(10 + minute)) }
        day.posture(.walking, from: at(69), at: at(69, 10))
        day.advance(to: at(75))
        #expect(day.lines.count == 2)
        day.posture(.standing, from: at(76), at: at(76, 5))
        #expect(day.lines.last == "76:05 digest nudge #1 x4")
    }

    @Test func eightADayAndThenTheNextDay() {
        var settings = AlertSettings()
        settings.digest = false
        var day = Diary(settings)
        for hour in Int64(0)..<12 { day.lift(at: at(hour * 60 + 30)) }
        #expect(day.alerts.count == 8)
        day.policy.beginDay(at: at(12 * 60))
        day.lift(at: at(12 * 60 + 30))
        #expect(day.alerts.count == 9)
    }

    @Test func restoredAlertsCountAgainstTheBudget() {
        var before = Diary()
        before.lift(at: at(100))
        before.lift(at: at(111))
        #expect(before.alerts.count == 2)

        var after = Diary()
        after.policy.restore(before.alerts.reversed(), at: at(120))
        after.lift(at: at(130))
        #expect(after.lines.isEmpty)
        after.lift(at: at(160))
        #expect(after.lines == ["160:00 lift nudge #1 x1"])
    }

    /// By a clock that lags, what was said before the machine was switched off lies ahead.
    @Test func whatWasSaidBeforeDoesNotLieAhead() {
        var before = Diary()
        before.lift(at: at(100))
        before.lift(at: at(111))
        var after = Diary()
        after.policy.restore(before.alerts, at: at(10))
        #expect(after.policy.budgetUse(holdingTime: 0, at: at(10)).nudgesLastHour == 2)
        after.lift(at: at(30))
        #expect(after.lines.isEmpty)
        after.lift(at: at(75))
        #expect(after.lines == ["75:00 lift nudge #1 x1"])
    }

    @Test func aBudgetOfNothingSaysNothing() {
        var settings = AlertSettings()
        settings.nudgesPerHour = 0
        var day = Diary(settings)
        day.sit(from: at(0), at: at(1))
        day.lift(at: at(5))
        day.lift(at: at(50))
        day.advance(to: at(1000))
        #expect(day.lines == ["25:00 sitting notice #1 x1"])
    }
}
