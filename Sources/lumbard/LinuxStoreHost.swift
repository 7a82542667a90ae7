import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// What the store asks of the system.
final class LinuxStoreHost: StoreHost {
    // A lock lives as long as this does. A class for each, because arrays hold only what can be copied.
    private final class Held {
        let path: String
        let lock: FileLock
        init(_ path: String, _ lock: consuming FileLock) {
            self.path = path
            self.lock = lock
        }
    }

    private var locks: [Held] = []

    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {
        do {
            let file = try PrivateFile.create(path)
            try file.allocate(size)
        } catch {
            if error.number == EEXIST { return }
            throw StoreError(error, action: "creating \(path)")
        }
    }

    func rename(_ old: String, to new: String) throws(StoreError) {
        guard Glibc.rename(old, new) == 0 else {
            throw StoreError(.last("rename", doing: "rename \(old)"), action: "renaming \(old)")
        }
    }

    func lock(_ path: String) throws(StoreError) {
        guard !locks.contains(where: { $0.path == path }) else { return }
        do {
            locks.append(Held(path, try FileLock.acquire(path)))
        } catch {
            throw StoreError(error, action: "opening the history")
        }
    }

    func now() -> Instant { BootClock.now() }

    func facts(of path: String) -> FileFacts? {
        var status = stat()
        var system = statvfs()
        guard stat(path, &status) == 0, statvfs(path, &system) == 0 else { return nil }
        let left = UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
        return FileFacts(
            bytes: Int(status.st_size), modified: WallTime(unixSeconds: Int64(status.st_mtim.tv_sec)),
            bytesLeft: left.overflow ? .max : Int(clamping: left.partialValue))
    }
}

extension StoreError {
    init(_ error: SystemError, action: String) {
        let kind: Kind
        switch error.number {
        case ENOSPC, EDQUOT: kind = .full
        case EACCES, EPERM: kind = .permission
        case EROFS: kind = .readOnly
        case ENOENT, ENOTDIR: kind = .missing
        case EWOULDBLOCK: kind = .locked
        case EIO: kind = .io
        default: kind = .other
        }
        let reason = error.advice.isEmpty ? error.reason : error.advice
        self.init(kind, systemErrno: error.number, action: action, reason: reason)
    }
}
