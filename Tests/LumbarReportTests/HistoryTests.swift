import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import Testing

@Suite("Simulated history")
struct HistoryTests {
    /// Three days around the end of summer time: 24, 25 and 24 hours, with a restart on the last.
    private static func played() -> (truth: [SimulatedHistory.Truth], summaries: [DailySummary]) {
        let zone = ZoneRule(
            name: "Europe/Amsterdam", offsetSeconds: 7200, change: WallTime(unixSeconds: 1_792_890_000),
            offsetAfterSeconds: 3600)
        var history = SimulatedHistory(
            first: CivilDate(year: 2026, month: 10, day: 24), days: 3, zone: zone)
        history.restarts = [2]
        var summaries: [DailySummary] = []
        let truth = history.play { event in
            if case .output(.summary(let summary)) = event { summaries.append(summary) }
        }
        return (truth, summaries)
    }

    @Test("summaries tell what happened, on days of true length, across a restart")
    func truth() {
        let (truth, summaries) = Self.played()
        #expect(truth.map(\.length) == [86_400, 90_000, 86_400])
        #expect(summaries.map(\.date) == truth.map(\.date))
        for (real, told) in zip(truth, summaries) {
            let length = (told.end - told.start).seconds
            #expect(length == real.length, "\(real.date)")
            #expect(abs(told.postureSeconds.reduce(told.noDataSeconds, +) - length) < 1e-6)
            for posture in Posture.allCases {
                #expect(
                    abs(told.seconds(posture) - real.postureSeconds[posture.index]) < 1,
                    "\(posture) on \(real.date)")
            }
            #expect(told.bends == real.bends)
            #expect(told.deepBends == real.deepBends)
            #expect(told.lifts == real.lifts)
            #expect(told.sittingBouts > 5)
        }
    }

    @Test("the same seed gives the same history, another gives another")
    func determinism() {
        func steps(_ seed: UInt64) -> [Int] {
            var history = SimulatedHistory(first: CivilDate(year: 2026, month: 3, day: 2), days: 1)
            history.seed = seed
            var steps: [Int] = []
            history.play { if case .output(.summary(let day)) = $0 { steps.append(day.steps) } }
            return steps
        }
        #expect(steps(3) == steps(3))
        #expect(steps(3) != steps(4))
    }
}
