import LumbarCore
import LumbarMeasures
import Testing

@Suite struct AnswersTests {
    private func answer(_ number: Int, _ rule: AlertRule, _ verdict: AlertVerdict) -> Acknowledgement {
        let key = AlertKey(
            bootID: "b", time: Instant(nanoseconds: Int64(number)), wearer: .sole, rule: rule,
            episodeStart: .zero, step: 1)
        return Acknowledgement(
            uniqueID: .none, alert: key, alertTime: nil, verdict: verdict, time: WallTime(nanoseconds: 0))
    }

    /// Reference values: the formula, worked out apart.
    @Test func intervalsAreWilsons() throws {
        for (count, trials, low, high) in [
            (6, 7, 0.486872, 0.974320), (0, 5, 0, 0.434482), (5, 5, 0.565518, 1),
            (50, 100, 0.403832, 0.596168),
        ] {
            let found = try #require(WilsonInterval(count, of: trials))
            #expect(abs(found.low - low) < 1e-5 && abs(found.high - high) < 1e-5, "\(found)")
            #expect(found.low <= found.share && found.share <= found.high)
        }
        #expect(WilsonInterval(0, of: 0) == nil)
        #expect(WilsonInterval(3, of: 2) == nil)
        #expect(WilsonInterval(-1, of: 2) == nil)
    }

    @Test func answersAreCountedByRuleAndFewSayNothing() throws {
        let verdicts: [AlertVerdict] = [.useful, .useful, .useful, .useful, .wrong, .later]
        var answers = verdicts.enumerated().map { answer($0.offset, .sitting, $0.element) }
        answers += [answer(10, .fall, .wrong), answer(11, .fall, .later)]
        let raised = Array(repeating: AlertRule.sitting, count: 9) + [.twist]
        let found = AlertPrecision.byRule(raised: raised, answers: answers)
        #expect(found.map(\.rule) == [.sitting, .twist, .fall])
        #expect([found[0].raised, found[0].useful, found[0].wrong, found[0].later] == [9, 4, 1, 1])
        #expect(found[0].usefulShare == WilsonInterval(4, of: 5))
        #expect(found[1].judged == 0 && found[1].usefulShare == nil)
        #expect(found[2].raised == 0 && found[2].wrong == 1 && found[2].usefulShare == nil)
    }
}
