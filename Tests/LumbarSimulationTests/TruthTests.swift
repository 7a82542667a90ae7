import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarSimulation

@Suite struct TruthTests {
    private func truth(_ text: String, seed: UInt64 = 1) throws -> [TruthSpan] {
        try truth(Scenario(parsing: text), seed: seed)
    }

    private func truth(_ scenario: Scenario, seed: UInt64) -> [TruthSpan] {
        var wearer = SimulatedWearer(scenario: scenario, seed: seed)
        var t = 0.0
        while wearer.motion(at: t) != nil { t += 0.1 }
        return wearer.truth
    }

    private func postures(_ spans: [TruthSpan]) -> [(posture: Posture, span: TruthSpan, steps: Int)] {
        spans.compactMap {
            if case .posture(let posture, let steps) = $0.kind { (posture, $0, steps) } else { nil }
        }
    }

    @Test(arguments: Trials.some(of: Scenario.names))
    func posturesAreContiguous(_ name: String) throws {
        let spans = truth(try #require(Scenario.named(name, seed: 5)), seed: 5)
        let list = postures(spans)
        #expect(list.first?.span.start == .zero)
        for (a, b) in zip(list, list.dropFirst()) {
            #expect(a.span.end == b.span.start)
            #expect(a.posture != b.posture)
        }
        let end = try #require(list.last?.span.end)
        for span in spans {
            #expect(span.start < span.end)
            #expect(span.start >= .zero && span.start <= end)
        }
        for (a, b) in zip(spans, spans.dropFirst()) { #expect(a.start <= b.start) }
    }

    @Test func timedActivitiesAddUp() throws {
        let list = postures(try truth("sit 31 min, stand 2 min, walk 5 min, sit 10 min"))
        #expect(list.map(\.posture) == [.sitting, .standing, .walking, .standing, .sitting])
        // The wearer starts to rise at 31:00 and is up a second later.
        #expect((1860...1862).contains((list[0].span.end - .zero).seconds))
        #expect((1980...1981).contains((list[2].span.start - .zero).seconds))
        #expect((list[4].span.end - .zero).seconds == 48 * 60)
        // About 110 steps a minute.
        #expect((480...620).contains(list[2].steps))
    }

    @Test func movementsAreListedWithTheirMeasures() throws {
        let kinds = try truth(
            "stand 3 s, bend 50 deg for 2 s, lift 65 deg hard then twist 40 deg right, lift 40 deg gently, squat"
        ).map(\.kind)
        let bends = kinds.compactMap { if case .bend(let peak, _) = $0 { peak } else { nil as Double? } }
        #expect(bends == [50, 65, 40])
        let lifts = kinds.compactMap { if case .lift(let lift) = $0 { lift } else { nil as TruthSpan.Lift? } }
        #expect(lifts.map(\.isStrained) == [true, false])
        #expect(lifts.map(\.twistDegrees) == [-40, 0])
        #expect(kinds.contains(.twist(degrees: -40, afterLift: true)))
        let squats = kinds.filter { if case .squat = $0 { true } else { false } }
        #expect(squats.count == 1)
    }

    @Test func shiftsComeAboutAsOftenAsAsked() throws {
        let spans = try truth("sit 60 min shifting each 5 min, sit 20 min")
        let shifts = spans.filter { if case .shift = $0.kind { true } else { false } }
        #expect((10...14).contains(shifts.count))
        for shift in shifts {
            guard case .shift(let degrees, let seated) = shift.kind else { continue }
            #expect(seated)
            #expect(degrees.magnitude >= 5)
            #expect(shift.end < .zero + .minutes(60))
        }
    }

    @Test func flexionReachesWhatTheTruthSays() throws {
        let scenario = try Scenario(parsing: "stand 3 s, bend 52 deg for 2 s, stand 3 s")
        for seed in 1...10 as ClosedRange<UInt64> {
            var wearer = SimulatedWearer(scenario: scenario, seed: seed)
            var peak = 0.0
            var t = 0.0
            while let motion = wearer.motion(at: t) {
                peak = max(peak, motion.pitch * degreesPerRadian - wearer.body.standingTiltDegrees)
                t += 0.01
            }
            #expect((49.5...55.5).contains(peak))
        }
    }

    @Test func aSensorOffTheBodyIsStill() throws {
        let scenario = try Scenario(parsing: "stand 3 s, take off 60 s, put on, stand 5 s")
        var wearer = SimulatedWearer(scenario: scenario, seed: 4)
        var t = 0.0
        var moved = 0.0
        while let motion = wearer.motion(at: t) {
            if (25..<60).contains(t) { moved = max(moved, motion.angularRate.length) }
            t += 0.02
        }
        #expect(moved < 1e-9)
        let list = postures(wearer.truth).map(\.posture)
        #expect(list == [.standing, .notWorn, .standing])
    }

    @Test func aFallHasADipAnImpactAndLyingAfter() throws {
        let spans = try truth("walk 10 s, fall backward for 30 s, walk 10 s")
        let fall = try #require(spans.first { if case .fall = $0.kind { true } else { false } })
        guard case .fall(let direction, let impact) = fall.kind else { return }
        #expect(direction == .backward)
        #expect((3...7).contains(impact))
        let lying = try #require(postures(spans).first { $0.posture == .lying })
        #expect(lying.span.start > fall.start && lying.span.start < fall.end)
        #expect((lying.span.end - lying.span.start).seconds > 29)
    }
}
