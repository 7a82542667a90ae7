import Glibc
import LumbarCore

@testable import LumbarStore

/// What the shell does for the store, done plainly, in a directory that goes when the test is over.
final class TestHost: StoreHost {
    let directory: String
    private var locks: [(path: String, descriptor: Int32)] = []
    /// The clock moves by this at every look at it.
    var tick = Elapsed.zero
    private var clock = Instant.zero

    /// What the wall clock says of files, when it says anything, and the space that is left.
    var wall: WallTime?
    var bytesLeft = 1 << 40
    private var written: [String: WallTime] = [:]

    func facts(of path: String) -> FileFacts? {
        guard let bytes = size(path), let wall else { return nil }
        // Files are made in no time: a file is as old as when it was first looked at.
        let inode = "\(inode(path))"
        let modified = written[inode] ?? wall
        written[inode] = modified
        return FileFacts(bytes: bytes, modified: modified, bytesLeft: bytesLeft)
    }

    private func inode(_ path: String) -> UInt {
        var status = stat()
        return stat(path, &status) == 0 ? UInt(status.st_ino) : 0
    }

    /// Sets the clock.
    func set(_ time: Instant) { clock = time }

    init(in parent: String = "/tmp") {
        var template = Array((parent + "/lumbar-store-XXXXXX").utf8CString)
        directory = mkdtemp(&template).map { String(cString: $0) } ?? parent
    }

    deinit {
        for lock in locks { close(lock.descriptor) }
        remove(directory)
    }

    var path: String { directory + "/lumbard.db" }

    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw refusal("creating \(path)") }
        defer { close(descriptor) }
        guard size > 0 else { return }
        let failure = posix_fallocate(descriptor, 0, size)
        guard failure == 0 else { throw refusal("reserving \(path)", failure) }
    }

    func rename(_ old: String, to new: String) throws(StoreError) {
        guard Glibc.rename(old, new) == 0 else { throw refusal("moving \(old)") }
    }

    func lock(_ path: String) throws(StoreError) {
        guard !locks.contains(where: { $0.path == path }) else { return }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw refusal("locking \(path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreError(.locked, action: "locking \(path)", reason: "another process has it")
        }
        locks.append((path, descriptor))
    }

    func now() -> Instant {
        clock = clock + tick
        return clock
    }

    private func refusal(_ action: String, _ number: Int32 = errno) -> StoreError {
        let kind: StoreError.Kind = number == ENOSPC ? .full : number == ENOENT ? .missing : .io
        return StoreError(
            kind, systemErrno: number, action: action, reason: String(cString: strerror(number)))
    }

    // MARK: For the tests

    /// The permission bits of a file, or nil when there is none.
    func mode(_ path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    func contents(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: size(path) ?? 0)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    func write(_ bytes: [UInt8], to path: String) {
        guard let file = fopen(path, "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    private func remove(_ directory: String) {
        guard directory.contains("lumbar-store-"), let listing = opendir(directory) else { return }
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink(directory + "/" + name) }
        }
        closedir(listing)
        rmdir(directory)
    }
}

extension TestHost {
    /// A store for writing in this host's directory.
    func store(boot: String = "boot-1", _ change: (inout Store.Options) -> Void = { _ in }) throws(StoreError)
        -> Store
    {
        var options = Store.Options()
        options.reserveBytes = 0
        change(&options)
        return try Store(writing: path, bootID: boot, host: self, options: options)
    }
}

/// The error that `body` throws, or nil; `#expect(throws:)` hands it out from Swift 6.1 on only.
func refusal(_ body: () throws -> Void) -> StoreError? {
    do {
        try body()
        return nil
    } catch {
        return error as? StoreError
    }
}
