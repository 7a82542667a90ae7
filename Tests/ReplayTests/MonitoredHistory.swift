import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarStore

/// A history as the daemon keeps it, of simulated wearers whose sensor was really read and decoded.
struct MonitoredHistory {
    let folder: TemporaryFolder
    let path: String

    /// The days of `seeds`, one after the other from the morning of 2 November 2026 on, a boot each.
    init(seeds: [UInt64], hours: Double) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/lumbard.db"
        for (day, seed) in seeds.enumerated() { try Self.add(seed, day, hours, to: path) }
    }

    private static func add(_ seed: UInt64, _ day: Int, _ hours: Double, to path: String) throws {
        let bootID = "boot-\(seed)"
        let store = try Store(writing: path, bootID: bootID, host: FolderHost())
        // Ten in the morning, UTC.
        let wall = WallTime(unixSeconds: 1_793_613_600 + Int64(day) * 86_400)
        let anchor = WallAnchor(instant: .zero, wall: wall, zone: .utc)
        var pending = PendingRows()
        pending.append(.anchor(anchor, isSynchronized: true))
        let simulated = SimulatedDay(seed: seed, length: hours * 3600)
        var sensor = simulated.sensor
        sensor.wire = .witMotion
        sensor.rateHz = 20
        _ = Rehearsal(of: simulated.scenario, seed: seed, sensor: sensor) { output in
            if let row = Self.row(output, bootID) { pending.append(row) }
        }
        try store.append(&pending)
        store.close()
    }

    private static func row(_ output: Output, _ bootID: String) -> StoreRow? {
        switch output {
        case .episode(let episode, let wearer): .episode(episode, wearer)
        case .alert(let alert): .alert(alert)
        case .epoch(let epoch): .epoch(epoch)
        case .summary(let summary): .summary(summary)
        case .trust(let trust, let wearer, let time): .trust(trust, wearer, time)
        case .trace, .device, .attitude: nil
        }
    }
}
