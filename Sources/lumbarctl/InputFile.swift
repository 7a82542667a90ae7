import Glibc

/// A file read from front to back in pieces; compressed ones are read through `gzip`.
final class InputFile {
    /// Its name for messages.
    let name: String
    /// Its size in bytes as stored, or nil when that says nothing about how much will come.
    private(set) var size: Int?
    /// Bytes read so far.
    private(set) var position = 0

    private var descriptor: Int32
    private var child: pid_t?
    private let buffer: UnsafeMutableRawBufferPointer
    // Bytes at the front of `buffer` that were read to look at, and not handed out yet.
    private var lookedAt = 0

    private static let pieceSize = 262_144

    /// Opens `path`; `-` is the standard input.
    init(path: String) throws {
        name = path == "-" ? "standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw Failure(.noInput, "cannot open it", path, errno: errno) }
        buffer = .allocate(byteCount: Self.pieceSize, alignment: 16)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Failure(.noInput, "cannot look at it", name, errno: errno)
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw Failure(.noInput, "\(name): this is a folder; name the files in it")
        }
        if status.st_mode & S_IFMT == S_IFREG { size = Int(status.st_size) }
        lookedAt = try fill()
        if lookedAt >= 2, buffer[0] == 0x1F, buffer[1] == 0x8B { try decompress() }
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
        buffer.deallocate()
    }

    /// The first bytes of the file, at most one piece; nothing is taken.
    var beginning: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<lookedAt]) }

    /// The next piece, or nil at the end; valid until the next call.
    func next() throws -> UnsafeRawBufferPointer? {
        let count = lookedAt > 0 ? lookedAt : try fill()
        lookedAt = 0
        position += count
        guard count > 0 else {
            try finishChild()
            return nil
        }
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    private func fill() throws -> Int {
        // A pipe gives little at a time: a full piece makes the first one worth looking at.
        var filled = 0
        while filled < buffer.count {
            let count = read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(.io, "reading failed", name, errno: errno)
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    // MARK: gzip

    /// Puts `gzip -dc` between the file and us.
    private func decompress() throws {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Failure(
                .noInput, "\(name): compressed input must be a file; use: gzip -dc FILE | lumbarctl replay -")
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(.system, "no pipe", name, errno: errno) }
        // Or gzip would hold the end that it is to see closed.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        do {
            // Ours is closed before anything is read: the end comes when nobody holds it open.
            defer { close(ends[1]) }
            child = try Self.spawnGzip(input: descriptor, output: ends[1], name)
        }
        if descriptor != STDIN_FILENO { close(descriptor) }
        descriptor = ends[0]
        size = nil
        lookedAt = try fill()
    }

    private static func spawnGzip(input: Int32, output: Int32, _ name: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("gzip"), strdup("-dc"), nil]
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, "gzip", &actions, nil, &arguments, environ)
        guard code == 0 else { throw Failure(.system, "cannot start gzip", name, errno: code) }
        return pid
    }

    private func finishChild() throws {
        guard let pid = child else { return }
        child = nil
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        // gzip has said on the standard error what is wrong.
        guard status == 0 else {
            throw Failure(.data, "\(name): the compressed file is damaged; what came before was used")
        }
    }
}
