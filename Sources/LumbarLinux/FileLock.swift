import CLinux
import Glibc

/// Holds a lock file, so that two daemons do not write to one store.
///
/// The kernel drops the lock with the process, however it ends: there are no stale locks. The file stays.
public struct FileLock: ~Copyable {
    private let owned: OwnedDescriptor

    /// Takes the lock at `path`, or says which process has it.
    public static func acquire(_ path: String) throws(SystemError) -> FileLock {
        let doing = "lock \(path)"
        let number = try system("open", doing) {
            open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        // From here on closed on every way out. Its number is not asked back from it: Swift 6.0 cannot optimise that.
        let lock = FileLock(number)
        if flock(number, LOCK_EX | LOCK_NB) != 0 {
            var error = SystemError.last("flock", doing: doing)
            if error.number == EWOULDBLOCK { error.advice = holder(path) }
            throw error
        }
        ftruncate(number, 0)
        let text = Array("\(getpid())\n".utf8)
        _ = pwrite(number, text, text.count, 0)
        return lock
    }

    private init(_ number: Int32) { owned = OwnedDescriptor(owning: number) }

    private static func holder(_ path: String) -> String {
        guard let bytes = try? readSmallFile(path, limit: 32),
            let process = Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
        else { return "another lumbard uses it" }
        return "lumbard with process id \(process) uses it"
    }
}
