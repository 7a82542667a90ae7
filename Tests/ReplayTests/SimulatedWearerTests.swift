import LumbarCore
import LumbarDetectors
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarTestKit
import Testing

/// Short days of simulated wearers, scored against what they really did.
///
/// A simulated body is no person: these bars hold the program to what it can do, and say nothing about how
/// well it does on people.
// The transcripts already show that an emulated processor says the same; this many hours would take it half of one.
@Suite("Simulated wearers", .disabled(if: Trials.areEmulated, "another processor is emulated"))
struct SimulatedWearerTests {
    @Test("are told what they did")
    func scores() async throws {
        let tally = try await withThrowingTaskGroup(of: WearerTally.self) { group in
            for (index, scenario) in Self.scenarios.enumerated() {
                group.addTask { try Self.play(scenario, seed: UInt64(index * 13 + 5)) }
            }
            return try await group.reduce(into: WearerTally()) { $0.add($1) }
        }
        let summary = Comment(rawValue: tally.description)
        #expect(tally.recall(of: .sitting) >= 0.98, summary)
        #expect(tally.recall(of: .standing) >= 0.9, summary)
        #expect(tally.recall(of: .walking) >= 0.97, summary)
        #expect(tally.recall(of: .lying) >= 0.97, summary)
        #expect(tally.precision(of: .sitting) >= 0.95, summary)
        // Missed: sitting down while the last step is still felt. Wrong: a squat held for 20 s joins the bout after it.
        #expect(tally.bouts.recall >= 0.9 && tally.bouts.precision >= 0.9, summary)
        #expect(tally.bends.recall >= 0.95 && tally.bends.precision >= 0.95, summary)
        #expect(tally.strains.recall >= 0.95 && tally.strains.precision >= 0.95, summary)
        #expect(tally.twists.recall >= 0.95 && tally.twists.precision >= 0.95, summary)
        #expect(tally.falls.recall == 1 && tally.falls.precision == 1, summary)
        #expect(tally.wear.recall >= 0.96 && tally.wear.precision >= 0.98, summary)
    }

    /// Days in small at 50 Hz or less, of seeds that hold a bit of everything and went well when they were chosen.
    ///
    /// They guard what works.
    /// How well it works is told by the two hundred whole days of `make simulate-days`.
    static let days: [UInt64] = [7, 8, 10, 23, 30, 35, 36, 41, 49]

    @Test("are told how they sat, bent and lifted")
    func daysInSmall() async throws {
        typealias Scores = (days: DayScore, nudges: NudgeScore)
        let (score, nudges) = await withTaskGroup(of: Scores.self) { group in
            for seed in Self.days {
                group.addTask {
                    let day = DayRehearsal(
                        of: SimulatedDay(seed: seed, length: 1500), playsEveryRule: false)
                    return (day.score, day.nudges)
                }
            }
            return await group.reduce(into: (DayScore(), NudgeScore())) {
                $0.0 += $1.days
                $0.1 += $1.nudges
            }
        }
        let slips = nudges.slips.map { "\($0.alert.rule) at \($0.alert.time): \($0.truth)" }
        #expect(nudges.count(.nudge).told >= 5 && slips.isEmpty, "\(slips)")
        for (name, events) in score.events.prefix(4) {
            let slips = events.slips.map { "\($0.isMiss ? "missed" : "wrong") \($0.start)" }
            let summary = Comment(
                rawValue: "\(name): \(events.found) of \(events.happened) found, \(events.right) of "
                    + "\(events.told) right; \(slips)")
            #expect(events.happened >= 10, summary)
            #expect(events.recall ?? 0 >= 0.95, summary)
            #expect(events.precision ?? 0 >= 0.95, summary)
        }
        #expect(score.wear.share >= 0.99, "\(score.wear)")
    }

    /// As detectors report a bout: from its twentieth minute on, with the shifts of all its minutes.
    @Test("is told of a long sit in time, however they settled into the seat")
    func fidgetsFirst() throws {
        let text = "walk 1 min, sit 2 min, shift 10 deg, sit 30 min, walk 1 min"
        var told: [Alert] = []
        var shifts = 0
        _ = Rehearsal(of: try Scenario(parsing: text), seed: 3, sensor: .typical(seed: 3)) { output in
            switch output {
            case .alert(let alert): if alert.rule == .sitting { told.append(alert) }
            case .episode(let episode, _):
                if case .sitting(let bout) = episode.kind { shifts = bout.posturalShifts }
            default: break
            }
        }
        #expect(shifts == 1)
        #expect(told.map(\.tier) == [.notice, .nudge])
        let minutes = told.map { (($0.time - $0.episodeStart).seconds / 60).rounded() }
        #expect(minutes == [25, 30])
    }

    /// A wearer's day in small, at a rate that sensors are set to.
    struct Story: Sendable {
        let rateHz: Double
        let text: String
        init(_ rateHz: Double, _ text: String) {
            self.rateHz = rateHz
            self.text = text
        }
    }

    static let scenarios = [
        Story(
            50,
            "walk 1 min, sit 4 min shifting each 1 min, stand 1 min, walk 1 min, sit 3 min slouched, walk 30 s"
        ),
        Story(100, "stand 30 s, sit 2 min, walk 40 s, sit 2 min, walk 20 s"),
        Story(
            25,
            "walk 40 s, sit 4 min, bend 50 deg for 2 s, sit 3 min, walk 40 s, sit 3 min slouched, walk 1 min"),
        Story(25, "walk 1 min, sit 2 min, walk 30 s, sit 90 s, stand 1 min, walk 20 s"),
        Story(
            50,
            "walk 1 min, stand 20 s, 4x(bend 55 deg for 2 s, stand 15 s), 3x(stoop 70 deg for 4 s, stand 10 s)"
        ),
        Story(
            50,
            "walk 40 s, 3x(stoop 65 deg for 20 s, stand 20 s), squat for 3 s, stand 10 s, stoop 80 deg for 1 min"
        ),
        Story(
            25,
            "stand 1 min, 4x(bend 60 deg for 3 s, stand 20 s), walk 1 min, 3x(bend 50 deg for 2 s, stand 15 s)"
        ),
        Story(
            25,
            "walk 1 min, stoop 70 deg for 110 s, stand 40 s, walk 1 min, stoop 66 deg for 125 s, stand 30 s"),
        Story(
            100,
            "walk 40 s, 3x(lift 65 deg hard then twist 40 deg left, turn 90 deg left, walk 20 s), stand 20 s"),
        Story(
            50,
            "walk 40 s, 4x(lift 70 deg hard, turn 90 deg right, walk 15 s, lift 55 deg, stand 12 s), walk 20 s"
        ),
        Story(
            50,
            "stand 30 s, walk 30 s, 3x(lift 65 deg then twist 45 deg right, walk 15 s, lift 70 deg hard, stand 10 s)"
        ),
        Story(
            50,
            "walk 30 s, stoop 70 deg for 40 s, stand 20 s, squat for 20 s, stand 20 s, lift 60 deg, sit 3 min, walk 20 s"
        ),
        Story(
            50,
            "walk 1 min, stairs 30 s up, walk 20 s, stairs 25 s down, walk 30 s, stand 30 s, jog 1 min, stand 20 s"
        ),
        Story(
            25,
            "walk 30 s, lie 6 min on back rolling each 2 min, sit 1 min, walk 30 s, lie 3 min on left, walk 30 s"
        ),
        Story(
            50,
            "walk 1 min, fall forward for 40 s, stand 30 s, walk 30 s, fall backward for 40 s, stand 20 s, walk 30 s"
        ),
        Story(50, "walk 40 s, stand 20 s, fall left for 30 s, walk 40 s, fall right for 40 s, stand 20 s"),
        Story(25, "walk 1 min, sit 3 min, take off 9 min, put on, walk 1 min, sit 2 min"),
        Story(50, "walk 1 min, ride 5 min, walk 1 min, stand 30 s"),
    ]

    /// Plays one story through a monitor.
    static func play(_ story: Story, seed: UInt64) throws -> WearerTally {
        var model = SensorModel.typical(seed: seed)
        model.rateHz = story.rateHz
        var episodes: [Episode] = []
        let played = Rehearsal(of: try Scenario(parsing: story.text), seed: seed, sensor: model) {
            if case .episode(let episode, _) = $0, !episode.isOngoing { episodes.append(episode) }
        }
        return WearerTally(truth: played.truth, episodes: episodes)
    }
}
