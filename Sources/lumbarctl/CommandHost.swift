import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// What the store needs of the system for a short visit.
final class CommandHost: StoreHost {
    // A lock lives as long as this does.
    private final class Held {
        let lock: FileLock
        init(_ lock: consuming FileLock) { self.lock = lock }
    }

    private var held: [Held] = []

    /// Every file is there already; only the daemon makes them.
    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {}

    func rename(_ old: String, to new: String) throws(StoreError) {
        // Not by a command that was asked to delete: the daemon moves damaged files aside and says so.
        throw StoreError(.corrupt, action: "opening \(old)", reason: "it is damaged")
    }

    func lock(_ path: String) throws(StoreError) {
        do throws(SystemError) {
            held.append(Held(try FileLock.acquire(path)))
        } catch {
            let reason = error.advice.isEmpty ? error.reason : error.advice
            throw StoreError(
                error.number == EWOULDBLOCK ? .locked : error.isPermission ? .permission : .other,
                systemErrno: error.number, action: "changing the history", reason: reason)
        }
    }

    func now() -> Instant { BootClock.now() }
}
