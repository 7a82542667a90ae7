import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct RideTests {
    private static func rides(_ script: FeatureScript) -> [Episode] {
        Findings(script).episodes.filter { if case .ride = $0.kind { true } else { false } }
    }

    /// Sits down, rides for `seconds`, and gets up and walks.
    private static func trip(_ write: (inout FeatureScript) -> Void) -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.still(20)
        write(&script)
        script.still(10)
        script.move(2, height: 0.4)
        script.walk(20)
        script.still(5)
        return script
    }

    @Test func aDriveIsTwoRecordsOfOneRide() throws {
        let script = Self.trip { $0.ride(240) }
        let records = Self.rides(script)
        let first = try #require(records.first)
        let last = try #require(records.last)
        #expect(records.count == 2)
        #expect(first.isOngoing && !last.isOngoing)
        #expect(first.start == last.start)
        // It began 32 s into the script, is known a minute later, and ended 240 s after its start.
        #expect((last.start - script.frames[0].start).seconds > 30)
        #expect(((first.decided - first.start).seconds - 60).magnitude < 2)
        #expect((last.duration.seconds - 240).magnitude < 3)
        guard case .ride(let ride) = last.kind else { return }
        #expect((ride.vibrationG - 0.05).magnitude < 0.002)
    }

    @Test func aRideThatGoesOnIsToldEveryFiveMinutes() {
        let records = Self.rides(Self.trip { $0.ride(1000) })
        #expect(records.filter(\.isOngoing).count == 4)
        #expect(records.filter { !$0.isOngoing }.count == 1)
    }

    @Test func redLightsDoNotEndIt() {
        let records = Self.rides(
            Self.trip { script in
                for _ in 0..<4 {
                    script.ride(120)
                    script.still(100)
                }
            })
        #expect(records.filter { !$0.isOngoing }.count == 1)
    }

    @Test func aLongStopDoes() {
        let records = Self.rides(
            Self.trip { script in
                script.ride(120)
                script.still(400)
                script.ride(120)
            })
        #expect(records.filter { !$0.isOngoing }.count == 2)
        #expect(records.allSatisfy { $0.duration < .seconds(130) })
    }

    @Test func fidgetingAtADeskIsNone() {
        let records = Self.rides(
            Self.trip { script in
                for _ in 0..<60 {
                    script.ride(4, vibration: 0.03)
                    script.still(8)
                }
            })
        #expect(records.isEmpty)
    }

    @Test func stillnessShortShakingAndTurningAreNone() {
        #expect(Self.rides(Self.trip { $0.ride(600, vibration: 0.008) }).isEmpty)
        #expect(Self.rides(Self.trip { $0.ride(40) }).isEmpty)
        #expect(Self.rides(Self.trip { $0.ride(300, turning: 40) }).isEmpty)
    }

    @Test func walkingAndALossOfTheSensorEndIt() throws {
        var script = Self.trip { $0.ride(200) }
        #expect(Self.rides(script).last?.isOngoing == false)
        script = FeatureScript()
        script.still(10)
        script.move(2, height: -0.4)
        script.ride(200)
        let end = script.now
        let ride = try #require(Self.rides(script).last)
        #expect(!ride.isOngoing && ride.end <= end)
    }
}

@Suite struct EndRangeTests {
    private static func bends(_ script: FeatureScript) -> [Episode] {
        Findings(script).episodes.filter { if case .bend = $0.kind { true } else { false } }
    }

    private static func script(to degrees: Double, hold: Double, bow: Double = 100) -> FeatureScript {
        var script = FeatureScript()
        script.deepestBow = bow
        script.still(10)
        script.move(1.5, to: degrees)
        script.still(hold)
        script.move(1.5, to: 0)
        script.still(10)
        return script
    }

    @Test func aBendHeldNearTheOwnMaximumIsToldEveryTenSecondsOfIt() throws {
        let found = Self.bends(Self.script(to: 80, hold: 25))
        #expect(found.map(\.isOngoing) == [true, true, false])
        #expect(Set(found.map(\.start)).count == 1)
        let last = try #require(found.last)
        guard case .bend(let bend) = last.kind else { return }
        #expect((bend.endRangeSeconds - 25.5).magnitude < 1)
        guard case .bend(let first) = found[0].kind else { return }
        #expect((first.endRangeSeconds - 10).magnitude < 0.2)
        #expect((try #require(first.shareOfMaximum) - 0.8).magnitude < 0.02)
    }

    @Test func aShallowerOneAndAShorterOneAreToldAtTheirEndOnly() {
        #expect(Self.bends(Self.script(to: 65, hold: 25)).map(\.isOngoing) == [false])
        #expect(Self.bends(Self.script(to: 80, hold: 8)).map(\.isOngoing) == [false])
    }

    @Test func withoutAKnownMaximumThereIsNone() {
        let found = Self.bends(Self.script(to: 80, hold: 25, bow: 0))
        #expect(found.map(\.isOngoing) == [false])
        guard case .bend(let bend)? = found.first?.kind else { return }
        #expect(bend.endRangeSeconds == 0)
    }

    @Test func aSensorPutDownOnItsFaceIsNone() {
        var script = FeatureScript()
        script.deepestBow = 100
        script.still(10)
        script.move(1.5, to: 80)
        script.repeatFrames(60) { _, frame in frame.isAtRest = true }
        script.takenOff(5)
        #expect(Self.bends(script).isEmpty)
    }
}
