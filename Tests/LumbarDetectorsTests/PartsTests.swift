import LumbarCore
import LumbarSettings
import Testing

@testable import LumbarDetectors

@Suite struct HysteresisTests {
    private func run(_ values: [Double], dwell: Double = 0.2) -> [Hysteresis.Change] {
        var hysteresis = Hysteresis(
            enter: 10, leave: 5, enterDwell: .seconds(dwell), leaveDwell: .seconds(dwell))
        return values.enumerated().map { i, value in
            hysteresis.update(value, from: time(i), to: time(i + 1))
        }
    }

    private func time(_ i: Int) -> Instant { Instant(nanoseconds: Int64(i) * 100_000_000) }

    @Test func entersAndLeavesAtTheFirstCrossings() {
        let changes = run([0, 11, 11, 12, 7, 4, 4, 0])
        #expect(changes[2] == .entered(time(1)))
        #expect(changes[6] == .left(entered: time(1), at: time(5)))
    }

    @Test func shortVisitsDoNotCount() {
        #expect(run([0, 11, 9, 11, 9, 0]).allSatisfy { $0 == .none })
    }

    @Test func shortDipsDoNotLeave() {
        let changes = run([11, 11, 4, 6, 4, 11, 4, 4])
        #expect(changes.last == .left(entered: time(0), at: time(6)))
        #expect(changes.filter { $0 != .none }.count == 2)
    }

    @Test func betweenTheLevelsNothingChanges() {
        #expect(run([7, 7, 7]).allSatisfy { $0 == .none })
    }
}

@Suite struct GravityResidualTests {
    @Test func learnsTheErrorOfEachAxis() {
        var residual = GravityResidual()
        let error = Vector3<BodyFrame>(0.3, -0.2, 0.25)
        let directions: [Vector3<BodyFrame>] = [
            Vector3(0, 0, 1), Vector3(0.7, 0, 0.714), Vector3(0, 0.6, 0.8), Vector3(-0.8, 0, 0.6),
        ]
        for _ in 0..<50 {
            for up in directions { residual.learn(error.dot(up), along: up, deviation: 0.1) }
        }
        #expect((residual.bias - error).length < 0.02)
    }

    @Test func keepsToTheDirectionsItSaw() {
        var residual = GravityResidual()
        for _ in 0..<100 { residual.learn(0.3, along: Vector3(0, 0, 1), deviation: 0.1) }
        #expect((residual.bias.z - 0.3).magnitude < 0.02)
        #expect(residual.bias.x == 0)
    }

    @Test func ignoresWhatIsNotANumber() {
        var residual = GravityResidual()
        residual.learn(.nan, along: Vector3(0, 0, 1), deviation: 0.1)
        residual.learn(1, along: Vector3(.infinity, 0, 1), deviation: 0.1)
        #expect(residual.bias == .zero)
    }
}

@Suite struct HeightProfileTests {
    private func profile(_ steps: [Double]) -> HeightProfile {
        var profile = HeightProfile(start: .zero)
        for (i, step) in steps.enumerated() {
            profile.add(
                height: step, velocity: step * 10, at: Instant(nanoseconds: Int64(i + 1) * 100_000_000))
        }
        profile.finish()
        return profile
    }

    @Test func aDropIsOneRun() throws {
        let found = profile([0, -0.05, -0.1, -0.1, -0.05, 0.01, 0])
        let drop = try #require(found.drop)
        #expect((drop.height + 0.3).magnitude < 1e-9)
        #expect(drop.peakVelocity == -1)
        #expect(drop.end == Instant(nanoseconds: 500_000_000))
        #expect(found.rise == nil)
        #expect((found.net + 0.29).magnitude < 1e-9)
    }

    @Test func downAndUpAreTwoRuns() throws {
        let found = profile([-0.1, -0.1, -0.1, 0.1, 0.1, 0.05])
        #expect((try #require(found.drop).height + 0.3).magnitude < 1e-9)
        #expect((try #require(found.rise).height - 0.25).magnitude < 1e-9)
    }

    @Test func swayIsNoRun() {
        let found = profile([0.02, 0.02, -0.03, -0.02, 0.03])
        #expect(found.drop == nil && found.rise == nil)
    }
}

@Suite struct TemplateDetectorTests {
    private func episodes(lean: Double, seconds: Double) -> [Episode] {
        var detector = TemplateDetector(settings: TemplateSettings())
        var body = BodyState()
        var queue = EpisodeQueue()
        var script = FeatureScript()
        script.still(2)
        script.repeatFrames(seconds) { _, frame in frame.lateralDegrees = lean }
        script.still(2)
        for frame in script.frames { detector.update(frame, &body, into: &queue) }
        return queue.episodes
    }

    @Test func aLeanFires() { #expect(episodes(lean: -25, seconds: 3).count == 1) }
    @Test func aShortLeanDoesNot() { #expect(episodes(lean: 25, seconds: 0.5).isEmpty) }
    @Test func aSmallLeanDoesNot() { #expect(episodes(lean: 18, seconds: 3).isEmpty) }
}

@Suite struct DetectorSettingsTests {
    @Test func sectionsHaveDifferentNamesAndDocumentedSettings() {
        let sections = DetectorSettings().sections
        #expect(Set(sections.map { type(of: $0).name }).count == sections.count)
        for section in sections {
            #expect(!section.settings.isEmpty)
            for setting in section.settings { #expect(setting.setting.help.hasSuffix(".")) }
        }
    }
}
