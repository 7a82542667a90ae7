import LumbarAlerts
import LumbarCore
import Testing

private func posture(
    _ posture: Posture, _ start: Instant, _ end: Instant, ongoing: Bool = false, decided: Instant? = nil
) -> Episode {
    Episode(
        .posture(posture), start: start, end: end, decided: decided ?? end, confidence: 1, isOngoing: ongoing)
}

private func sitting(_ start: Instant, _ end: Instant, ongoing: Bool = false, late: Double = 60) -> Episode {
    Episode(
        .sitting(SittingBout(seatedSeconds: (end - start).seconds, posturalShifts: 3)), start: start,
        end: end,
        decided: end + .seconds(late), confidence: 1, isOngoing: ongoing)
}

private func frame(_ start: Instant, flexion: Double = 0, wear: WearState = .worn, steps: Int = 0) -> Features
{
    var features = Features()
    features.start = start
    features.end = start + .milliseconds(100)
    features.flexionDegrees = flexion
    features.wear = wear
    features.steps = steps
    return features
}

private func covered(_ seconds: [Double]) -> Double { seconds.reduce(0, +) }

@Suite struct DayLedgerTests {
    @Test func minutesAreClosedAMinuteLateAndPosturesAreSplit() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        var epochs: [MinuteEpoch] = []
        #expect(ledger.nextDeadline == at(2))
        ledger.receive(posture(.standing, at(0), at(1, 15)))
        ledger.receive(posture(.sitting, at(1, 15), at(1, 20), ongoing: true))
        ledger.receive(posture(.sitting, at(1, 15), at(3), ongoing: true))
        ledger.advance(to: at(1, 59), into: &epochs)
        #expect(epochs.isEmpty)
        ledger.advance(to: at(2), into: &epochs)
        #expect(epochs.map(\.start) == [at(0)])
        #expect(epochs[0].postureSeconds == [0, 0, 60, 0, 0, 0])
        #expect(ledger.nextDeadline == at(3))
        ledger.advance(to: at(3), into: &epochs)
        #expect(epochs[1].postureSeconds == [0, 45, 15, 0, 0, 0])
        ledger.receive(posture(.sitting, at(1, 15), at(2, 30)))
        ledger.advance(to: at(10), into: &epochs)
        #expect(epochs.count == 3)
        #expect(epochs[2].postureSeconds == [0, 30, 0, 0, 0, 0])
        let day = ledger.summary(at: at(10))
        #expect(day.seconds(.sitting) == 75)
        #expect(day.seconds(.standing) == 75)
        #expect(day.noDataSeconds == 450)
        #expect(ledger.nextDeadline == nil)
    }

    @Test func dataThatNoRecordTellsAboutIsUnknown() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        for tenth in Int64(0)..<1500 { ledger.receive(frame(at(0) + .milliseconds(tenth * 100))) }
        #expect(ledger.summary(at: at(3)).seconds(.unknown) == 150)
        ledger.receive(posture(.unknown, at(0), at(0, 30)))
        ledger.receive(posture(.walking, at(0, 30), at(2, 30)))
        let day = ledger.summary(at: at(3))
        #expect(day.seconds(.unknown) == 30)
        #expect(day.seconds(.walking) == 120)
        #expect(day.noDataSeconds == 30)
    }

    @Test func aClosedMinuteKeepsWhatWasBelieved() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        var epochs: [MinuteEpoch] = []
        ledger.receive(posture(.standing, at(0), at(5), ongoing: true))
        ledger.advance(to: at(5), into: &epochs)
        ledger.receive(posture(.sitting, at(0), at(5)))
        let day = ledger.summary(at: at(5))
        #expect(day.seconds(.standing) == 240)
        #expect(day.seconds(.sitting) == 60)
        #expect(day.noDataSeconds == 0)
    }

    @Test func flexionCountsWhenWornAndNotLying() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        func over(_ flexion: Double, _ wear: WearState, _ ledger: inout DayLedger) -> Double {
            let before = ledger.summary(at: at(50)).over30Seconds
            for tenth in Int64(0)..<10 {
                ledger.receive(frame(at(0) + .milliseconds(tenth * 100), flexion: flexion, wear: wear))
            }
            return (ledger.summary(at: at(50)).over30Seconds - before).rounded()
        }
        #expect(over(50, .worn, &ledger) == 1)
        #expect(over(29, .worn, &ledger) == 0)
        #expect(over(50, .notWorn, &ledger) == 0)
        #expect(over(50, .unknown, &ledger) == 0)
        ledger.receive(posture(.standing, at(0), at(0, 1), ongoing: true))
        #expect(over(50, .unknown, &ledger) == 1)
        ledger.receive(posture(.lying, at(0, 1), at(0, 2), ongoing: true))
        #expect(over(80, .worn, &ledger) == 0)
        let day = ledger.summary(at: at(50))
        #expect(day.over45Seconds == 2)
        #expect(day.over60Seconds == 0)
    }

    @Test func countsOfTheDay() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        let shallow = Bend(peakDegrees: 50, peakRateDps: 1, areaAbove20DegreeSeconds: 1, budgetUsed: 0)
        let deep = Bend(peakDegrees: 61, peakRateDps: 1, areaAbove20DegreeSeconds: 1, budgetUsed: 0)
        for (index, bend) in [shallow, deep, shallow].enumerated() {
            let end = at(Int64(index))
            ledger.receive(
                Episode(.bend(bend), start: end - .seconds(2), end: end, decided: end, confidence: 1))
        }
        ledger.receive(frame(at(1), steps: 3))
        ledger.receive(sitting(at(0), at(20), ongoing: true))
        ledger.receive(sitting(at(0), at(31)))
        ledger.receive(sitting(at(0), at(31)))
        ledger.receive(sitting(at(40), at(45), late: 0))
        let day = ledger.summary(at: at(60))
        #expect(day.bends == 3)
        #expect(day.deepBends == 1)
        #expect(day.steps == 3)
        #expect(day.sittingBouts == 2)
        #expect(day.sittingBoutsOver30Minutes == 1)
        #expect(day.longestSittingSeconds == 31 * 60)
        #expect(day.sittingBreaks == 1)
        #expect(day.posturalShifts == 6)
    }

    @Test func midnightSplitsWhatLiesAcrossIt() {
        let first = CivilDate(year: 2026, month: 11, day: 21)
        let second = CivilDate(year: 2026, month: 11, day: 22)
        var ledger = DayLedger(wearer: .sole, start: at(0), date: first)
        var epochs: [MinuteEpoch] = []
        ledger.receive(posture(.sitting, at(0), at(100, 30), ongoing: true))
        ledger.receive(sitting(at(0), at(100, 30), ongoing: true))
        ledger.advance(to: at(100, 30), into: &epochs)
        let before = ledger.closeDay(at: at(100, 30), next: second, into: &epochs)
        #expect(before.isComplete)
        #expect(before.date == first)
        #expect(before.seconds(.sitting) == 6030)
        #expect(before.noDataSeconds == 0)
        #expect(before.longestSittingSeconds == 6030)
        #expect(epochs.last?.length == .seconds(30))
        #expect(epochs.last?.postureSeconds == [0, 30, 0, 0, 0, 0])

        // Decided after midnight: standing since ten seconds before it. What was closed stays as it was believed.
        ledger.receive(posture(.sitting, at(0), at(100, 20), decided: at(101)))
        ledger.receive(posture(.standing, at(100, 20), at(101), ongoing: true))
        ledger.receive(sitting(at(0), at(100, 20)))
        ledger.receive(posture(.standing, at(100, 20), at(110)))
        let after = ledger.summary(at: at(110))
        #expect(after.date == second)
        #expect(after.start == at(100, 30))
        #expect(after.postureSeconds == [0, 0, 570, 0, 0, 0])
        #expect(after.noDataSeconds == 0)
        #expect(after.sittingBouts == 0)
        #expect(after.sittingBreaks == 1)
    }

    @Test func aBoutAcrossMidnightCountsOnBothDays() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        var epochs: [MinuteEpoch] = []
        ledger.receive(sitting(at(10), at(50), ongoing: true))
        let before = ledger.closeDay(at: at(50), next: nil, into: &epochs)
        ledger.receive(sitting(at(10), at(70)))
        let after = ledger.summary(at: at(90))
        #expect([before.sittingBouts, before.sittingBoutsOver30Minutes] == [1, 1])
        #expect([after.sittingBouts, after.sittingBoutsOver30Minutes] == [1, 0])
        #expect(before.longestSittingSeconds == 2400)
        #expect(after.longestSittingSeconds == 1200)
        #expect(before.sittingBreaks == 0)
        #expect(after.sittingBreaks == 1)
    }

    @Test(arguments: [(2_024, 3, 31, 23.0), (2024, 10, 27, 25), (2024, 6, 1, 24)])
    func daysLast23And25HoursAroundAChange(year: Int, month: Int, day: Int, hours: Double) {
        // Amsterdam: summer time from 2024-03-31T01:00Z to 2024-10-27T01:00Z.
        let spring = month == 3
        let zone = ZoneRule(
            name: "Europe/Amsterdam", offsetSeconds: spring ? 3600 : 7200,
            change: WallTime(unixSeconds: spring ? 1_711_846_800 : 1_729_990_800),
            offsetAfterSeconds: spring ? 7200 : 3600)
        let date = CivilDate(year: year, month: month, day: day)
        let anchor = WallAnchor(instant: at(7), wall: zone.start(of: date), zone: zone)
        var ledger = DayLedger(wearer: .sole, start: at(7), date: anchor.date(at: at(7)))
        var epochs: [MinuteEpoch] = []
        let midnight = anchor.nextMidnight(after: at(7))
        ledger.receive(posture(.lying, at(7), midnight, ongoing: true))
        ledger.advance(to: midnight, into: &epochs)
        let summary = ledger.closeDay(at: midnight, next: anchor.date(at: midnight), into: &epochs)
        #expect(summary.date == date)
        #expect(summary.seconds(.lying) == hours * 3600)
        #expect(epochs.count == Int(hours) * 60)
    }

    @Test func randomDaysAddUp() {
        for seed in UInt64(0)..<40 {
            var day = SimulatedDay(seed: seed, start: at(3))
            day.live(spans: 40)
            let summary = day.ledger.closeDay(at: day.now, next: nil, into: &day.epochs)
            let length = (day.now - at(3)).seconds
            #expect((covered(summary.postureSeconds) + summary.noDataSeconds - length).magnitude < 1e-6)
            for epoch in day.epochs {
                #expect(covered(epoch.postureSeconds) <= epoch.length.seconds + 1e-9)
            }
            for (earlier, later) in zip(day.epochs, day.epochs.dropFirst()) {
                #expect(earlier.start + earlier.length <= later.start)
            }
            // Postures are late by forty seconds at most, so nothing was closed on a wrong belief.
            #expect(covered(day.truth) == covered(summary.postureSeconds))
            #expect(summary.seconds(.walking) <= day.truth[Posture.walking.index])
            #expect(summary.bends == day.epochs.reduce(0) { $0 + $1.bends })
            #expect(summary.bends > 0)
            #expect(summary.sittingBouts > 0)
        }
    }

    @Test func aRestoredDayThatLostNothingIsTheSameDay() {
        for seed in UInt64(100)..<140 {
            var day = SimulatedDay(seed: seed, start: at(3))
            day.live(spans: 25)
            day.tellOngoing()
            var restored = DayLedger(wearer: .sole, start: day.now, date: nil)
            restored.restore(epochs: day.epochs + day.ledger.openEpochs(at: day.now), episodes: day.told)
            #expect(restored.summary(at: day.now) == day.ledger.summary(at: day.now))
            #expect(restored.summary(at: day.now + .hours(1)).noDataSeconds >= 3600)
        }
    }

    @Test func aCrashLosesNoPostureThatWasTold() {
        for seed in UInt64(200)..<220 {
            var day = SimulatedDay(seed: seed, start: at(3))
            day.live(spans: 25)
            day.tellOngoing()
            // Minutes not closed yet are gone; episodes and their counts are made up for from the episodes.
            var restored = DayLedger(wearer: .sole, start: day.now, date: nil)
            restored.restore(epochs: day.epochs, episodes: day.told)
            let was = day.ledger.summary(at: day.now)
            let isNow = restored.summary(at: day.now)
            #expect(covered(isNow.postureSeconds) == covered(was.postureSeconds))
            #expect(isNow.bends == was.bends)
            #expect(isNow.sittingBouts == was.sittingBouts)
            #expect(isNow.longestSittingSeconds == was.longestSittingSeconds)
            #expect(was.steps - isNow.steps <= 240)
            var rebuilt: [MinuteEpoch] = []
            restored.advance(to: day.now + .minutes(5), into: &rebuilt)
            let total = (day.epochs + rebuilt).reduce(0) { $0 + covered($1.postureSeconds) }
            #expect((total - covered(was.postureSeconds)).magnitude < 1e-6)
        }
    }

    @Test func aWeekWithoutMidnightDoesNotGrow() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        var epochs: [MinuteEpoch] = []
        for minute in Int64(0)..<(7 * 1440) {
            ledger.receive(frame(at(minute)))
            while let due = ledger.nextDeadline, due <= at(minute) { ledger.advance(to: due, into: &epochs) }
        }
        #expect(ledger.openEpochs(at: at(7 * 1440)).count <= 4)
        #expect(epochs.count >= 7 * 1440 - 3)
        #expect(ledger.summary(at: at(7 * 1440)).noDataSeconds < 7 * 86400)
    }

    @Test func anEmptyDayIsOneMinuteInTheStore() {
        var ledger = DayLedger(wearer: .sole, start: at(0), date: nil)
        var epochs: [MinuteEpoch] = []
        ledger.advance(to: at(500), into: &epochs)
        #expect(epochs.map(\.start) == [at(0)])
        let day = ledger.closeDay(at: at(1440), next: nil, into: &epochs)
        #expect(epochs.count == 1)
        #expect(day.noDataSeconds == 86400)
        #expect(day.wornSeconds == 0)
    }
}
