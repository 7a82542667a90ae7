import LumbarCore
import Testing

@testable import LumbarDetectors

@Suite struct RisingTests {
    /// The detector alone, told postures a second at a time.
    private struct Night {
        var detector: RisingDetector
        var body = BodyState()
        var now = Instant.zero
        var risings: [(at: Double, lying: Double)] = []
        private var queue = EpisodeQueue()

        init(_ settings: MorningSettings = MorningSettings()) {
            detector = RisingDetector(settings: settings, bendAngle: 45)
        }

        mutating func be(_ posture: Posture, minutes: Double) {
            body.posture = posture
            body.postureStart = now
            for _ in 0..<Int(minutes * 60) {
                var frame = Features()
                frame.start = now
                frame.end = now + .seconds(1)
                detector.update(frame, &body, into: &queue)
                now = frame.end
                for episode in queue.episodes {
                    guard case .rising(let rising) = episode.kind else { continue }
                    risings.append(((episode.start - .zero).minutes, rising.lyingSeconds / 60))
                }
                queue.removeAll()
            }
        }
    }

    @Test func threeHoursMakeANight() {
        var night = Night()
        night.be(.lying, minutes: 179)
        night.be(.sitting, minutes: 20)
        #expect(night.risings.isEmpty)
        night.be(.lying, minutes: 180)
        night.be(.sitting, minutes: 1)
        night.be(.standing, minutes: 5)
        #expect(night.risings.map(\.at) == [379])
        #expect(night.risings.map(\.lying) == [180])
    }

    @Test func shortInterruptionsBelongToTheNight() {
        var night = Night()
        night.be(.lying, minutes: 120)
        night.be(.walking, minutes: 5)
        night.be(.lying, minutes: 120)
        night.be(.unknown, minutes: 1)
        night.be(.standing, minutes: 5)
        #expect(night.risings.map(\.at) == [245])
        #expect(night.risings.map(\.lying) == [240])
        // Up again at four and at seven: two risings, the later one counts.
        night.be(.lying, minutes: 60)
        night.be(.standing, minutes: 5)
        #expect(night.risings.map(\.at) == [245, 311])
        #expect(night.body.flexionScale == 1.5)
    }

    @Test func twoNapsAreNoNight() {
        var night = Night()
        night.be(.lying, minutes: 120)
        night.be(.standing, minutes: 60)
        night.be(.lying, minutes: 120)
        night.be(.standing, minutes: 60)
        #expect(night.risings.isEmpty)
        #expect(night.body.flexionScale == 1)
    }

    @Test func theMorningLastsTwoHoursAndEndsLyingDown() {
        var night = Night()
        night.be(.lying, minutes: 200)
        #expect(night.body.flexionScale == 1)
        night.be(.standing, minutes: 119)
        #expect(night.body.flexionScale == 1.5)
        #expect(night.body.holdingScale == 2)
        night.be(.lying, minutes: 0.5)
        #expect(night.body.flexionScale == 1)
        night.be(.standing, minutes: 0.25)
        #expect(night.body.flexionScale == 1.5)
        night.be(.standing, minutes: 1)
        #expect(night.body.flexionScale == 1)
        #expect(night.body.holdingScale == 1)
    }

    @Test func switchedOffItTellsAndScalesNothing() {
        var settings = MorningSettings()
        settings.guard = false
        var night = Night(settings)
        night.be(.lying, minutes: 200)
        night.be(.standing, minutes: 5)
        #expect(night.risings.count == 1)
        #expect(night.body.flexionScale == 1)
    }

    /// A night of ten minutes, through all detectors: bends of 38 degrees count after it and not before, and neither
    /// sitting down nor getting up is one.
    @Test func bendsCountEarlierAfterANight() throws {
        var settings = DetectorSettings()
        settings.morning.lyingTime = 8
        settings.morning.minutes = 5
        var script = FeatureScript()
        func bend() {
            script.move(1.2, to: 38)
            script.still(3)
            script.move(1.2, to: 0)
            script.still(10)
        }
        script.still(20)
        bend()
        script.move(3, to: -88, height: -0.6)
        script.still(600)
        script.move(3, to: 0, height: 0.6)
        script.still(5)
        script.walk(20)
        script.still(10)
        script.move(2.5, lean: 38, height: -0.4)
        script.still(30)
        script.move(2.5, lean: 38, height: 0.4)
        script.still(20)
        let before = script.now
        bend()
        script.walk(300)
        script.still(10)
        bend()
        var bank = DetectorBankUnderTest(settings)
        let found = bank.run(script.frames)
        let risings = found.filter { if case .rising = $0.kind { true } else { false } }
        #expect(risings.count == 1)
        let bends = found.filter { if case .bend = $0.kind { true } else { false } }
        #expect(bends.count == 1)
        let morning = try #require(bends.first)
        #expect(morning.start >= before && morning.end <= before + .seconds(8))
        let changes = found.filter { if case .transition = $0.kind { true } else { false } }
        #expect(changes.count >= 3)
    }

    @Test func aHoldingTimeIsHalfAsLongInTheMorning() {
        func budget(risen: Bool) -> Double {
            var script = FeatureScript()
            script.still(10)
            script.move(1.5, to: 50)
            script.still(100)
            script.move(1.5, to: 0)
            script.still(10)
            var bank = DetectorBankUnderTest()
            if risen { bank.bank.restore(risenAt: .zero) }
            return bank.run(script.frames).reduce(0) {
                if case .sustainedFlexion(let held) = $1.kind { return max($0, held.budgetUsed) }
                return $0
            }
        }
        let usual = budget(risen: false)
        #expect((0.85...1.05).contains(usual))
        #expect((budget(risen: true) / usual - 2).magnitude < 0.01)
    }
}
