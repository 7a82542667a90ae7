import LumbarAlerts
import LumbarCore
import LumbarTestKit
import Testing

@Suite struct SittingLadderTests {
    @Test func climbsOnItsOwnDeadlinesThenIsSilentUntilABreak() {
        var day = Diary()
        day.sit(from: at(0), at: at(0, 20))
        #expect(day.policy.nextDeadline == at(25))
        day.advance(to: at(300))
        #expect(
            day.lines == [
                "25:00 sitting notice #1 x1", "30:00 sitting nudge #2 x1", "60:00 sitting nudge #3 x1",
                "90:00 sitting urgent #4 x1",
            ])
        #expect(day.policy.nextDeadline == nil)
        #expect(day.alerts[1].duration == .minutes(30))
        #expect(day.alerts[1].episodeStart == at(0))
        day.sit(from: at(0), at: at(310), ongoing: false)
        day.sit(from: at(320), at: at(321))
        day.advance(to: at(352))
        #expect(day.lines.suffix(2) == ["345:00 sitting notice #1 x1", "350:00 sitting nudge #2 x1"])
    }

    @Test func manyRecordsOfOneBoutSayNothingTwice() {
        var day = Diary()
        for minute in Int64(1)...200 {
            day.sit(from: at(0), at: at(minute))
            day.sit(from: at(0), at: at(minute))
        }
        day.sit(from: at(0), at: at(200), ongoing: false)
        day.sit(from: at(0), at: at(201))
        #expect(day.lines.count == 4)
    }

    @Test func aBreakBeforeAStepCancelsIt() {
        var day = Diary()
        day.sit(from: at(0), at: at(20))
        day.advance(to: at(24, 59))
        day.sit(from: at(0), at: at(24, 59), ongoing: false)
        day.advance(to: at(120))
        #expect(day.lines.isEmpty)
        #expect(day.policy.nextDeadline == nil)
    }

    @Test func seatedTimeCountsNotTheLengthOfTheBout() {
        var day = Diary()
        let bout = SittingBout(seatedSeconds: 18 * 60, posturalShifts: 0)
        day.tell(
            Episode(
                .sitting(bout), start: at(0), end: at(20), decided: at(20), confidence: 1, isOngoing: true),
            at: at(20))
        #expect(day.policy.nextDeadline == at(27))
    }

    @Test func nothingIsSaidToSomebodyWhoHasRisen() {
        var day = Diary()
        day.posture(.sitting, from: at(0), at: at(1))
        day.sit(from: at(0), at: at(29))
        day.posture(.standing, from: at(29, 40), at: at(29, 45))
        #expect(day.policy.nextDeadline == nil)
        day.advance(to: at(30, 10))
        #expect(day.lines == ["29:00 sitting notice #1 x1"])
        // Detectors tell its end just before they tell what follows.
        day.posture(.standing, from: at(29, 40), at: at(30, 10), ongoing: false)
        #expect(day.policy.nextDeadline == nil)
        day.posture(.sitting, from: at(30, 10), at: at(30, 20))
        #expect(day.policy.nextDeadline == nil)
        // It is still the same bout only when the detector says so.
        day.sit(from: at(0), at: at(31))
        #expect(day.lines.last == "31:00 sitting nudge #2 x1")
    }

    @Test func aBoutWhoseEndWasNeverToldIsNotTakenUpAgain() {
        var day = Diary()
        day.posture(.sitting, from: at(0), at: at(1))
        day.sit(from: at(0), at: at(20))
        day.posture(.walking, from: at(21), at: at(21, 10))
        day.posture(.sitting, from: at(40), at: at(40, 10))
        day.advance(to: at(64))
        #expect(day.lines.isEmpty)
        day.sit(from: at(40), at: at(64))
        day.advance(to: at(66))
        #expect(day.lines == ["65:00 sitting notice #1 x1"])
    }

    @Test func aLadderOfSecondsServesADemonstration() {
        var settings = AlertSettings()
        settings.silentAfterConnect = 0
        settings.sittingNotice = 0.1
        settings.sittingFirst = 0.2
        settings.sittingSecond = 0.3
        settings.sittingThird = 0.4
        settings.nudgesPerHour = 60
        var day = Diary(settings)
        day.sit(from: at(0), at: at(0, 2))
        day.advance(to: at(5))
        #expect(
            day.lines == [
                "0:06 sitting notice #1 x1", "0:12 sitting nudge #2 x1", "0:18 sitting nudge #3 x1",
                "0:24 sitting urgent #4 x1",
            ])
        #expect(day.alerts[0].message.hasPrefix("You have been sitting for 6 seconds."))
    }

    @Test func aStepThatFoundNoBudgetIsMergedIntoTheNext() {
        var settings = AlertSettings()
        settings.nudgesPerHour = 1
        var day = Diary(settings)
        day.lift(at: at(29))
        day.sit(from: at(0), at: at(29, 30))
        day.advance(to: at(300))
        // The hour's budget is spent at 29, 89 and so on: the third step comes late, and after one nudge only.
        #expect(
            day.lines == [
                "29:00 lift nudge #1 x1", "29:30 sitting notice #1 x1", "89:00 sitting nudge #2 x1",
                "149:00 sitting nudge #3 x1",
            ])
    }

    @Test func callsMayBeSpacedInAnyWay() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<50 {
            var sparse = Diary()
            var dense = Diary()
            var now = at(0)
            for _ in 0..<60 {
                now = now + .seconds(Double.random(in: 1...600, using: &random).rounded())
                let start = now - .seconds(Double.random(in: 0...4000, using: &random).rounded())
                let news = Int.random(in: 0..<7, using: &random)
                while let due = dense.policy.nextDeadline, due <= now { dense.advance(to: due) }
                tell(news, start, now, to: &sparse)
                tell(news, start, now, to: &dense)
                #expect(dense.policy.nextDeadline.map { $0 > now } ?? true)
            }
            #expect(sparse.alerts == dense.alerts)
            #expect(!sparse.alerts.isEmpty)
            let nudges = sparse.alerts.filter { $0.tier != .notice }
            #expect(nudges.count <= 8)
            for (earlier, later) in zip(nudges, nudges.dropFirst(2)) {
                #expect(later.time - earlier.time >= .hours(1))
            }
        }
    }

    private func tell(_ news: Int, _ start: Instant, _ now: Instant, to day: inout Diary) {
        switch news {
        case 0: day.sit(from: start, at: now)
        case 1: day.sit(from: start, at: now, ongoing: false)
        case 2: day.lift(at: now)
        case 3: day.bent(from: start, to: now, budget: 1.1)
        case 4: day.bent(from: start, to: now, budget: 1.2, ongoing: false)
        case 5:
            day.advance(to: now)
            day.policy.connected(at: now)
        default:
            let posture = Posture.allCases[Int((now.nanoseconds / 1_000_000_000) % 6)]
            day.posture(posture, from: start, at: now)
        }
    }
}
