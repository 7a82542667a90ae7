import Glibc

/// A file that takes its place only when it is whole: whoever reads it sees the one before, or this one.
final class ReplacedFile {
    /// Where to write.
    let output: StandardOutput
    private let path: String
    private let temporary: String
    private var isDone = false

    /// A file for `path`, made beside it under another name.
    init(path: String, mode: mode_t = 0o600) throws {
        self.path = path
        // No collector reads a name that begins with a dot or does not end as its own do.
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().map { $0 + "/" }.joined()
        guard let name = parts.last, !name.isEmpty else {
            throw Failure(.usage, "--output \(path) names no file")
        }
        temporary = folder + "." + name + ".\(getpid()).tmp"
        do { output = try StandardOutput(path: temporary, mode: mode) } catch {
            throw Failure(.cannotCreate, "cannot write it", path, errno: errno)
        }
    }

    deinit { if !isDone { unlink(temporary) } }

    /// Puts it in its place.
    func commit() throws {
        try output.close()
        guard rename(temporary, path) == 0 else {
            throw Failure(.cannotCreate, "cannot put it in its place", path, errno: errno)
        }
        isDone = true
    }
}
