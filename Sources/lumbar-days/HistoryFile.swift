@preconcurrency import Glibc
import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarRehearsal
import LumbarStore

/// Writes a simulated history to a file, to try what reads one.
enum HistoryFile {
    /// What the store needs of the system, as plainly as can be: the file is new and nobody else's.
    private final class Host: StoreHost {
        func createPrivateFile(_ path: String, size: Int) throws(StoreError) {
            let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else {
                throw StoreError(
                    .other, action: "creating \(path)", reason: String(cString: strerror(errno)))
            }
            close(file)
        }

        func rename(_ old: String, to new: String) throws(StoreError) {
            throw StoreError(.corrupt, action: "opening \(old)", reason: "it is damaged")
        }

        func lock(_ path: String) throws(StoreError) {}
        func now() -> Instant { BootClock.now() }
    }

    /// Writes `days` days that end with yesterday, or begin with `first`, in the local zone; the file must not be there.
    ///
    /// On the sixth day the machine was off, and on the tenth and the seventeenth it restarted at lunch.
    ///
    /// `tell` is told what really happened, day by day.
    static func write(
        to path: String, days: Int, first: CivilDate?, tell: (SimulatedHistory.Truth) -> Void
    ) throws {
        guard access(path, F_OK) != 0 else { throw TextFile.Refused(path: path, number: EEXIST) }
        let clock = WallClockReader.anchor()
        let today = clock.date(at: clock.instant).daysSinceEpoch
        let first = first ?? CivilDate(daysSinceEpoch: today - Int64(days))
        let before = WallTime(unixSeconds: (first.daysSinceEpoch - 2) * 86_400)
        var history = SimulatedHistory(first: first, days: days, zone: WallClockReader.rule(at: before))
        history.lostDays = [5]
        history.restarts = [9, 16]
        let host = Host()
        var store: Store?
        var pending = PendingRows()
        var boot = ""
        var failure: (any Error)?
        func flush() {
            guard failure == nil, let store else { return }
            do { try store.append(&pending) } catch { failure = error }
        }
        history.play { event in
            guard failure == nil else { return }
            switch event {
            case .boot(let id):
                flush()
                boot = id
                store = nil
                do { store = try Store(writing: path, bootID: id, host: host) } catch { failure = error }
            case .anchor(let anchor, let isSynchronized):
                pending.append(.anchor(anchor, isSynchronized: isSynchronized))
            case .output(.epoch(let epoch)): pending.append(.epoch(epoch))
            case .output(.episode(let episode, let wearer)): pending.append(.episode(episode, wearer))
            case .output(.alert(let alert)): pending.append(.alert(alert))
            case .output(.trace(let trace, let alert)):
                pending.append(.trace(trace, AlertKey(alert, bootID: boot)))
            case .output(.summary(let summary)):
                pending.append(.summary(summary))
                flush()
            case .output(.trust(let trust, let wearer, let time)):
                pending.append(.trust(trust, wearer, time))
            case .output, .asked: break
            case .day(let truth): tell(truth)
            }
        }
        flush()
        if let failure { throw failure }
    }
}
