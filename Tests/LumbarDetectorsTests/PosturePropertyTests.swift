import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct PosturePropertyTests {
    /// Anything a broken sensor could make of frames, with gaps and interruptions.
    private func nonsense(seed: UInt64, count: Int) -> [Features] {
        var random = SeededNumbers(seed: seed)
        var now = Instant.zero
        var frames: [Features] = []
        for _ in 0..<count {
            var frame = Features()
            let isGap = Double.random(in: 0..<1, using: &random) < 0.005
            if isGap { now = now + .seconds(Double.random(in: 0...30, using: &random)) }
            frame.followsGap = isGap || frames.isEmpty
            frame.start = now
            frame.end = now + .seconds(Double.random(in: 0.02...0.3, using: &random))
            now = frame.end
            frame.inclinationDegrees = Double.random(in: 0...180, using: &random)
            frame.flexionDegrees = Double.random(in: -180...180, using: &random)
            frame.lateralDegrees = Double.random(in: -180...180, using: &random)
            frame.flexionIsSigned = Bool.random(using: &random)
            let z = Double.random(in: -1...1, using: &random)
            frame.up = Vector3((1 - z * z).squareRoot(), 0, z)
            frame.upMean5s = frame.up
            frame.angularSpeedMeanDps = Double.random(in: 0...60, using: &random)
            frame.angularSpeedPeakDps = Double.random(in: 0...600, using: &random)
            frame.accelerationMinG = Double.random(in: 0...1, using: &random)
            frame.accelerationMaxG = frame.accelerationMinG + Double.random(in: 0...0.1, using: &random)
            frame.verticalVelocityGain = Double.random(in: -1...1, using: &random)
            frame.verticalHeightGain = Double.random(in: -0.1...0.1, using: &random)
            frame.axialRotationDegrees = Double.random(in: -20...20, using: &random)
            frame.steps = Int.random(in: 0...1, using: &random)
            frame.cadenceHz = Bool.random(using: &random) ? 2 : 0
            frame.hasAngularRate = Bool.random(using: &random)
            let wear = Double.random(in: 0..<1, using: &random)
            frame.wear = wear < 0.01 ? .notWorn : wear < 0.1 ? .unknown : .worn
            frames.append(frame)
        }
        return frames
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func posturesAreContiguousAndCoverTheStream(seed: UInt64) throws {
        let frames = nonsense(seed: seed, count: 5000)
        var bank = DetectorBankUnderTest()
        let postures = bank.run(frames).filter {
            if case .posture = $0.kind { !$0.isOngoing } else { false }
        }
        let first = try #require(postures.first)
        let last = try #require(postures.last)
        #expect(first.start == frames.first?.start)
        #expect(last.end == frames.last?.end)
        for (a, b) in zip(postures, postures.dropFirst()) {
            #expect(a.end == b.start)
        }
    }

    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func episodesAreSaneWhateverComesIn(seed: UInt64) {
        let frames = nonsense(seed: seed, count: 5000)
        var bank = DetectorBankUnderTest()
        for episode in bank.run(frames) {
            #expect(episode.start <= episode.end)
            #expect(episode.decided >= episode.start)
            #expect((0...1).contains(episode.confidence))
        }
    }

    @Test(arguments: [21, 22] as [UInt64])
    func theSameFramesGiveTheSameEpisodes(seed: UInt64) {
        let frames = nonsense(seed: seed, count: 3000)
        var first = DetectorBankUnderTest()
        var second = DetectorBankUnderTest()
        #expect(first.run(frames) == second.run(frames))
    }

    @Test func aCopyGoesOnByItself() {
        let frames = nonsense(seed: 31, count: 4000)
        var whole = DetectorBankUnderTest()
        let expected = whole.run(frames)
        var first = DetectorBankUnderTest()
        var found = first.run(Array(frames[..<1500]), closing: false)
        var second = first
        _ = first.run(Array(nonsense(seed: 32, count: 500)))
        found += second.run(Array(frames[1500...]))
        #expect(found == expected)
    }
}
