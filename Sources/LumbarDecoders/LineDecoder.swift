import LumbarCore

/// A decoder whose protocol is lines of text: this does the cutting, the decoder sees whole lines.
///
/// Lines end in LF or CR LF and hold at most 512 bytes before the LF. A longer one counts as `badLength` and is passed
/// over up to its LF.
protocol LineDecoder: StreamDecoder {
    /// The line under way.
    var splitter: LineSplitter { get set }
    /// What became of the bytes so far.
    var outcomes: DecodeOutcomes { get set }
    /// Takes a line without its end; `isWhole` is false when it may have begun before its first byte.
    mutating func take(_ line: UnsafeRawBufferPointer, isWhole: Bool, at arrival: Instant) -> Reading?
    /// A line was too long, and has been counted.
    mutating func passOver()
}

extension LineDecoder {
    /// Takes the next byte; returns a reading when it ends a good line.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        guard byte != Ascii.newline else { return endLine(at: arrival) }
        if splitter.isDiscarding {
            outcomes.skippedBytes += 1
        } else if splitter.length == LineSplitter.longestLine {
            outcomes.badLength += 1
            outcomes.skippedBytes += splitter.length + 1
            splitter.length = 0
            splitter.isDiscarding = true
            passOver()
        } else {
            splitter.line[splitter.length] = byte
            splitter.length += 1
        }
        return nil
    }

    /// Takes a chunk: whole lines straight from it, byte by byte where a line is cut.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            if splitter.length == 0, !splitter.isDiscarding,
                let end = LineSplitter.endOfLine(bytes, from: offset)
            {
                let whole = UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
                if let reading = takeCredible(whole, at: arrival) { buffer.append(reading) }
                offset = end + 1
            } else {
                if let reading = push(bytes[offset], at: arrival) { buffer.append(reading) }
                offset += 1
            }
        }
    }

    private mutating func endLine(at arrival: Instant) -> Reading? {
        let length = splitter.length
        splitter.length = 0
        if splitter.isDiscarding {
            outcomes.skippedBytes += 1
            splitter.isDiscarding = false
            splitter.mayBeCut = false
            return nil
        }
        // Lent out for the call, because the line is part of what `take` changes.
        let finished = splitter.line
        return finished.withUnsafeBytes { bytes in
            takeCredible(UnsafeRawBufferPointer(rebasing: bytes[..<length]), at: arrival)
        }
    }

    @inline(__always)
    private mutating func takeCredible(_ line: UnsafeRawBufferPointer, at arrival: Instant) -> Reading? {
        let isWhole = !splitter.mayBeCut
        splitter.mayBeCut = false
        return take(line, isWhole: isWhole, at: arrival)
    }
}

/// The line under way, and whether to believe it.
struct LineSplitter: Sendable {
    /// The longest line in bytes, its LF not counted.
    static let longestLine = 512

    /// Made once; `length` bytes of it are in use.
    var line = [UInt8](repeating: 0, count: LineSplitter.longestLine)
    var length = 0
    /// Whether the rest of the line is passed over, as it is too long.
    var isDiscarding = false
    /// Whether the line may have begun before its first byte we saw.
    var mayBeCut = false

    /// Forgets the half-received line; what comes next may begin in the middle of one.
    mutating func interrupt() {
        length = 0
        isDiscarding = false
        mayBeCut = true
    }

    static func endOfLine(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> Int? {
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

    let lockAfter: Int
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
