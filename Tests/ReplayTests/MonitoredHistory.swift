import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarStore

/// A history as the daemon keeps it, of simulated wearers whose sensor was really read and decoded.
struct MonitoredHistory {
    let folder: TemporaryFolder
    let path: String

    /// Not in debug code that Swift 6.0 makes for arm64: there `Store.summaries` returns to it as if it had thrown, with an
    /// error that nobody made, and the tests crash as they print it. Its release code reads the same summaries.
    static var canBePlayed: Bool {
        #if arch(arm64) && !compiler(>=6.1)
            false
        #else
            true
        #endif
    }

    /// The days of `seeds`, one after the other from the morning of 2 November 2026 on, a boot each; on each of them the
    /// program does not run in `outages`.
    ///
    /// With `every`, so many hours are between their beginnings, for more than one boot a day.
    init(
        seeds: [UInt64], hours: Double, every: Int64 = 24, settings: MonitorSettings = MonitorSettings(),
        outages: [WatchingProgram.Outage] = [], slow: WatchingProgram.SlowClock? = nil
    ) throws {
        try self.init(
            days: seeds.map { ($0, SimulatedDay(seed: $0, length: hours * 3600).scenario) }, every, settings,
            outages, slow)
    }

    /// A day that is written down.
    init(scenario: String, outages: [WatchingProgram.Outage] = []) throws {
        try self.init(days: [(1, try Scenario(parsing: scenario))], 24, MonitorSettings(), outages, nil)
    }

    private init(
        days: [(seed: UInt64, scenario: Scenario)], _ every: Int64, _ settings: MonitorSettings,
        _ outages: [WatchingProgram.Outage], _ slow: WatchingProgram.SlowClock?
    ) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/lumbard.db"
        for (place, day) in days.enumerated() {
            let bootID = "boot-\(day.seed)"
            let store = try Store(writing: path, bootID: bootID, host: FolderHost())
            // Ten in the morning, UTC.
            let wall = WallTime(unixSeconds: 1_793_613_600 + Int64(place) * every * 3600)
            var sensor = SimulatedDay(seed: day.seed).sensor
            sensor.wire = .witMotion
            sensor.rateHz = 20
            var program = WatchingProgram(
                store, bootID, Rehearsal.device(sensor, mount: sensor.mount),
                WallAnchor(instant: .zero, wall: wall, zone: .utc), settings, outages,
                slow: slow)
            var stream = SimulatedStream(scenario: day.scenario, seed: day.seed, sensor: sensor)
            try program.watch(&stream)
            store.close()
        }
    }
}
