import LumbarCore
import Testing

@testable import LumbarSimulation

/// Verdicts on alerts about days whose truth is written down.
@Suite struct NudgeScoreTests {
    private func span(_ kind: TruthSpan.Kind, _ start: Double, _ end: Double) -> TruthSpan {
        TruthSpan(kind, start: .zero + .seconds(start), end: .zero + .seconds(end))
    }

    private func stay(_ posture: Posture, _ start: Double, _ end: Double, steps: Int = 0) -> TruthSpan {
        span(.posture(posture, steps: steps), start, end)
    }

    private func alert(
        _ rule: AlertRule, at time: Double, from start: Double, to end: Double? = nil, limit: Double = 0,
        measured: Double? = nil, clause: String = "", tier: AlertTier = .nudge, count: Int = 1,
        degrees: Int? = nil, words: String = ""
    ) -> Alert {
        var alert = Alert(
            rule: rule, tier: tier, time: .zero + .seconds(time), episodeStart: .zero + .seconds(start),
            duration: .seconds((end ?? time) - start), message: words, flexionDegrees: degrees, count: count,
            wearer: .sole)
        alert.reason = AlertReason(
            clause: clause, measured: measured ?? limit, threshold: limit, unit: .seconds, algorithm: "")
        return alert
    }

    private func verdict(_ alert: Alert, _ spans: [TruthSpan], flexion: [Float] = []) -> String {
        let truth = DayTruth(spans: spans, flexion: flexion)
        return switch NudgeJudge(truth: truth, alerts: [alert]).verdict(on: alert) {
        case .justified: "justified"
        case .doubtful: "doubtful"
        case .wrong: "wrong"
        }
    }

    /// The trunk at `degrees` from `start` until `end`, and upright else.
    private func bent(_ degrees: Float, _ start: Int, _ end: Int, of length: Int) -> [Float] {
        (0..<length * 10).map { $0 >= start * 10 && $0 < end * 10 ? degrees : 0 }
    }

    @Test func sittingIsCountedByTrueBreaks() {
        func told(_ spans: [TruthSpan], at time: Double) -> String {
            verdict(alert(.sitting, at: time, from: 0, limit: 1800), spans)
        }
        let whole = [stay(.sitting, 0, 3000), stay(.standing, 3000, 3100)]
        #expect(told(whole, at: 1800) == "justified")
        #expect(told(whole, at: 1650) == "doubtful")
        #expect(told(whole, at: 1500) == "wrong")
        #expect(told(whole, at: 3004) == "justified", "just up")
        #expect(told(whole, at: 3010) == "wrong", "up")
        func broken(_ seconds: Double, steps: Int = 0) -> [TruthSpan] {
            [
                stay(.sitting, 0, 1000), stay(.walking, 1000, 1000 + seconds, steps: steps),
                stay(.sitting, 1000 + seconds, 3000),
            ]
        }
        #expect(told(broken(20), at: 1820) == "justified", "no break")
        #expect(told(broken(70), at: 1870) == "doubtful", "hardly one")
        #expect(told(broken(90), at: 1890) == "wrong")
        #expect(told(broken(20, steps: 30), at: 1820) == "wrong")
        let ride = [stay(.sitting, 0, 3000), span(.ride, 0, 3000)]
        #expect(told(ride, at: 1800) == "wrong", "nobody gets up there")
    }

    @Test func standingEndsWithAWalkOfAMinute() {
        func told(_ walk: Double) -> String {
            verdict(
                alert(.standing, at: 2400, from: 0, limit: 2400),
                [
                    stay(.standing, 0, 1000), stay(.walking, 1000, 1000 + walk),
                    stay(.standing, 1000 + walk, 3000),
                ])
        }
        #expect(told(30) == "justified" && told(70) == "doubtful" && told(90) == "wrong")
    }

    @Test func heldBendsAreWorkedOutAnew() {
        let day = [stay(.standing, 0, 400)]
        // 150 s of holding time at 40 degrees.
        func told(_ seconds: Int, at time: Double) -> String {
            verdict(
                alert(.sustainedFlexion, at: time, from: 100, limit: 1), day,
                flexion: bent(40, 100, 100 + seconds, of: 400))
        }
        #expect(told(150, at: 250) == "justified")
        #expect(told(139, at: 239) == "doubtful")
        #expect(told(100, at: 200) == "wrong")
        #expect(told(150, at: 262) == "wrong", "it is told as what goes on")
        let off = [stay(.standing, 0, 90), stay(.notWorn, 90, 400)]
        let lying = alert(.sustainedFlexion, at: 250, from: 100, limit: 1)
        #expect(verdict(lying, off, flexion: bent(80, 100, 400, of: 400)) == "wrong")
    }

    @Test func liftsAreOnesUnderStrain() {
        func told(_ lift: TruthSpan.Lift?, at time: Double = 13) -> String {
            var spans = [stay(.standing, 0, 100)]
            if let lift { spans.append(span(.lift(lift), 10, 12)) }
            return verdict(alert(.lift, at: time, from: 10.5, to: 12), spans)
        }
        func lift(_ degrees: Double, _ style: Activity.LiftStyle, rate: Double = 60, twist: Double = 0)
            -> TruthSpan.Lift
        {
            TruthSpan.Lift(
                peakDegrees: degrees, dropMetres: 0.3, peakExtensionRateDps: rate, riseSeconds: 1,
                twistDegrees: twist, style: style)
        }
        #expect(told(lift(50, .hard)) == "justified")
        #expect(told(lift(50, .gently, twist: -31)) == "justified")
        #expect(told(lift(62, .gently, rate: 95)) == "justified", "deep and fast")
        #expect(told(lift(56, .plain)) == "doubtful")
        #expect(told(lift(50, .plain)) == "wrong")
        #expect(told(lift(50, .hard), at: 90) == "wrong", "no news")
        #expect(told(nil) == "wrong")
    }

    @Test func turnsAreTrueOnes() {
        let lift = TruthSpan.Lift(
            peakDegrees: 50, dropMetres: 0.3, peakExtensionRateDps: 60, riseSeconds: 1, twistDegrees: 40,
            style: .gently)
        let spans = [
            stay(.standing, 0, 100), span(.bend(peakDegrees: 50, seated: false), 10, 14),
            span(.twist(degrees: -40, afterLift: false), 11, 13), span(.lift(lift), 30, 33),
            span(.twist(degrees: 40, afterLift: true), 31, 33),
            span(.twist(degrees: 40, afterLift: false), 50, 52),
        ]
        #expect(verdict(alert(.turning, at: 15, from: 10, to: 14), spans) == "justified")
        #expect(verdict(alert(.twist, at: 15, from: 10, to: 14), spans) == "wrong", "no lift before it")
        #expect(verdict(alert(.twist, at: 34, from: 31, to: 33), spans) == "justified")
        #expect(verdict(alert(.turning, at: 53, from: 50, to: 52), spans) == "wrong", "upright")
    }

    @Test func entriesSumsAndEndsOfRangeAreTrue() {
        let day = [stay(.standing, 0, 900)]
        let often = (0..<9000).map { $0 % 300 < 30 ? Float(50) : 0 }
        let entries = alert(.repeatedBends, at: 600, from: 300, limit: 2, degrees: 50)
        #expect(verdict(entries, day, flexion: often) == "justified")
        #expect(verdict(entries, day, flexion: (0..<9000).map { $0 % 500 < 30 ? 50 : 0 }) == "wrong")
        let sum = alert(.bentToday, at: 900, from: 900, limit: 600, clause: "time_bent_past_60")
        #expect(verdict(sum, day, flexion: bent(70, 0, 580, of: 900)) == "justified")
        #expect(verdict(sum, day, flexion: bent(70, 0, 550, of: 900)) == "doubtful")
        #expect(verdict(sum, day, flexion: bent(50, 0, 900, of: 900)) == "wrong")
        let own = alert(.endRange, at: 215, from: 200)
        let before = bent(80, 10, 20, of: 900)
        func range(_ degrees: Float) -> String {
            verdict(own, day, flexion: zip(before, bent(degrees, 200, 215, of: 900)).map(max))
        }
        #expect(range(60) == "justified" && range(52) == "doubtful" && range(40) == "wrong")
    }

    @Test func fallsNightsAndSensors() {
        let fell = [
            stay(.standing, 0, 50), span(.fall(.forward, impactG: 3), 50, 51), stay(.lying, 50, 90),
            stay(.standing, 90, 200),
        ]
        #expect(verdict(alert(.fall, at: 55, from: 51), fell) == "justified")
        #expect(verdict(alert(.fall, at: 105, from: 101), fell) == "wrong")
        #expect(verdict(alert(.stillDown, at: 81, from: 51), fell) == "justified")
        #expect(verdict(alert(.stillDown, at: 111, from: 51), fell) == "wrong", "up")
        let night = [stay(.lying, 0, 11_000), stay(.standing, 11_000, 20_000)]
        #expect(verdict(alert(.morning, at: 12_005, from: 12_000), night) == "justified")
        #expect(verdict(alert(.morning, at: 19_505, from: 19_500), night) == "wrong")
        let nap = [stay(.lying, 0, 5000), stay(.standing, 5000, 9000)]
        #expect(verdict(alert(.morning, at: 6005, from: 6000), nap) == "wrong")
        let off = [stay(.standing, 0, 100), stay(.notWorn, 100, 9000), stay(.standing, 9000, 12_000)]
        #expect(verdict(alert(.offBody, at: 7300, from: 100, limit: 7200), off) == "justified")
        #expect(verdict(alert(.offBody, at: 5000, from: 100, limit: 7200), off) == "wrong")
        #expect(verdict(alert(.staleUpright, at: 10_800, from: 9000, limit: 1800), off) == "justified")
        #expect(verdict(alert(.untrusted, at: 10_800, from: 9000, limit: 600), off) == "wrong")
    }

    @Test func afterARestMeansALongAndStillOne() {
        func told(_ rest: Double, shifts: Int = 0, depth: Double = 70, after: Double = 60) -> String {
            let start = rest + after
            var spans = [stay(.sitting, 0, rest), stay(.standing, rest, rest + 900)]
            for index in 0..<shifts {
                let time = Double(index + 1) * 60
                spans.append(span(.shift(degrees: 8, seated: true), time, time + 1))
            }
            spans.append(span(.bend(peakDegrees: depth, seated: false), start, start + 3))
            return verdict(alert(.afterRest, at: start + 4, from: start, to: start + 3), spans)
        }
        #expect(told(1900) == "justified" && told(1650) == "doubtful" && told(1500) == "wrong")
        #expect(told(1900, shifts: 2) == "justified" && told(1900, shifts: 4) == "wrong")
        #expect(told(1900, depth: 50) == "wrong" && told(1900, after: 400) == "wrong")
    }

    @Test func digestsAndGoodNewsCountWhatThereWas() {
        let lift = TruthSpan.Lift(
            peakDegrees: 70, dropMetres: 0.3, peakExtensionRateDps: 60, riseSeconds: 1, twistDegrees: 0,
            style: .hard)
        let spans =
            [stay(.standing, 0, 4000)]
            + (1...4).map { span(.lift(lift), Double($0) * 100, Double($0) * 100 + 2) }
        let words = " more probable lifts under strain in 30 minutes."
        func told(_ count: Int) -> String {
            verdict(
                alert(.digest, at: 2000, from: 102, count: count, words: "\(count)" + words), spans)
        }
        #expect(told(4) == "justified" && told(5) == "wrong")
        let bouts = [
            stay(.sitting, 0, 1500), stay(.walking, 1500, 1700, steps: 90), stay(.sitting, 1700, 9000),
        ]
        func news(_ longest: Double, at time: Double) -> String {
            verdict(
                alert(.goodNews, at: time, from: time, measured: longest, clause: "moving_start"), bouts)
        }
        #expect(news(1500, at: 3000) == "justified" && news(1500, at: 5000) == "wrong")
    }

    @Test func whatIsSaidToNobodyIsCountedApart() {
        let truth = DayTruth(spans: [stay(.sitting, 0, 3600)])
        var shadow = alert(.turning, at: 100, from: 90)
        shadow.delivery = .shadow
        let score = NudgeScore(
            [
                shadow, alert(.sitting, at: 1500, from: 0, limit: 1500, tier: .notice),
                alert(.sitting, at: 1800, from: 0, limit: 1800),
                alert(.sitting, at: 1900, from: 0, limit: 3600, tier: .urgent),
            ], against: truth)
        #expect(score.count(.shadow).told == 1 && score.count(.shadow).wrong == 1)
        #expect(score.count(.sitting, .notice).justified == 1)
        #expect(score.count(.sitting, .nudge).told == 2 && score.count(.sitting, .nudge).justified == 1)
        #expect(score.count(.nudge).share == 0.5 && score.slips.count == 2)
        #expect(score.wornHours == 1 && score.nudgesPerHour == 2)
    }

    @Test func whatShouldHaveBeenToldIsMissed() {
        let truth = DayTruth(spans: [stay(.sitting, 0, 3000), stay(.walking, 3000, 3300, steps: 500)])
        #expect(NudgeScore([], against: truth).sitting.happened == 1)
        let told = NudgeScore([alert(.sitting, at: 1800, from: 0, limit: 1800)], against: truth)
        #expect(told.sitting.happened == 1 && told.sitting.found == 1)
        let short = DayTruth(spans: [stay(.sitting, 0, 2500), stay(.walking, 2500, 3300, steps: 500)])
        #expect(NudgeScore([], against: short).sitting.happened == 0)
        // No budget is left for the rest of the bout.
        let others = [alert(.lift, at: 500, from: 490), alert(.lift, at: 1200, from: 1190)]
        #expect(NudgeScore(others, against: truth).sitting.happened == 0)
        let fell = DayTruth(spans: [stay(.standing, 0, 100), span(.fall(.left, impactG: 3), 50, 51)])
        #expect(NudgeScore([], against: fell).falls.missed == 1)
        #expect(NudgeScore([alert(.fall, at: 55, from: 51)], against: fell).falls.found == 1)
    }

    @Test func theTruthOfADayIsThatOfItsWearer() throws {
        let scenario = try Scenario(
            parsing: "stand 20 s, stoop 70 deg for 30 s, walk 20 s, sit 2 min, ride 1 min")
        var wearer = SimulatedWearer(scenario: scenario, seed: 3)
        var time = 0.0
        while wearer.motion(at: time) != nil { time += 0.01 }
        let truth = DayTruth(of: scenario, seed: 3)
        #expect(truth.spans == wearer.truth && truth.spans.contains { $0.kind == .ride })
        let deepest = truth.deepest(before: 100)
        #expect((deepest - 70).magnitude < 4, "\(deepest)")
        #expect(truth.holding(from: 0, to: 100) > 0.4)
        #expect(truth.posture(at: 120) == .sitting && truth.posture(at: 10) == .standing)
    }
}
