import LumbarAlerts
import LumbarCore
import Testing

@Suite struct AlertRuleTests {
    /// Who comes up for a moment takes what they have used of the holding time into the next bend.
    @Test func aNoticeOfOneHeldBendKeepsBackNoNudgeAboutTheNext() {
        var day = Diary()
        day.bent(from: at(5), to: at(7), budget: 0.8)
        day.bent(from: at(5), to: at(7, 10), budget: 0.84, ongoing: false)
        day.bent(from: at(7, 12), to: at(7, 40), budget: 1)
        let first = ["7:00 sustained_flexion notice #1 x1", "7:40 sustained_flexion nudge #1 x1"]
        #expect(day.lines == first)
        day.bent(from: at(7, 12), to: at(7, 50), budget: 1.1, ongoing: false)
        // A notice rests after either, a nudge after a nudge.
        day.bent(from: at(9), to: at(10), budget: 0.8)
        #expect(day.policy.nextDeadline == at(17, 40))
        day.bent(from: at(9), to: at(11), budget: 1)
        #expect(day.policy.nextDeadline == at(17, 40))
        day.bent(from: at(9), to: at(17, 30), budget: 3, ongoing: false)
        #expect(day.lines == first)
        day.bent(from: at(17, 32), to: at(17, 35), budget: 3)
        day.advance(to: at(18))
        #expect(day.lines == first + ["17:40 sustained_flexion nudge #1 x1"])
        var noticed = Diary()
        noticed.bent(from: at(5), to: at(7), budget: 0.8)
        noticed.bent(from: at(5), to: at(7, 10), budget: 0.84, ongoing: false)
        noticed.bent(from: at(9), to: at(10), budget: 0.8)
        #expect(noticed.policy.nextDeadline == at(17))
    }

    @Test func heldFlexionIsToldAheadAndOnceWhenItsBudgetIsUsedUp() {
        var day = Diary()
        day.bent(from: at(5), to: at(6), budget: 0.8)
        day.bent(from: at(5), to: at(7), budget: 1)
        day.bent(from: at(5), to: at(8), budget: 1.5)
        day.bent(from: at(5), to: at(9), budget: 2, ongoing: false)
        day.bent(from: at(5), to: at(9), budget: 2, ongoing: false)
        day.advance(to: at(300))
        #expect(
            day.lines == ["6:00 sustained_flexion notice #1 x1", "7:00 sustained_flexion nudge #2 x1"])
        #expect(day.alerts[1].flexionDegrees == 50)
        #expect(day.alerts[1].duration == .minutes(2))
    }

    @Test func theSameRuleWaitsForItsCooldown() {
        var day = Diary()
        day.bent(from: at(5), to: at(7), budget: 1)
        day.bent(from: at(5), to: at(7, 10), budget: 1, ongoing: false)
        day.bent(from: at(9), to: at(12), budget: 1.1)
        #expect(day.policy.nextDeadline == at(17))
        day.advance(to: at(20))
        #expect(day.lines == ["7:00 sustained_flexion nudge #1 x1", "17:00 sustained_flexion nudge #1 x1"])
        #expect(day.alerts[1].duration == .minutes(8))
    }

    @Test func whatEndedWhileItWaitedIsCounted() {
        var day = Diary()
        day.bent(from: at(5), to: at(7), budget: 1)
        day.bent(from: at(5), to: at(7, 10), budget: 1, ongoing: false)
        for minute in [Int64(9), 12] {
            day.bent(from: at(minute), to: at(minute, 30), budget: 1.1)
            day.bent(from: at(minute), to: at(minute, 40), budget: 1.1, ongoing: false)
        }
        day.advance(to: at(20))
        #expect(day.lines == ["7:00 sustained_flexion nudge #1 x1", "17:00 digest nudge #1 x2"])
    }

    @Test func aBendThatLetsGoOfItsBudgetIsNotTold() {
        var day = Diary()
        day.policy.connected(at: at(5))
        day.bent(from: at(4), to: at(6), budget: 1)
        day.bent(from: at(4), to: at(6, 30), budget: 0.7)
        day.advance(to: at(20))
        #expect(day.lines.isEmpty)
    }

    @Test func aLiftWithoutStrainIsNotTold() {
        var day = Diary()
        day.lift(at: at(5), underStrain: false)
        day.twist(at: at(20), afterLift: false)
        #expect(day.lines.isEmpty)
    }

    @Test func aLiftAndItsTwistAreOneAct() {
        var day = Diary()
        day.lift(at: at(5), strain: [.deep, .twisted])
        day.twist(at: at(5, 2))
        #expect(day.lines == ["5:00 lift nudge #1 x1"])
        day.lift(at: at(30), underStrain: false)
        day.twist(at: at(30, 1))
        #expect(day.lines.last == "30:01 twist nudge #1 x1")
        day.advance(to: at(300))
        #expect(day.alerts.count == 2)
    }

    @Test func aFallIsToldAtOnceAndOnce() {
        var settings = AlertSettings()
        settings.nudgesPerHour = 0
        var day = Diary(settings)
        day.policy.connected(at: at(0))
        day.fall(at: at(1), told: at(1, 5))
        day.fall(at: at(1), told: at(1, 30))
        day.fall(at: at(1, 20), told: at(1, 40))
        day.fall(at: at(1), told: at(9))
        day.fall(at: at(10), told: at(10, 5))
        #expect(day.lines == ["1:05 fall urgent #1 x1", "10:05 fall urgent #1 x1"])
    }

    @Test func stillLyingIsToldTwiceEvenInSilenceAndPastTheBudget() {
        var settings = AlertSettings()
        settings.nudgesPerHour = 0
        var day = Diary(settings)
        day.policy.connected(at: at(0))
        day.fall(at: at(1), told: at(1, 5))
        day.stillDown(since: at(1), seconds: 30)
        day.stillDown(since: at(1), seconds: 30)
        day.stillDown(since: at(1), seconds: 60)
        #expect(
            day.lines == [
                "1:05 fall urgent #1 x1", "1:30 still_down urgent #1 x1", "2:00 still_down urgent #2 x1",
            ])
        #expect(day.alerts[1].message.hasPrefix("Still lying 30 seconds after a possible fall."))
        #expect(day.alerts[2].message.hasPrefix("Still lying 60 seconds after a possible fall."))
        day.stillDown(since: at(10), seconds: 30)
        #expect(day.lines.last == "10:30 still_down urgent #1 x1", "a fall of its own")
    }

    @Test func rulesCanBeTurnedOff() {
        var settings = AlertSettings()
        settings.sitting = false
        settings.sustainedFlexion = false
        settings.lift = false
        settings.twist = false
        settings.fall = false
        var day = Diary(settings)
        day.sit(from: at(0), at: at(1))
        day.bent(from: at(5), to: at(9), budget: 2)
        day.lift(at: at(20))
        day.twist(at: at(30))
        day.fall(at: at(40), told: at(40, 5))
        day.stillDown(since: at(40), seconds: 30)
        day.advance(to: at(300))
        #expect(day.lines.isEmpty)
        #expect(day.policy.nextDeadline == nil)
    }

    @Test func aLadderThatDoesNotRiseIsAConflict() {
        var settings = AlertSettings()
        #expect(settings.conflicts.isEmpty)
        settings.sittingSecond = 20
        #expect(settings.conflicts.map(\.key) == ["sitting_second"])
    }
}
