import LumbarCore
import LumbarDetectors
import LumbarMonitor
import LumbarRecording
import LumbarSimulation

/// One simulated day, replayed through the monitor as a recording would be.
struct DayRun: Sendable {
    let day: SimulatedDay
    let score: DayScore
    /// Length of the day, hours.
    let hours: Double
    /// What happened and what was told, by time, when it was asked for.
    let log: [String]

    init(seed: UInt64, length: Double, keepsLog: Bool) {
        day = SimulatedDay(seed: seed, length: length)
        var stream = SimulatedStream(scenario: day.scenario, seed: seed, sensor: day.sensor)
        let device = Device(
            id: DeviceID("simulated"), protocolName: day.sensor.wire.rawValue,
            mount: day.declaresMount ? day.sensor.mount : .undeclared)
        var settings = MonitorSettings()
        settings.detectors.sitting.reportAfter = 0
        settings.detectors.sitting.reportEvery = 1
        var replayer = Replayer(monitor: Monitor(settings: settings))
        var observer = DayObserver(shortestBout: .seconds(settings.detectors.sitting.shortestBout))
        var told: [(time: Instant, line: String)] = []
        func hear(_ output: Output) {
            guard case .episode(let episode, _) = output else { return }
            observer.take(episode)
            if keepsLog, !episode.isOngoing { told.append((episode.start, DayLog.line(episode))) }
        }
        var bytes: [UInt8] = []
        while let event = stream.next(into: &bytes) {
            switch event {
            case .attached(let time): replayer.attach(device, at: time)
            case .bytes(let time):
                bytes.withUnsafeBytes { replayer.receive($0, from: device.id, at: time) }
            case .detached(let time): replayer.detach(device.id, at: time)
            }
            replayer.drain(hear)
        }
        replayer.finish()
        replayer.drain(hear)
        score = observer.score(against: stream.truth)
        log = keepsLog ? DayLog.merge(stream.truth, told) : []
        hours = ((replayer.now ?? .zero) - .zero).seconds / 3600
    }

    /// Plays the days of `seeds` on all cores; in the order of their seeds.
    static func all(
        _ seeds: Range<UInt64>, length: Double, keepLogs: Bool = false
    ) async -> [DayRun] {
        await withTaskGroup(of: (Int, DayRun).self) { group in
            for (index, seed) in seeds.enumerated() {
                group.addTask { (index, DayRun(seed: seed, length: length, keepsLog: keepLogs)) }
            }
            var runs = [DayRun?](repeating: nil, count: seeds.count)
            for await (index, run) in group { runs[index] = run }
            return runs.compactMap { $0 }
        }
    }
}
