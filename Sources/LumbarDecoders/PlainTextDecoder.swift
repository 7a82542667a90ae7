import LumbarCore

/// Lines of numbers, for makers: `t,ax,ay,az` and optionally `gx,gy,gz`, under a header that declares the units.
///
///     t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps
///     12.340,0.012,-0.034,0.998,0.12,-0.50,0.03
///
/// - the header names the columns, see `TextHeader`; nothing is decoded before it, unless it was declared beforehand
/// - numbers use a point, need no fixed width, may have an exponent; blanks around them are dropped
/// - lines end in LF or CR LF and hold at most 512 bytes before the LF; lines that begin with `#` are comments
/// - the time becomes `Reading.deviceNanoseconds`, exactly; any origin will do
///
/// A later header line replaces the one before: the sender restarted, and its header is the truth about its units.
/// With a declared header, and after `interrupt()`, the first line counts only if it is a header: the stream may have
/// been opened in the middle of a line, and half a line can look like a whole one.
///
/// Counted: wrong number of cells or an overlong line as `badLength`; a cell that is no number, a time beyond 292 years,
/// values no sensor gives, and an acceleration of exactly zero (a dead accelerometer) as `insane`; bytes before the
/// header and of cut lines as `skippedBytes`. The decoder locks on two good lines in a row and unlocks on eight
/// bad ones.
public struct PlainTextDecoder: BuiltInDecoder {
    /// `text`.
    public static let protocolName = "text"
    /// The longest line in bytes, its LF not counted.
    public static let longestLine = 512

    private static let unlockAfterRejects = 8
    /// So many lines of numbers in a row without a header are no chatter, nor bytes at a wrong rate.
    private static let missesHeaderAfter = 20

    /// What became of the bytes so far.
    public private(set) var outcomes = DecodeOutcomes()
    /// The header in force, declared or received.
    public private(set) var header: TextHeader?
    /// What is wrong with the last line that was probably meant as a header, or that there is none.
    public private(set) var headerError: TextHeaderError?

    /// Made once; `lineLength` bytes of it are in use.
    private var line = [UInt8](repeating: 0, count: PlainTextDecoder.longestLine)
    private var lineLength = 0
    /// Whether the rest of the line is passed over, as it is too long.
    private var isDiscarding = false
    /// Whether the line may have begun before its first byte we saw.
    private var mayBeCut = false
    private var goodLines = 0
    private var rejectsInARow = 0
    private var headlessLines = 0

    /// A decoder that waits for a header line.
    public init() {}

    /// A decoder for a sender that sends no header line.
    public init(header: TextHeader) {
        self.header = header
        mayBeCut = true
    }

    /// What is wrong with the header.
    public var complaint: String? { headerError.map { "\($0)" } }

    /// Whether a header is known and two lines in a row fitted it.
    public var isLocked: Bool { goodLines >= 2 }

    /// Takes the next byte; returns a reading when it ends a good line.
    public mutating func push(_ byte: UInt8, at arrival: Instant) -> Reading? {
        guard byte != Ascii.newline else {
            let length = lineLength
            lineLength = 0
            if isDiscarding {
                outcomes.skippedBytes += 1
                isDiscarding = false
                mayBeCut = false
                return nil
            }
            // Lent out for the call, because the line is part of what `take` changes.
            let finished = line
            return finished.withUnsafeBytes { bytes in
                take(UnsafeRawBufferPointer(rebasing: bytes[..<length]), at: arrival)
            }
        }
        if isDiscarding {
            outcomes.skippedBytes += 1
        } else if lineLength == Self.longestLine {
            outcomes.badLength += 1
            outcomes.skippedBytes += lineLength + 1
            lineLength = 0
            isDiscarding = true
            reject()
        } else {
            line[lineLength] = byte
            lineLength += 1
        }
        return nil
    }

    /// Takes a chunk: whole lines straight from it, byte by byte where a line is cut.
    public mutating func push(
        _ bytes: UnsafeRawBufferPointer, at arrival: Instant, into buffer: inout ReadingBuffer
    ) {
        var offset = 0
        while offset < bytes.count {
            if lineLength == 0, !isDiscarding, let end = Self.endOfLine(bytes, from: offset) {
                let whole = UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
                if let reading = take(whole, at: arrival) { buffer.append(reading) }
                offset = end + 1
            } else {
                if let reading = push(bytes[offset], at: arrival) { buffer.append(reading) }
                offset += 1
            }
        }
    }

    /// Forgets the half-received line but not the header; what comes next may begin in the middle of a line.
    public mutating func interrupt() {
        lineLength = 0
        isDiscarding = false
        mayBeCut = true
        goodLines = 0
        rejectsInARow = 0
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

    // MARK: Whole lines

    private mutating func take(_ raw: UnsafeRawBufferPointer, at arrival: Instant) -> Reading? {
        let isCredible = !mayBeCut
        mayBeCut = false
        var text = raw
        if text.last == Ascii.carriageReturn { text = UnsafeRawBufferPointer(rebasing: text.dropLast()) }
        guard let first = text.first(where: { !Ascii.isBlank($0) }), first != Ascii.hash else { return nil }
        let mayBeHeader = Ascii.isLetter(first) || first == Ascii.quote || first >= 0x80
        if mayBeHeader, takeHeader(text) { return nil }
        guard let header, isCredible else {
            outcomes.skippedBytes += raw.count + 1
            if header == nil { noteMissingHeader(text) }
            return nil
        }
        switch header.reading(fromLine: text, at: arrival) {
        case .reading(let reading):
            outcomes.readings += 1
            goodLines = min(goodLines + 1, 2)
            rejectsInARow = 0
            return reading
        case .badLength:
            outcomes.badLength += 1
        case .insane:
            outcomes.insane += 1
        }
        reject()
        return nil
    }

    private mutating func takeHeader(_ text: UnsafeRawBufferPointer) -> Bool {
        let line = String(decoding: text, as: UTF8.self)
        do throws(TextHeaderError) {
            header = try TextHeader(line)
            headerError = nil
            return true
        } catch {
            if TextHeader.resembles(line) { headerError = error }
            return false
        }
    }

    /// Counts lines that would be readings if only it were known of what.
    private mutating func noteMissingHeader(_ text: UnsafeRawBufferPointer) {
        guard headerError == nil, headlessLines < Self.missesHeaderAfter else { return }
        headlessLines = Self.isRowOfNumbers(text) ? headlessLines + 1 : 0
        if headlessLines == Self.missesHeaderAfter { headerError = .noKnownColumn }
    }

    /// Whether a line has as many cells as a reading needs, and nothing in them but numbers.
    private static func isRowOfNumbers(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count { $0 == Ascii.comma } >= 3
            && text.allSatisfy {
                (0x30...0x39).contains($0) || Ascii.isBlank($0) || ",.-+eE".utf8.contains($0)
            }
    }

    private mutating func reject() {
        rejectsInARow += 1
        // One bad line does not unlock, but it interrupts the row that locks.
        if goodLines < 2 || rejectsInARow >= Self.unlockAfterRejects { goodLines = 0 }
    }
}
