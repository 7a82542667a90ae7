/// Cuts a stream of bytes into lines, however it is chunked, and counts them.
///
/// A line that lies whole within a chunk is handed out in place; only one that straddles two is copied.
struct LineAssembler: Sendable {
    /// Lines handed out so far; while one is handed out, its number from 1.
    private(set) var line = 0
    private var partial: [UInt8] = []
    private let longest: Int

    /// An assembler that refuses lines of more than `longest` bytes.
    init(longest: Int) { self.longest = longest }

    /// Hands out each line that `bytes` completes, with its line feed.
    mutating func push(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer, Int) throws(RecordingError) -> Void
    ) throws(RecordingError) {
        var start = 0
        while let feed = indexOfLineFeed(in: bytes, from: start) {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start...feed])
            start = feed + 1
            if partial.isEmpty {
                try hand(piece, body)
            } else {
                partial.append(contentsOf: piece)
                try handPartial(body)
            }
        }
        guard start < bytes.count else { return }
        partial.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
        guard partial.count <= longest else { throw tooLong(line + 1) }
    }

    /// Hands out what is left of a last line that has no line feed.
    mutating func finish(
        _ body: (UnsafeRawBufferPointer, Int) throws(RecordingError) -> Void
    ) throws(RecordingError) {
        guard !partial.isEmpty else { return }
        try handPartial(body)
    }

    private mutating func handPartial(
        _ body: (UnsafeRawBufferPointer, Int) throws(RecordingError) -> Void
    ) throws(RecordingError) {
        // Taken out and put back, so that its room is used again.
        var whole = partial
        partial = []
        defer {
            whole.removeAll(keepingCapacity: true)
            partial = whole
        }
        var failure: RecordingError?
        whole.withUnsafeBytes { bytes in
            do throws(RecordingError) { try hand(bytes, body) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func hand(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer, Int) throws(RecordingError) -> Void
    ) throws(RecordingError) {
        line += 1
        guard bytes.count <= longest + 1 else { throw tooLong(line) }
        try body(bytes, line)
    }

    private func tooLong(_ line: Int) -> RecordingError {
        RecordingError(
            line: line, "longer than \(longest) bytes", advice: "is this a text file, and the right one?")
    }

    private func indexOfLineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var i = start
        while i < bytes.count {
            if bytes[i] == UInt8(ascii: "\n") { return i }
            i += 1
        }
        return nil
    }
}
