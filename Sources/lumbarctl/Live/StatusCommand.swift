import ArgumentParser
import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarReport
import LumbarStore

/// `lumbarctl status`: how the wearers are doing now.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the posture now, the day so far, and how far the sensor can be relied on.",
        discussion: """
            Asks the daemon. When it is not running, or you may not ask it, the day so far is read from the history.

            Exit status: 0 done, 64 wrong usage, 69 neither the daemon nor the history can be read, 77 not allowed.
            """)

    @Flag(
        name: .customLong("json"),
        help: "Print one JSON object, as docs/schema/live.schema.json describes it.")
    var isJSON = false

    @OptionGroup var live: LiveOptions
    @OptionGroup var history: HistoryOptions

    func run() throws {
        try Failure.catching {
            var absence = ""
            let status: LiveStatus
            do throws(DaemonConnection.Absence) {
                status = try ask()
            } catch {
                absence = error.reason
                status = try fromHistory(error)
            }
            let output = StandardOutput()
            if isJSON {
                try output.write(line: LiveReply.status(.none, json: status.json))
                if !absence.isEmpty { StandardError.write("lumbarctl: the daemon was not asked: \(absence)") }
            } else {
                for line in StatusText(status, absence: absence).lines { try output.write(text: line) }
            }
            try output.flush()
        }
    }

    private func ask() throws(DaemonConnection.Absence) -> LiveStatus {
        var connection = try DaemonConnection.open(live.path)
        guard let status = LiveStatus(try connection.ask(.status)) else {
            throw DaemonConnection.Absence(reason: "lumbard answers what is no status", status: .unavailable)
        }
        return status
    }

    /// What the history tells without a daemon: no posture now, but the day, and how sensors sit.
    private func fromHistory(_ absence: DaemonConnection.Absence) throws -> LiveStatus {
        let store: Store
        do {
            store = try Store(reading: history.path)
        } catch {
            throw Failure(
                absence.status,
                "lumbard cannot be asked: \(absence.reason). Nor can the history be read: \(error.reason), "
                    + Printable.text(history.path))
        }
        return try Failure.translating { try status(of: store) }
    }

    private func status(of store: Store) throws -> LiveStatus {
        let clock = LocalClock()
        let calibrations = try store.calibrations()
        let wearers = try store.wearers().map { id in
            var wearer = LiveStatus.Wearer(id)
            let days = StoredDays(store: store, clock: clock, wearer: id)
            wearer.today = try days.summaries(from: clock.today, through: clock.today).first.map {
                LiveStatus.Today($0)
            }
            wearer.mounts = calibrations.filter { $0.wearer == id }.map { stored in
                LiveStatus.Mount(
                    device: stored.device, stored.calibration,
                    age: stored.established.wall.map { max(0, (clock.now - $0).seconds) })
            }
            return wearer
        }
        return LiveStatus(
            time: LocalTimeText.standard(clock.now, zone: clock.anchor.zone), daemon: nil, wearers: wearers)
    }
}
