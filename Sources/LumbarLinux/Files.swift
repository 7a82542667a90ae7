import CLinux
import Glibc

/// Reads a small file whole; at most `limit` bytes.
public func readSmallFile(_ path: String, limit: Int = 1 << 20) throws(SystemError) -> [UInt8] {
    let file = OwnedDescriptor(
        owning: try system("open", "read \(path)") { open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) })
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while bytes.count < limit {
        var failure: SystemError?
        let count = part.withUnsafeMutableBytes { buffer -> Int in
            do throws(SystemError) {
                return try file.read(into: buffer, doing: "read \(path)") ?? 0
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        if count == 0 { break }
        bytes.append(contentsOf: part[..<min(count, limit - bytes.count)])
    }
    return bytes
}

/// A file that only its owner may read, made anew: an existing file is never overwritten and a link never followed.
public struct PrivateFile: ~Copyable {
    private let owned: OwnedDescriptor
    /// Where it is.
    public let path: String

    /// Makes the file with mode 0600.
    public static func create(_ path: String) throws(SystemError) -> PrivateFile {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY
        do throws(SystemError) {
            return PrivateFile(try system("open", "create \(path)") { open(path, flags, 0o600) }, path)
        } catch {
            guard error.number == EEXIST else { throw error }
            var advised = error
            advised.advice = "choose another name or remove it first"
            throw advised
        }
    }

    private init(_ number: Int32, _ path: String) {
        owned = OwnedDescriptor(owning: number)
        self.path = path
    }

    /// Writes all of `bytes` at the end.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        try owned.writeAll(bytes, doing: "write \(path)")
    }

    /// Writes `text` at the end.
    public func write(_ text: String) throws(SystemError) { try write(Array(text.utf8)) }

    /// Writes `bytes` at the end.
    public func write(_ bytes: [UInt8]) throws(SystemError) {
        var failure: SystemError?
        bytes.withUnsafeBytes { buffer in
            do throws(SystemError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Makes the file `size` zero bytes long, with space for all of them set aside.
    public func allocate(_ size: Int) throws(SystemError) {
        guard size > 0 else { return }
        let failure = posix_fallocate(owned.number, 0, off_t(size))
        if failure != 0 {
            throw SystemError("posix_fallocate", failure, doing: "set aside space for \(path)")
        }
    }

    /// Opens the file to others: its owner first, so that the bits never hold for somebody else's file.
    public func share(as access: FileAccess) throws(SystemError) {
        let number = owned.number
        if let owner = access.owner, geteuid() == 0 {
            try system("fchown", "write \(path)") { fchown(number, owner.user, owner.group) }
        }
        try system("fchmod", "write \(path)") { fchmod(number, access.mode) }
    }

    /// Waits until the bytes are on the disk.
    public func synchronize() throws(SystemError) {
        let number = owned.number
        try system("fsync", "write \(path)") { fsync(number) }
    }
}

/// Who may do what with a file.
public struct FileAccess: Sendable, Equatable {
    /// Its permission bits.
    public var mode: UInt32
    /// Its owner and group; nil for whoever makes it.
    public var owner: (user: UInt32, group: UInt32)?

    /// The permission bits alone; the file belongs to whoever makes it.
    public init(mode: UInt32) { self.mode = mode }

    /// That of the file at `path`; nil when there is none.
    public init?(of path: String) {
        var about = stat()
        guard stat(path, &about) == 0 else { return nil }
        mode = about.st_mode & 0o777
        owner = (about.st_uid, about.st_gid)
    }

    /// Whether two files are open to the same.
    public static func == (left: FileAccess, right: FileAccess) -> Bool {
        left.mode == right.mode && left.owner?.user == right.owner?.user
            && left.owner?.group == right.owner?.group
    }
}

/// Replaces the file at `path` by one with `bytes`: a reader sees the old or the new one, whole, whatever happens.
///
/// - Parameter access: who may read it; nobody but its owner without.
public func replaceFile(
    _ path: String, with bytes: [UInt8], access: FileAccess? = nil
) throws(SystemError) {
    let draft = path + ".\(getpid()).new"
    unlink(draft)
    do throws(SystemError) {
        let file = try PrivateFile.create(draft)
        try file.write(bytes)
        if let access { try file.share(as: access) }
        try file.synchronize()
        try system("rename", "replace \(path)") { rename(draft, path) }
    } catch {
        unlink(draft)
        throw error
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let directory = OwnedDescriptor(
        owning: try system("open", "replace \(path)") {
            open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        })
    let number = directory.number
    try system("fsync", "replace \(path)") { fsync(number) }
}

/// Makes the directory at `path` with mode 0700; one that is there already is left as it is.
public func makePrivateDirectory(_ path: String) throws(SystemError) {
    do throws(SystemError) {
        try system("mkdir", "make the directory \(path)") { mkdir(path, 0o700) }
    } catch {
        guard error.number == EEXIST else { throw error }
    }
}

/// Makes the directory at `path`, and those it is to be in, for everybody to look into; what is there stays as it is.
public func makePublicDirectory(_ path: String) throws(SystemError) {
    guard access(path, F_OK) != 0 else { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
        try makePublicDirectory(String(path[..<slash]))
    }
    try system("mkdir", "make the directory \(path)") { mkdir(path, 0o755) }
    // Whatever mask whoever runs this has: the service is somebody else.
    try system("chmod", "make the directory \(path)") { chmod(path, 0o755) }
}

/// Whether there is something at `path`, links followed.
public func pathExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// The path that `path` leads to when links are followed; `path` itself when there is nothing.
public func resolvedPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}
