import LumbarCore

/// A decoder whose protocol is lines of text: this does the cutting, the decoder sees whole lines.
///
/// The state is reached through methods and not as a property of the protocol: those cost an allocation for each access
/// where the optimiser does not see through them.
protocol LineDecoder: StreamDecoder {
    /// Takes the next byte; a line when it ends one. `LineState.push`.
    mutating func cut(_ byte: UInt8) -> LineState.Line?
    /// Takes a line that lies whole in a chunk, if one does. `LineState.takeWhole`.
    mutating func cut(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> LineState.Line?
    /// The line under way, for as long as it takes to look at one that has just ended.
    var heldLine: [UInt8] { get }
    /// Takes a line without its end; `isWhole` is false when it may have begun before its first byte.
    mutating func take(_ line: UnsafeRawBufferPointer, isWhole: Bool, at arrival: Instant) -> Reading?
    /// Whether lines were refused since this was last asked. `LineState.takeDamage`.
    mutating func takeDamage() -> Bool
}

extension LineDecoder {
    /// Takes the next byte; returns a reading when it ends a good line.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        guard let line = cut(byte) else { return nil }
        // Lent out for the call, because the line is part of what `take` changes.
        let finished = heldLine
        return finished.withUnsafeBytes { bytes in
            let whole = UnsafeRawBufferPointer(rebasing: bytes[..<line.end])
            guard var reading = take(whole, isWhole: line.isWhole, at: arrival) else { return nil }
            reading.followsDamage = takeDamage()
            return reading
        }
    }

    /// Takes a chunk: whole lines straight from it, byte by byte where a line is cut.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            if let line = cut(bytes, from: offset) {
                let whole = UnsafeRawBufferPointer(rebasing: bytes[offset..<line.end])
                if var reading = take(whole, isWhole: line.isWhole, at: arrival) {
                    reading.followsDamage = takeDamage()
                    buffer.append(reading)
                }
                offset = line.end + 1
            } else {
                if let reading = push(bytes[offset], at: arrival) { buffer.append(reading) }
                offset += 1
            }
        }
    }
}

/// The line under way, what became of those before it, and how sure that makes the decoder.
///
/// Lines end in LF or CR LF and hold at most 512 bytes before the LF. A longer one counts as `badLength` and is passed
/// over up to its LF.
struct LineState: Sendable {
    /// The longest line in bytes, its LF not counted.
    static let longestLine = 512

    /// A line that has ended.
    struct Line {
        /// Where its LF is, in the held line or in the chunk.
        var end: Int
        /// Whether it is known to have begun with its first byte.
        var isWhole: Bool
    }

    var outcomes = DecodeOutcomes()
    var lock: LineLock
    /// Lines refused when a reading last came.
    private var rejectsSeen = 0
    /// Made once; `length` bytes of it are in use.
    private(set) var line = [UInt8](repeating: 0, count: LineState.longestLine)
    private var length = 0
    /// Whether the rest of the line is passed over, as it is too long.
    private var isDiscarding = false
    /// Whether the line may have begun before its first byte we saw.
    private var mayBeCut: Bool

    init(lockAfter: Int, mayBeCut: Bool = false) {
        lock = LineLock(lockAfter: lockAfter)
        self.mayBeCut = mayBeCut
    }

    /// Forgets the half-received line; what comes next may begin in the middle of one.
    mutating func interrupt() {
        length = 0
        isDiscarding = false
        mayBeCut = true
        lock.reset()
    }

    /// Whether lines were refused since this was last asked; lines of somebody else's are no damage.
    mutating func takeDamage() -> Bool {
        let rejects = outcomes.rejects
        defer { rejectsSeen = rejects }
        return rejects != rejectsSeen
    }

    @inline(__always)
    mutating func push(_ byte: UInt8) -> Line? {
        guard byte != Ascii.newline else { return endLine() }
        if isDiscarding {
            outcomes.skippedBytes += 1
        } else if length == Self.longestLine {
            outcomes.badLength += 1
            outcomes.skippedBytes += length + 1
            length = 0
            isDiscarding = true
            lock.reject()
        } else {
            line[length] = byte
            length += 1
        }
        return nil
    }

    private mutating func endLine() -> Line? {
        defer {
            length = 0
            mayBeCut = false
        }
        guard isDiscarding else { return Line(end: length, isWhole: !mayBeCut) }
        outcomes.skippedBytes += 1
        isDiscarding = false
        return nil
    }

    /// A line that begins at `offset` and ends within `bytes`, when none is under way.
    @inline(__always)
    mutating func takeWhole(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> Line? {
        guard length == 0, !isDiscarding, let end = Self.endOfLine(bytes, from: offset) else { return nil }
        defer { mayBeCut = false }
        return Line(end: end, isWhole: !mayBeCut)
    }

    private static func endOfLine(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> Int? {
        let limit = min(bytes.count, offset + longestLine + 1)
        var index = offset
        // Eight at a time while eight are left: a byte that equals LF becomes zero, and only a zero borrows into its
        // top bit. Loads stay inside the chunk.
        while limit - index >= 8 {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
            let difference = word ^ 0x0A0A_0A0A_0A0A_0A0A
            let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < limit {
            if bytes[index] == Ascii.newline { return index }
            index += 1
        }
        return nil
    }
}

/// How sure a decoder of lines is: enough good lines in a row lock it, eight bad ones in a row unlock it.
struct LineLock: Sendable {
    static let unlockAfterRejects = 8

    private let lockAfter: Int
    private var goodLines = 0
    private var rejectsInARow = 0

    init(lockAfter: Int) { self.lockAfter = lockAfter }

    var isLocked: Bool { goodLines >= lockAfter }

    mutating func accept() {
        goodLines = min(goodLines + 1, lockAfter)
        rejectsInARow = 0
    }

    mutating func reject() {
        rejectsInARow += 1
        // One bad line does not unlock, but it interrupts the row that locks.
        if !isLocked || rejectsInARow >= Self.unlockAfterRejects { goodLines = 0 }
    }

    mutating func reset() {
        goodLines = 0
        rejectsInARow = 0
    }
}

extension UnsafeRawBufferPointer {
    /// The line without the CR of a CR LF.
    var withoutCarriageReturn: UnsafeRawBufferPointer {
        guard count > 0, self[count - 1] == Ascii.carriageReturn else { return self }
        return UnsafeRawBufferPointer(rebasing: self[..<(count - 1)])
    }
}
