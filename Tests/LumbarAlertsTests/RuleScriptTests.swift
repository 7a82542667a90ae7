import LumbarAlerts
import LumbarCore
import Testing

/// For each rule a script on which it must speak, at the right second, and near misses on which it must not.
@Suite struct RuleScriptTests {
    private func day() -> Diary { Diary(.allOn) }

    @Test func aShiftInTheSeatPutsTheLadderOffOnce() {
        var shifted = day()
        shifted.sitThrough(to: 21, shifts: [20])
        #expect(shifted.policy.nextDeadline == at(35))
        shifted.sitThrough(from: 21, to: 75, shifts: [20, 37])
        #expect(
            shifted.lines == [
                "35:00 sitting notice #1 x1", "40:00 sitting nudge #2 x1", "70:00 sitting nudge #3 x1",
            ])
        #expect(shifted.alerts[1].message.hasPrefix("You have been sitting for 40 minutes."))
        #expect(shifted.alerts[1].reason?.threshold == 2400)
        var settings = AlertSettings.allOn
        settings.shiftDelay = 0
        var off = Diary(settings)
        off.sitThrough(to: 21, shifts: [20])
        #expect(off.policy.nextDeadline == at(25))
    }

    /// The first record of a bout comes after twenty minutes and counts all shifts since its beginning.
    @Test func aShiftLongBeforeAStepIsHowPeopleSit() {
        let usual = ["25:00 sitting notice #1 x1", "30:00 sitting nudge #2 x1", "60:00 sitting nudge #3 x1"]
        var early = day()
        early.sitThrough(to: 61, shifts: [2, 5, 11])
        #expect(early.lines == usual)
        var between = day()
        between.sitThrough(to: 61, shifts: [2, 31, 48])
        #expect(between.lines == usual, "twelve minutes before the step")
        var late = day()
        late.sitThrough(to: 71, shifts: [2, 51])
        #expect(late.lines == usual.dropLast() + ["70:00 sitting nudge #3 x1"])
        var again = day()
        again.sitThrough(to: 19, shifts: [2, 5])
        again.sit(from: at(0), at: at(19), shifts: 2, ongoing: false)
        again.sitThrough(since: 30, from: 30, to: 56, shifts: [31, 33, 35])
        #expect(again.lines == ["55:00 sitting notice #1 x1"], "another bout begins with its own")
    }

    @Test func turningWhileBentIsToldUnlessALiftWas() {
        var day = day()
        day.twist(at: at(5), afterLift: false)
        day.advance(to: at(6))
        #expect(day.lines == ["5:05 turning nudge #1 x1"])
        var first = self.day()
        first.twist(at: at(5), afterLift: false)
        first.lift(at: at(5, 3))
        first.advance(to: at(6))
        #expect(first.lines == ["5:03 lift nudge #1 x1"], "the turn was part of a lift")
        var lifted = self.day()
        lifted.lift(at: at(5), strain: [.twisted])
        lifted.twist(at: at(5, 2), afterLift: false)
        lifted.advance(to: at(6))
        #expect(lifted.rules == [.lift])
        var lying = self.day()
        lying.posture(.lying, from: at(1), at: at(1))
        lying.twist(at: at(5), afterLift: false)
        lying.advance(to: at(100))
        #expect(lying.lines.isEmpty)
        var usual = Diary()
        usual.twist(at: at(5), afterLift: false)
        usual.advance(to: at(6))
        #expect(usual.alerts.map(\.delivery) == [.shadow], "a new rule begins on trial")
    }

    @Test func anActWaitsForItsWearerToStopWalkingForAMinute() {
        var day = day()
        day.posture(.walking, from: at(4), at: at(4))
        day.lift(at: at(5), strain: [.deep, .fast])
        day.posture(.walking, from: at(4), at: at(5, 20), ongoing: false)
        day.posture(.standing, from: at(5, 20), at: at(5, 24))
        #expect(day.lines == ["5:20 lift nudge #1 x1"] || day.lines == ["5:24 lift nudge #1 x1"])
        var long = self.day()
        long.posture(.walking, from: at(4), at: at(4))
        long.lift(at: at(5))
        long.posture(.standing, from: at(6, 10), at: at(6, 14))
        #expect(long.lines.isEmpty, "no news any more")
    }

    @Test func bendingAgainAndAgainIsToldOnceARun() {
        var day = day()
        day.bend(to: at(5), perMinute: 1.8)
        #expect(day.lines.isEmpty)
        for second in Int64(0)..<9 { day.bend(to: at(6, second * 6), perMinute: 2.2) }
        #expect(day.lines == ["6:00 repeated_bends nudge #1 x1"])
        #expect(
            day.alerts[0].message
                == "You have bent forward 11 times in 5 minutes. Raise the work, or take turns.")
        // Another run within half an hour waits, and is no news once it is over.
        day.bend(to: at(10), perMinute: 1)
        day.bend(to: at(20), perMinute: 3)
        day.bend(to: at(25), perMinute: 1)
        day.advance(to: at(60))
        #expect(day.lines.count == 1)
        day.bend(to: at(61), perMinute: 2)
        #expect(day.lines.last == "61:00 repeated_bends nudge #1 x1")
        var walking = self.day()
        walking.posture(.walking, from: at(1), at: at(1))
        walking.bend(to: at(5), perMinute: 4)
        walking.advance(to: at(30))
        #expect(walking.lines.isEmpty)
    }

    @Test func aRunOfBendsThatStoppedIsForgotten() {
        var day = day()
        day.policy.apply(.snooze(until: at(20), endsUpright: false), at: at(0))
        day.bend(to: at(5), perMinute: 4)
        day.minute(to: at(11))
        day.advance(to: at(30))
        #expect(day.lines.isEmpty)
    }

    @Test func theDaysTimeBentIsToldOnce() {
        var day = day()
        for minute in Int64(1)...39 { day.minute(to: at(minute), over30: 60) }
        #expect(day.lines.isEmpty)
        day.minute(to: at(40), over30: 59)
        #expect(day.lines.isEmpty, "a second short of forty minutes")
        day.minute(to: at(41), over30: 60)
        day.minute(to: at(42), over30: 60, over60: 60)
        #expect(day.lines == ["42:00 bent_today nudge #1 x1"])
        #expect(day.alerts[0].reason?.clause == "time_bent_past_30")
        var deep = self.day()
        for minute in Int64(1)...10 { deep.minute(to: at(minute), over30: 30, over60: 60) }
        #expect(deep.lines == ["11:00 bent_today nudge #1 x1"])
        #expect(deep.alerts[0].reason?.clause == "time_bent_past_60")
        deep.policy.beginDay(at: at(20))
        deep.minute(to: at(21), over60: 60)
        #expect(deep.lines.count == 1, "another day begins at nothing")
    }

    @Test func aLeanOfUnknownDirectionInASeatIsNoTimeBent() {
        for (isUnknown, told) in [(true, [String]()), (false, ["41:00 bent_today nudge #1 x1"])] {
            var day = day()
            for minute in Int64(1)...60 {
                day.minute(to: at(minute), over30: 60, sitting: 60, forwardUnknown: isUnknown)
            }
            #expect(day.lines.filter { $0.contains("bent_today") } == told)
        }
        var standing = day()
        for minute in Int64(1)...60 {
            standing.minute(to: at(minute), over30: 60, standing: 60, forwardUnknown: true)
        }
        #expect(standing.lines.first == "41:00 bent_today nudge #1 x1", "nobody stands leaning back")
    }

    @Test func aBendRightAfterARestIsTold() {
        func script(
            sat: Int64 = 40, bendAfter seconds: Int64 = 120, shifts: Int = 1, lean: Double? = nil,
            peak: Double = 70
        ) -> [String] {
            var day = day()
            day.posture(.sitting, from: at(0), at: at(0))
            day.sit(from: at(0), at: at(sat), shifts: shifts, lean: lean)
            day.posture(.standing, from: at(sat, 10), at: at(sat, 14))
            day.bend(to: at(sat, 14 + seconds), peak: peak)
            return day.lines.filter { $0.contains("after_rest") }
        }
        #expect(script() == ["42:14 after_rest nudge #1 x1"])
        #expect(script(lean: 18) == ["42:14 after_rest nudge #1 x1"])
        #expect(script(sat: 29).isEmpty, "no half hour")
        #expect(script(bendAfter: 310).isEmpty, "five minutes later")
        #expect(script(shifts: 9).isEmpty, "not still")
        #expect(script(lean: 2).isEmpty, "upright")
        #expect(script(peak: 55).isEmpty, "not deep")
        var strolling = day()
        strolling.posture(.sitting, from: at(0), at: at(0))
        strolling.sit(from: at(0), at: at(40))
        strolling.posture(.standing, from: at(40, 10), at: at(40, 14))
        strolling.posture(.walking, from: at(41, 30), at: at(41, 34))
        strolling.posture(.standing, from: at(46), at: at(46, 4))
        strolling.bend(to: at(46, 20), peak: 70)
        #expect(!strolling.rules.contains(.afterRest), "six minutes after getting up")
        var night = day()
        let rising = Rising(lyingSeconds: 4 * 3600, guardedSeconds: 0)
        night.tell(.rising(rising), from: at(300), to: at(300))
        night.lift(at: at(303), underStrain: false)
        #expect(night.lines == ["303:00 after_rest nudge #1 x1"])
        #expect(
            night.alerts[0].message
                == "You bent 75 degrees, 3 minutes after 4 hours of lying. Next time, walk two minutes first."
        )
    }

    @Test func theEndOfTheOwnRangeIsToldAfterTenSeconds() {
        var day = day()
        day.bend(to: at(5), lasting: 12, share: 0.8, endRange: 9, ongoing: true)
        #expect(day.lines.isEmpty)
        day.bend(to: at(5, 1), lasting: 13, share: 0.8, endRange: 10, ongoing: true)
        day.bend(to: at(5, 11), lasting: 23, share: 0.8, endRange: 20, ongoing: true)
        day.bend(to: at(5, 12), lasting: 24, share: 0.8, endRange: 21)
        #expect(day.lines == ["5:01 end_range nudge #1 x1"])
        #expect(day.alerts[0].reason?.dwell == .seconds(10))
        var unknown = self.day()
        unknown.bend(to: at(5), endRange: 0)
        unknown.bend(to: at(6), share: 0.69, endRange: 0)
        #expect(unknown.lines.isEmpty)
    }

    /// What looked like a bend may turn out to be lying down, or a sensor put down: its end is never told.
    @Test(arguments: [Posture.lying, .notWorn])
    func aBendThatLyingDownCutsOffIsNotToldAfterwards(posture: Posture) {
        var day = day()
        day.posture(.standing, from: at(0), at: at(1))
        day.policy.apply(.snooze(until: at(6), endsUpright: false), at: at(1))
        day.bend(to: at(5, 10), lasting: 20, share: 0.8, endRange: 10, ongoing: true)
        day.posture(posture, from: at(5), at: at(5, 20))
        day.posture(posture, from: at(5), at: at(8), ongoing: false)
        day.posture(.standing, from: at(8), at: at(8, 5))
        day.advance(to: at(20))
        #expect(day.lines.isEmpty)
    }

    @Test func aLongRideIsToldAndSilencesTheRest() {
        var day = day()
        day.posture(.sitting, from: at(0), at: at(1))
        day.ride(from: at(0), at: at(3))
        day.sit(from: at(0), at: at(5))
        day.lift(at: at(10))
        day.ride(from: at(0), at: at(58))
        #expect(day.policy.nextDeadline == at(60))
        day.advance(to: at(70))
        #expect(day.lines == ["60:00 riding notice #1 x1"])
        #expect(
            day.alerts[0].message
                == "You have been riding for 60 minutes. Stop for a short walk when you can.")
        day.ride(from: at(0), at: at(80), ongoing: false)
        #expect(day.lines.last == "80:00 sitting nudge #1 x1", "still seated, and the car stands")
        var short = self.day()
        short.ride(from: at(0), at: at(3))
        short.ride(from: at(0), at: at(59, 59), ongoing: false)
        short.advance(to: at(200))
        #expect(short.lines.isEmpty)
        var lost = self.day()
        lost.ride(from: at(0), at: at(3))
        lost.policy.lost(at: at(40))
        lost.advance(to: at(59))
        lost.policy.connected(at: at(59))
        lost.advance(to: at(200))
        #expect(!lost.rules.contains(.riding))
    }

    @Test func aSensorThatIsOffIsToldByDayOnly() {
        var day = day()
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        day.posture(.notWorn, from: at(10), at: at(15))
        #expect(day.policy.nextDeadline == at(130))
        day.advance(to: at(1000))
        #expect(day.lines == ["130:00 off_body notice #1 x1"])
        var evening = self.day()
        evening.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 19), at: at(0))
        evening.posture(.notWorn, from: at(10), at: at(15))
        evening.advance(to: at(13 * 60))
        #expect(evening.lines.isEmpty, "at night nobody wears it")
        var worn = self.day()
        worn.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        worn.posture(.notWorn, from: at(10), at: at(15))
        worn.posture(.standing, from: at(129), at: at(129, 59))
        worn.advance(to: at(160))
        #expect(worn.lines.isEmpty)
        var clockless = self.day()
        clockless.posture(.notWorn, from: at(10), at: at(15))
        clockless.advance(to: at(3000))
        #expect(clockless.lines.isEmpty, "no clock tells the time of day")
    }

    @Test func aSilentSensorIsToldAfterTwentyMinutes() {
        var day = day()
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        day.policy.lost(at: at(10))
        day.advance(to: at(60))
        #expect(day.lines == ["30:00 silent_sensor notice #1 x1"])
        day.policy.connected(at: at(60))
        day.policy.lost(at: at(70))
        day.advance(to: at(120))
        #expect(day.lines.count == 1, "once a day")
        var back = self.day()
        back.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        back.policy.lost(at: at(10))
        back.policy.connected(at: at(29, 59))
        back.advance(to: at(60))
        #expect(back.lines.isEmpty)
    }

    @Test func anglesThatDoNotCountAreTold() {
        for (trust, minutes, rule) in [
            (MountTrust.moved, Int64(10), AlertRule.untrusted), (.stale, 30, .staleUpright),
        ] {
            var day = day()
            day.policy.setTrust(trust, at: at(5))
            #expect(day.policy.nextDeadline == at(5 + minutes))
            day.advance(to: at(100))
            #expect(day.rules == [rule])
            var confirmed = self.day()
            confirmed.policy.setTrust(trust, at: at(5))
            confirmed.advance(to: at(5 + minutes - 1))
            confirmed.policy.setTrust(.trusted, at: at(5 + minutes - 1))
            confirmed.advance(to: at(100))
            #expect(confirmed.lines.isEmpty)
            var off = self.day()
            off.posture(.notWorn, from: at(1), at: at(1))
            off.policy.setTrust(trust, at: at(5))
            off.advance(to: at(60))
            #expect(off.lines.isEmpty, "nobody wears it")
        }
    }
}
