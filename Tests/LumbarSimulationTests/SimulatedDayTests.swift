import LumbarCore
import Testing

@testable import LumbarSimulation

@Suite struct SimulatedDayTests {
    @Test func aDayFollowsFromItsSeed() {
        let day = SimulatedDay(seed: 7)
        #expect(day.scenario == SimulatedDay(seed: 7).scenario)
        #expect(day.sensor == SimulatedDay(seed: 7).sensor)
        #expect(day.scenario != SimulatedDay(seed: 8).scenario)
    }

    @Test func daysDifferInAllThatMatters() {
        let days = (1...96 as ClosedRange<UInt64>).map { SimulatedDay(seed: $0, length: 1800) }
        #expect(Set(days.prefix(24).map { "\($0.sensor.mount)" }).count == 24)
        #expect(Set(days.map(\.sensor.rateHz)) == Set(SimulatedDay.rates))
        #expect(Set(days.map(\.kind)).count == SimulatedDay.Kind.allCases.count)
        #expect(Set(days.map(\.sensor.wire)).count == SimulatedDay.wires.count)
        #expect(days.contains { !$0.declaresMount } && days.contains { $0.declaresMount })
        #expect(days.contains { $0.sensor.mountErrorDegrees.forward.magnitude > 8 })
        let places = days.flatMap(\.scenario.activities).compactMap {
            if case .takeOff(_, let place) = $0 { place } else { nil }
        }
        #expect(Set(places).count == Activity.Place.allCases.count)
    }

    @Test func scenariosReadBack() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let scenario = SimulatedDay(seed: seed).scenario
            #expect(try Scenario(parsing: scenario.description) == scenario)
            #expect((6000...10500).contains(scenario.timedSeconds))
        }
    }

    /// Seated, the trunk's tilt changes by five degrees for five seconds when the truth says so, and at no other time.
    @Test(arguments: [2, 5, 9] as [UInt64]) func everyShiftIsInTheTruth(_ seed: UInt64) throws {
        let scenario = try Scenario(
            parsing: "sit 20 min shifting each 2 min, sit 10 min slouched, sit 10 min shifting each 1 min")
        var wearer = SimulatedWearer(scenario: scenario, seed: seed)
        var ups: [Vector3<BodyFrame>] = []
        while let motion = wearer.motion(at: Double(ups.count) * 0.5) { ups.append(motion.up) }
        let truth = wearer.truth.compactMap { span -> ScoredSpan? in
            guard case .shift(let degrees, true) = span.kind, degrees.magnitude >= 5 else { return nil }
            return ScoredSpan(span)
        }
        #expect(truth.count > 12)
        func mean(_ start: Double) -> Vector3<BodyFrame>? {
            let first = Int(start * 2)
            guard first >= 0, first + 10 < ups.count else { return nil }
            return ups[first..<first + 10].reduce(.zero, +).normalized
        }
        // Before and after each shift, and across every stretch without one.
        for span in truth {
            guard let before = mean(span.start - 5), let after = mean(span.end + 0.5) else { continue }
            #expect(Elementary.acos(before.dot(after)) * degreesPerRadian > 3)
        }
        for (a, b) in zip(truth, truth.dropFirst()) where b.start - a.end > 12 {
            guard let first = mean(a.end + 0.5), let last = mean(b.start - 6) else { continue }
            #expect(Elementary.acos(first.dot(last)) * degreesPerRadian < 5)
        }
    }

    @Test func aBagIsCarriedAndADeskTrembles() throws {
        for (text, most) in [("in bag", 0.2), ("on desk", 0.0005), ("in drawer", 0.0001), ("", 0.0001)] {
            var wearer = SimulatedWearer(
                scenario: try Scenario(parsing: "stand 5 s, take off 4 min " + text), seed: 3)
            var last: Vector3<BodyFrame>?
            var turned = 0.0
            var time = 0.0
            while let motion = wearer.motion(at: time) {
                if (30..<60).contains(time), let last {
                    turned = max(turned, (motion.up - last).length)
                }
                last = motion.up
                time += 0.05
            }
            #expect(turned < most || text == "in bag")
            #expect(turned > 0.005 || text != "in bag")
        }
    }
}

@Suite struct DayScoreTests {
    private func episode(_ kind: Episode.Kind, _ start: Double, _ end: Double) -> Episode {
        Episode(
            kind, start: .zero + .seconds(start), end: .zero + .seconds(end),
            decided: .zero + .seconds(end + 3),
            confidence: 1)
    }

    private func span(_ kind: TruthSpan.Kind, _ start: Double, _ end: Double) -> TruthSpan {
        TruthSpan(kind, start: .zero + .seconds(start), end: .zero + .seconds(end))
    }

    private let twist = Episode.Kind.twist(Twist(turnDegrees: 40, peakRateDps: 80, isAfterLift: false))

    @Test func matchingIsOneToOne() {
        var score = EventScore()
        score.match(
            [ScoredSpan(0, 2), ScoredSpan(10, 12), ScoredSpan(30, 31)], doubtful: [ScoredSpan(50, 51)],
            told: [ScoredSpan(1, 3), ScoredSpan(1.5, 3), ScoredSpan(12.5, 13), ScoredSpan(50, 52)], slack: 1)
        #expect(score.happened == 3 && score.found == 2)
        #expect(score.told == 3 && score.right == 2)
        #expect(score.slips.map(\.isMiss) == [true, false])
    }

    @Test func wilsonsIntervalIsThePublishedOne() {
        // Newcombe, Statistics in Medicine 17:857 (1998), table I: 81 of 263 and 15 of 148.
        let first = EventScore.wilson(81, of: 263)
        #expect((first.lowerBound - 0.2553).magnitude < 5e-5 && (first.upperBound - 0.3662).magnitude < 5e-5)
        let second = EventScore.wilson(15, of: 148)
        #expect(
            (second.lowerBound - 0.0624).magnitude < 5e-5 && (second.upperBound - 0.1605).magnitude < 5e-5)
    }

    @Test func turningUprightAndSmallTurnsAreNoTwists() {
        let truth = [
            span(.bend(peakDegrees: 60, seated: false), 10, 15),
            span(.twist(degrees: 40, afterLift: false), 11, 12),
            span(.twist(degrees: 40, afterLift: false), 20, 21),
            span(.bend(peakDegrees: 60, seated: false), 30, 35),
            span(.twist(degrees: 20, afterLift: false), 31, 32),
        ]
        let score = DayScore(
            truth: truth, episodes: [episode(twist, 10, 15), episode(twist, 20, 21), episode(twist, 30, 35)],
            shifts: [])
        #expect(score.twists.happened == 1 && score.twists.found == 1)
        #expect(score.twists.told == 3 && score.twists.right == 1)
    }

    @Test func breaksTakeAMinuteOrTwentySteps() {
        func sat(_ away: TruthSpan.Kind, seconds: Double) -> EventScore {
            let truth = [
                span(.posture(.sitting, steps: 0), 0, 600), span(away, 600, 600 + seconds),
                span(.posture(.sitting, steps: 0), 600 + seconds, 1400),
            ]
            return DayScore(truth: truth, episodes: [], shifts: []).breaks
        }
        #expect(sat(.posture(.standing, steps: 0), seconds: 90).happened == 1)
        #expect(sat(.posture(.standing, steps: 0), seconds: 30).happened == 0)
        #expect(sat(.posture(.walking, steps: 40), seconds: 25).happened == 1)
        #expect(sat(.posture(.notWorn, steps: 0), seconds: 300).happened == 0)
    }

    @Test func minutesGoByWhereMostOfThemWent() {
        let truth = [
            span(.posture(.standing, steps: 0), 0, 130), span(.posture(.notWorn, steps: 0), 130, 400),
            span(.posture(.standing, steps: 0), 400, 480),
        ]
        let told = [
            episode(.posture(.standing), 0, 200), episode(.posture(.notWorn), 200, 425),
            episode(.posture(.standing), 425, 480),
        ]
        let wear = DayScore(truth: truth, episodes: told, shifts: []).wear
        #expect(wear.minutes == 8)
        #expect(wear.missed == 1 && wear.wrong == 0)
        #expect(wear.right == 7)
    }

    @Test func shiftsAreFoundByWhenTheyWereCounted() {
        let truth = [
            span(.posture(.sitting, steps: 0), 0, 600), span(.shift(degrees: 8, seated: true), 100, 101),
            span(.shift(degrees: 8, seated: true), 200, 201),
        ]
        let times = [105.8, 300].map { Instant.zero + .seconds($0) }
        let score = DayScore(truth: truth, episodes: [], shifts: times).shifts
        #expect(score.happened == 2 && score.found == 1 && score.told == 2)
    }
}
