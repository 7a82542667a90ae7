import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarReport
import LumbarStore

/// The pauses and snoozes that hold, for the doctor: who forgot them wonders why nothing is said.
enum AskedFacts {
    /// As the daemon at `socket` says, or, when it cannot be asked, as the history at `path` has it.
    static func gather(socket: String?, history path: String) -> [DoctorFacts.Asked] {
        socket.flatMap(told) ?? stored(path)
    }

    private static func told(_ socket: String) -> [DoctorFacts.Asked]? {
        guard var connection = try? DaemonConnection.open(socket), let answer = try? connection.ask(.status),
            let status = LiveStatus(answer)
        else { return nil }
        var asked: [DoctorFacts.Asked] = []
        for one in status.wearers {
            let ends = [(true, one.control.pausedUntil), (false, one.control.snoozedUntil)]
            for case (let isPause, let until?) in ends {
                asked.append(
                    fact(isPause, of: one.id, among: status.wearers.count, until: LiveControl.minute(until)))
            }
        }
        return asked
    }

    /// A history that cannot be read says nothing; other checks look at it.
    private static func stored(_ path: String) -> [DoctorFacts.Asked] {
        guard let store = try? Store(reading: path), let rows = try? store.controls() else { return [] }
        let anchor = WallClockReader.anchor()
        let boot = BootClock.bootID().filter { $0 != "-" }
        let wearers = Set(rows.map(\.control.wearer)).count
        return rows.compactMap { row in
            guard row.control.kind == .pause || row.control.kind == .snooze,
                let until = row.placed(in: boot, at: BootClock.now(), by: anchor)?.term?.until
            else { return nil }
            return fact(
                row.control.kind == .pause, of: row.control.wearer, among: wearers,
                until: LocalTimeText.minute(anchor.wall(at: until), zone: anchor.zone))
        }
    }

    private static func fact(
        _ isPause: Bool, of wearer: WearerID, among count: Int, until: String
    ) -> DoctorFacts.Asked {
        let isOnly = count <= 1 && wearer == .sole
        let whose = isOnly ? "" : " --wearer " + ShellWord.quoted(wearer.text)
        return DoctorFacts.Asked(
            isPause: isPause, wearer: isOnly ? "" : wearer.text, until: until,
            command: "lumbarctl " + (isPause ? "resume" : "wake") + whose)
    }
}
