import LumbarCore
import Testing

@testable import LumbarDetectors

/// However the times are set after which something counts, is told and is over: one episode gives one complete record,
/// and everything told of it before began at the same moment.
@Suite struct OneRecordTests {
    /// Delays at random, within what a body does in the script below.
    private func settings(_ random: inout SeededNumbers) -> DetectorSettings {
        var settings = DetectorSettings()
        settings.sitting.breakTime = Double.random(in: 20...100, using: &random)
        settings.sitting.breakSteps = Int.random(in: 20...60, using: &random)
        settings.sitting.shortestBout = Double.random(in: 0...200, using: &random)
        settings.sitting.reportAfter = Double.random(in: 0...900, using: &random)
        settings.sitting.reportEvery = Double.random(in: 1...300, using: &random).rounded(.up)
        settings.bend.enterTime = Double.random(in: 0...3, using: &random)
        settings.bend.leaveTime = Double.random(in: 0...3, using: &random)
        settings.sustainedFlexion.staticTime = Double.random(in: 0...10, using: &random)
        settings.sustainedFlexion.holdingTime = Double.random(in: 0.3...1, using: &random)
        settings.sustainedFlexion.warnShare = Double.random(in: 0.2...1, using: &random)
        settings.sustainedFlexion.recovery = Double.random(in: 0.1...4, using: &random)
        settings.ride.enterTime = Double.random(in: 20...120, using: &random)
        settings.ride.stopTime = Double.random(in: 20...60, using: &random)
        return settings
    }

    /// Two bouts of sitting, two bends, two long ones, two lifts and a ride, far enough apart for any delay.
    private var script: FeatureScript {
        var script = FeatureScript()
        script.still(20)
        for _ in 0..<2 {
            script.move(2, height: -0.4)
            script.still(500)
            script.move(2, height: 0.4)
            script.still(5)
            script.walk(120)
            script.still(20)
            script.move(1, to: 60)
            script.still(5)
            script.move(1, to: 0)
            script.still(30)
            script.move(1, to: 50)
            script.still(180)
            script.move(1, to: 0)
            script.still(30)
            script.walk(120)
            script.still(20)
        }
        script.ride(600)
        script.still(120)
        script.walk(60)
        script.still(20)
        return script
    }

    @Test func oneEpisodeHasOneCompleteRecordWhateverTheDelays() {
        var random = SeededNumbers(seed: 20_261_122)
        let frames = script.frames
        for _ in 0..<24 {
            let settings = settings(&random)
            var bank = DetectorBankUnderTest(settings)
            let episodes = bank.run(frames)
            func records(_ isWanted: (Episode.Kind) -> Bool) -> [Episode] {
                episodes.filter { isWanted($0.kind) }
            }
            let told = [
                ("sitting", 2, records { if case .sitting = $0 { true } else { false } }),
                ("bend", 4, records { if case .bend = $0 { true } else { false } }),
                ("held", 2, records { if case .sustainedFlexion = $0 { true } else { false } }),
                ("ride", 1, records { if case .ride = $0 { true } else { false } }),
            ]
            for (name, count, records) in told {
                let complete = records.filter { !$0.isOngoing }
                #expect(complete.count == count, "\(name): \(complete.count), \(settings)")
                #expect(Set(complete.map(\.start)).count == complete.count, "\(name): one start each")
                for record in records where record.isOngoing {
                    let later = complete.filter { $0.start == record.start }
                    #expect(later.count == 1, "\(name): what is told is closed once")
                    #expect(later.allSatisfy { $0.end >= record.end || $0.decided >= record.decided })
                }
            }
        }
    }
}
