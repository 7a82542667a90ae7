import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct SittingTests {
    private func seated() -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(2, lean: 20, height: -0.4)
        return script
    }

    @Test func aLongBoutIsToldEveryMinuteAndOnceAtItsEnd() throws {
        var script = seated()
        script.still(25 * 60)
        script.move(2, lean: 20, height: 0.4)
        script.still(90)
        let sitting = Findings(script).sitting
        let ongoing = sitting.filter(\.isOngoing)
        // From ten minutes on.
        #expect((15...17).contains(ongoing.count))
        let whole = try #require(sitting.last)
        #expect(!whole.isOngoing)
        #expect(sitting.filter { !$0.isOngoing }.count == 1)
        #expect(Set(sitting.map(\.start)).count == 1)
        #expect((whole.duration.minutes - 25).magnitude < 0.1)
        guard case .sitting(let bout) = whole.kind else { return }
        #expect((bout.seatedSeconds - 1500).magnitude < 5)
    }

    @Test func aShortRiseIsCreditedAndBreaksNothing() throws {
        var script = seated()
        script.still(600)
        script.move(2, height: 0.4)
        script.still(20)
        script.move(2, height: -0.4)
        script.still(600)
        let whole = try #require(Findings(script).sitting.last)
        guard case .sitting(let bout) = whole.kind else { return }
        #expect(whole.duration.seconds > 1210)
        #expect(bout.seatedSeconds < whole.duration.seconds - 15)
    }

    @Test func aMinuteOnTheFeetBreaksABout() {
        var script = seated()
        script.still(300)
        script.move(2, height: 0.4)
        script.still(70)
        script.move(2, height: -0.4)
        script.still(300)
        #expect(Findings(script).sitting.filter { !$0.isOngoing }.count == 2)
    }

    @Test func twentyStepsBreakABout() {
        var script = seated()
        script.still(300)
        script.move(2, height: 0.4)
        script.walk(14)
        script.still(2)
        script.move(2, height: -0.4)
        script.still(300)
        #expect(Findings(script).sitting.filter { !$0.isOngoing }.count == 2)
    }

    @Test func standingIsNoSitting() {
        var script = FeatureScript()
        script.still(3600)
        #expect(Findings(script).sitting.isEmpty)
    }

    @Test func shiftsInTheSeatAreCounted() throws {
        var script = seated()
        for _ in 0..<4 {
            script.still(60)
            script.move(1, to: -12)
            script.still(60)
            script.move(1, to: 0)
        }
        script.still(60)
        let whole = try #require(Findings(script).sitting.last)
        guard case .sitting(let bout) = whole.kind else { return }
        #expect(bout.posturalShifts == 8)
    }

    @Test func leaningBrieflyIsNoShift() throws {
        var script = seated()
        for _ in 0..<4 {
            script.still(60)
            script.move(1, to: -12)
            script.still(1)
            script.move(1, to: 0)
        }
        script.still(60)
        let whole = try #require(Findings(script).sitting.last)
        guard case .sitting(let bout) = whole.kind else { return }
        #expect(bout.posturalShifts == 0)
    }

    @Test func losingTheSensorClosesTheBout() throws {
        var script = seated()
        script.still(300)
        var bank = DetectorBankUnderTest()
        let found = bank.run(script.frames)
        let bout = try #require(found.last { if case .sitting = $0.kind { true } else { false } })
        #expect(!bout.isOngoing)
        #expect(bout.end == script.now)
    }
}
