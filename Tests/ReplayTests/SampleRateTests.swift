import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarTestKit
import Testing

/// Walks and falls of simulated wearers at the rates that sensors are set to, with and without lost samples.
@Suite("Any sample rate")
struct SampleRateTests {
    private static let text =
        "stand 10 s, walk 40 s, stand 20 s, fall forward for 20 s, stand 15 s, walk 30 s, stand 10 s"

    private struct Day {
        var truth: [TruthSpan] = []
        var episodes: [Episode] = []
        var steps = 0
    }

    private static func play(rateHz: Double, losing share: Double, seed: UInt64) throws -> Day {
        var model = SensorModel.typical(seed: seed)
        model.rateHz = rateHz
        // A sample is 33 bytes; one byte lost loses it.
        if share > 0 { model.faults.bytesPerLoss = Int(33 / share) }
        var day = Day()
        let played = Rehearsal(of: try Scenario(parsing: text), seed: seed, sensor: model) {
            switch $0 {
            case .episode(let episode, _): if !episode.isOngoing { day.episodes.append(episode) }
            case .epoch(let epoch): day.steps += epoch.steps
            default: break
            }
        }
        day.truth = played.truth
        return day
    }

    @Test(
        "steps, walks and falls", arguments: Trials.areEmulated ? [50] : [20.0, 50, 100, 200, 400], [0, 0.05])
    func finds(_ rateHz: Double, losing share: Double) throws {
        let day = try Self.play(rateHz: rateHz, losing: share, seed: 11)
        let tally = WearerTally(truth: day.truth, episodes: day.episodes)
        let summary = Comment(rawValue: "\(rateHz) Hz, \(share) lost\n\(tally)")
        #expect(tally.falls.recall == 1 && tally.falls.precision == 1, summary)
        #expect(tally.recall(of: .walking) >= 0.95 && tally.precision(of: .walking) >= 0.9, summary)
        let steps = day.truth.reduce(0) {
            if case .posture(.walking, let steps) = $1.kind { $0 + steps } else { $0 }
        }
        #expect(
            (day.steps - steps).magnitude <= max(4, steps / 20), "\(day.steps) of \(steps) at \(rateHz) Hz")
    }
}
