import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation

/// One of the days that are played, with its score and its log.
struct DayRun: Sendable {
    let day: SimulatedDay
    let score: DayScore
    /// What was told, with the usual settings and with every rule on.
    let nudges: NudgeScore
    let everyRule: NudgeScore
    /// Length of the day, hours.
    let hours: Double
    /// What happened and what was told, by time, when it was asked for.
    let log: [String]

    init(seed: UInt64, length: Double, companions: [SensorRole], keepsLog: Bool) {
        day = SimulatedDay(seed: seed, length: length)
        var told: [(time: Instant, line: String)] = []
        let played = DayRehearsal(of: day, with: companions) { output in
            guard keepsLog else { return }
            switch output {
            case .episode(let episode, _) where !episode.isOngoing:
                told.append((episode.start, DayLog.line(episode)))
            case .alert(let alert): told.append((alert.time, DayLog.line(alert)))
            default: break
            }
        }
        score = played.score
        nudges = played.nudges
        everyRule = played.everyRule
        hours = played.rehearsal.hours
        log = keepsLog ? DayLog.merge(played.rehearsal.truth, told) : []
    }

    /// Plays the days of `seeds` on all cores; in the order of their seeds.
    static func all(
        _ seeds: Range<UInt64>, length: Double, with companions: [SensorRole] = [], keepLogs: Bool = false
    ) async -> [DayRun] {
        await withTaskGroup(of: (Int, DayRun).self) { group in
            for (index, seed) in seeds.enumerated() {
                group.addTask {
                    (index, DayRun(seed: seed, length: length, companions: companions, keepsLog: keepLogs))
                }
            }
            var runs = [DayRun?](repeating: nil, count: seeds.count)
            for await (index, run) in group { runs[index] = run }
            return runs.compactMap { $0 }
        }
    }
}
