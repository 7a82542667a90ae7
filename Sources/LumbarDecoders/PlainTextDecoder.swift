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
public struct PlainTextDecoder: BuiltInDecoder, LineDecoder {
    /// `text`.
    public static let protocolName = "text"
    /// The longest line in bytes, its LF not counted.
    public static let longestLine = LineState.longestLine

    /// So many lines of numbers in a row without a header are no chatter, nor bytes at a wrong rate.
    private static let missesHeaderAfter = 20

    /// What became of the bytes so far.
    public var outcomes: DecodeOutcomes { state.outcomes }
    /// The header in force, declared or received.
    public private(set) var header: TextHeader?
    /// What is wrong with the last line that was probably meant as a header, or that there is none.
    public private(set) var headerError: TextHeaderError?

    private var state = LineState(lockAfter: 2)
    private var headlessLines = 0

    /// A decoder that waits for a header line.
    public init() {}

    /// A decoder for a sender that sends no header line.
    public init(header: TextHeader) {
        self.header = header
        state = LineState(lockAfter: 2, mayBeCut: true)
    }

    /// What is wrong with the header.
    public var complaint: String? { headerError.map { "\($0)" } }

    /// Whether a header is known and two lines in a row fitted it.
    public var isLocked: Bool { state.lock.isLocked }

    /// Forgets the half-received line but not the header; what comes next may begin in the middle of a line.
    public mutating func interrupt() {
        state.interrupt()
    }

    // MARK: Whole lines

    var heldLine: [UInt8] { state.line }
    mutating func takeDamage() -> Bool { state.takeDamage() }
    mutating func cut(_ byte: UInt8) -> LineState.Line? { state.push(byte) }
    mutating func cut(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> LineState.Line? {
        state.takeWhole(bytes, from: offset)
    }

    mutating func take(_ raw: UnsafeRawBufferPointer, isWhole: Bool, at arrival: Instant) -> Reading? {
        let text = raw.withoutCarriageReturn
        guard let first = text.first(where: { !Ascii.isBlank($0) }), first != Ascii.hash else { return nil }
        let mayBeHeader = Ascii.isLetter(first) || first == Ascii.quote || first >= 0x80
        if mayBeHeader, takeHeader(text) { return nil }
        guard let header, isWhole else {
            state.outcomes.skippedBytes += raw.count + 1
            if header == nil { noteMissingHeader(text) }
            return nil
        }
        switch header.reading(fromLine: text, at: arrival) {
        case .reading(let reading):
            state.outcomes.readings += 1
            state.lock.accept()
            return reading
        case .badLength:
            state.outcomes.badLength += 1
        case .insane:
            state.outcomes.insane += 1
        }
        state.lock.reject()
        return nil
    }

    private mutating func takeHeader(_ text: UnsafeRawBufferPointer) -> Bool {
        guard TextHeader.resembles(text) else { return false }
        do throws(TextHeaderError) {
            header = try TextHeader(String(decoding: text, as: UTF8.self))
            headerError = nil
            return true
        } catch {
            headerError = error
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

}
