import Glibc
import LumbarCore
import LumbarStore

/// A file beside the history, as the system tells of it.
struct DatabaseFile {
    let path: String
    let bytes: Int
    /// When it was last written.
    let modified: WallTime

    /// The file at `path`, or nil when there is none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.path = path
        bytes = Int(status.st_size)
        modified = WallTime(unixSeconds: Int64(status.st_mtim.tv_sec))
    }

    /// `12.3 MB`, `48 kB`.
    static func size(_ bytes: Int) -> String {
        bytes >= 1_000_000
            ? DecimalText.fixed(Double(bytes) / 1e6, 1) + " MB" : "\((bytes + 999) / 1000) kB"
    }
}

/// A file read in pieces from anywhere in it; what cannot be read is just not there.
final class PieceFile {
    private let descriptor: Int32
    /// Its size in bytes.
    let size: Int

    /// Opens `path`.
    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw Failure(errno == EACCES ? .noPermission : .noInput, "cannot open it", path, errno: errno)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure(.noInput, "\(path): this is no file")
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Bytes from `offset` on, fewer at the end; nil when they cannot be read.
    func bytes(at offset: Int, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            if got < 0 {
                if errno == EINTR { continue }
                return nil
            }
            if got == 0 { break }
            done += got
        }
        return Array(bytes.prefix(done))
    }
}
