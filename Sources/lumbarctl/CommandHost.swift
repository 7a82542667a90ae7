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
    private let isToRename: Bool

    /// A visit; files get other names only when that is what it is for.
    init(isToRename: Bool = false) { self.isToRename = isToRename }

    /// A name for what a person enters.
    static func uniqueID() -> UniqueID {
        var random = SystemRandomNumberGenerator()
        return UniqueID(using: &random)
    }

    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {
        do throws(SystemError) {
            let file = try PrivateFile.create(path)
            try file.allocate(size)
        } catch {
            if error.number == EEXIST { return }
            throw StoreError(
                error.isPermission ? .permission : error.number == ENOENT ? .missing : .other,
                systemErrno: error.number, action: "creating \(path)", reason: error.reason)
        }
        giveToOwner(path)
    }

    /// Made by root, a file goes to whoever owns the directory: what belongs to the wearer stays readable to them.
    private func giveToOwner(_ path: String) {
        guard geteuid() == 0 else { return }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var about = stat()
        guard stat(folder.isEmpty ? "/" : folder, &about) == 0 else { return }
        _ = lchown(path, about.st_uid, about.st_gid)
    }

    func rename(_ old: String, to new: String) throws(StoreError) {
        if isToRename {
            guard Glibc.rename(old, new) != 0 else { return }
            let code = errno
            let kind: StoreError.Kind = code == EACCES || code == EPERM ? .permission : .io
            throw StoreError(
                kind, systemErrno: code, action: "renaming \(old)", reason: String(cString: strerror(code)))
        }
        // Not by a command that was asked for something else: the daemon moves damaged files aside and says so.
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
