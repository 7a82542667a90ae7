import LumbarCore
import LumbarDetectors
import LumbarMonitor
import LumbarSimulation

/// One simulated day played through a monitor, and how well its episodes tell it.
public struct DayRehearsal: Sendable {
    /// What was found of what happened.
    public let score: DayScore
    /// The wearer's truth and the length of the day.
    public let rehearsal: Rehearsal

    /// Plays `day`, with further sensors of the same make on `companions`; `hear` takes every output too, in order.
    public init(
        of day: SimulatedDay, with companions: [SensorRole] = [], hear: (Output) -> Void = { _ in }
    ) {
        let sensors = [day.sensor] + companions.map(day.companion)
        var settings = MonitorSettings()
        // Every sitting is told from its first second on, so that breaks and shifts can be held against the truth.
        settings.detectors.sitting.reportAfter = 0
        settings.detectors.sitting.reportEvery = 1
        var observer = DayObserver(shortestBout: .seconds(settings.detectors.sitting.shortestBout))
        rehearsal = Rehearsal(
            of: day.scenario, seed: day.seed, sensors: sensors, declaresMount: day.declaresMount,
            settings: settings
        ) { output in
            if case .episode(let episode, _) = output { observer.take(episode) }
            hear(output)
        }
        score = observer.score(against: rehearsal.truth)
    }
}
