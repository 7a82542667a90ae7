import LumbarAlerts
import LumbarCore
import LumbarDetectors
import LumbarMonitor
import LumbarSimulation

/// One simulated day played through a monitor, how well its episodes tell it, and whether its alerts are so.
public struct DayRehearsal: Sendable {
    /// What was found of what happened.
    public let score: DayScore
    /// What was told, and whether it was so.
    public let nudges: NudgeScore
    /// The same where every rule speaks; empty unless that was played too.
    public let everyRule: NudgeScore
    /// The wearer's truth and the length of the day.
    public let rehearsal: Rehearsal

    /// Plays `day`, with further sensors of the same make on `companions`, and with `playsEveryRule` another time where
    /// every rule speaks; `hear` takes every output of the usual settings too, in order.
    public init(
        of day: SimulatedDay, with companions: [SensorRole] = [], playsEveryRule: Bool = true,
        hear: (Output) -> Void = { _ in }
    ) {
        let sensors = [day.sensor] + companions.map(day.companion)
        let usual = MonitorSettings()
        // Every sitting is told from its first second on, so that breaks and shifts can be held against the truth.
        var fine = usual
        fine.detectors.sitting.reportAfter = 0
        fine.detectors.sitting.reportEvery = 1
        var all = usual
        all.alerts.speakOfEverything()
        var observer = DayObserver(shortestBout: .seconds(usual.detectors.sitting.shortestBout))
        var told: [Alert] = []
        var toldOfAll: [Alert] = []
        rehearsal = Rehearsal(
            of: day.scenario, seed: day.seed, sensors: sensors, declaresMount: day.declaresMount,
            each: [usual, fine] + (playsEveryRule ? [all] : [])
        ) { place, output in
            switch (place, output) {
            case (0, .alert(let alert)): told.append(alert)
            case (1, .episode(let episode, _)): observer.take(episode)
            case (2, .alert(let alert)): toldOfAll.append(alert)
            default: break
            }
            if place == 0 { hear(output) }
        }
        score = observer.score(against: rehearsal.truth)
        let truth = DayTruth(of: day.scenario, seed: day.seed)
        nudges = NudgeScore(told, against: truth)
        everyRule = NudgeScore(toldOfAll, against: truth)
    }
}

extension AlertSettings {
    /// Takes every rule into service.
    mutating func speakOfEverything() {
        standing = .on
        turning = .on
        afterRest = .on
        repeatedBends = .on
        bentToday = .on
        endRange = .on
        riding = .on
        sensor = .on
        goodNews = .on
    }
}
