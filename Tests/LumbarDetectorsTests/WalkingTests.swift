import LumbarCore
import Testing

@testable import LumbarDetectors

extension FeatureScript {
    /// Possible steps that keep no beat, at these times after now, within `seconds`.
    fileprivate mutating func tread(_ times: [Double], for seconds: Double) {
        var count = 0
        repeatFrames(seconds) { _, frame in
            let from = Double(count) * Self.frameSeconds
            count += 1
            let hits = times.filter { $0 >= from - 1e-9 && $0 < from + Self.frameSeconds - 1e-9 }
            frame.stepCandidates = hits.count
            let isNear = times.contains { $0 <= from + Self.frameSeconds && $0 > from - 1 }
            frame.accelerationDeviation1sG = isNear ? 0.09 : 0.01
            frame.angularSpeedMeanDps = isNear ? 30 : 1
            frame.angularSpeedRMS1sDps = isNear ? 35 : 1
            frame.accelerationMinG = isNear ? 0.9 : 0.998
            frame.accelerationMaxG = isNear ? 1.15 : 1.002
        }
    }
}

/// Walks about a room, which keep no beat.
@Suite struct WalkingTests {
    private static let few = [0.3, 0.9, 1.7, 2.2, 3.0]

    private func walks(_ script: FeatureScript) -> [Episode] {
        Findings(script).postures.filter { $0.posture == .walking }.map(\.episode)
    }

    /// Rising from a chair, so that standing is known and not guessed.
    private func risen() -> FeatureScript {
        var script = FeatureScript()
        script.still(10)
        script.move(1.6, lean: 30, height: 0.42)
        script.still(5)
        return script
    }

    @Test func aFewStepsWithoutABeatAreAWalk() throws {
        var script = risen()
        let start = script.now
        script.tread(Self.few, for: 10)
        let found = walks(script)
        let walk = try #require(found.first)
        #expect(found.count == 1)
        #expect(((walk.start - start).seconds - 0.1).magnitude < 0.3, "from the first step")
        #expect(((walk.end - start).seconds - 2.1).magnitude < 0.4, "to the last but one")
        #expect(walk.decided - walk.start < .seconds(3))
    }

    @Test func threeStepsAreNone() {
        var script = risen()
        script.tread([0.3, 0.9, 1.7], for: 10)
        #expect(walks(script).isEmpty)
    }

    @Test func aShortHaltBelongsToTheWalk() {
        for (halt, count) in [(2.0, 1), (4.5, 2)] {
            var script = risen()
            script.tread(Self.few + Self.few.map { $0 + 3 + halt }, for: 16)
            #expect(walks(script).count == count, "a halt of \(halt) s")
        }
    }

    @Test func whoSitsDoesNotWalk() {
        var script = risen()
        script.move(1.6, lean: 30, height: -0.42)
        script.still(6)
        script.tread([0.3, 0.9, 1.7, 2.2], for: 10)
        #expect(walks(script).isEmpty)
        #expect(Findings(script).postureNames.last == .sitting)
    }

    @Test func aChairEndsTheWalkAtTheLastStep() throws {
        var script = risen()
        let start = script.now
        script.tread(Self.few, for: 3.2)
        script.move(1.6, lean: 30, height: -0.42)
        script.still(10)
        let walk = try #require(walks(script).last)
        #expect((walk.end - start).seconds < 3.2)
        #expect(Findings(script).postureNames.last == .sitting)
    }

    @Test func risingIsNoStep() throws {
        var bout = WalkingBout()
        var script = FeatureScript()
        script.tread([0.3, 0.9, 1.6, 2.2, 2.9, 3.4], for: 4)
        for frame in script.frames { bout.update(frame, stepping: nil, isUpright: true) }
        let rose = FeatureScript().now + .seconds(1.2)
        bout.begin(after: rose)
        let start = try #require(bout.start)
        #expect(start >= rose - .milliseconds(100) && start - rose < .milliseconds(500))
    }

    @Test func cadenceAndStepsOfABout() {
        var bout = WalkingBout()
        var script = FeatureScript()
        script.walk(20)
        for frame in script.frames { bout.update(frame, stepping: nil, isUpright: true) }
        #expect(bout.start != nil)
        #expect(bout.measures.stepsPerMinute == 120)
        #expect(!bout.measures.isRunning)
        #expect((38...40).contains(bout.measures.steps), "\(bout.measures.steps)")
    }

    @Test func runningIsFasterThanTwoAndAHalfStepsASecond() {
        for (cadence, isRunning) in [(2.4, false), (2.5, false), (2.7, true)] {
            var measures = WalkMeasures()
            var frame = Features()
            for _ in 0..<40 {
                frame.cadenceHz = cadence
                measures.note(frame)
            }
            #expect(measures.isRunning == isRunning, "\(cadence)")
        }
    }
}
