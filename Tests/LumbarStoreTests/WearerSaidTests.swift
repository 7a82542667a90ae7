import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct WearerSaidTests {
    private func answer(
        _ entries: Entries, _ number: Double, _ rule: AlertRule, _ verdict: AlertVerdict,
        _ wearer: WearerID = .sole, said: Double = 0
    ) throws {
        let alert = Samples.alert(at: number, rule, wearer: wearer)
        try entries.append(
            Acknowledgement(
                uniqueID: Samples.uniqueID(), alert: AlertKey(alert, bootID: "boot-1"),
                alertTime: Samples.noon + .seconds(number), verdict: verdict,
                time: Samples.noon + .seconds(number + said)))
    }

    private func diary(_ entries: Entries, _ kind: DiaryEntry.Kind, _ seconds: Double) throws {
        let time = Samples.noon + .seconds(seconds)
        try entries.append(
            DiaryEntry(
                uniqueID: Samples.uniqueID(), wearer: .sole, time: time, offsetSeconds: 0, kind: kind,
                written: time + .minutes(1)))
    }

    @Test func theLatestSpasmAndTheAnswersThatCountAreToldOfEachWearer() throws {
        let host = TestHost()
        let entries = try Entries(writingBeside: host.path, host: host)
        #expect(try entries.said(answersSince: WallTime(nanoseconds: 0)).isEmpty)
        try diary(entries, .spasm, 500)
        try diary(entries, .spasm, 100)
        try diary(entries, .ache, 900)
        try answer(entries, 1, .sitting, .useful)
        try answer(entries, 2, .sitting, .wrong)
        // Said again: the last word counts.
        try answer(entries, 2, .sitting, .useful, said: 50)
        try answer(entries, 3, .sitting, .wrong)
        try answer(entries, 4, .lift, .later)
        try answer(entries, 5, .lift, .wrong)
        try answer(entries, 6, .twist, .useful, WearerID("ben"))
        var me = WearerSaid(wearer: .sole)
        me.spasm = Samples.noon + .seconds(500)
        me.spasmNoted = Samples.noon + .seconds(560)
        me.answers = [
            RuleAnswers(rule: .sitting, useful: 2, wrong: 1), RuleAnswers(rule: .lift, useful: 0, wrong: 1),
        ]
        var ben = WearerSaid(wearer: WearerID("ben"))
        ben.answers = [RuleAnswers(rule: .twist, useful: 1, wrong: 0)]
        func sorted(_ said: [WearerSaid]) -> [WearerSaid] {
            said.map { one in
                var one = one
                one.answers.sort { $0.rule.rawValue > $1.rule.rawValue }
                return one
            }
        }
        #expect(sorted(try entries.said(answersSince: Samples.noon)) == [me, ben])
        // Answers to alerts of long ago do not count, and what hurt still does.
        let late = try entries.said(answersSince: Samples.noon + .seconds(3.5))
        #expect(late.first?.answers == [RuleAnswers(rule: .lift, useful: 0, wrong: 1)])
        #expect(late.first?.spasm == me.spasm)
    }
}
