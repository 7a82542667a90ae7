import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// What the store needs of the system, with a clock that the caller sets.
final class BenchHost: StoreHost {
    // A lock lives as long as this does.
    private final class Held {
        let path: String
        let lock: FileLock
        init(_ path: String, _ lock: consuming FileLock) {
            self.path = path
            self.lock = lock
        }
    }

    private var held: [Held] = []
    /// The time of what is written; nil for the boot clock.
    var time: Instant?

    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {
        do throws(SystemError) {
            let file = try PrivateFile.create(path)
            try file.allocate(size)
        } catch {
            if error.number == EEXIST { return }
            throw StoreError(
                error.number == ENOSPC ? .full : .other, systemErrno: error.number,
                action: "creating \(path)", reason: error.reason)
        }
    }

    func rename(_ old: String, to new: String) throws(StoreError) {
        guard Glibc.rename(old, new) == 0 else {
            throw StoreError(.io, systemErrno: errno, action: "renaming \(old)", reason: "refused")
        }
    }

    func lock(_ path: String) throws(StoreError) {
        guard !held.contains(where: { $0.path == path }) else { return }
        do throws(SystemError) {
            held.append(Held(path, try FileLock.acquire(path)))
        } catch {
            throw StoreError(
                .locked, systemErrno: error.number, action: "opening the history", reason: error.reason)
        }
    }

    func now() -> Instant { time ?? BootClock.now() }

    // When a file was first seen, on the clock that the caller sets, by its number: what is renamed stays as old as it was.
    private var seen: [UInt64: WallTime] = [:]
    /// What relates that clock to UTC; without it nothing is known of files, and no copies of them are made.
    var anchor: WallAnchor?

    func facts(of path: String) -> FileFacts? {
        var about = stat()
        guard let anchor, stat(path, &about) == 0 else { return nil }
        let number = UInt64(about.st_ino)
        let modified = seen[number] ?? anchor.wall(at: now())
        seen[number] = modified
        return FileFacts(bytes: Int(about.st_size), modified: modified, bytesLeft: .max / 2)
    }
}
