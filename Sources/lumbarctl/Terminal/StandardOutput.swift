import Glibc
import LumbarCore

/// The standard output, or a file, written in large pieces.
final class StandardOutput {
    /// Whether the standard output is a terminal.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    private let name: String
    private var buffer: [UInt8] = []
    private static let pieceSize = 65_536
    private var descriptor: Int32
    private let isRead: Bool
    /// Started when there is more than a page.
    private let pagerCommand: String?
    private var pager: Pager?
    private var rows = 0

    /// Whether something is held back that a person at a terminal could read already.
    var isWaitedFor: Bool { isRead && !buffer.isEmpty }

    /// The standard output; with `pager`, a line for the shell, that shows it once it is more than a page, until `close`.
    init(pager: String? = nil) {
        name = "the output"
        descriptor = STDOUT_FILENO
        isRead = Self.isTerminal
        pagerCommand = pager
        buffer.reserveCapacity(Self.pieceSize + 4096)
    }

    /// A file, made anew; it is of a person's health, so nobody else may read it unless `mode` says so.
    init(path: String, mode: mode_t = 0o600) throws {
        name = path
        isRead = false
        pagerCommand = nil
        let flags = O_WRONLY | O_CLOEXEC | O_NOCTTY
        let made = open(path, flags | O_CREAT | O_EXCL, mode)
        if made >= 0 { Self.handOver(made) }
        descriptor = made < 0 && errno == EEXIST ? open(path, flags | O_TRUNC) : made
        guard descriptor >= 0 else { throw Failure(.cannotCreate, "cannot write it", path, errno: errno) }
    }

    /// Whoever is root by sudo wants what they asked for to be theirs.
    private static func handOver(_ file: Int32) {
        func number(_ name: String) -> UInt32? { getenv(name).flatMap { UInt32(String(cString: $0)) } }
        guard geteuid() == 0, let user = number("SUDO_UID"), let group = number("SUDO_GID") else { return }
        _ = fchown(file, user, group)
    }

    deinit { pager?.finish() }

    /// Writes out what is held, and closes a file; a full disk may show only then. Waits for a pager.
    func close() throws {
        try flush()
        if let pager {
            self.pager = nil
            descriptor = STDOUT_FILENO
            pager.finish()
        }
        guard descriptor != STDOUT_FILENO else { return }
        guard Glibc.close(descriptor) == 0 else { throw Failure(.io, "writing failed", name, errno: errno) }
    }

    /// Adds a line.
    func write(line: String) throws {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if let pagerCommand, pager == nil { startPager(pagerCommand, after: line) }
        if buffer.count >= Self.pieceSize { try flush() }
    }

    /// Adds lines for people: on a terminal, what is too wide for it goes on below.
    func write(text: String) throws {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let width = isRead ? max(40, Terminal.size.columns) : .max
            for piece in WrappedText.hanging(String(line), width: width) { try write(line: piece) }
        }
    }

    private func startPager(_ command: String, after line: String) {
        let size = Terminal.size
        rows += max(1, (line.count + size.columns - 1) / size.columns)
        guard rows >= size.rows, let started = Pager(command) else { return }
        pager = started
        descriptor = started.input
    }

    /// Adds bytes.
    func write(bytes: [UInt8]) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.pieceSize { try flush() }
    }

    /// Writes out what is held.
    func flush() throws {
        defer { buffer.removeAll(keepingCapacity: true) }
        try buffer.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count < 0 {
                    if errno == EINTR { continue }
                    throw Failure(.io, "writing failed", name, errno: errno)
                }
                done += count
            }
        }
    }
}

/// The standard error.
enum StandardError {
    /// Whether it is a terminal.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line, or several; when even that fails there is nobody to tell.
    ///
    /// What devices, files and people call things may be in it: nothing of that can disturb a terminal.
    static func write(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        put(lines.map { Printable.text(String($0), limit: 4096) + "\n" }.joined())
    }

    /// Writes text as it stands.
    static func put(_ text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
