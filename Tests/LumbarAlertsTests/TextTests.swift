import LumbarAlerts
import LumbarCore
import Testing

@Suite struct AlertTextTests {
    private func lift(_ strain: Lift.Strain) -> String {
        AlertText.lift(
            Lift(
                peakDegrees: 74.5, peakExtensionRateDps: 1, peakRiseVelocity: 1, peakJerkGps: 1,
                riseSeconds: 1,
                turnWhileBentDegrees: 1, peakMomentNm: 1, isUnderStrain: true, strain: strain))
    }

    @Test func sittingIsGolden() {
        #expect(
            AlertText.sitting(seconds: 1500, tier: .notice, isLast: false)
                == "You have been sitting for 25 minutes. A short walk would make a good break soon.")
        #expect(
            AlertText.sitting(seconds: 1800, tier: .nudge, isLast: false)
                == "You have been sitting for 30 minutes. Stand up and walk for about 3 minutes.")
        #expect(
            AlertText.sitting(seconds: 3599.9, tier: .nudge, isLast: false)
                == "You have been sitting for 60 minutes. Walk for about 6 minutes.")
        #expect(
            AlertText.sitting(seconds: 5400, tier: .urgent, isLast: true)
                == "You have been sitting for 90 minutes. A walk would do you good; "
                + "no more is said until a break.")
    }

    @Test func handlingIsGolden() {
        #expect(
            lift([.deep])
                == "Probable lift with a bend of 75 degrees. Next time, bring it close to you first.")
        #expect(
            lift([.deep, .fast, .jerky])
                == "Probable lift with a bend of 75 degrees, a fast rise and a jerk. Take the next one more slowly."
        )
        #expect(
            lift([.twisted, .fast])
                == "Probable lift with a bend of 75 degrees and a turn while bent. "
                + "Next time, turn with your feet.")
        #expect(
            AlertText.twist(Twist(turnDegrees: -41.4, peakRateDps: 60, isAfterLift: true))
                == "You turned about 41 degrees while bent, after a probable lift. "
                + "Next time, turn with your feet.")
        let held = SustainedFlexion(meanDegrees: 49.6, peakDegrees: 60, budgetUsed: 1)
        #expect(
            AlertText.sustainedFlexion(held, seconds: 110, isOngoing: true)
                == "You have been bent forward about 50 degrees for 2 minutes. Stand up and move for a moment."
        )
        #expect(
            AlertText.sustainedFlexion(held, seconds: 61, isOngoing: false)
                == "You were bent forward about 50 degrees for 61 seconds. "
                + "Raise the work a little if you go on.")
    }

    @Test func aFallNamesWhatNeedsADoctorAndCallsNobody() {
        #expect(AlertText.fall.hasPrefix("Possible fall. "))
        #expect(AlertText.fall.contains("call for help"))
        #expect(AlertText.fall.hasSuffix(SafetyText.afterFall))
        for sign in ["numbness", "bladder", "bowel", "weakness"] {
            #expect(SafetyText.redFlags.contains(sign))
            #expect(SafetyText.afterFall.contains(sign))
        }
    }

    @Test func noBlameNoDiagnosisNoDecimals() {
        var texts = [AlertText.fall, SafetyText.redFlags]
        for strain in 0..<16 { texts.append(lift(Lift.Strain(rawValue: strain))) }
        for seconds in stride(from: 1.0, to: 9000, by: 313.7) {
            for tier in AlertTier.allCases {
                texts.append(AlertText.sitting(seconds: seconds, tier: tier, isLast: tier == .urgent))
            }
            texts.append(AlertText.digest([.lift, .twist, .sustainedFlexion, .lift], seconds: seconds))
        }
        for text in texts {
            let words = text.lowercased()
            for word in ["bad", "wrong", "injury", "risk", "slouch", "score", "must", "should", "!"] {
                #expect(!words.contains(word), "\(text)")
            }
            let digits = Array(text)
            for (index, character) in digits.enumerated() where character == "." && index + 1 < digits.count {
                #expect(!digits[index + 1].isNumber, "\(text)")
            }
        }
    }

    @Test func oddNumbersArePrintable() {
        #expect(AlertText.wholeDegrees(.nan) == 0)
        #expect(AlertText.wholeDegrees(.infinity) == 0)
        #expect(AlertText.duration(seconds: 1) == "1 second")
        #expect(AlertText.duration(seconds: 60) == "60 seconds")
        #expect(AlertText.duration(seconds: 90) == "2 minutes")
        #expect(AlertText.duration(seconds: 1e300) == "1000000000 minutes")
    }
}

@Suite struct SummaryTextTests {
    private var day: DailySummary {
        let date = CivilDate(year: 2026, month: 11, day: 21)
        var day = DailySummary(wearer: .sole, date: date, start: at(0), end: at(1440), isComplete: true)
        day.postureSeconds = [1800, 20400, 7500, 4200, 1020, 50400]
        day.noDataSeconds = 1080
        day.sittingBouts = 14
        day.sittingBoutsOver30Minutes = 3
        day.longestSittingSeconds = 3120
        day.sittingBreaks = 13
        day.posturalShifts = 61
        day.bends = 42
        day.deepBends = 5
        day.over30Seconds = 720
        day.over45Seconds = 245
        day.over60Seconds = 50.4
        day.lifts = 9
        day.strainedLifts = 2
        day.steps = 6240
        day.alerts = 1
        day.boutSeconds = [
            3120, 600, 1900, 1800, 2400, 1700, 1600, 1500, 1400, 1200, 1000, 900, 800, 480,
        ]
        day.exposure.add(20_400_000, to: ExposureTable.flexionSeated, ExposureTable.flexionBin(4))
        day.exposure.add(8_000_000, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(12))
        day.exposure.add(3_000_000, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(35))
        day.exposure.add(700_000, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(70))
        day.exposure.add(4_000_000, to: ExposureTable.cadence, ExposureTable.cadenceBin(104))
        return day
    }

    @Test func lineIsGolden() {
        #expect(
            SummaryText.line(day)
                == "2026-11-21: worn 9 h 42 min, sat 5 h 40 min in 14 bouts, the longest 52 min; 42 bends, 12 min past "
                + "30 degrees; 9 probable lifts (2 under strain); 6240 steps; 1 alert.")
    }

    @Test func textIsGolden() {
        #expect(
            SummaryText.text(day) == """
                2026-11-21: worn 9 h 42 min, sat 5 h 40 min in 14 bouts, the longest 52 min.
                  Sitting  5 h 40 min  14 bouts, 3 of 30 min or more, the longest 52 min, 13 breaks
                                       half of it in bouts of 28 min or more, 2 breaks an hour
                  Standing 2 h 5 min
                  Walking  1 h 10 min  6240 steps, about 105 a minute
                  Lying    30 min
                  Unknown  17 min
                  Not worn 14 h
                  No data  18 min
                  Trunk    8 h 55 min  typically 5 degrees forward, a tenth of it past 35, a hundredth past 71
                  Bends    42          5 deeper than 60 degrees
                  Bent     12 min      past 30 degrees, 4 min past 45, 50 s past 60
                  Lifts    9           probable, 2 under strain
                  Shifts   61          of the trunk while seated, 11 an hour
                  Alerts   1
                """)
    }

    @Test func aDayOfNothingAndADayThatGoesOn() {
        let empty = DailySummary(wearer: .sole, date: nil, start: at(0), end: at(5), isComplete: true)
        #expect(SummaryText.text(empty) == "Day of unknown date: the sensor was not worn.")
        var short = DailySummary(wearer: .sole, date: nil, start: at(0), end: at(5), isComplete: false)
        short.postureSeconds[Posture.standing.index] = 300
        #expect(
            SummaryText.text(short) == """
                Day of unknown date so far: worn 5 min, sat 0 s.
                  Sitting  0 s    no bouts
                  Standing 5 min
                  Bends    0      0 deeper than 60 degrees
                  Bent     0 s    past 30 degrees, 0 s past 45, 0 s past 60
                  Lifts    0      probable, 0 under strain
                  Shifts   0      of the trunk while seated
                  Alerts   0
                """)
    }
}
