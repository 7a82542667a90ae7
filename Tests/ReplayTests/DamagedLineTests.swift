import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarTestKit
import Testing

/// Simulated wearers on serial lines that change bytes at random; `lumbar-bench --damage` counts more of them.
@Suite("Damaged lines")
struct DamagedLineTests {
    private static let wearing =
        "walk 20 s, bend 50 deg for 2 s, lift 60 deg, stand 5 s, fall left for 8 s, sit 30 s"

    private static func play(
        _ wire: SensorModel.Wire, share: Double, samples: Int
    ) throws -> DamagedLine.Tally {
        let line = try #require(DamagedLine(wire: wire, seed: 21, scenario: wearing))
        var tally = DamagedLine.Tally()
        var seed: UInt64 = 1
        while tally.sent < samples {
            tally += line.play(share: share, seed: seed)
            seed += 1
        }
        return tally
    }

    private static let serial = SensorModel.Wire.allCases.filter { !$0.isPacketed }

    @Test("what was spared is taken, and nothing that no sensor sends", arguments: serial)
    func spared(_ wire: SensorModel.Wire) throws {
        let tally = try Self.play(wire, share: 0.01, samples: Trials.count(12_000))
        let summary = Comment(rawValue: "\(wire.rawValue) \(tally)")
        #expect(tally.undamaged > tally.sent / 10, summary)
        // Two near the end of what was sent may still wait for a next one.
        #expect(Double(tally.undamagedTaken) >= 0.999 * Double(tally.undamaged) - 2, summary)
        #expect(tally.gateViolations == 0, summary)
    }

    /// Chance makes a wrong sum fit for one sample in 40,000 of WitMotion at 1 % of bytes changed; here it is one in 50. What
    /// the gates may let through of these keeps all samples below one wrong in 100,000, but for MTData2's long messages.
    @Test(
        "the gates find most of what checksums let through",
        arguments: [(SensorModel.Wire.witMotion, 0.25), (.rvc, 0.25), (.mtData2, 0.15)])
    func wrongOnes(_ wire: SensorModel.Wire, _ most: Double) throws {
        let line = try #require(DamagedLine(wire: wire, seed: 21, scenario: Self.wearing))
        var tally = DamagedLine.Tally()
        for seed in 1...UInt64(Trials.count(10)) { tally += line.play(share: 0.01, hidden: 0.02, seed: seed) }
        let summary = Comment(rawValue: "\(wire.rawValue) \(tally)")
        #expect(tally.hidden > 50, summary)
        #expect(Double(tally.wrongTaken) <= most * Double(tally.hidden), summary)
        #expect(Double(tally.undamagedTaken) >= 0.999 * Double(tally.undamaged) - 2, summary)
    }

    /// The gate that waits for lone samples must not take the blow of a fall for one.
    @Test("falls and lifts are found on a bad line as on a good one", arguments: [50.0, 100])
    func falls(_ rateHz: Double) throws {
        let text =
            "walk 30 s, fall forward for 20 s, stand 20 s, walk 20 s, fall left for 20 s, stand 20 s, walk 20 s, "
            + "fall backward for 20 s, stand 20 s, walk 20 s, 3x(lift 70 deg hard, stand 10 s), stand 10 s"
        func played(damaged: Bool) throws -> (WearerTally, Double) {
            var model = SensorModel.typical(seed: 12)
            model.rateHz = rateHz
            if damaged { model.faults.bytesPerCorruption = 100 }
            var episodes: [Episode] = []
            var peak = 0.0
            let rehearsal = Rehearsal(of: try Scenario(parsing: text), seed: 12, sensor: model) { output in
                guard case .episode(let episode, _) = output, !episode.isOngoing else { return }
                episodes.append(episode)
                if case .fall(let fall) = episode.kind { peak += fall.impactG }
            }
            return (WearerTally(truth: rehearsal.truth, episodes: episodes), peak)
        }
        let (good, goodPeaks) = try played(damaged: false)
        let (bad, badPeaks) = try played(damaged: true)
        let summary = Comment(rawValue: "good \(good)\nbad \(bad)")
        #expect(good.falls.found == 3 && bad.falls.found == 3, summary)
        #expect(bad.falls.told == 3, summary)
        #expect(bad.strains.found >= good.strains.found - 1, summary)
        // Every third sample is lost, so a peak may be cut a little.
        #expect(badPeaks > 0.7 * goodPeaks, "\(badPeaks) of \(goodPeaks) g")
    }
}
