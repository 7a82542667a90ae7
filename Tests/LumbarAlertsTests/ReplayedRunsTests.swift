import LumbarCore
import Testing

@testable import LumbarAlerts

@Suite("A policy played over starts of the daemon")
struct ReplayedRunsTests {
    private let noon = WallAnchor(instant: at(0), wall: WallTime(unixSeconds: 1_795_262_400), zone: .utc)

    /// Half an hour with a lift in it, half an hour without the daemon, and another one with a lift.
    private var life: RecordedLife {
        var life = RecordedLife(anchor: noon)
        life.posture(.standing, minutes: 10)
        life.lift()
        life.posture(.standing, minutes: 20)
        life.boot.runs = [.init(from: at(0), until: life.now), .init(from: at(60))]
        life.silence(minutes: 30)
        life.posture(.standing, minutes: 10)
        life.lift()
        life.posture(.standing, minutes: 20)
        return life
    }

    @Test func aStartIsNoSilenceOfTheSensor() {
        var life = life
        var speaking = AlertSettings()
        speaking.sensor = .on
        let told = ["10:05 lift nudge #1 x1", "70:05 lift nudge #1 x1"]
        #expect(life.lines(speaking) == told)
        life.boot.runs = []
        #expect(life.lines(speaking) == [told[0], "50:05 silent_sensor notice #1 x1", told[1]])
        // Nobody saw its end: the next start bounds it.
        life.boot.runs = [.init(from: at(0)), .init(from: at(45))]
        #expect(life.lines(speaking) == told)
    }

    @Test func whatWasDueBeforeTheEndIsTold() {
        var life = life
        life.boot.runs = [.init(from: at(0), until: at(51)), .init(from: at(58))]
        var speaking = AlertSettings()
        speaking.sensor = .on
        #expect(life.lines(speaking).contains("50:05 silent_sensor notice #1 x1"))
        #expect(life.lines(speaking).count == 3)
    }

    @Test func theBudgetOfTheDayAndWhatHoldsGoOn() {
        var strict = AlertSettings()
        strict.nudgesPerDay = 1
        #expect(life.lines(strict) == ["10:05 lift nudge #1 x1"])
        var snoozed = life
        snoozed.boot.controls = [
            RecordedBoot.Timed(.snooze(until: at(75), endsUpright: false), at: at(20))
        ]
        #expect(snoozed.lines() == ["10:05 lift nudge #1 x1"])
    }

    @Test func whatWasSaidMeanwhileIsHeardAtTheStart() {
        var life = life
        life.boot.controls = [RecordedBoot.Timed(.spasm(at: at(40)), at: at(40))]
        let flare = life.lines()
        life.boot.controls = [RecordedBoot.Timed(.spasm(at: at(40)), at: at(60))]
        #expect(life.lines() == flare)
        life.boot.controls = []
        #expect(life.lines() != flare)
    }

    /// What was held back, and how far a bout had come, was known in memory only.
    @Test func whatWasHeldBackIsForgotten() {
        var life = RecordedLife(anchor: noon)
        life.posture(.standing, minutes: 10)
        for _ in 0..<5 {
            life.lift()
            life.posture(.standing, minutes: 5)
        }
        life.posture(.standing, minutes: 60)
        let digest = life.lines().filter { $0.contains("digest") }
        #expect(digest.count == 1)
        life.boot.runs = [.init(from: at(0), until: at(36)), .init(from: at(36))]
        #expect(life.lines().allSatisfy { !$0.contains("digest") })
    }

    @Test func everyBootIsToldByItsOwnPlace() {
        let other = RecordedLife(
            from: at(10), anchor: WallAnchor(instant: at(0), wall: noon.wall + .hours(24), zone: .utc))
        var late = other
        late.posture(.standing, minutes: 10)
        late.lift()
        late.posture(.standing, minutes: 20)
        let alerts = PolicyReplay(wearer: .sole, boots: [life.boot, late.boot]).alerts(AlertSettings())
        #expect(alerts.filter { $0.alert.rule == .lift }.map(\.boot) == [0, 0, 1])
    }
}
