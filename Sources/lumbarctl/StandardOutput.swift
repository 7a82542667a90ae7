import Glibc

/// The standard output, written in large pieces.
final class StandardOutput {
    private var buffer: [UInt8] = []
    private static let pieceSize = 65_536
    private let descriptor: Int32

    /// The standard output, or another descriptor that is already open.
    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        buffer.reserveCapacity(Self.pieceSize + 4096)
    }

    /// Adds a line.
    func write(line: String) throws {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.pieceSize { try flush() }
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
                    throw Failure(.io, "writing the output failed: " + String(cString: strerror(errno)))
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

    /// Writes a line; when even that fails there is nobody to tell.
    static func write(_ line: String) { put(line + "\n") }

    /// Writes text as it stands.
    static func put(_ text: String) {
        var copy = text
        copy.withUTF8 { bytes in
            _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
