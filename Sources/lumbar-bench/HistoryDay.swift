@preconcurrency import Glibc
import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarStore

/// What a day's history costs the card it is written to.
enum HistoryDay {
    /// Bytes a day may write, and syncs it may ask for.
    static let limits = (bytes: 20_000_000, syncs: 1500)

    private static let bootID = "bench"

    /// Plays `hours` of a busy life and lets the history be kept of it in `path`, which may hold one already, as the daemon
    /// keeps it, backup included.
    ///
    /// Whoever waits for the medium waits at every sync: on a tmpfs it takes seconds, on a disk that others write to
    /// many minutes. What is counted is the same.
    static func measure(path: String, hours: Double, seed: UInt64) -> Bool {
        let host = BenchHost()
        host.time = .zero
        let keeper = HistoryKeeper(path: path, bootID: bootID, host: host)
        keeper.open { fail($0) }
        let anchor = WallAnchor(
            instant: .zero, wall: WallTime(unixSeconds: 1_795_219_200), zone: .utc)
        host.anchor = anchor
        keeper.append(.anchor(anchor, isSynchronized: true), at: .zero)
        var rows = 0
        let day = SimulatedDay(seed: seed, length: hours * 3600)
        _ = Rehearsal(of: day.scenario, seed: seed, sensor: day.sensor, anchor: anchor) { output in
            guard let row = row(output) else { return }
            rows += 1
            let now = time(of: row) ?? keeperTime(host)
            host.time = max(now, keeperTime(host))
            keeper.append(row, at: keeperTime(host))
            // Once a minute the daemon has everything stored.
            if case .epoch = row { keeper.hurry(at: keeperTime(host)) }
            keeper.flush(at: keeperTime(host)) { fail($0) }
            // Once a day there is a backup.
            keeper.tend(at: keeperTime(host), goesOn: { true }) { fail($0) }
        }
        keeper.flush(at: nil) { fail($0) }
        let written = keeper.writes
        let backup = host.facts(of: Backups.path(of: path, 1))?.bytes ?? 0
        print(
            "\(hours) h, seed \(seed), \(day.kind.rawValue): \(rows) rows, \(written.commits) commits, "
                + "\(written.syncs) syncs, \(written.bytes) bytes written, \(backup) of them a backup")
        return written.bytes <= limits.bytes && written.syncs <= limits.syncs
    }

    private static func keeperTime(_ host: BenchHost) -> Instant { host.time ?? .zero }

    private static func row(_ output: Output) -> StoreRow? {
        switch output {
        case .episode(let episode, let wearer): .episode(episode, wearer)
        case .alert(let alert): .alert(alert)
        case .trace(let trace, let alert): .trace(trace, AlertKey(alert, bootID: bootID))
        case .epoch(let epoch): .epoch(epoch)
        case .summary(let summary): .summary(summary)
        case .device(let event):
            if case .calibration(let known, let wearer) = event.kind {
                .calibration(known, event.device, wearer, event.time)
            } else {
                nil
            }
        case .trust(let trust, let wearer, let time): .trust(trust, wearer, time)
        case .attitude: nil
        }
    }

    private static func time(of row: StoreRow) -> Instant? {
        switch row {
        case .episode(let episode, _): episode.decided
        case .alert(let alert): alert.time
        case .trace(_, let key): key.time + .seconds(30)
        case .epoch(let epoch): epoch.start + epoch.length
        case .calibration(_, _, _, let time): time
        case .trust(_, _, let time): time
        case .summary, .anchor, .device, .wear, .settings, .setting, .control, .asked, .run: nil
        }
    }

    private static func fail(_ news: HistoryKeeper.News) {
        fputs("lumbar-bench: \(news)\n", stderr)
        exit(74)
    }
}
